"""Where a problem is: from its path into the content to the field on the page, in words and as an anchor."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..infobox_kinds import KINDS
from ..problems import ERROR, Problem
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
        return self.problem.level == ERROR


def told(form, problem):
    """Return a ``Told`` for a problem of the content that the ``WholeForm`` shows."""
    words, anchor = _where(form, problem.place)
    return Told(words, anchor, problem, _in_words(form, problem.message))


def _where(form, path):
    """Return the place in words and the anchor of its field, its row or its list."""
    place, rows, row_form, name = _find(form, path)
    line = place["line"] and _("line %s") % place["line"]
    if row_form is not None:
        first = row_form.words[0]
        field = row_form.fields[name].label if name and name != first else ""
        return _joined(_row_words(rows, row_form), field, line), row_form[name or first].id_for_label
    if rows is not None:
        return str(rows.title), f"{rows.name}-group"
    if name:
        return _joined(form.main.fields[name].label, line), form.main[name].id_for_label
    return path, ""


def tell(form, problems):
    """Put each refused problem at its field, its row or its list; the head of the form tells them all."""
    for problem in problems:
        _place, rows, row_form, name = _find(form, problem.place)
        message = _in_words(form, problem.message)
        if row_form is not None:
            subject = row_form.fields[name].label if name else _("this row")
            row_form.add_error(name or None, _sentence(subject, message))
        elif rows is not None:
            rows.errors.append(_sentence(_("this list"), message))
        elif name:
            form.main.add_error(name, _sentence(form.main.fields[name].label, message))


def _in_words(form, message):
    """Return a problem's message with rows named as they stand on the page."""

    def row_on_page(place):
        rows = form.lists[place["list"].removesuffix(".rows")]
        index = int(place["index"])
        number = rows.forms.index(rows.in_order[index]) + 1 if index < len(rows.in_order) else index + 1
        return f"{rows.title}, {_('row')} {number}"

    return _ROW.sub(lambda place: row_on_page(place) if place["list"] in _LISTS else place[0], message)


def _sentence(subject, message):
    """Make a sentence of a message, which may want a subject: “is too long”."""
    sentence = f"{subject or _('this')} {message}" if _PREDICATE.match(message) else message
    return sentence[:1].upper() + sentence[1:].rstrip(".") + "."


def _find(form, path):
    """Return (match of the place, Rows or None, form of the row or None, name of the field or empty)."""
    place = _PLACE.match(path) or _PLACE.match("")
    path = place["path"]
    row = _ROW.match(path)
    if row:
        rows = form.lists[row["list"].removesuffix(".rows")]
        index = int(row["index"])
        row_form = rows.in_order[index] if index < len(rows.in_order) else None
        return place, rows, row_form, _field(row_form, row["field"]) if row_form else ""
    if path.removesuffix(".rows") in form.lists:
        return place, form.lists[path.removesuffix(".rows")], None, ""
    name = _ONCE.get(path, path)
    return place, None, None, name if name in form.main.fields else ""


def _field(row_form, name):
    if name in row_form.fields:
        return name
    if name in _HELD_BY_IMAGE and "image" in row_form.fields:
        return "image"
    return row_form.words[0] if len(row_form.words) == 1 else ""


def _row_words(rows, row_form):
    """Name a row: Infobox: Casualties and losses, side 2; Note “spelling”."""
    first = (row_form[row_form.words[0]].value() or "").strip()
    if rows.name == "infobox":
        side = (row_form["side"].value() or "").strip()
        return _joined(f"{rows.title}: {_FIELDS.get(first, first)}", side and _("side %s") % side)
    name = {"notes": _("Note"), "references": _("Reference"), "figures": _("Figure"), "names": _("Name"),
            "categories": _("Category")}[rows.name]  # fmt: skip
    return f"{name} “{first}”" if first else name


def _joined(*parts):
    return ", ".join(str(part) for part in parts if part)
