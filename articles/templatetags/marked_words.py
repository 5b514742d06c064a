"""``{% marked_words spans "old" %}``: the words of a comparison with marks that do not rely on colour.

A tag and not a template, because a page shows hundreds of them.
"""

from django import template

from ..rendering import filled

register = template.Library()
_HIDDEN = {"old": "addition", "new": "deletion"}
_ELEMENTS = {"addition": '<ins class="addition%s">{}</ins>', "deletion": '<del class="deletion%s">{}</del>'}


@register.simple_tag
def marked_words(spans, side=""):
    """Return the words of ``spans`` (pairs of kind and text), without what the other side alone has."""
    hidden = _HIDDEN.get(side)
    shown = [(kind, text) for kind, text in spans if kind != hidden]
    if not shown:
        return ""
    return filled("".join([_element(kind, text) for kind, text in shown]), *(text for _, text in shown))


def _element(kind, text):
    """Return the element around ``text``, with the place for it; nothing of ``text`` itself."""
    element = _ELEMENTS.get(kind)
    return element % _white(text) if element else "{}"


def _white(text):
    """Return the class that makes white space visible: line breaks, or spaces alone."""
    if text.strip():
        return ""
    return " space" if text.splitlines()[0] else " break"
