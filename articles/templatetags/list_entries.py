"""``{% backlinks entry %}``: the ways back from an entry of the notes or the references to its marks.

A tag and not a template, because a page shows hundreds of them.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def backlinks(entry):
    """Return the backlinks of ``entry``, a ListEntry; a script says the words around each."""
    back = _("Back to the text")
    if len(entry.backlinks) > 1:
        links = format_html_join(
            " ", '<a role="doc-backlink" href="#{}">{}</a>', ((one.anchor, one.letter) for one in entry.backlinks)
        )
        return format_html('&nbsp;<span class="backlinks" role="group" aria-label="{}">{}</span>', back, links)
    return format_html_join(
        "",
        '&nbsp;<span class="backlinks"><a role="doc-backlink" href="#{}" aria-label="{}">↑</a></span>',
        ((one.anchor, back) for one in entry.backlinks),
    )
