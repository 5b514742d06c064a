"""Interchange JSON to the members of an ArticleContent, strictly: unknown members, wrong types and forbidden
characters are refused, each with its place and all in one go."""

import re
from decimal import Decimal

from ..dates import read_event_date
from ..folding import SLUG, make_slug
from ..infobox_kinds import KINDS
from ..wording import gettext as _, number
from .json_text import parse_json
from .limits import BODY_BLOCKS, BODY_BYTES, LIMITS
from .row_reading import RowReader
from .rows import Coordinates, Infobox
from .writing import FORMAT

_MEMBERS = frozenset(
    "format slug title short_description names part_of event_date coordinates categories infobox body notes "
    "references figures".split()
)
_MARK = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])[ \t]+|>[ \t]*")
_MARKS = re.compile(f"(?:{_MARK.pattern})*")


def read_members(data, *, stored=False):
    """Return the keyword arguments of ``ArticleContent`` for an interchange object or its JSON text."""
    if isinstance(data, str | bytes | bytearray):
        data = parse_json(data)
    reader = _Reader(stored)
    members = reader.article(data)
    reader.finish()
    return members


class _Reader(RowReader):
    """Reads the whole object."""

    def article(self, data):
        if not isinstance(data, dict):
            self.refuse("file", _("must be one JSON object"))
            return {}
        if data.get("format") != FORMAT:
            self.refuse("format", _('must be "{format}"').format(format=FORMAT))
        self.unknown(data, _MEMBERS)
        return {
            "slug": self.slug(data, "slug", required=True),
            "title": self.line(data, "title", "", "title", required=True),
            "short_description": self.line(data, "short_description", "", "short_description"),
            "names": self.rows(data, "names", "names", self.name),
            "part_of": self.slug(data, "part_of"),
            "event_date": self.event_date(data),
            "coordinates": self.coordinates(data.get("coordinates")),
            "categories": self.categories(data),
            "infobox": self.infobox(data.get("infobox", {})),
            "body": self.body(data),
            "notes": self.rows(data, "notes", "notes", self.note),
            "references": self.rows(data, "references", "references", self.reference),
            "figures": self.rows(data, "figures", "figures", self.figure),
        }

    def slug(self, data, member, *, required=False):
        before = len(self.problems)
        slug = self.line(data, member, "", "slug", required=required)
        if slug and not SLUG.match(data[member]) and len(self.problems) == before:
            self.refuse(member, _("must be an address: small letters a–z and figures, words joined by single hyphens"))
        return slug

    def event_date(self, data):
        before = len(self.problems)
        date = self.line(data, "event_date", "", "slug")
        if date and len(self.problems) == before:
            try:
                read_event_date(date)
            except ValueError as error:
                self.refuse("event_date", str(error))
        return date

    def coordinates(self, value):
        if value is None or value == {}:
            return None
        if not isinstance(value, dict):
            self.refuse("coordinates", _("must be an object with latitude and longitude"))
            return None
        self.unknown(value, {"latitude", "longitude"}, "coordinates")
        degrees = [self.degrees(value, "latitude", 90), self.degrees(value, "longitude", 180)]
        return None if None in degrees else Coordinates(*degrees)

    def degrees(self, value, member, most):
        number, place = value.get(member), f"coordinates.{member}"
        if number in (None, ""):
            self.refuse(place, _("is missing; a place has latitude and longitude"))
        elif isinstance(number, bool) or not isinstance(number, int | float | Decimal):
            self.refuse(place, _("must be a number of degrees"))
        elif not _within(number, most):
            self.refuse(place, _("must be from −{most} to {most2}").format(most=most, most2=most))
        elif round(Decimal(str(number)), 6) != Decimal(str(number)):
            self.refuse(place, _("must have at most 6 decimals"))
        else:
            return Decimal(str(number)).normalize() + 0
        return None

    def categories(self, data):
        seen, categories = {}, []
        for index, value in enumerate(self.list(data, "categories", "categories")):
            place, before = f"categories[{index}]", len(self.problems)
            name = self.text(value, place, LIMITS["category"], one_line=True)
            if len(self.problems) > before:
                continue
            slug = make_slug(name)
            if not slug:
                self.refuse(place, _("must hold a letter or a figure"))
            elif (first := seen.setdefault(slug, place)) != place:
                self.refuse(place, _("is the same category as {first}; keep one of them").format(first=first))
            categories.append(name)
        return tuple(categories)

    def infobox(self, value):
        if not isinstance(value, dict):
            self.refuse("infobox", _("must be an object with kind and rows"))
            return Infobox()
        self.unknown(value, {"kind", "rows"}, "infobox")
        before = len(self.problems)
        kind = self.line(value, "kind", "infobox", "key")
        if kind and kind not in KINDS:
            self.refuse("infobox.kind", _("must be one of {text}").format(text=", ".join(KINDS)))
        rows = self.rows(value, "rows", "infobox.rows", lambda row, place: self.infobox_row(row, place, kind))
        if rows and not kind and len(self.problems) == before:
            self.refuse("infobox.kind", _("is required where there are rows"))
        return Infobox(kind, rows)

    def body(self, data):
        if "body" not in data:
            self.refuse("body", _("is required"))
        body = self.text(data.get("body", ""), "body")
        size = len(body.encode())
        if size > BODY_BYTES:
            self.refuse(
                "body",
                _("is {size} bytes long; at most {body_bytes} fit").format(
                    size=number(size), body_bytes=number(BODY_BYTES)
                ),
            )
        elif (blocks := _blocks(body)) > BODY_BLOCKS:
            self.refuse(
                "body",
                _("has {blocks} paragraphs, list items and rows; at most {body_blocks} fit").format(
                    blocks=number(blocks), body_blocks=number(BODY_BLOCKS)
                ),
            )
        return body


def _blocks(body):
    """Count the blocks that lines may begin: after an empty one, or not with a letter; of lists in lists each."""
    count, after_empty = 0, True
    for line in body.split("\n"):
        line = line.lstrip()
        if line and not line[0].isalpha():
            count += max(1, len(_MARK.findall(_MARKS.match(line)[0])))
        elif line and after_empty:
            count += 1
        after_empty = not line
    return count


def _within(number, most):
    try:
        return abs(number) <= most
    except ArithmeticError:
        # A Decimal that is no number.
        return False
