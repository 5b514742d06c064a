"""Changes as frozen plain data: templates only loop over them, and ``to_json`` gives them to machines.

All text in it is plain: what stands in spans is source text, to be escaped where it is shown.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, fields
from functools import cached_property

from .tokens import count_words
from .words import ADDITION, DELETION, Span, source

CHANGE, MOVE = "change", "move"


class Jsonable:
    """A frozen dataclass that is told as an object: empty members left out, spans as [kind, text]."""

    def to_json(self):
        """Return lists, objects, strings and numbers."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.repr}
        return {name: _plain(value) for name, value in values.items() if value not in ("", None, (), False)}


def _plain(value):
    if isinstance(value, Span):
        return [value.kind, value.text]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.to_json() if isinstance(value, Jsonable) else value


def words_in(spans):
    """Return (words added, words deleted) that ``spans`` mark."""
    added = sum(count_words(text) for kind, text in spans if kind == ADDITION)
    return added, sum(count_words(text) for kind, text in spans if kind == DELETION)


@dataclass(frozen=True)
class MemberChange(Jsonable):
    """One member of a row: its ``name`` in the interchange form (``source.title`` inside a source), a ``label``, the
    old and the new text (empty for none) and the spans between them."""

    name: str
    label: str
    old: str
    new: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Change(Jsonable):
    """What happened to a row, a fact or a category.

    ``kind`` is addition, deletion, change or move (moved and nothing else; a change may say ``moved`` too). ``key``
    is that of a note, reference or figure; ``field`` and ``side`` stand for an infobox row, ``field`` alone for a
    fact. ``row`` is the row's id; ``text`` says in short what it holds. The places are JSON paths, empty where the
    row does not stand.
    """

    part: str
    kind: str
    label: str
    members: tuple[MemberChange, ...] = ()
    key: str = ""
    field: str = ""
    side: int | str | None = None
    row: str = ""
    text: str = ""
    old_place: str = ""
    new_place: str = ""
    moved: str = ""
    reflow: bool = False
    id: str = ""

    @cached_property
    def words(self):
        """(words added, words deleted)."""
        return words_in([span for member in self.members for span in member.spans])

    @property
    def anchor(self):
        """The id of its element on the page."""
        return f"change-{self.id}"

    def member(self, name):
        """Return the ``MemberChange`` of that name, or None."""
        return next((member for member in self.members if member.name == name), None)


@dataclass(frozen=True)
class BlockChange(Jsonable):
    """A block of the body, changed or not: ``kind`` is same, addition, deletion, change or move (edits inside too).

    ``block`` tells what it is (``blocks.NAMES``), ``section`` under which heading it stands. A block that became
    several has the ``shape`` split, several that became one merge. ``reflow`` marks a change of white space that
    leaves the page as it was. ``old`` and ``new`` are the numbers of its blocks, from 0.
    """

    kind: str
    block: str
    section: str
    label: str
    spans: tuple[Span, ...]
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    old_place: str = ""
    new_place: str = ""
    shape: str = ""
    moved: str = ""
    reflow: bool = False
    old_gap: str = ""
    new_gap: str = ""
    id: str = ""
    part: str = field(default="body", repr=False)

    @property
    def old_text(self):
        """Its source in the old text, without the white space behind."""
        return source(self.spans, DELETION)

    @property
    def new_text(self):
        """Its source in the new text, without the white space behind."""
        return source(self.spans, ADDITION)

    @property
    def old_spans(self):
        """What stood there before: the left column."""
        return tuple(span for span in self.spans if span.kind != ADDITION)

    @property
    def new_spans(self):
        """What stands there now: the right column."""
        return tuple(span for span in self.spans if span.kind != DELETION)

    @cached_property
    def words(self):
        """(words added, words deleted)."""
        return words_in(self.spans)

    @property
    def anchor(self):
        """The id of its element on the page."""
        return f"change-{self.id}"


@dataclass(frozen=True)
class CitationChange(Jsonable):
    """What happened to the citation of ``key``: kind is addition, deletion, move, locator, source or key.

    ``part`` and ``label`` say where, ``where`` is the id of the change that did it. Old and new are locators, where
    the kind is key, keys.
    """

    kind: str
    key: str
    part: str
    label: str
    old: str = ""
    new: str = ""
    where: str = ""


class Ids:
    """Gives changes ids that stay the same as long as what changed does; equal changes are counted."""

    def __init__(self):
        self._seen = Counter()

    def of(self, *identity):
        """Return the id of the change that ``identity`` (strings and tuples of strings) tells from others."""
        digest = hashlib.blake2b(repr(identity).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        self._seen[digest] += 1
        return digest if self._seen[digest] == 1 else f"{digest}-{self._seen[digest]}"
