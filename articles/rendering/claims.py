"""Who says what: the claims about each contested figure, set side by side, and never averaged.

From the infobox rows that state figures (strength, losses) comes one ``ClaimedFigure`` for each thing counted on each
side, with every claim about it: the figure as stated, who claims it, on which reference it rests.
"""

import re
from dataclasses import dataclass

from ..infobox_kinds import ALL_SIDES, KINDS
from ..markup import parse_line
from ..quantities import quantities
from . import words
from .contributors import leading
from .measures import measure
from .plots import Bar, bars

_PART = re.compile(r"(?:of (?:them|whom|which|these|those)|including|among them)\b", re.IGNORECASE)
_TEXT_TOKENS = ("text", "text_special", "code_inline")
_SHORT = 48
_LONGEST = 160
"""Characters of what each claim repeats: the name of its side, the names of its sources."""
_MOST_NAMES = 3
_MOST_SOURCES = 2_000
"""Figures times citations of one value: each figure may rest on all of them. One with more is a single claim."""
_MOST_SHOWN = 4_000
"""Claims and their sources in all. Rows beyond are left to the infobox."""
_MOST_CHARACTERS = 100_000
"""Characters of all values that are read for figures."""


@dataclass(frozen=True)
class ClaimSource:
    """A reference on which a claim rests: ``anchor`` of its entry and its ``name`` in short."""

    anchor: str
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
    """Return a ``ClaimedField`` for each field of the infobox that states figures, in the order of the infobox.

    And whether that is all: of thousands of claims the first are returned, up to the end of a row.
    """
    kind = KINDS.get(content.infobox.kind)
    if kind is None:
        return (), True
    claims = _Claims(content, kind)
    return claims.fields(), claims.complete


class _Claims:
    def __init__(self, content, kind):
        self.kind = kind
        self.rows = [row for _index, row in content.infobox.in_display_order()]
        self.references = {one.key: one for one in content.references}
        self.short_names = {}
        self.names = self._side_names()
        self.complete = True

    def _side_names(self):
        """Return what each side is called: the names that head its column."""
        heads = next((field.name for field in self.kind.fields if field.names_sides), None)
        values = {}
        for row in self.rows:
            if row.field == heads:
                values.setdefault(row.side, []).append(row.value)
        names = {side: self._names(some) for side, some in values.items()}
        return names | {ALL_SIDES: str(self.kind.joint_label)}

    def _names(self, values):
        names = [_shortened(_plain(parse_line(value))[0], _LONGEST) for value in values[:_MOST_NAMES]]
        return ", ".join(names) + " …" * (len(values) > _MOST_NAMES)

    def fields(self):
        found, shown, characters = {}, 0, 0
        for row in self.rows:
            if not self.kind.by_name[row.field].counts:
                continue
            characters += len(row.value)
            if shown >= _MOST_SHOWN or characters > _MOST_CHARACTERS:
                self.complete = False
                break
            for key, label, claim in self._claims(row, parse_line(row.value)):
                figures = found.setdefault(row.field, {})
                figures.setdefault((self._side_order(row.side), row.side, key, label), []).append(claim)
                shown += 1 + len(claim[0][2])
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
        if not stated or len(stated) * max(len(cites), 1) > _MOST_SOURCES:
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
        return tuple(self._source(cite) for _offset, cite in cites if cite.key in self.references)

    def _source(self, cite):
        reference = self.references[cite.key]
        if cite.key not in self.short_names:
            self.short_names[cite.key] = _short_name(reference)
        return ClaimSource(f"ref-{cite.key}", self.short_names[cite.key], cite.locator or reference.pages)


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
        return _shortened(reference.text, _SHORT)
    csl = reference.source.csl
    names = leading(csl)[0].split(";")[0].split(",")[0]
    issued = csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    year = str(parts[0][0]) if parts and parts[0] else ""
    name = _shortened(names or str(csl.get("title", "")), _LONGEST)
    return " ".join(part for part in (name, year) if part) or reference.key


def _shortened(text, most):
    """Return ``text`` up to a word that ends within ``most`` characters."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
