"""A conflict where nothing can be put together, since the form no longer tells what it was made from."""

from dataclasses import dataclass

from ..comparison import compare
from ..models import Revision
from ..revisions import content_at, paired
from ..shown_changes import shown_parts, shown_pictures


@dataclass(frozen=True)
class Conflict:
    """``newest`` is the revision that stands in the way, ``parts`` are what differs between it and the typed text.

    ``pictures`` are those of both by their names in the interchange.
    """

    newest: Revision
    parts: list
    count: int
    pictures: dict

    @classmethod
    def of(cls, refusal, mine):
        """Make it of a ``RevisionConflict`` and the content that was to be recorded."""
        stored = content_at(refusal.newest)
        parts = shown_parts(compare(stored, paired(mine, stored)))
        pictures = shown_pictures(stored, mine, named=True)
        return cls(refusal.newest, parts, sum(len(part.changes) for part in parts), pictures)
