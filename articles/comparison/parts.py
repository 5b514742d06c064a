"""A whole comparison as frozen plain data: the parts of the page, and what became of the citations."""

from dataclasses import dataclass, field
from functools import cached_property

from ..wording import gettext_lazy
from .changes import BlockChange, CitationChange, Jsonable

PARTS = {
    "facts": gettext_lazy("Facts"),
    "infobox": gettext_lazy("Infobox"),
    "body": gettext_lazy("Text"),
    "notes": gettext_lazy("Notes"),
    "references": gettext_lazy("References"),
    "figures": gettext_lazy("Figures"),
    "names": gettext_lazy("Names"),
    "categories": gettext_lazy("Categories"),
}
"""The parts of an article in page order, and their labels."""


@dataclass(frozen=True)
class Part(Jsonable):
    """One part of the page: its changes in order. ``blocks`` are all blocks of the body, unchanged ones included."""

    name: str
    label: str
    changes: tuple = ()
    blocks: tuple[BlockChange, ...] = field(default=(), repr=False)

    def __bool__(self):
        return bool(self.changes)


@dataclass(frozen=True)
class Comparison(Jsonable):
    """Two contents told apart: ``parts`` in page order, unchanged ones too, and what became of the citations."""

    parts: tuple[Part, ...]
    citations: tuple[CitationChange, ...] = ()

    def __bool__(self):
        return any(self.parts)

    def part(self, name):
        """Return the part of that name."""
        return next(part for part in self.parts if part.name == name)

    @cached_property
    def changes(self):
        """All changes in page order."""
        return tuple(change for part in self.parts for change in part.changes)

    def change(self, change_id):
        """Return the change with that id, or None."""
        return next((change for change in self.changes if change.id == change_id), None)

    @cached_property
    def words(self):
        """(words added, words deleted): the size of the difference."""
        return tuple(map(sum, zip((0, 0), *(change.words for change in self.changes), strict=False)))
