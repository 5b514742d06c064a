"""Mail about reviews, sent after commit where the site has mail and the person an address; never needed."""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ..publishing import pending_authors

_log = logging.getLogger(__name__)


def _send(subject, text, people, address):
    """Send one mail to each person after commit. A mail that cannot be sent is logged, not raised: the act stands."""
    body = f"{text}\n\n{settings.SITE_URL}{address}\n"
    for person in people:
        if person.email and person.is_active:
            transaction.on_commit(partial(_try_to_send, subject, body, person.email))


def _try_to_send(subject, body, address):
    if not settings.EMAIL_HOST:
        return
    try:
        send_mail(subject, body, None, [address])
    except OSError:
        _log.exception("mail not sent")


def tell_returned(event):
    """Tell the authors of what waits that it came back, with the comment."""
    people = pending_authors(event.article).exclude(pk=event.user_id)
    address = reverse("admin:articles_article_change", args=[event.article_id])
    text = _("Revision {number} of “{article}” was returned:\n\n{comment}").format(
        number=event.revision.number, article=event.article, comment=event.comment
    )
    _send(_("Returned: {article}").format(article=event.article), text, people, address)


def authors_to_tell(article):
    """Return the users whose work waits, for ``tell_published``: none where the site sends no mail."""
    return list(pending_authors(article)) if settings.EMAIL_HOST else []


def tell_published(publication, authors):
    """Tell ``authors``, users whose work waited, that readers see it now."""
    people = [person for person in authors if person.pk != publication.user_id]
    address = reverse("article", args=[publication.slug])
    text = _("Revision {number} of “{article}” is published.").format(
        number=publication.revision.number, article=publication.article
    )
    _send(_("Published: {article}").format(article=publication.article), text, people, address)


def tell_watchers(revision):
    """Tell those who watch the article, but its author, that a new revision was recorded."""
    if not settings.EMAIL_HOST:
        return
    watches = revision.article.watches.select_related("user").exclude(user=revision.author)
    address = reverse("revision", args=[revision.article.public_slug(), revision.number])
    text = _("“{article}”, which you watch, has a new revision {number}: {summary}").format(
        article=revision.article, number=revision.number, summary=revision.summary or "–"
    )
    _send(_("Changed: {article}").format(article=revision.article), text, [watch.user for watch in watches], address)
