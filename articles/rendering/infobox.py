"""The infobox: one table of facts and sides, in the order that its kind lists (contract.md, Infobox kind)."""

from ..folding import fold
from ..infobox_kinds import ALL_SIDES, KINDS, InfoboxFieldKind, InfoboxKind
from ..rendered import InfoboxCell, InfoboxFact, InfoboxSection, InfoboxValue, Link, RenderedInfobox
from . import words
from .coordinates import coordinates_html
from .dates_in_words import event_date_words
from .safe_html import escape, safe
from .writer import article_link_open

_NO_KIND = InfoboxKind("", "", (InfoboxFieldKind("date", words.DATE),))
"""An article of no kind still has a picture, a time and a place to show."""


def parent_link(content, targets):
    """Return where the article's parent stands; one that is not published has no address and its slug as words."""
    if not content.part_of:
        return None
    name = content.part_of.replace("-", " ")
    return targets.get(fold(content.part_of)) or Link("", name[:1].upper() + name[1:])


def rendered_infobox(content, reading, writer, parent, figure):
    """Return the ``RenderedInfobox``, None where nothing would stand in it; ``figure`` is its figure or None."""
    kind = KINDS.get(content.infobox.kind, _NO_KIND)
    if kind is _NO_KIND and not (figure or content.event_date or content.coordinates):
        return None
    cells = _cells(reading.rows, writer)
    sides = max([2, *(side for _, side in cells if isinstance(side, int))])
    sections = tuple(_section(kind, field, cells, sides) for field in kind.fields if field.sided)
    sections = tuple(section for section in sections if section)
    facts, tail = _facts(kind, cells, content, parent)
    if not (figure or facts or sections or tail):
        return None
    return RenderedInfobox(
        kind=kind.name,
        caption=content.title,
        figure=figure,
        facts=facts,
        sides=tuple(range(1, sides + 1)) if sections else (),
        sections=sections,
        tail=tail,
    )


def _cells(rows, writer):
    """Return the values of each (field, side)."""
    cells = {}
    for _, row, markup in rows:
        value = InfoboxValue(safe(writer.inline(markup.tokens[0].children)), row.attribution)
        cells.setdefault((row.field, row.side), []).append(value)
    return {place: tuple(values) for place, values in cells.items()}


def _section(kind, field, cells, sides):
    """Return the section of a field: a cell for every side, blank ones included; None where nothing is in it."""
    shown = tuple(InfoboxCell(side, cells.get((field.name, side), ())) for side in range(1, sides + 1))
    joint = cells.get((field.name, ALL_SIDES))
    if not joint and not any(cell.values for cell in shown):
        return None
    return InfoboxSection(
        field=field.name,
        label=str(field.label),
        cells=shown,
        joint=InfoboxCell(ALL_SIDES, joint) if joint else None,
        joint_label=str(kind.joint_label),
        names_sides=field.names_sides,
        counts=field.counts,
    )


def _facts(kind, cells, content, parent):
    """Return the facts before the sections and those behind them."""
    facts, tail, sided = [], [], False
    coordinates_after = (kind.facts_after or kind.fields[-1].name) if content.coordinates else None
    if parent:
        facts.append(_fact("part_of", words.PART_OF, _parent_html(parent)))
    for field in kind.fields:
        sided = sided or field.sided
        values = () if field.sided else cells.get((field.name, None)) or _computed(field.name, content)
        if values:
            (tail if sided else facts).append(InfoboxFact(field.name, str(field.label), values))
        if field.name == coordinates_after:
            facts.append(_fact("coordinates", words.COORDINATES, coordinates_html(content.coordinates)))
    return tuple(facts), tuple(tail)


def _fact(field, label, html):
    return InfoboxFact(field, str(label), (InfoboxValue(safe(html)),))


def _computed(field, content):
    """Return the date from the article's event date, where no row gives it."""
    if field != "date" or not content.event_date:
        return ()
    return (InfoboxValue(safe(escape(event_date_words(content.event_date)))),)


def _parent_html(parent):
    if not parent.address:
        return escape(parent.title)
    return f"{article_link_open(parent)}{escape(parent.title)}</a>"
