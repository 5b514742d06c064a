"""One article as editors wrote it, whole: the shape that every floor above passes around."""

import json
from dataclasses import dataclass, replace
from functools import cached_property

from .reading import read_members
from .rows import Coordinates, Figure, Infobox, Name, Note, Reference
from .writing import write_members


@dataclass(frozen=True)
class ArticleContent:
    """One article, whole. Two contents are equal when an editor would say that nothing was changed."""

    slug: str
    title: str
    body: str
    short_description: str = ""
    names: tuple[Name, ...] = ()
    part_of: str = ""
    event_date: str = ""
    coordinates: Coordinates | None = None
    categories: tuple[str, ...] = ()
    infobox: Infobox = Infobox()
    notes: tuple[Note, ...] = ()
    references: tuple[Reference, ...] = ()
    figures: tuple[Figure, ...] = ()

    @classmethod
    def from_json(cls, data, *, stored=False):
        """Read interchange JSON, given as text or as the object it stands for; raise ``problems.Refused``.

        Absent members are empty, text comes into the one form, rows keep their order. With ``stored`` the members
        that only our own database writes (versions, facts of image files) are read too.
        """
        content = cls(**read_members(data, stored=stored))
        # Not a member: a copy with other members is to be read again.
        content.__dict__["_was_read"] = True
        return content

    def as_read(self):
        """Return the content as ``from_json`` gives it: itself if it came from there; raise ``problems.Refused``."""
        return self if "_was_read" in self.__dict__ else self.from_json(self.to_json(stored=True), stored=True)

    def to_json(self, *, stored=False):
        """Return the interchange object: empty members left out, nothing lost."""
        return write_members(self, stored=stored)

    def canonical_json(self):
        """Return the content, versions and image facts included, as one canonical JSON text."""
        return self._canonical

    @cached_property
    def _canonical(self):
        return json.dumps(self.to_json(stored=True), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def in_display_order(self):
        """Return the content with its infobox rows in the order in which they are shown, stored and dumped."""
        rows = tuple(row for _, row in self.infobox.in_display_order())
        return self.replace(infobox=Infobox(self.infobox.kind, rows))

    def replace(self, **changes):
        """Return a copy with other members."""
        return replace(self, **changes)
