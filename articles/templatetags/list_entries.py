"""``{% list_entries entries %}``: the entries of the notes or the references, each with the ways back to its marks.

A tag and not a template, because a page shows hundreds of them.
"""

from django import template
from django.utils.translation import gettext as _

from ..rendering import filled, filled_each

register = template.Library()

_ENTRY = '<li id="{}">{}{}</li>\n'
_ONE = '&nbsp;<span class="backlinks"><a role="doc-backlink" href="#{}" aria-label="{}">↑</a></span>'
_MANY = '&nbsp;<span class="backlinks" role="group" aria-label="{{}}">{}</span>'
_OF_MANY = '<a role="doc-backlink" href="#{}">{}</a>'


@register.simple_tag
def list_entries(entries):
    """Return the list items of ``entries``, ListEntry …; a script says the words around each backlink."""
    back = _("Back to the text")
    return filled_each(_ENTRY, [(one.anchor, one.html, _backlinks(one.backlinks, back)) for one in entries])


def _backlinks(links, back):
    if len(links) == 1:
        return filled(_ONE, links[0].anchor, back)
    if not links:
        return ""
    written = _MANY.format(" ".join([_OF_MANY] * len(links)))
    return filled(written, back, *(word for one in links for word in (one.anchor, one.letter)))
