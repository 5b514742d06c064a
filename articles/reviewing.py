"""Reviewing: what happens to a revision between its author and publication."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from .models import Article, ReviewEvent
from .permissions import CHANGE


class NotReviewable(Exception):
    """The verb does not fit the state of the article; the message says why. Nothing was done."""


def submit(revision, *, user, comment=""):
    """Ask for review of ``revision``; return the event. Submitting what waits already does nothing.

    Raises ``PermissionDenied`` if the user may not edit, ``NotReviewable`` if a newer revision is there.
    """
    if user is not None and not (user.is_active and user.has_perm(CHANGE)):
        raise PermissionDenied("Your role does not edit articles")
    with transaction.atomic():
        article = Article.objects.select_for_update(no_key=True).get(pk=revision.article_id)
        newest = article.revisions.newest()
        if newest.pk != revision.pk:
            raise NotReviewable(f"Revision {newest.number} is newer; submit that one")
        last = revision.review_events.order_by("-id").first()
        if last and last.kind in (ReviewEvent.SUBMITTED, ReviewEvent.APPROVED, ReviewEvent.PUBLISHED):
            return last
        return ReviewEvent.objects.create(
            article=article, revision=revision, kind=ReviewEvent.SUBMITTED, user=user, time=timezone.now(),
            comment=comment,
        )  # fmt: skip


def state(article):
    """Return what the desk calls the article's newest revision: draft, submitted, returned, published or withdrawn."""
    events = article.review_events
    gone = events.newest(ReviewEvent.WITHDRAWN, ReviewEvent.REINSTATED)
    if gone and gone.kind == ReviewEvent.WITHDRAWN:
        return ReviewEvent.WITHDRAWN
    newest = article.revisions.newest()
    last = newest.review_events.newest(ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.PUBLISHED) if newest else None
    return last.kind if last else "draft"
