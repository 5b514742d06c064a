"""Interchange JSON to the members of an ArticleContent, strictly: unknown members, wrong types and forbidden
characters are refused, each with its place and all in one go."""

import json
import math
import re
from decimal import Decimal

from ..dates import read_event_date
from ..folding import SLUG, make_slug
from ..infobox_kinds import ALL_SIDES, KINDS, MAX_SIDE
from ..plain_text import forbidden, normalise, normalise_line
from ..problems import REFUSAL, Problem, Refused
from .csl import Source, csl_problems
from .limits import BODY_BYTES, LIMITS
from .rows import Coordinates, Figure, ImageFile, Infobox, InfoboxRow, Name, Note, Reference
from .writing import FORMAT

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\Z")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}\Z")
_IMAGE_HASH = re.compile(r"sha256:[0-9a-f]{64}\Z")
_MEMBERS = frozenset(
    "format slug title short_description names part_of event_date coordinates categories infobox body notes "
    "references figures".split()
)


def parse_json(text):
    """Return the object that JSON ``text`` (str or UTF-8 bytes) holds.

    Raises ``Refused`` where it is no JSON, holds a member twice, or a number that JSON does not know (NaN).
    """
    try:
        return json.loads(text, object_pairs_hook=_members_once, parse_constant=_no_constant)
    except RecursionError:
        message = "nested too deeply"
    except UnicodeDecodeError:
        message = "is not UTF-8 text"
    except ValueError as error:
        message = f"is not JSON: {error}"
    raise Refused([Problem("file", "invalid", message, REFUSAL)])


def _members_once(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"member {next(name for name in names if names.count(name) > 1)!r} stands twice")
    return members


def _no_constant(name):
    raise ValueError(f"{name} is not a number")


def read_members(data, *, stored=False):
    """Return the keyword arguments of ``ArticleContent`` for an interchange object or its JSON text."""
    if isinstance(data, str | bytes | bytearray):
        data = parse_json(data)
    reader = _Reader(stored)
    members = reader.article(data)
    if reader.problems:
        raise Refused(reader.problems)
    return members


class _Reader:
    """Walks the object and collects problems; every method gets a value and its place and returns what it made."""

    def __init__(self, stored):
        self.stored = stored
        self.problems = []

    def refuse(self, place, message, kind="invalid"):
        self.problems.append(Problem(place, kind, message, REFUSAL))

    # The article

    def article(self, data):
        if not isinstance(data, dict):
            self.refuse("file", "must be one JSON object")
            return {}
        if data.get("format") != FORMAT:
            self.refuse("format", f'must be "{FORMAT}"')
        self.unknown(data, _MEMBERS, "")
        for member in ("slug", "title", "body"):
            if member not in data:
                self.refuse(member, "is required")
        return {
            "slug": self.slug(data.get("slug", ""), "slug") if "slug" in data else "",
            "title": self.title(data),
            "short_description": self.line(data, "short_description", "", "short_description"),
            "names": self.rows(data, "names", "names", self.name),
            "part_of": self.slug(data.get("part_of", ""), "part_of", empty=True),
            "event_date": self.event_date(data),
            "coordinates": self.coordinates(data.get("coordinates")),
            "categories": self.categories(data),
            "infobox": self.infobox(data.get("infobox", {})),
            "body": self.body(data.get("body", "")),
            "notes": self.keyed(self.rows(data, "notes", "notes", self.note), "notes"),
            "references": self.keyed(self.rows(data, "references", "references", self.reference), "references"),
            "figures": self.figures(data),
        }

    def title(self, data):
        title = self.line(data, "title", "", "title")
        if "title" in data and not title and isinstance(data["title"], str):
            self.refuse("title", "must not be empty")
        return title

    def slug(self, value, place, *, empty=False):
        slug = self.text(value, place, LIMITS["slug"], one_line=True)
        if slug or not empty:
            if isinstance(value, str) and len(slug) <= LIMITS["slug"] and not SLUG.match(slug):
                self.refuse(place, "must be small letters a–z and figures, words joined by single hyphens")
        return slug

    def event_date(self, data):
        date = self.line(data, "event_date", "", "slug")
        if date:
            try:
                read_event_date(date)
            except ValueError as error:
                self.refuse("event_date", str(error))
        return date

    def coordinates(self, value):
        if value is None or value == {}:
            return None
        if not isinstance(value, dict):
            self.refuse("coordinates", "must be an object with latitude and longitude")
            return None
        self.unknown(value, {"latitude", "longitude"}, "coordinates.")
        degrees = [self.degrees(value, "latitude", 90), self.degrees(value, "longitude", 180)]
        return None if None in degrees else Coordinates(*degrees)

    def degrees(self, value, member, most):
        number, place = value.get(member), f"coordinates.{member}"
        if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
            self.refuse(place, "must be a number of degrees")
        elif not math.isfinite(number) or abs(number) > most:
            self.refuse(place, f"must be from −{most} to {most}")
        elif round(Decimal(str(number)), 6) != Decimal(str(number)):
            self.refuse(place, "must have at most 6 decimals")
        else:
            return Decimal(str(number)).normalize() + 0
        return None

    def categories(self, data):
        seen, categories = {}, []
        for index, value in enumerate(self.list(data, "categories", "categories")):
            place = f"categories[{index}]"
            name = self.text(value, place, LIMITS["category"], one_line=True)
            slug = make_slug(name)
            if isinstance(value, str) and not slug:
                self.refuse(place, "must hold a letter or a figure")
            elif slug and slug in seen:
                self.refuse(place, f"is the same category as {seen[slug]}; keep one of them")
            seen.setdefault(slug, place)
            categories.append(name)
        return tuple(categories)

    def body(self, value):
        body = self.text(value, "body")
        size = len(body.encode("utf-8", "surrogatepass"))
        if size > BODY_BYTES:
            self.refuse("body", f"is {size:,} bytes long; at most {BODY_BYTES:,} fit")
        return body

    # Rows

    def name(self, row, place):
        self.unknown(row, {"id", "name", "language", "script"}, place + ".")
        name = self.line(row, "name", place, "name")
        if not name:
            self.refuse(f"{place}.name", "must not be empty")
        language = self.line(row, "language", place, "language")
        if language and not _LANGUAGE.match(language):
            self.refuse(f"{place}.language", 'must be a BCP 47 language tag such as "az" or "zh-Hant"')
        script = self.line(row, "script", place, "language")
        if script and not _SCRIPT.match(script):
            self.refuse(f"{place}.script", 'must be a script code of ISO 15924 such as "Latn" or "Armn"')
        return Name(self.id(row, place), name, language, script)

    def infobox(self, value):
        if not isinstance(value, dict):
            self.refuse("infobox", "must be an object with kind and rows")
            return Infobox()
        self.unknown(value, {"kind", "rows"}, "infobox.")
        kind = self.line(value, "kind", "infobox", "key")
        if kind and kind not in KINDS:
            self.refuse("infobox.kind", f"must be one of {', '.join(KINDS)}")
        rows = self.rows(value, "rows", "infobox.rows", lambda row, place: self.infobox_row(row, place, kind))
        if rows and not kind:
            self.refuse("infobox.kind", "is required where there are rows")
        return Infobox(kind, rows)

    def infobox_row(self, row, place, kind):
        self.unknown(row, {"id", "field", "side", "value", "attribution"}, place + ".")
        field = self.line(row, "field", place, "key")
        side = row.get("side")
        if kind in KINDS:
            fields = KINDS[kind].by_name
            if field not in fields:
                self.refuse(f"{place}.field", f"unknown field {field!r}; must be one of {', '.join(fields)}")
            elif not fields[field].sided and side is not None:
                self.refuse(f"{place}.side", f"the field {field} has no sides; leave it out")
            elif fields[field].sided and not _is_side(side):
                self.refuse(f"{place}.side", f'must be 1 to {MAX_SIDE} or "{ALL_SIDES}"')
        value = self.block(row, "value", place, "value").strip()
        if not value and isinstance(row.get("value", ""), str):
            self.refuse(f"{place}.value", "must not be empty")
        return InfoboxRow(
            self.id(row, place), field, side if _is_side(side) else None, value,
            self.line(row, "attribution", place, "attribution"),
        )  # fmt: skip

    def note(self, row, place):
        self.unknown(row, {"id", "key", "text"}, place + ".")
        return Note(self.id(row, place), self.key(row, place), self.block(row, "text", place, "note").strip())

    def reference(self, row, place):
        known = {"id", "key", "source", "text", "pages", "quotation", "translation", "remark"}
        self.unknown(row, known | ({"source_id", "source_version"} if self.stored else set()), place + ".")
        source = self.source(row.get("source"), f"{place}.source")
        text = self.block(row, "text", place, "free_text").strip()
        if source and text:
            self.refuse(place, "has both a source and free text; keep one of them")
        return Reference(
            self.id(row, place), self.key(row, place), source, text,
            self.line(row, "pages", place, "pages"),
            self.block(row, "quotation", place, "quotation").strip(),
            self.block(row, "translation", place, "translation").strip(),
            self.block(row, "remark", place, "remark").strip(),
            row.get("source_id"), row.get("source_version"),
        )  # fmt: skip

    def source(self, value, place):
        if value is None or value == {}:
            return None
        if not isinstance(value, dict):
            self.refuse(place, "must be a CSL object")
            return None
        before = len(self.problems)
        for where, message in csl_problems(value, place):
            self.refuse(where, message)
        if len(self.problems) > before:
            return None
        source = Source.of(value)
        if len(source.canonical) > LIMITS["source"]:
            self.refuse(place, f"is longer than {LIMITS['source']:,} characters")
        return source

    def figures(self, data):
        figures = self.keyed(self.rows(data, "figures", "figures", self.figure), "figures")
        inside = [index for index, figure in enumerate(figures) if figure.placement == "infobox"]
        for index in inside[1:]:
            self.refuse(f"figures[{index}].placement",
                        f"only one figure stands in the infobox, and figures[{inside[0]}] does already")  # fmt: skip
        return figures

    def figure(self, row, place):
        known = {"id", "key", "image", "credit", "licence", "alt", "caption", "placement"}
        self.unknown(row, known | ({"file", "image_id", "image_version"} if self.stored else set()), place + ".")
        image = self.text(row.get("image", ""), f"{place}.image", 500, one_line=True)
        if not image:
            self.refuse(f"{place}.image", "is required")
        elif image.startswith("sha256:") and not _IMAGE_HASH.match(image):
            self.refuse(f"{place}.image", "must be sha256: and 64 small hexadecimal figures")
        placement = row.get("placement") or "body"
        if placement not in ("body", "infobox"):
            self.refuse(f"{place}.placement", 'must be "infobox" or "body"')
        return Figure(
            self.id(row, place), self.key(row, place), image,
            self.line(row, "credit", place, "credit"), self.line(row, "licence", place, "licence"),
            self.block(row, "alt", place, "alt").strip(), self.block(row, "caption", place, "caption").strip(),
            placement, ImageFile(**row["file"]) if row.get("file") else None,
            row.get("image_id"), row.get("image_version"),
        )  # fmt: skip

    # Parts of rows

    def rows(self, data, member, place, make):
        rows = self.list(data, member, place)
        if len(rows) > LIMITS[member]:
            self.refuse(place, f"has {len(rows):,} rows; at most {LIMITS[member]:,} fit")
            return ()
        made, ids = [], {}
        for index, row in enumerate(rows):
            here = f"{place}[{index}]"
            if not isinstance(row, dict):
                self.refuse(here, "must be an object")
                continue
            made.append(make(row, here))
            if made[-1].id and made[-1].id in ids:
                self.refuse(f"{here}.id", f"is the id of {ids[made[-1].id]} too; leave one of them out")
            ids.setdefault(made[-1].id, here)
        return tuple(made)

    def list(self, data, member, place):
        value = data.get(member, [])
        if not isinstance(value, list | tuple):
            self.refuse(place, "must be a list")
            return []
        return value

    def keyed(self, rows, place):
        seen = {}
        for index, row in enumerate(rows):
            here = f"{place}[{index}].key"
            if row.key in seen:
                message = f'the key "{row.key}" stands at {seen[row.key]} already; give one of them another'
                self.refuse(here, message, "duplicate_key")
            elif KEY.match(row.key):
                seen[row.key] = here
        return rows

    def key(self, row, place):
        value = row.get("key", "")
        if not isinstance(value, str) or not KEY.match(value.strip()):
            message = (f"a key is a letter or a figure, then up to {LIMITS['key'] - 1} letters a–z, figures or _ . : -"
                       if value else "is required")  # fmt: skip
            self.refuse(f"{place}.key", message, "malformed_key")
            return ""
        return value.strip()

    def id(self, row, place):
        value = row.get("id", "")
        if not isinstance(value, str) or value and not _ID.match(value):
            self.refuse(f"{place}.id", f"must be up to {LIMITS['id']} letters a–z, figures, - and _")
            return ""
        return value

    def line(self, row, member, place, limit):
        return self.text(row.get(member, ""), _join(place, member), LIMITS[limit], one_line=True)

    def block(self, row, member, place, limit):
        return self.text(row.get(member, ""), _join(place, member), LIMITS[limit])

    def text(self, value, place, limit=None, *, one_line=False):
        if not isinstance(value, str):
            self.refuse(place, "must be text")
            return ""
        text = normalise_line(value) if one_line else normalise(value)
        if message := forbidden(text, one_line=one_line):
            self.refuse(place, message)
            return ""
        if limit and len(text) > limit:
            self.refuse(place, f"is {len(text):,} characters long; at most {limit:,} fit")
        return text

    def unknown(self, row, known, prefix):
        for member in row:
            if member not in known:
                self.refuse(f"{prefix}{member}", "unknown member; it may be misspelt")


def _join(place, member):
    return f"{place}.{member}" if place else member


def _is_side(side):
    return side == ALL_SIDES or isinstance(side, int) and not isinstance(side, bool) and 1 <= side <= MAX_SIDE
