"""Fields of the desk's forms: they take what was typed as it is; the content alone says what is wrong with it."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper


class Words(forms.CharField):
    """Text as it was typed. No length, no validator, no stripping: a limit is told by name, with the text kept."""

    def __init__(self, label, widget=None, **options):
        super().__init__(label=label, widget=widget or forms.TextInput, required=False, strip=False, **options)
        self.validators = []


def line(label, help_text="", **attrs):
    """Return a field of one line."""
    return Words(label, forms.TextInput({"class": "vTextField", "autocomplete": "off"} | attrs), help_text=help_text)


def block(label, rows, help_text="", **attrs):
    """Return a field of ``rows`` lines, which grows with its text."""
    return Words(label, forms.Textarea({"rows": rows, "cols": 60} | attrs), help_text=help_text)


def choice(label, choices, help_text=""):
    """Return a field that offers ``choices``; what else is sent is passed on and refused by the content."""
    return Words(label, forms.Select(choices=choices), help_text=help_text)


def hidden():
    """Return a field that only the form itself fills."""
    return Words("", forms.HiddenInput)


def tick(label, help_text=""):
    """Return a box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class SharedSelect(AutocompleteSelect):
    """An autocomplete whose choice is labelled from ``labels`` (key as text → words), with no query of its own."""

    def __init__(self, field, admin_site, labels):
        super().__init__(field, admin_site)
        self.labels = labels
        self.is_required = False

    def optgroups(self, name, value, attr=None):
        chosen = [one for one in value if one in self.labels]
        options = [("", "", not chosen), *((one, self.labels[one], True) for one in chosen)]
        return [(None, [self.create_option(name, pk, label, selected, index)
                        for index, (pk, label, selected) in enumerate(options)], 0)]  # fmt: skip

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        return super().create_option(name, value, label, bool(selected), index, subindex, attrs)


def shared_widget(field, admin_site, request, labels):
    """Return the widget for a reference's source or a figure's image: search, and pop-ups to add and to change one."""
    related = admin_site.get_model_admin(field.remote_field.model)
    return RelatedFieldWidgetWrapper(
        SharedSelect(field, admin_site, labels),
        field.remote_field,
        admin_site,
        can_add_related=related.has_add_permission(request),
        can_change_related=related.has_change_permission(request),
    )
