"""``{% backlinks entry %}``: the ways back from an entry of the notes or the references to its marks.

A tag and not a template, because a page shows hundreds of them.
"""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()

_ONE = '&nbsp;<span class="backlinks"><a role="doc-backlink" href="#{}" aria-label="{}">↑</a></span>'
_MANY = '&nbsp;<span class="backlinks" role="group" aria-label="{{}}">{}</span>'
_OF_MANY = '<a role="doc-backlink" href="#{}">{}</a>'


@register.simple_tag
def backlinks(entry):
    """Return the backlinks of ``entry``, a ListEntry; a script says the words around each."""
    back, links = _("Back to the text"), entry.backlinks
    if len(links) == 1:
        return format_html(_ONE, links[0].anchor, back)
    written = " ".join([_OF_MANY] * len(links))
    words = [word for one in links for word in (one.anchor, one.letter)]
    return format_html(_MANY.format(written), back, *words) if links else ""
