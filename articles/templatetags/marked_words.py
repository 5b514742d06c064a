"""``{% marked_words spans "old" %}``: the words of a comparison with marks that do not rely on colour.

A tag and not a template, because a page shows hundreds of them.
"""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()
_HIDDEN = {"old": "addition", "new": "deletion"}
_ELEMENTS = {"addition": "ins", "deletion": "del"}


@register.simple_tag
def marked_words(spans, side=""):
    """Return the words of ``spans`` (pairs of kind and text), without what the other side alone has."""
    hidden = _HIDDEN.get(side)
    return format_html_join("", "{}", ((_marked(kind, text),) for kind, text in spans if kind != hidden))


def _marked(kind, text):
    element = _ELEMENTS.get(kind)
    if element is None:
        return text
    return format_html('<{0} class="{1}{2}">{3}</{0}>', element, kind, _white(text), text)


def _white(text):
    """Return the class that makes white space visible: line breaks, or spaces alone."""
    if text.strip():
        return ""
    return " space" if text.splitlines()[0] else " break"
