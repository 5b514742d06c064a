"""Merging: what was made on an older revision, put together with what others recorded since, and recorded."""

from dataclasses import dataclass

from ..comparison import Merged, merge
from ..models import Revision
from .conflicts import RevisionConflict
from .reading import content_at
from .recording import record_revision

_MOST_TRIES = 10
"""So often somebody may come in between; then the writer is asked."""


@dataclass(frozen=True)
class Recorded:
    """``revision`` is what was made, None if nothing differed from the newest.

    ``over`` is the newest of the revisions with which the change was put together, and ``base`` the number of the one
    that it was made on; ``over`` is None where nobody had come in between.
    """

    revision: Revision | None
    base: int
    over: Revision | None = None


class Unmerged(RevisionConflict):
    """The change could not be put together with what is newer: ``merged`` has the clashes that are left."""

    def __init__(self, base, newest, merged):
        super().__init__(base, newest)
        self.merged = merged


def record_merged(article, content, *, base, choices=None, **facts):
    """Record ``content``, made on the revision ``base``, on top of the newest revision; return ``Recorded``.

    Changes recorded since are kept: both are merged by field, row and paragraph. ``choices`` settle clashes
    (``comparison.merge``); where one is left, ``Unmerged`` is raised and nothing is written. All else as
    ``record_revision``, which takes the ``facts``.
    """
    try:
        return Recorded(record_revision(article, content, base=base, **facts), base)
    except RevisionConflict as conflict:
        if conflict.newest is None or not article.revisions.filter(number=base).exists():
            raise
        newest = conflict.newest
    for _ in range(_MOST_TRIES):
        merged = merged_with(article, content, base, newest, choices)
        if merged.clashes:
            break
        try:
            return Recorded(record_revision(article, merged.content, base=newest.number, **facts), base, newest)
        except RevisionConflict as conflict:
            newest = conflict.newest
    raise Unmerged(base, newest, merged)


def merged_with(article, content, base, newest, choices=None) -> Merged:
    """Return the ``Merged`` of a content made on the revision number ``base`` with what the Revision ``newest`` has."""
    before = content_at(article.revisions.get(number=base))
    return merge(before, content.in_display_order(), content_at(newest), choices)
