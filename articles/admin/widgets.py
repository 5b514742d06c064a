"""The inputs of a row, written out by hand: Django renders a template for each of its widgets, and a long article has
fifteen thousand of them."""

from functools import lru_cache

from django.contrib.admin.widgets import AutocompleteSelect
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from ..rendering import filled, filled_each

NO_ATTRS = flatatt({})
TYPED = "_number"
"""What follows the name of a choice in the name of the field in which its number is typed instead."""


class Line:
    """Text of one line."""

    def __init__(self, **attrs):
        self.attrs = flatatt({"autocomplete": "off"} | attrs)

    def html(self, name, text, attrs=NO_ATTRS):
        """Return the input with its text; ``attrs`` are further attributes."""
        return filled('<input type="text" name="{0}" id="id_{0}" value="{1}"{2}{3}>', name, text, self.attrs, attrs)


class Block:
    """Text of several lines; the field grows with it."""

    def __init__(self, rows, markup=None):
        self.rows = rows
        # What the text takes, for the editor; see static/js/markup_language.js.
        self.attrs = flatatt({"data-markup": markup})

    def html(self, name, text, attrs=NO_ATTRS):
        """Return the field with its text; a browser drops the first line end."""
        return filled(
            '<textarea name="{0}" id="id_{0}" rows="{1}" cols="60"{2}{3}>\n{4}</textarea>',
            name, self.rows, self.attrs, attrs, text,
        )  # fmt: skip


class Choice:
    """One of ``choices``: (value, label), or (label of a group, choices)."""

    def __init__(self, choices):
        self.options = lru_cache(maxsize=64)(lambda chosen, _language: _options(choices, chosen))
        self.values = {value for one in choices for value in (dict(one[1]) if isinstance(one[1], list) else one[:1])}

    def html(self, name, text, attrs=NO_ATTRS):
        """Return the list; a text that is no choice is shown as none."""
        options = self.options(text if text in self.values else "", get_language())
        return filled('<select name="{0}" id="id_{0}"{1}>{2}</select>', name, attrs, options)


def _options(choices, chosen):
    return filled_each("{}", ((_option(*one, chosen),) for one in choices))


def _option(value, label, chosen):
    if isinstance(label, list):
        return filled('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
    selected = flatatt({"selected": value == chosen})
    return filled('<option value="{}"{}>{}</option>', value, selected, label)


class SharedChoice:
    """A source or an image: search, and pop-ups to add and to change one. ``chosen`` maps keys as text to rows.

    Without scripts nothing can be searched for: there the number of one in the library is typed.
    """

    def __init__(self, field, admin_site, request, chosen):
        related = admin_site.get_model_admin(field.remote_field.model)
        widget = AutocompleteSelect(field, admin_site)
        widget.is_required = False
        self.media = widget.media
        self.attrs = flatatt(widget.build_attrs({}) | {"class": "row-search"})
        self.chosen = chosen
        self.model = field.remote_field.model._meta
        self.may_add, self.may_change = related.has_add_permission(request), related.has_change_permission(request)
        # Once for the page, which shows hundreds of them.
        view = f"admin:articles_{self.model.model_name}"
        self.library, popup = reverse(f"{view}_changelist"), "?_to_field=id&_popup=1"
        self.add_address = reverse(f"{view}_add") + popup
        self.change_address = reverse(f"{view}_change", args=["__fk__"]) + popup
        self.words = {"number": _("Or its number"), "library": _("Library"), "change": _("Change"), "new": _("New")}

    def html(self, name, text, attrs=NO_ATTRS):
        """Return the list with the one choice that was made, and the links to the pop-ups."""
        row = self.chosen.get(text)
        option = filled('<option value="{}" selected>{}</option>', text, row) if row else NO_ATTRS
        return filled(
            '<div class="related-widget-wrapper" data-model-ref="{0}"><select name="{1}" id="id_{1}"{2}{3}>'
            '<option value=""></option>{4}</select>{5}{6}{7}</div>',
            self.model.model_name, name, self.attrs, attrs, option,
            self._change(name, text, row), self._add(name), self._typed(name, "" if row else text, attrs),
        )  # fmt: skip

    def _typed(self, name, text, attrs):
        return filled(
            '<noscript><label for="id_{0}">{1}</label> <input type="text" inputmode="numeric" size="8" '
            'autocomplete="off" name="{0}" id="id_{0}" value="{2}"{3}> '
            '<a href="{4}" target="_blank">{5}</a></noscript>',
            f"{name}{TYPED}", self.words["number"], text, attrs, self.library, self.words["library"],
        )  # fmt: skip

    def _change(self, name, text, row):
        if not self.may_change:
            return NO_ATTRS
        href = filled(' href="{}"', self.change_address.replace("__fk__", text)) if row else NO_ATTRS
        return filled(
            '<a class="related-widget-wrapper-link change-related" id="change_id_{}" data-popup="yes" '
            'data-href-template="{}"{}>{}</a>', name, self.change_address, href, self.words["change"],
        )  # fmt: skip

    def _add(self, name):
        if not self.may_add:
            return NO_ATTRS
        return filled(
            '<a class="related-widget-wrapper-link add-related" id="add_id_{}" data-popup="yes" href="{}">{}</a>',
            name, self.add_address, self.words["new"],
        )  # fmt: skip
