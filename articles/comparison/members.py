"""What rows are made of: their members as labelled texts, and the words by which a row is called.

A member's name is that of the interchange form; the members of a source are told one by one (``source.title``), so
that a corrected year is a corrected year and not a new source.
"""

import json
from dataclasses import fields

from ..content.csl import has_date_parts
from ..infobox_kinds import ALL_SIDES, KINDS
from ..wording import gettext as _, gettext_lazy
from .blocks import plain, shortened

FACTS = {
    "title": gettext_lazy("Title"),
    "slug": gettext_lazy("Address"),
    "short_description": gettext_lazy("Short description"),
    "part_of": gettext_lazy("Part of"),
    "event_date": gettext_lazy("Date of the event"),
    "coordinates": gettext_lazy("Coordinates"),
}
_LABELS = {
    "note": gettext_lazy("Note"),
    "id": gettext_lazy("Identifier"),
    "text": gettext_lazy("Text"),
    "alt": gettext_lazy("Alternative text"),
    "attribution": gettext_lazy("Who says so"),
    "image": gettext_lazy("Picture"),
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "DOI": "DOI",
    "URL": gettext_lazy("Address"),
    "author": gettext_lazy("Authors"),
    "container-title": gettext_lazy("Published in"),
    "issued": gettext_lazy("Issued"),
}


_ROWS = {
    "notes": gettext_lazy("Note “{key}”"),
    "references": gettext_lazy("Reference “{key}”"),
    "figures": gettext_lazy("Figure “{key}”"),
}


def fact(content, name):
    """Return one of ``FACTS`` as text."""
    value = getattr(content, name)
    if name == "coordinates":
        return f"{value.latitude:f}, {value.longitude:f}" if value else ""
    return value


def members_of(row):
    """Return {member: text} of an infobox row, note, reference, figure or name, without its id; empty ones left out."""
    members = {}
    for one in fields(row):
        value = getattr(row, one.name)
        if one.name == "source":
            members |= _source_members(value) if value else {}
        elif one.name != "id" and one.compare and value not in ("", None):
            members[one.name] = str(value)
    return members


def label_of(member):
    """Return a member's name in words: ``source.container-title`` gives ``Published in``."""
    name = member.removeprefix("source.").removeprefix("custom.")
    return str(_LABELS.get(name, "")) or name.replace("-", " ").replace("_", " ").capitalize()


def _source_members(source):
    """Return the members of a CSL object as texts, those of ``custom`` among them."""
    members = {}
    for name, value in source.csl.items():
        if name == "custom" and isinstance(value, dict):
            members |= {f"source.custom.{inner}": _csl_text(one) for inner, one in value.items()}
        else:
            members[f"source.{name}"] = _csl_text(value)
    return members


def _csl_text(value):
    """Return a value of CSL as a reader would write it if nothing is lost by that, else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        names = [_name(one) for one in value]
        if all(names):
            return "; ".join(names)
    if has_date_parts(value) and len(value) == 1:
        return "/".join("-".join(f"{part:0>2}" for part in date) for date in value["date-parts"])
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _name(name):
    """Return ``Family, Given`` or the literal; empty where a name has more than that, or is none."""
    if not all(isinstance(part, str) for part in name.values()):
        return ""
    if name.keys() == {"literal"}:
        return name["literal"]
    if name.keys() <= {"family", "given"}:
        return ", ".join(name[part] for part in ("family", "given") if part in name)
    return ""


def cell_label(kind, field, side):
    """Return the words for a cell of the infobox: ``Casualties and losses, side 2``."""
    known = KINDS[kind].by_name.get(field) if kind in KINDS else None
    label = str(known.label) if known else field
    if side == ALL_SIDES:
        return _("{label}, all sides").format(label=label)
    return _("{label}, side {side}").format(label=label, side=side) if side else label


def row_label(part, row):
    """Return the words for a note, reference, figure or name."""
    if part == "names":
        return _("Name “{name}”").format(name=shortened(row.name))
    return _ROWS[part].format(key=row.key)


def row_text(row):
    """Return in a few plain words what a row says, empty where its label has told it."""
    source = getattr(row, "source", None)
    told = source.title if source else ""
    said = (getattr(row, name, "") for name in ("value", "text", "caption", "alt"))
    return shortened(plain(told or next(filter(None, said), "")))
