"""RenderedArticle: what readers get, as frozen plain data that templates only loop over.

Made by ``rendering.render`` and by nothing else. ``Html`` is text that passed the one place where HTML is made safe;
everything else is plain text, which templates escape.
"""

from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from types import UnionType
from typing import get_args, get_origin, get_type_hints

from .problems import Problem


class Html(str):
    """Markup that is safe to put into a page as it is. Only ``rendering/safe_html.py`` makes it."""

    def __html__(self):
        return self


@dataclass(frozen=True)
class Link:
    """Where a name leads: ``address`` is a path of this site, ``title`` that of the article or list found there."""

    address: str
    title: str
    date: str = ""
    """Event date in EDTF, where the target has one."""


@dataclass(frozen=True)
class Links:
    """The published world as one page sees it: the frozen second argument of ``render``.

    ``targets`` holds for every folded target that the page names (see ``rendering.link_targets``) a ``Link``, or None
    where nothing is published under it. ``campaign`` lists the published articles with the same parent, this one
    included, in order of time. ``media`` is the address under which picture files lie.
    """

    targets: tuple[tuple[str, Link | None], ...] = ()
    campaign: tuple[Link, ...] = ()
    media: str = "/media/"
    parts: int = 0
    """How many published articles are part of this one."""


@dataclass(frozen=True)
class Heading:
    """An entry of the contents list: ``anchor`` without #, ``level`` 2 to 6, children below it."""

    anchor: str
    text: Html
    level: int
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True)
class RenderedFigure:
    """A picture: ``address`` and pixels of the file (None while it is missing), its words and who made it."""

    anchor: str
    address: str
    width: int | None
    height: int | None
    alt: str
    caption: Html
    credit: str
    licence: str
    srcset: str = ""
    sizes: str = ""
    """Smaller copies of the file, and how wide it is shown, as in HTML's ``img``; empty where there are none."""


@dataclass(frozen=True)
class InfoboxValue:
    """One value in a cell; ``attribution`` names who says so."""

    html: Html
    attribution: str = ""


@dataclass(frozen=True)
class InfoboxCell:
    """The values of one field and side; ``side`` is 1 to 5, ``"all"``, or None on fields without sides."""

    side: int | str | None
    values: tuple[InfoboxValue, ...]


@dataclass(frozen=True)
class InfoboxFact:
    """A row with a label and one value cell across the table: part of, date, place, coordinates, result …"""

    field: str
    label: str
    values: tuple[InfoboxValue, ...]


@dataclass(frozen=True)
class InfoboxSection:
    """A field with sides: one cell for each side of the box, blank ones included, then the joint cell or None."""

    field: str
    label: str
    cells: tuple[InfoboxCell, ...]
    joint: InfoboxCell | None = None
    joint_label: str = ""
    names_sides: bool = False
    """This section's cells head the columns."""
    counts: bool = False
    """Its values are figures, of which each has its claimants."""


@dataclass(frozen=True)
class RenderedInfobox:
    """The infobox: ``sides`` is (1, 2 …) up to the highest side used, at least two where there are sections."""

    kind: str
    caption: str
    figure: RenderedFigure | None
    facts: tuple[InfoboxFact, ...]
    sides: tuple[int, ...] = ()
    sections: tuple[InfoboxSection, ...] = ()
    tail: tuple[InfoboxFact, ...] = ()
    """Facts that stand behind the sections."""


@dataclass(frozen=True)
class Backlink:
    """The way back to one displayed mark: ``anchor`` is the mark's id; ``letter`` is empty where there is one only."""

    anchor: str
    letter: str = ""


@dataclass(frozen=True)
class ListEntry:
    """An entry of the notes or the references: ``anchor`` of the entry, ``label`` a or 1, and its backlinks."""

    anchor: str
    key: str
    label: str
    html: Html
    backlinks: tuple[Backlink, ...]


@dataclass(frozen=True)
class RenderedName:
    """Another spelling with its language tag, ready for a ``lang`` attribute (``az``, ``az-Arab``)."""

    name: str
    language: str
    language_name: str


@dataclass(frozen=True)
class RenderedCategory:
    """A category of the article and the address of its page."""

    name: str
    address: str


_NEARBY = 5
"""Entries that a page shows of a long campaign."""


@dataclass(frozen=True)
class RenderedArticle:
    """A page without its frame. Equal content and equal links give an equal one.

    The body comes in three parts, for the layouts: the first block of the lead, the rest of the lead, and all from
    the first heading on.
    """

    title: str
    short_description: str
    infobox: RenderedInfobox | None
    lead_opening: Html
    lead_rest: Html
    sections: Html
    contents: tuple[Heading, ...]
    notes: tuple[ListEntry, ...]
    references: tuple[ListEntry, ...]
    names: tuple[RenderedName, ...]
    categories: tuple[RenderedCategory, ...]
    parent: Link | None
    """The war of which this is a part; its address is empty while nothing is published there."""
    campaign: tuple[Link, ...]
    text: str
    """All words of the page without markup, for excerpts and search."""
    problems: tuple[Problem, ...]
    parts: int = 0
    """How many published articles are part of this one."""

    @property
    def errors(self):
        """Return the problems that stop publication."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def nearby(self):
        """Return the part of the campaign that the page lists: all of a short one, else what is nearest in time."""
        if len(self.campaign) <= _NEARBY + 1:
            return self.campaign
        start = max(0, min((self._place or 0) - _NEARBY // 2, len(self.campaign) - _NEARBY))
        return self.campaign[start : start + _NEARBY]

    @property
    def before(self):
        """Return the ``Link`` to what came before in the same war, or None."""
        return self.campaign[self._place - 1] if self._place else None

    @property
    def after(self):
        """Return the ``Link`` to what came next in the same war, or None."""
        return None if self._place is None else next(iter(self.campaign[self._place + 1 :]), None)

    @property
    def _place(self):
        """Where this article stands in its campaign; None in that of a war, which lists its parts only."""
        return next((place for place, link in enumerate(self.campaign) if link.title == self.title), None)

    def to_json(self):
        """Return the page as plain lists and objects."""
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        """Return the page that ``to_json`` wrote; ``data`` may have been through JSON."""
        return _made(cls, data)


def _made(kind, data):
    """Return ``data``, plain lists and objects, as a value of ``kind``, the type of a member."""
    if data is None:
        return None
    if is_dataclass(kind):
        members = _members(kind)
        return kind(**{name: _made(members[name], value) for name, value in data.items()})
    if get_origin(kind) is tuple:
        return tuple(_made(get_args(kind)[0], one) for one in data)
    if isinstance(kind, UnionType):
        return _made(next(one for one in get_args(kind) if is_dataclass(one) or type(data) is one), data)
    return Html(data) if kind is Html else data


@cache
def _members(kind):
    return get_type_hints(kind)
