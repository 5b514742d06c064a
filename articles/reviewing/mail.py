"""Mail about reviews, sent after commit where the site has mail and the person an address; never needed.

A thread of its own sends it: nobody who saves waits for a mail server, nor for one that says nothing.
"""

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from ..models import ReviewComment
from ..permissions import is_staff_reader
from ..publishing import pending_authors
from ..revisions import facts_of
from .names import name_of

_log = logging.getLogger(__name__)
_REST = 30
"""Seconds for which nothing is tried after the server failed, so that what waits does not grow without end."""


class _Post:
    """A thread that sends mails, and gives up those that it cannot send."""

    def __init__(self):
        self._thread = ThreadPoolExecutor(1, "mail")
        self._rests_until = 0.0
        self._open = {}

    def send(self, mails):
        """Send a list of mails before long."""
        sending = self._thread.submit(self._try_to_send, mails)
        self._open[sending] = len(mails)
        sending.add_done_callback(self._open.pop)

    def is_busy(self):
        """Tell whether something handed over is neither sent nor given up yet."""
        return bool(self._open)

    def wait(self):
        """Return when all that was handed over so far is sent or given up."""
        self._thread.submit(lambda: None).result()

    def end(self, seconds):
        """Wait ``seconds`` at most until all is sent, then give up the rest and tell of it: the process ends."""
        wait(list(self._open), seconds)
        left = dict(self._open)
        for sending in left:
            sending.cancel()
        if left:
            _log.error("mail not sent before the server ended", extra={"mails": sum(left.values())})

    def _try_to_send(self, mails):
        if monotonic() < self._rests_until:
            _log.error("mail not sent, since the server failed just now", extra={"mails": len(mails)})
            return
        try:
            with get_connection() as server:
                for mail in mails:
                    try:
                        server.send_messages([mail])
                    except (SMTPRecipientsRefused, SMTPDataError, ValueError):
                        # This one is refused, or its address cannot be written; others may be taken.
                        _log.exception("mail not sent")
        except Exception:  # whatever it is, nobody else would tell of it
            self._rests_until = monotonic() + _REST
            _log.exception("mail not sent", extra={"mails": len(mails)})


post = _Post()


def _send(subject, text, people, address):
    """Send one mail to each person who still sees the desk, after commit: what it says may be of a draft.

    A mail that cannot be sent is logged, not raised: the act stands.
    """
    body = f"{text}\n\n{settings.SITE_URL}{address}\n"
    # A title may look like the way in which mail writes other letters than ASCII, and would be read as that.
    subject = subject.replace("=?", "=\N{WORD JOINER}?")
    mails = [EmailMessage(subject, body, to=[one.email]) for one in people if one.email and is_staff_reader(one)]
    if mails and settings.EMAIL_HOST:
        transaction.on_commit(partial(post.send, mails))


def tell_returned(event):
    """Tell the authors of what waits that it came back: by whom, with which words, and where to look and to mend."""
    if not settings.EMAIL_HOST:
        return
    people = pending_authors(event.article).exclude(pk=event.user_id)
    address = reverse("admin:articles_article_change", args=[event.article_id])
    said = _("{who} returned revision {number} of “{article}”:\n\n{comment}").format(
        who=name_of(event.user), number=event.revision.number, article=event.article, comment=event.comment
    )
    text = "\n\n".join((said, *_open_comments(event.article), _seen_at(event), _("To edit it:")))
    _send(_("Returned: {article}").format(article=event.article), text, people, address)


def _open_comments(article):
    count = ReviewComment.objects.filter(revision__article=article, resolved_at=None).count()
    if count:
        yield ngettext("{count} comment is open.", "{count} comments are open.", count).format(count=count)


def _seen_at(event):
    """Return where the reviewer saw what was returned: against what readers see, else on its own page."""
    slug, number = event.article.public_slug(), event.revision.number
    published = facts_of(event.article).published_number
    address = reverse("compare", args=[slug, published, number]) if published else reverse(
        "revision", args=[slug, number])  # fmt: skip
    said = _("What differs from what readers see:") if published else _("To read it:")
    return f"{said}\n\n{settings.SITE_URL}{address}"


def authors_to_tell(article):
    """Return the users whose work waits, for ``tell_published``: none where the site sends no mail."""
    return list(pending_authors(article)) if settings.EMAIL_HOST else []


def tell_published(publication, authors, comment):
    """Tell ``authors``, users whose work waited, that readers see it now, and what the reviewer said (or nothing)."""
    people = [person for person in authors if person.pk != publication.user_id]
    address = reverse("article", args=[publication.slug])
    text = _("Revision {number} of “{article}” is published.").format(
        number=publication.revision.number, article=publication.article
    )
    if comment:
        said = _("{who} said:\n\n{comment}").format(who=name_of(publication.user), comment=comment)
        text = f"{text}\n\n{said}"
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
