"""Conflicts: what counts as one, and how a change follows sources and images that moved under it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from .pairing import paired
from .reading import content_at

# What a row shows of its source or image, and what names the version.
_SOURCE = ("source",), ("source_id", "source_version")
_IMAGE = ("image", "credit", "licence"), ("file", "image_id", "image_version")


class RevisionConflict(Exception):
    """Somebody recorded a newer revision than the ``base`` that was worked on; nothing was written.

    ``newest`` is that Revision, or None where ``base`` names a revision that the article does not have.
    """

    def __init__(self, base, newest):
        self.base, self.newest = base, newest
        number = newest.number if newest else 0
        super().__init__(
            _("revision {number} is the newest, the change was made to revision {base}").format(
                number=number, base=base
            )
        )


def caught_up(content, stored, newest, base):
    """Return ``content``, made on the revision ``base``, as one made on what is ``stored`` in the Revision ``newest``.

    Where all revisions since only moved sources or images, rows that left theirs alone move along. Any other newer
    revision, or a base that is not there, raises ``RevisionConflict``.
    """
    if base == newest.number:
        return content
    article = newest.article
    seen = article.revisions.filter(number=base).first()
    if seen is None or article.revisions.filter(number__gt=base, shared=False).exists():
        raise RevisionConflict(base, newest)
    before = content_at(seen)
    content = paired(content, before)
    return content.replace(
        references=_moved_along(content.references, before.references, stored.references, *_SOURCE),
        figures=_moved_along(content.figures, before.figures, stored.figures, *_IMAGE),
    )


def _moved_along(rows, before, after, shown, names):
    """Return ``rows`` with the shared members of ``after`` wherever they still show those of ``before``."""
    before, after = ({row.id: row for row in some} for some in (before, after))

    def moved(row):
        if row.id not in before or any(getattr(row, name) != getattr(before[row.id], name) for name in shown):
            return row
        return replace(row, **{name: getattr(after[row.id], name) for name in (*shown, *names)})

    return tuple(moved(row) for row in rows)
