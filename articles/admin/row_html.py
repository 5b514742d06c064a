"""Rows as HTML. Everything goes through ``filled``, which escapes it.

A row is one line that opens to its fields (``details``); rows of a few short fields stand open. The fields of a closed
row are in the form like all others, and a row with an error is open.
"""

from django.forms.utils import flatatt
from django.utils.translation import gettext as _

from ..rendering import filled, filled_each
from .row_lines import line_of
from .widgets import NO_ATTRS, Line

_ORDER = Line(inputmode="numeric", size="3", **{"class": "order"})
_DISABLED = flatatt({"disabled": True})


class RowWriter:
    """Writes the rows of one list.

    ``shared`` is the ``SharedChoice`` of its sources or images, if it has such; ``origins`` maps ids of rows to what
    tells their ``Origin``.
    """

    def __init__(self, rows, shared, *, may_write, origins=None):
        self.name, self.kind = rows.name, rows.kind
        self.shared, self.may_write, self.origins = shared, may_write, origins or {}
        self.cells = [(cell, str(cell.label), cell.widget or shared) for cell in rows.kind.cells]
        self.words = {"order": _("Order"), "remove": _("Remove"), "new": _("new")}

    def html(self, row, row_id=None):
        """Return one row; ``row_id`` is the id of its element, by default its prefix."""
        inside = filled(
            '{}<div class="row-fields">{}{}</div>{}{}',
            _errors(row, ""),
            self._cells(row, [one for one in self.cells if not self._is_folded(row, one[0])]),
            self._picture(row),
            self._folded(row),
            self._tools(row),
        )
        return filled(
            '<div class="inline-related{}" id="{}">{}</div>',
            " has_original" if row.is_stored else " empty-form" if row_id else " is-blank" if row.is_blank else "",
            row_id or row.prefix,
            self._folding(row, inside) if self.kind.folds else inside,
        )

    # --- The line, and what it opens to ---

    def _folding(self, row, inside):
        return filled(
            '<details class="row" aria-labelledby="{}-heading {}-head"{}><summary>{}{}</summary>'
            '<div class="row-body">{}</div></details>',
            self.name, row.prefix, flatatt({"open": bool(row.errors) or not row.is_stored}),
            self._thumb(row), self._line(row), inside,
        )  # fmt: skip

    def _line(self, row):
        """The line of a row; a script that copies a row finds all its parts, empty ones too."""
        line = line_of(row, self.name, self.shared.chosen if self.shared else {})
        origin = self.origins.get(row.words.get("row_id"))
        return filled(
            '<span class="row-head" id="{}-head">{}</span> <span class="row-text">{}</span> '
            '<span class="row-by">{}</span> <span class="row-uses"></span> <span class="row-origin">{}</span>',
            row.prefix, line.head or self.words["new"], line.text, line.by, origin.short if origin else "",
        )  # fmt: skip

    def _thumb(self, row):
        image = self._image(row)
        if not image:
            return NO_ATTRS
        return filled('<img class="thumb" src="{}" width="40" height="30" alt="" loading="lazy">', image.small_address)

    # --- Tools ---

    def _tools(self, row):
        """Order and deletion, and who made the row what it is; the script brings its buttons here."""
        order, delete, attrs = f"{row.prefix}-ORDER", f"{row.prefix}-DELETE", self._attrs(row, "ORDER")
        ticked = flatatt({"checked": bool(row.words.get("DELETE"))})
        box = filled(
            '<span class="delete"><input type="checkbox" name="{0}" id="id_{0}"{1}{2}{3}> '
            '<label for="id_{0}" id="{0}-label">{4}</label></span>',
            delete, ticked, attrs, self._named(row, f"{delete}-label"), self.words["remove"],
        ) if row.is_stored or row.words.get("DELETE") else NO_ATTRS  # fmt: skip
        return filled(
            '<div class="row-tools"><input type="hidden" name="{}-row_id" value="{}">'
            '<span class="row-order"><label for="id_{}">{}</label>{}{}</span>{}{}</div>',
            row.prefix, row.words.get("row_id", ""), order, self.words["order"],
            _ORDER.html(order, row.words.get("ORDER", ""), attrs), _errors(row, "ORDER"), box, self._origin(row),
        )  # fmt: skip

    def _named(self, row, label):
        """A tool is named by its own word and its row's: alone it is like that of every other row."""
        return filled(' aria-labelledby="{} {}-head"', label, row.prefix) if self.kind.folds else NO_ATTRS

    def _origin(self, row):
        origin = self.origins.get(row.words.get("row_id"))
        if not origin:
            return NO_ATTRS
        return filled('<a class="origin" href="{}">{}</a>', origin.address, origin.long)

    # --- Fields ---

    def _is_folded(self, row, cell):
        """A cell that may be out of sight is so while it is empty."""
        return cell.folded and not row.words.get(cell.name) and cell.name not in row.errors

    def _cells(self, row, cells):
        return filled_each("{}", ((self._cell(row, *one),) for one in cells))

    def _cell(self, row, cell, label, widget):
        name = f"{row.prefix}-{cell.name}"
        attrs = filled("{}{}", self._attrs(row, cell.name), self._language(row, cell))
        field = widget.html(name, row.words.get(cell.name, ""), attrs)
        return filled(
            '<div class="cell cell-{}{}"><label for="id_{}">{}</label>{}{}</div>',
            cell.name, " cell-filled" if cell.folded else "", name, label, field, _errors(row, cell.name),
        )  # fmt: skip

    def _attrs(self, row, name):
        if not self.may_write:
            return _DISABLED
        if name not in row.errors:
            return NO_ATTRS
        return filled(' aria-invalid="true" aria-describedby="{}-{}-errors"', row.prefix, name)

    def _language(self, row, cell):
        """Words in another language are checked in theirs: a name in its own, a quotation in that of its source."""
        language = ""
        if cell.language == "row":
            language = row.words.get("language", "").strip()
        elif cell.language == "source":
            source = self.shared and self.shared.chosen.get(row.words.get("source", ""))
            language = source.content.csl.get("language", "") if source else ""
        return filled(' lang="{}"', language) if isinstance(language, str) and language else NO_ATTRS

    def _folded(self, row):
        """The cells that are out of sight, under a fold that names them."""
        cells = [one for one in self.cells if self._is_folded(row, one[0])]
        if not cells:
            return NO_ATTRS
        return filled(
            '<details class="row-fold"><summary>{}</summary><div class="row-fields">{}</div></details>',
            " · ".join(label for _cell, label, _widget in cells), self._cells(row, cells),
        )  # fmt: skip

    def _image(self, row):
        return self.shared and self.shared.chosen.get(row.words.get("image", ""))

    def _picture(self, row):
        """The chosen image with what it says itself: credit and licence are the image's, not the figure's."""
        image = self._image(row)
        if not image:
            return NO_ATTRS
        return filled(
            '<div class="cell picture"><img src="{}" width="{}" height="{}" alt="" loading="lazy"><p>{} · {}</p></div>',
            image.small_address, image.width, image.height, image.credit or _("no credit"),
            image.licence or _("no licence"),
        )  # fmt: skip


def _errors(row, name):
    if name not in row.errors:
        return NO_ATTRS
    items = filled_each("<li>{}</li>", ((error,) for error in row.errors[name]))
    return filled('<ul class="errorlist" id="{}-{}-errors">{}</ul>', row.prefix, name, items)
