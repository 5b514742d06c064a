"""Who says what: the claims about each contested figure, set side by side, and never averaged.

From the infobox rows that state figures (strength, losses) comes one ``ClaimedFigure`` for each thing counted on each
side, with every claim about it: the figure as stated, who claims it, on which reference it rests.
"""

import re
from dataclasses import dataclass

from ..infobox_kinds import ALL_SIDES, KINDS
from ..quantities import quantities
from . import words
from .citations import number
from .contributors import leading
from .measures import measure
from .plots import Bar, bars
from .reading import Reading

_PART = re.compile(r"(?:of (?:them|whom|which|these|those)|including|among them)\b", re.IGNORECASE)
_TEXT_TOKENS = ("text", "text_special", "code_inline")
_SHORT = 48
_MOST_NAMES = 3
_MOST_SOURCES = 2_000
"""Figures times citations of one value: each figure may rest on all of them. One with more is a single claim."""


@dataclass(frozen=True)
class ClaimSource:
    """A reference on which a claim rests: ``anchor`` of its entry, its displayed ``number``, its ``name`` in short."""

    anchor: str
    number: str
    name: str
    locator: str


@dataclass(frozen=True)
class Claim:
    """One statement. ``claimant`` is empty where the infobox names none; ``bar`` is None where it states no number."""

    words: str
    claimant: str
    sources: tuple[ClaimSource, ...]
    bar: Bar | None


@dataclass(frozen=True)
class ClaimedFigure:
    """One thing counted on one side. ``least`` and ``most`` are the ends of the plot's scale, 0 and 0 without one."""

    anchor: str
    side: str
    label: str
    claims: tuple[Claim, ...]
    most: int


@dataclass(frozen=True)
class ClaimedField:
    """A field of the infobox with its figures."""

    field: str
    label: str
    figures: tuple[ClaimedFigure, ...]


def claimed_figures(content):
    """Return a ``ClaimedField`` for each field of the infobox that states figures, in the order of the infobox."""
    kind = KINDS.get(content.infobox.kind)
    if kind is None:
        return ()
    return _Claims(content, kind).fields()


class _Claims:
    def __init__(self, content, kind):
        self.kind = kind
        self.reading = Reading(content)
        self.references = {one.key: one for one in content.references}
        numbering = number(self.reading.document(), self.reading.note_marks(), self.reading.remark_marks())
        self.numbers = {key: str(place) for place, key in enumerate(numbering.references, 1)}
        self.names = self._side_names()

    def _side_names(self):
        """Return what each side is called: the names that head its column."""
        heads = next((field.name for field in self.kind.fields if field.names_sides), None)
        names = {}
        for _index, row, markup in self.reading.rows:
            if row.field == heads:
                names.setdefault(row.side, []).append(_plain(markup)[0])
        names = {side: ", ".join(some[:_MOST_NAMES]) + " …" * (len(some) > _MOST_NAMES) for side, some in names.items()}
        return names | {ALL_SIDES: str(self.kind.joint_label)}

    def fields(self):
        found = {}
        for _index, row, markup in self.reading.rows:
            if self.kind.by_name[row.field].counts:
                for key, label, claim in self._claims(row, markup):
                    figures = found.setdefault(row.field, {})
                    figures.setdefault((self._side_order(row.side), row.side, key, label), []).append(claim)
        return tuple(
            ClaimedField(field, str(self.kind.by_name[field].label), tuple(self._figures(field, figures)))
            for field, figures in found.items()
        )

    def _side_order(self, side):
        return 99 if side == ALL_SIDES else side or 0

    def _figures(self, field, figures):
        for (_order, side, key, label), claims in sorted(figures.items(), key=lambda one: (one[0][0], one[0][2])):
            drawn, most = bars([quantity for _claim, quantity in claims])
            place = "-".join(["", *(str(part) for part in (key[0], *key[1]))])
            name = self.names.get(side) or words.SIDE.format(side=side)
            shown = tuple(Claim(*claim, bar) for (claim, _quantity), bar in zip(claims, drawn, strict=True))
            yield ClaimedFigure(f"{field}-{side}{place}", name, label, shown, most)

    def _claims(self, row, markup):
        """Yield (sort key, label, (words, claimant, sources) and its quantity) for each figure that a row states."""
        text, cites = _plain(markup)
        stated = []
        for quantity in quantities(text):
            before = text[: quantity.start].rstrip()[-20:]
            if stated and (_PART.match(quantity.counted) or _PART.search(before) and before.endswith("including")):
                stated[-1][1] = quantity.start + len(quantity.words)
            else:
                stated.append([quantity, quantity.start + len(quantity.words)])
        if not stated or len(stated) * len(cites) > _MOST_SOURCES:
            return [(*measure(row.field, ""), ((text, row.attribution, self._sources(cites)), None))]
        claims = []
        for place, (quantity, end) in enumerate(stated):
            until = stated[place + 1][0].start if place + 1 < len(stated) else len(text) + 1
            own = [cite for offset, cite in cites if quantity.start < offset <= until] or [one for _, one in cites]
            said = text if len(stated) == 1 else text[quantity.start : end]
            claim = (said, row.attribution, self._sources([(0, cite) for cite in own]))
            claims.append((*measure(row.field, quantity.counted), (claim, quantity)))
        return claims

    def _sources(self, cites):
        return tuple(self._source(cite) for _offset, cite in cites if cite.key in self.numbers)

    def _source(self, cite):
        reference = self.references[cite.key]
        return ClaimSource(
            f"ref-{cite.key}", self.numbers[cite.key], _short_name(reference), cite.locator or reference.pages
        )


def _plain(markup):
    """Return the words of a line of markup, and its citations as (offset into the words, cite)."""
    text, cites = "", []
    for token in markup.tokens[0].children:
        if token.type in _TEXT_TOKENS:
            text += token.content
        elif token.type in ("softbreak", "hardbreak"):
            text += " "
        elif token.type == "citation":
            cites += [(len(text), cite) for cite in token.meta["mark"].cites]
    return text.strip(), cites


def _short_name(reference):
    """Name a reference in a few words: who and when, else its title."""
    if reference.source is None:
        short = reference.text[:_SHORT].rsplit(" ", 1)[0] if len(reference.text) > _SHORT else reference.text
        return short if short == reference.text else f"{short} …"
    csl = reference.source.csl
    names = leading(csl)[0].split(";")[0].split(",")[0]
    issued = csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    year = str(parts[0][0]) if parts and parts[0] else ""
    return " ".join(part for part in (names or str(csl.get("title", "")), year) if part) or reference.key
