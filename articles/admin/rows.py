"""The rows of an article in its form: plain words with names, ids and errors; no model, no Django form behind them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from ..infobox_kinds import KINDS
from ..models import Figure, InfoboxField
from .widgets import TYPED, Block, Choice, Line

_FIELDS = [("", ""), *((kind.label, [(one.name, one.label) for one in kind.fields]) for kind in KINDS.values())]
_SIDES = [("", ""), *InfoboxField.SIDES]
ABOUT = ("row_id", "ORDER", "DELETE")
"""What a row says about itself."""


@dataclass(frozen=True)
class Cell:
    """A field of a row, named as in the interchange format. Those that are ``folded`` are out of sight while empty."""

    name: str
    label: str
    widget: object
    folded: bool = False
    speaks: bool = True
    """A new row in which nothing that speaks is filled is no row."""
    language: str = ""
    """Whose language the words are in: of the ``row``, of its ``source``; empty: of the site."""


@dataclass(frozen=True)
class RowKind:
    """A list: its heading, what one row is called, the button that adds one, a line of help, and the cells."""

    title: str
    one: str
    add: str
    help: str
    cells: tuple
    folds: bool = True
    """A row is one line that opens; otherwise its few fields always stand open."""

    def cell(self, name):
        """Return the cell with this name, or None."""
        return next((cell for cell in self.cells if cell.name == name), None)


@dataclass(eq=False)
class Row:
    """One row as it stands on the page. ``errors`` maps names of cells to messages; "" is the row as a whole."""

    kind: RowKind
    prefix: str
    words: dict
    is_stored: bool = False
    """It was there when the form was made, and has a box to delete it."""
    errors: dict = field(default_factory=dict)

    @classmethod
    def of_post(cls, kind, prefix, data, is_stored):
        """Read a row as it was posted."""
        names = (*ABOUT, *(cell.name for cell in kind.cells))
        words = {name: data.get(f"{prefix}-{name}", "") for name in names}
        for cell in kind.cells:
            if cell.widget is None and (typed := data.get(f"{prefix}-{cell.name}{TYPED}", "").strip(" #№")):
                words[cell.name] = typed
        return cls(kind, prefix, words, is_stored)

    @property
    def is_blank(self):
        """Nothing is in it that would make it a row."""
        told = (cell for cell in self.kind.cells if cell.speaks or self.is_stored)
        return not any(self.words.get(cell.name, "").strip() for cell in told)

    def add_error(self, name, message):
        """Note an error at a cell, or at the row (name empty)."""
        self.errors.setdefault(name, []).append(message)


def initial_words(name, row):
    """Return what the form shows of a row of a content."""
    if name == "categories":
        return {"name": row}
    words = {cell.name: getattr(row, cell.name) for cell in LISTS[name].cells} | {"row_id": row.id}
    if name == "infobox":
        words["side"] = "" if row.side is None else str(row.side)
    elif name == "references":
        words["source"] = str(row.source_id or "")
    elif name == "figures":
        words["image"] = str(row.image_id or "")
    return words


class Rows:
    """One list in the form: ``rows`` as they stand on the page, ``in_order`` as they stand in the content.

    ``posted`` are the fields of the post that they were read from, None where it did not speak of them.
    """

    def __init__(self, name, rows, posted=None):
        self.name, self.rows, self.kind, self.posted = name, rows, LISTS[name], posted
        self.in_order = list(rows)
        self.errors = []
        self.blank = Row(self.kind, f"{name}-__prefix__", {})
        """The row that the script copies when one is added."""
        self.writer = None

    @classmethod
    def of_content(cls, name, rows, extra):
        """Show rows of a content and ``extra`` blank ones."""
        words = [initial_words(name, row) | {"ORDER": str((index + 1) * 10)} for index, row in enumerate(rows)]
        words += [{}] * extra
        return cls(name, [Row(LISTS[name], f"{name}-{index}", one, bool(one)) for index, one in enumerate(words)])

    @classmethod
    def of_post(cls, name, data, total):
        """Show what was posted: ``total`` rows, blank and deleted ones included."""
        stored = whole(data.get(f"{name}-INITIAL_FORMS")) or 0
        rows = [Row.of_post(LISTS[name], f"{name}-{index}", data, index < stored) for index in range(total)]
        return cls(name, rows, data)

    @property
    def html(self):
        """The rows of the page, one after the other. ``writer`` was set when the form was made ready to be shown."""
        return (self.writer.html(row) for row in self.rows)

    @property
    def blank_html(self):
        return self.writer.html(self.blank, f"{self.name}-empty")

    @property
    def management(self):
        """The counts that the script keeps: (name, value) pairs."""
        stored = sum(row.is_stored for row in self.rows)
        counts = {"TOTAL": len(self.rows), "INITIAL": stored, "MIN_NUM": 0, "MAX_NUM": ""}
        return [(f"{self.name}-{what}_FORMS", count) for what, count in counts.items()]

    @property
    def number(self):
        """How many rows say something."""
        return sum(not row.is_blank for row in self.rows)


def whole(text):
    """Return a whole number from 0 to 99,999 that stands in ``text``, or None."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 else None


_KEY = Cell("key", _("Key"), Line(spellcheck="false", autocapitalize="none"))

LISTS = {
    "infobox": RowKind(
        _("Infobox"), _("Infobox"), _("Add a value"),
        _("Several values may stand under one field and side; the order counts among them."),
        (
            Cell("field", _("Field"), Choice(_FIELDS), speaks=False),
            Cell("side", _("Side"), Choice(_SIDES), speaks=False),
            Cell("value", _("Value"), Block(1, "line")),
            Cell("attribution", _("Who says so"), Line()),
        ),
    ),
    "notes": RowKind(
        _("Notes"), _("Note"), _("Add a note"), _("Placed in the text by [^key]."),
        (_KEY, Cell("text", _("Text"), Block(2, "note"))),
    ),
    "references": RowKind(
        _("References"), _("Reference"), _("Add a reference"), _("Cited by [@key] or [@key, p. 12]."),
        (
            _KEY,
            Cell("source", _("Source"), None),
            Cell("pages", _("Pages"), Line(spellcheck="false")),
            Cell("text", _("Free text instead of a source"), Block(1, "links"), folded=True),
            Cell("quotation", _("Quotation"), Block(2, "words"), folded=True, language="source"),
            Cell("translation", _("Translation"), Block(2, "words"), folded=True),
            Cell("remark", _("Remark"), Block(2, "note"), folded=True),
        ),
    ),
    "figures": RowKind(
        _("Figures"), _("Figure"), _("Add a figure"), _("Placed in the text by ![[key]] on a line of its own."),
        (
            _KEY,
            Cell("image", _("Image"), None),
            Cell("placement", _("Place"), Choice(Figure.PLACEMENTS), speaks=False),
            Cell("alt", _("Alternative text: what the picture shows"), Block(2)),
            Cell("caption", _("Caption"), Block(2, "line")),
        ),
    ),
    "names": RowKind(
        _("Other names"), _("Name"), _("Add a name"), _("Under these readers find the article too."),
        (
            Cell("name", _("Name"), Line(), language="row"),
            Cell("language", _("Language"), Line(spellcheck="false", placeholder="az")),
            Cell("script", _("Script"), Line(spellcheck="false", placeholder="Cyrl")),
        ),
        folds=False,
    ),
    "categories": RowKind(
        _("Categories"), _("Category"), _("Add a category"), "", (Cell("name", _("Category"), Line()),), folds=False
    ),
}  # fmt: skip
"""Prefix of each list in the form → what it is; in the order of the page. Sources and images get their widget when the
form is shown."""
