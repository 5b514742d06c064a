"""The rows of an article in its form: for each kind of row a small form of plain words, without a model behind it."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from ..infobox_kinds import KINDS
from ..models import Figure, InfoboxField
from .fields import Words, block, choice, hidden, line, tick

_FIELDS = [("", "")] + [(kind.label, [(one.name, one.label) for one in kind.fields]) for kind in KINDS.values()]
_SIDES = [("", ""), *InfoboxField.SIDES]


class RowForm(forms.Form):
    """One row: ``words`` are its fields, named as in the interchange format, ``folded`` those kept under a fold."""

    row_id = hidden()
    ORDER = Words(
        _("Order"), forms.TextInput({"inputmode": "numeric", "class": "order", "size": 3, "autocomplete": "off"})
    )
    DELETE = tick(_("Delete"))

    words = ()
    folded = ()
    ignored_when_blank = ()
    """Fields that always say something; a row in which all others are blank is no row."""

    is_stored = False
    """The row was there when the form was made; it has a box to delete it."""
    shared_row = None
    """The chosen source or image, set when the form is shown."""

    @classmethod
    def initial_of(cls, row):
        """Return what the form shows of a row of the content."""
        return {"row_id": row.id} | {name: getattr(row, name) for name in cls.words}

    def visible(self):
        """Return the bound fields that are always in sight."""
        return [self[name] for name in self.words if name not in self.folded]

    def under_fold(self):
        """Return the bound fields under the fold."""
        return [self[name] for name in self.folded]

    @property
    def is_unfolded(self):
        """Tell whether something stands under the fold."""
        return any(self[name].value() or self[name].errors for name in self.folded)


class InfoboxRowForm(RowForm):
    """One value of the infobox."""

    field = choice(_("Field"), _FIELDS)
    side = choice(_("Side"), _SIDES)
    value = block(_("Value"), 1)
    attribution = line(_("Who says so"))

    words = ("field", "side", "value", "attribution")

    @classmethod
    def initial_of(cls, row):
        return super().initial_of(row) | {"side": "" if row.side is None else str(row.side)}


class NoteForm(RowForm):
    """One explanatory note."""

    key = line(_("Key"))
    text = block(_("Text"), 2)

    words = ("key", "text")


class ReferenceForm(RowForm):
    """One reference: a source of the library, or free text."""

    key = line(_("Key"))
    source = choice(_("Source"), ())
    pages = line(_("Pages"))
    text = block(_("Free text, where there is no source"), 1)
    quotation = block(_("Quotation"), 2)
    translation = block(_("Translation of the quotation"), 2)
    remark = block(_("Remark"), 2)

    words = ("key", "source", "pages", "text", "quotation", "translation", "remark")
    folded = ("text", "quotation", "translation", "remark")

    @classmethod
    def initial_of(cls, row):
        words = {name: getattr(row, name) for name in cls.words if name != "source"}
        return words | {"row_id": row.id, "source": str(row.source_id or "")}


class FigureForm(RowForm):
    """One picture in the article."""

    key = line(_("Key"))
    image = choice(_("Image"), ())
    placement = choice(_("Place"), Figure.PLACEMENTS)
    alt = block(_("Alternative text, for those who do not see the picture"), 2)
    caption = block(_("Caption"), 2)

    words = ("key", "image", "placement", "alt", "caption")
    ignored_when_blank = ("placement",)

    @classmethod
    def initial_of(cls, row):
        words = {name: getattr(row, name) for name in cls.words if name != "image"}
        return words | {"row_id": row.id, "image": str(row.image_id or "")}


class NameForm(RowForm):
    """Another spelling of the title."""

    name = line(_("Name"))
    language = line(_("Language (az, hy, ru …)"))
    script = line(_("Script (Latn, Cyrl, Armn …)"))

    words = ("name", "language", "script")


class CategoryForm(RowForm):
    """One category; its name is what it is known by."""

    name = line(_("Category"))

    words = ("name",)

    @classmethod
    def initial_of(cls, row):
        return {"name": row}


class Rows:
    """One list in the form: ``forms`` as they stand on the page, ``in_order`` as they stand in the content.

    ``title`` heads it, ``one`` names a row on the button that adds one.
    """

    def __init__(self, name, forms, stored):
        self.name, self.forms, self.stored = name, forms, stored
        self.form_class, self.title, self.one, self.help = LISTS[name]
        self.in_order = list(forms)
        self.errors = []
        for form in forms[:stored]:
            form.is_stored = True
        self.empty_row = self.form_class(prefix=f"{name}-__prefix__")
        """The blank row that the script copies when one is added."""
        self.empty_id = f"{name}-empty"

    @classmethod
    def of_content(cls, name, rows, extra):
        """Show rows of a content and ``extra`` blank ones."""
        form_class = LISTS[name][0]
        initial = [form_class.initial_of(row) | {"ORDER": (index + 1) * 10} for index, row in enumerate(rows)]
        forms = [form_class(initial=one, prefix=f"{name}-{index}") for index, one in enumerate(initial + [{}] * extra)]
        return cls(name, forms, len(rows))

    @classmethod
    def of_post(cls, name, data, shown):
        """Show what was posted; ``shown`` is the number of rows, blank and deleted ones included."""
        form_class = LISTS[name][0]
        forms = [form_class(data, prefix=f"{name}-{index}") for index in range(shown)]
        return cls(name, forms, min(shown, whole(data.get(f"{name}-INITIAL_FORMS")) or 0))

    @property
    def management(self):
        """The counts that the script keeps: (name, value) pairs."""
        counts = {"TOTAL": len(self.forms), "INITIAL": self.stored, "MIN": 0, "MAX": ""}
        names = {"TOTAL": "TOTAL_FORMS", "INITIAL": "INITIAL_FORMS", "MIN": "MIN_NUM_FORMS", "MAX": "MAX_NUM_FORMS"}
        return [(f"{self.name}-{names[what]}", count) for what, count in counts.items()]

    @property
    def script_options(self):
        """What the admin's own script for inlines wants to know, as JSON."""
        words = {"prefix": self.name, "addText": str(self.one), "deleteText": str(_("Remove"))}
        return json.dumps({"name": f"#{self.name}", "options": words})


def whole(text):
    """Return a whole number from 0 to 99,999 that stands in ``text``, or None."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 else None


LISTS = {
    "infobox": (InfoboxRowForm, _("Infobox"), _("Add a value"),
                _("Several values may stand under one field and side; the order counts among them.")),
    "notes": (NoteForm, _("Notes"), _("Add a note"), _("Placed in the text by [^key].")),
    "references": (ReferenceForm, _("References"), _("Add a reference"), _("Cited by [@key] or [@key, p. 12].")),
    "figures": (FigureForm, _("Figures"), _("Add a figure"), _("Placed in the text by ![[key]] on a line of its own.")),
    "names": (NameForm, _("Other names"), _("Add a name"), _("Under these readers find the article too.")),
    "categories": (CategoryForm, _("Categories"), _("Add a category"), ""),
}  # fmt: skip
"""Prefix of a list → form of its rows, heading, button and a line of help; in the order of the page."""
