"""Reading the rows of an article: names, infobox rows, notes, references, figures."""

import re

from ..infobox_kinds import ALL_SIDES, KINDS, MAX_SIDE
from ..problems import Refused
from ..wording import gettext as _
from .checker import Checker
from .rows import Figure, ImageFile, InfoboxRow, Name, Note, Reference
from .source import Source

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}\Z")
_IMAGE_HASH = re.compile(r"sha256:[0-9a-f]{64}\Z")
_IMAGE_FILE = {"sha256": str, "received_sha256": str, "name": str, "width": int, "height": int, "uploaded_as": str}


class RowReader(Checker):
    """Makes rows of objects; with ``stored`` also of the members that only our own database writes."""

    def __init__(self, stored):
        super().__init__()
        self.stored = stored
        self.infobox_figure = None

    def name(self, row, place):
        """Read another spelling."""
        self.unknown(row, {"id", "name", "language", "script"}, place)
        language = self.line(row, "language", place, "language")
        if language and not _LANGUAGE.match(language):
            self.refuse(f"{place}.language", _('must be a BCP 47 language tag such as "az" or "zh-Hant"'))
        script = self.line(row, "script", place, "language")
        if script and not _SCRIPT.match(script):
            self.refuse(f"{place}.script", _('must be a script code of ISO 15924 such as "Latn" or "Armn"'))
        return Name(self.id(row, place), self.line(row, "name", place, "name", required=True), language, script)

    def infobox_row(self, row, place, kind):
        """Read a value of the infobox; ``kind`` is the name of the infobox's kind, perhaps of none."""
        self.unknown(row, {"id", "field", "side", "value", "attribution"}, place)
        field = self.line(row, "field", place, "key")
        side = row.get("side")
        if kind in KINDS:
            fields = KINDS[kind].by_name
            if field not in fields:
                self.refuse(
                    f"{place}.field",
                    _("unknown field {field!r}; must be one of {text}").format(field=field, text=", ".join(fields)),
                )
            elif not fields[field].sided and side is not None:
                self.refuse(f"{place}.side", _("the field {field} has no sides; leave it out").format(field=field))
            elif fields[field].sided and not _is_side(side):
                self.refuse(
                    f"{place}.side",
                    _('must be 1 to {max_side} or "{all_sides}"').format(max_side=MAX_SIDE, all_sides=ALL_SIDES),
                )
        return InfoboxRow(
            self.id(row, place), field, side if _is_side(side) else None,
            self.block(row, "value", place, "value", required=True),
            self.line(row, "attribution", place, "attribution"),
        )  # fmt: skip

    def note(self, row, place):
        """Read a note."""
        self.unknown(row, {"id", "key", "text"}, place)
        return Note(self.id(row, place), self.key(row, place), self.block(row, "text", place, "note"))

    def reference(self, row, place):
        """Read a reference: to a source, in free text, or empty as yet."""
        known = {"id", "key", "source", "text", "pages", "quotation", "translation", "remark"}
        self.unknown(row, known | ({"source_id", "source_version"} if self.stored else set()), place)
        source = self.source(row.get("source"), f"{place}.source")
        text = self.block(row, "text", place, "free_text")
        if source and text:
            self.refuse(place, _("has both a source and free text; keep one of them"))
        return Reference(
            self.id(row, place), self.key(row, place), source, text,
            self.line(row, "pages", place, "pages"),
            self.block(row, "quotation", place, "quotation"),
            self.block(row, "translation", place, "translation"),
            self.block(row, "remark", place, "remark"),
            self.number(row, "source_id", place), self.number(row, "source_version", place),
        )  # fmt: skip

    def source(self, value, place):
        """Read a CSL object, or take a ``Source`` that was read before."""
        if self.stored and isinstance(value, Source):
            return value
        if value is None or value == {}:
            return None
        try:
            return Source.read(value, place, stored=self.stored)
        except Refused as refused:
            self.problems += refused.problems
            return None

    def figure(self, row, place):
        """Read a figure, its picture named by a hash or a path."""
        known = {"id", "key", "image", "credit", "licence", "alt", "caption", "placement"}
        self.unknown(row, known | ({"file", "image_id", "image_version"} if self.stored else set()), place)
        image = self.line(row, "image", place, "image", required=True)
        if image.startswith("sha256:") and not _IMAGE_HASH.match(image):
            self.refuse(f"{place}.image", _("must be sha256: and 64 small hexadecimal figures"))
        return Figure(
            self.id(row, place), self.key(row, place), image,
            self.line(row, "credit", place, "credit"), self.line(row, "licence", place, "licence"),
            self.block(row, "alt", place, "alt"), self.block(row, "caption", place, "caption"),
            self.placement(row.get("placement", "body"), f"{place}.placement"), self.file(row, f"{place}.file"),
            self.number(row, "image_id", place), self.number(row, "image_version", place),
        )  # fmt: skip

    def placement(self, value, place):
        """Read where a figure stands; one of the article stands in the infobox."""
        if value not in ("body", "infobox"):
            self.refuse(place, _('must be "infobox" or "body"'))
        elif value == "infobox" and self.infobox_figure:
            self.refuse(
                place,
                _("only one figure stands in the infobox, and {infobox_figure} says so already").format(
                    infobox_figure=self.infobox_figure
                ),
            )
        elif value == "infobox":
            self.infobox_figure = place
        return value if value == "infobox" else "body"

    def file(self, row, place):
        """Read the facts of a stored picture."""
        facts = row.get("file") if self.stored else None
        if facts is None:
            return None
        known = isinstance(facts, dict) and facts.keys() <= _IMAGE_FILE.keys()
        if known and all(isinstance(facts.get(name, kind()), kind) for name, kind in _IMAGE_FILE.items()):
            return ImageFile(**{name: facts.get(name, kind()) for name, kind in _IMAGE_FILE.items()})
        self.refuse(place, _("must be the facts of a stored picture"))
        return None

    def number(self, row, member, place):
        """Read a key of our database."""
        value = row.get(member) if self.stored else None
        if value is None or isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63:
            return value
        self.refuse(f"{place}.{member}", _("must be the key of a stored row"))
        return None


def _is_side(side):
    return side == ALL_SIDES or isinstance(side, int) and not isinstance(side, bool) and 1 <= side <= MAX_SIDE
