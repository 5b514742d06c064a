"""Rows as HTML. Everything goes through ``format_html``, which escapes it."""

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from .widgets import NO_ATTRS, Line

_ORDER = Line(inputmode="numeric", size="3", **{"class": "order"})
_DISABLED = flatatt({"disabled": True})


class RowWriter:
    """Writes the rows of one list. ``shared`` is the ``SharedChoice`` of its sources or images, if it has such."""

    def __init__(self, kind, shared, *, may_write):
        self.shared, self.may_write = shared, may_write
        self.cells = [(cell, str(cell.label), cell.widget or shared) for cell in kind.cells]
        self.words = {"order": _("Order"), "delete": _("Delete")}

    def html(self, row, row_id=None):
        """Return one row; ``row_id`` is the id of its element, by default its prefix."""
        return format_html(
            '<div class="inline-related{}" id="{}">{}{}<div class="row-fields">{}{}</div>{}</div>',
            " has_original" if row.is_stored else " empty-form last-related" if row_id else "",
            row_id or row.prefix,
            self._tools(row),
            _errors(row, ""),
            self._cells(row, [one for one in self.cells if not self._is_folded(row, one[0])]),
            self._picture(row),
            self._folded(row),
        )

    def _tools(self, row):
        """Order and deletion; the script puts its link to remove a new row here."""
        order, delete, attrs = f"{row.prefix}-ORDER", f"{row.prefix}-DELETE", self._attrs(row, "ORDER")
        ticked = flatatt({"checked": bool(row.words.get("DELETE"))})
        box = format_html(
            '<span class="delete"><input type="checkbox" name="{}" id="id_{}"{}{}> '
            '<label for="id_{}">{}</label></span>',
            delete, delete, ticked, attrs, delete, self.words["delete"],
        ) if row.is_stored else NO_ATTRS  # fmt: skip
        return format_html(
            '<div class="row-tools"><input type="hidden" name="{}-row_id" value="{}">'
            '<label for="id_{}">{}</label>{}{}{}</div>',
            row.prefix, row.words.get("row_id", ""), order, self.words["order"],
            _ORDER.html(order, row.words.get("ORDER", ""), attrs), _errors(row, "ORDER"), box,
        )  # fmt: skip

    def _is_folded(self, row, cell):
        """A cell that may be out of sight is so while it is empty."""
        return cell.folded and not row.words.get(cell.name) and cell.name not in row.errors

    def _cells(self, row, cells):
        return format_html_join("", "{}", ((self._cell(row, *one),) for one in cells))

    def _cell(self, row, cell, label, widget):
        name = f"{row.prefix}-{cell.name}"
        field = widget.html(name, row.words.get(cell.name, ""), self._attrs(row, cell.name))
        return format_html(
            '<div class="cell cell-{}{}"><label for="id_{}">{}</label>{}{}</div>',
            cell.name, " cell-filled" if cell.folded else "", name, label, field, _errors(row, cell.name),
        )  # fmt: skip

    def _attrs(self, row, name):
        if not self.may_write:
            return _DISABLED
        if name not in row.errors:
            return NO_ATTRS
        return format_html(' aria-invalid="true" aria-describedby="{}-{}-errors"', row.prefix, name)

    def _folded(self, row):
        """The cells that are out of sight, under a fold that names them."""
        cells = [one for one in self.cells if self._is_folded(row, one[0])]
        if not cells:
            return NO_ATTRS
        return format_html(
            '<details class="row-fold"><summary>{}</summary><div class="row-fields">{}</div></details>',
            " · ".join(label for _cell, label, _widget in cells), self._cells(row, cells),
        )  # fmt: skip

    def _picture(self, row):
        """The chosen image with what it says itself: credit and licence are the image's, not the figure's."""
        image = self.shared and self.shared.chosen.get(row.words.get("image", ""))
        if not image:
            return NO_ATTRS
        return format_html(
            '<div class="cell picture"><img src="{}" width="{}" height="{}" alt="" loading="lazy"><p>{} · {}</p></div>',
            image.small_address, image.width, image.height, image.credit or _("no credit"),
            image.licence or _("no licence"),
        )  # fmt: skip


def _errors(row, name):
    if name not in row.errors:
        return NO_ATTRS
    items = format_html_join("", "<li>{}</li>", ((error,) for error in row.errors[name]))
    return format_html('<ul class="errorlist" id="{}-{}-errors">{}</ul>', row.prefix, name, items)
