"""``{% backlinks entry %}``: the ways back from an entry of the notes or the references to its marks.

A tag and not a template, because a page shows hundreds of them.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def backlinks(entry):
    """Return the backlinks of ``entry``, a ListEntry; a script says the words around each."""
    back = escape(_("Back to the text"))
    # Anchors and letters are of our own making, and hold nothing to be escaped.
    if len(entry.backlinks) > 1:
        links = " ".join(f'<a role="doc-backlink" href="#{one.anchor}">{one.letter}</a>' for one in entry.backlinks)
        return mark_safe(f'&nbsp;<span class="backlinks" role="group" aria-label="{back}">{links}</span>')  # noqa: S308
    return mark_safe(  # noqa: S308
        "".join(
            f'&nbsp;<span class="backlinks"><a role="doc-backlink" href="#{one.anchor}" aria-label="{back}">↑</a></span>'
            for one in entry.backlinks
        )
    )
