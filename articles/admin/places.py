"""Where a problem is: from its path into the content to the field on the page, in words and as an anchor."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..infobox_kinds import KINDS
from ..problems import Problem
from .row_lines import side_words
from .rows import LISTS

_PLACE = re.compile(r"(?P<path>[^:]*)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?\Z")
_ROW = re.compile(r"(?P<list>infobox\.rows|[a-z]+)\[(?P<index>\d+)\](?:\.(?P<field>\w+))?")
_PREDICATE = re.compile(r"(is|must|has|contains|belongs|ends)\b")
_LISTS = ("infobox.rows", *LISTS)
_ONCE = {
    "infobox.kind": "infobox_kind",
    "coordinates.latitude": "latitude",
    "coordinates.longitude": "longitude",
    "coordinates": "latitude",
    "base": "base_revision",
}
_HELD_BY_IMAGE = ("credit", "licence", "file")
_FIELDS = {field.name: field.label for kind in KINDS.values() for field in kind.fields}


@dataclass(frozen=True)
class Told:
    """A problem as the desk shows it: where in words, the anchor of the field, and what is wrong."""

    words: str
    anchor: str
    problem: Problem
    message: str

    @property
    def is_error(self):
        """Tell whether it keeps the text from being published."""
        return self.problem.stops_people

    @property
    def line(self):
        """The line in the field, from 1, or None."""
        return self._position("line")

    @property
    def column(self):
        """The column in the line, from 1, or None."""
        return self._position("column")

    def _position(self, what):
        place = _PLACE.match(self.problem.place)
        return int(place[what]) if place and place[what] else None


def told(form, problem):
    """Return a ``Told`` for a problem of the content that the ``WholeForm`` shows."""
    words, anchor = _where(form, problem.place)
    return Told(words, anchor, problem, _in_words(form, problem.message))


def _where(form, path):
    """Return the place in words and the anchor of its field, its row or its list."""
    place, rows, row, name = _find(form, path)
    line = place["line"] and _("line %s") % place["line"]
    if row is not None:
        first = rows.kind.cells[0].name
        field = _label(row, name) if name != first else ""
        return _joined(_row_words(rows, row), field, line), f"id_{row.prefix}-{name or first}"
    if rows is not None:
        return str(rows.kind.title), f"{rows.name}-group"
    if name:
        return _joined(form.main.fields[name].label, line), form.main[name].id_for_label
    return path, ""


def together(problems):
    """Return lists of the ``Told`` that say the same sentence, in the order in which each is first said."""
    said = {}
    for one in problems:
        said.setdefault((one.problem.kind, one.message), []).append(one)
    return list(said.values())


def tell(form, problems):
    """Put each refused problem at its field, its row or its list; the head of the form tells them all."""
    for problem in problems:
        _place, rows, row, name = _find(form, problem.place)
        message = _in_words(form, problem.message)
        if row is not None:
            row.add_error(name, _sentence(_label(row, name) or _("this row"), message))
        elif rows is not None:
            rows.errors.append(_sentence(_("this list"), message))
        elif name:
            form.main.add_error(name, _sentence(form.main.fields[name].label, message))


def _in_words(form, message):
    """Return a problem's message with rows named as they stand on the page."""

    def row_on_page(place):
        rows = form.lists[place["list"].removesuffix(".rows")]
        index = int(place["index"])
        number = rows.rows.index(rows.in_order[index]) + 1 if index < len(rows.in_order) else index + 1
        return f"{rows.kind.title}, {_('row')} {number}"

    return _ROW.sub(lambda place: row_on_page(place) if place["list"] in _LISTS else place[0], message)


def _sentence(subject, message):
    """Make a sentence of a message, which may want a subject: “is too long”."""
    sentence = f"{subject} {message}" if _PREDICATE.match(message) else message
    return sentence[:1].upper() + sentence[1:].rstrip(".") + "."


def _find(form, path):
    """Return (match of the place, Rows or None, Row or None, name of the field or empty)."""
    place = _PLACE.match(path) or _PLACE.match("")
    path = place["path"]
    if found := _ROW.match(path):
        rows = form.lists[found["list"].removesuffix(".rows")]
        index = int(found["index"])
        row = rows.in_order[index] if index < len(rows.in_order) else None
        return place, rows, row, _cell_name(rows.kind, found["field"])
    if path.removesuffix(".rows") in form.lists:
        return place, form.lists[path.removesuffix(".rows")], None, ""
    name = _ONCE.get(path, path)
    return place, None, None, name if name in form.main.fields else ""


def _cell_name(kind, member):
    if member == "ORDER" or kind.cell(member):
        return member
    if member in _HELD_BY_IMAGE and kind.cell("image"):
        return "image"
    return kind.cells[0].name if len(kind.cells) == 1 else ""


def _label(row, name):
    if name == "ORDER":
        return _("Order")
    return row.kind.cell(name).label if name else ""


def _row_words(rows, row):
    """Name a row: Infobox: Casualties and losses, side 2; Note “spelling”."""
    first = row.words.get(rows.kind.cells[0].name, "").strip()
    if rows.name == "infobox":
        side = row.words.get("side", "").strip()
        return _joined(f"{rows.kind.title}: {_FIELDS.get(first, first)}", side_words(side))
    return f"{rows.kind.one} “{first}”" if first else str(rows.kind.one)


def _joined(*parts):
    return ", ".join(str(part) for part in parts if part)
