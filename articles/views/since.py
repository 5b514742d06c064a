"""What was published since an old revision: told to whoever follows an address that was cited."""

from django.utils.translation import gettext as _, ngettext

from ..comparison import compare, figures_in_words
from ..models import Publication

_MOST = 8


def since(revision, content):
    """Return {text, figures} for a revision that was published and is no more the newest publication, else None.

    Only publications are looked at, so that nothing unpublished is told.
    """
    publications = Publication.objects.filter(article=revision.article_id)
    own = publications.filter(revision=revision).order_by("-id").first()
    current = publications.current().select_related("revision").first()
    if own is None or current is None or current.pk == own.pk:
        return None
    count = publications.shown().filter(pk__gt=own.pk).count()
    text = ngettext(
        "One publication followed since you were given this address.",
        "%(count)s publications followed since you were given this address.",
        count,
    ) % {"count": count}
    figures = figures_in_words(compare(content, current.article_content()))
    if not figures:
        return {"text": text + " " + _("No figure and no result changed."), "figures": []}
    left_out = len(figures) - _MOST
    shown = figures[:_MOST] + ([_("and %(count)s more") % {"count": left_out}] if left_out > 0 else [])
    return {"text": text + " " + _("What changed in figures and results:"), "figures": shown}
