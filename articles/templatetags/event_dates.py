"""``{{ page.event_date|event_date }}``: an EDTF date in words."""

from django import template

from ..rendering.dates_in_words import event_date_words

register = template.Library()


@register.filter
def event_date(edtf):
    """Return an EDTF date as ``27 March – 3 April 1993``; empty stays empty."""
    return event_date_words(edtf) if edtf else ""
