"""Fields of the desk's forms: they take what was typed as it is; the content alone says what is wrong with it."""

from django import forms


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
