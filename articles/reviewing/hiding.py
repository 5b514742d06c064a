"""Hiding: an old publication kept from readers, who could ask for every one that ever was; and shown again."""

import logging
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Article, ReviewEvent
from ..permissions import REMOVE_TEXT
from ..publishing import lead_anew
from .verbs import NotReviewable, check_may

_log = logging.getLogger("security")


def hiding(revision):
    """Return the event by which ``revision`` is hidden from readers, or None."""
    return ReviewEvent.objects.hiding(revision).select_related("user").first()


def hide(revision, *, user, reason):
    """Keep a former publication from readers; staff still see it. Return the event, or None if it is hidden already.

    A slug that readers know from hidden publications alone leads nowhere.
    Raises ``PermissionDenied`` for who may not remove text (``user`` None is the command line, and may), and
    ``NotReviewable`` without a reason, for a revision that was never published, and for the last publication, which
    only another publication or the withdrawal of the article takes from readers.
    """
    check_may(user, REMOVE_TEXT, _("Your role does not hide publications."))
    if not reason.strip():
        raise NotReviewable(_("Say why; nothing was hidden."))
    with transaction.atomic():
        article = Article.locked(revision.article_id)
        last = article.publications.order_by("-id").first()
        number = {"number": revision.number}
        if not revision.publications.exists():
            raise NotReviewable(
                _("Revision %(number)s was never published: readers cannot see it. Nothing was hidden.") % number
            )
        if last.revision_id == revision.pk:
            raise NotReviewable(
                _("Revision %(number)s is the last publication. Publish another or withdraw the article first.")
                % number
            )
        return None if hiding(revision) else _record(revision, ReviewEvent.HIDDEN, user, reason)


def show(revision, *, user, reason):
    """Show a hidden publication to readers again. Return the event, or None if it is not hidden."""
    check_may(user, REMOVE_TEXT, _("Your role does not hide publications."))
    with transaction.atomic():
        Article.locked(revision.article_id)
        return _record(revision, ReviewEvent.SHOWN, user, reason) if hiding(revision) else None


def _record(revision, kind, user, reason):
    event = ReviewEvent.objects.create(
        article_id=revision.article_id, revision=revision, kind=kind, user=user, time=timezone.now(),
        comment=reason.strip(),
    )  # fmt: skip
    lead_anew(revision.article_id, set(revision.publications.values_list("slug", flat=True)))
    facts = {"article": revision.article_id, "revision": revision.number, "user": user and user.pk}
    transaction.on_commit(partial(_log.info, kind, extra=facts), robust=True)
    return event
