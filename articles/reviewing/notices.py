"""Notices of the desk: made of review events and revisions as they are shown, so that none is ever lost or stale."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, Max, OuterRef
from django.utils.translation import gettext as _

from ..models import Article, DeskSeen, ReviewEvent, Revision, Watch
from ..permissions import VIEW
from .names import name_of

NOTICES_SHOWN = 50
"""So many notices are shown; one more is looked for, which tells that there are more."""
_NEWEST = NOTICES_SHOWN + 1
_FEW = 1_000
_TOLD = (ReviewEvent.RETURNED, ReviewEvent.PUBLISHED, ReviewEvent.WITHDRAWN, ReviewEvent.REINSTATED)


@dataclass(frozen=True)
class Notice:
    """Something that happened to an article which concerns the user: ``kind`` is of ``_TOLD``, or changed."""

    kind: str
    article: Article
    revision: Revision
    time: datetime
    who: str
    comment: str
    seen: bool


def notices_for(user):
    """Return the newest notices of ``user``: what others did with own work, watched articles changed.

    At most one more than ``NOTICES_SHOWN``.
    """
    seen = _seen(user)
    events = _events(user).select_related("article", "revision", "user").order_by("-id")[:_NEWEST]
    changes = _changes(user).select_related("article", "author").order_by("-id")[:_NEWEST]
    notices = [
        Notice(event.kind, event.article, event.revision, event.time, name_of(event.user), event.comment,
               event.pk <= seen.event)
        for event in events
    ] + [
        Notice("changed", change.article, change, change.created, name_of(change.author), change.summary,
               change.pk <= seen.revision)
        for change in changes
    ]  # fmt: skip
    return sorted(notices, key=lambda notice: notice.time, reverse=True)[:_NEWEST]


def count_new(user):
    """Return how many notices of ``user`` are not seen: at most one more than ``NOTICES_SHOWN``."""
    seen = _seen(user)
    events = _events(user).filter(pk__gt=seen.event).order_by("-id")[:_NEWEST]
    changes = _changes(user).filter(pk__gt=seen.revision).order_by("-id")[:_NEWEST]
    return min(events.count() + changes.count(), _NEWEST)


def _seen(user):
    return DeskSeen.objects.filter(user=user).first() or DeskSeen(user=user)


def _events(user):
    """Return the events of ``_TOLD`` in which others decided on work of ``user``."""
    own = Revision.objects.filter(author=user).order_by()
    mine = own.filter(article=OuterRef("article"), number__lte=OuterRef("revision__number"))
    events = ReviewEvent.objects.filter(Exists(mine), kind__in=_TOLD)
    # Who wrote in few articles has few events, far apart: looked for there, not among those of the whole site.
    articles = list(own.values_list("article", flat=True).distinct()[: _FEW + 1])
    if len(articles) <= _FEW:
        events = events.filter(article__in=articles)
    return events.exclude(user=user)


def _changes(user):
    """Return the revisions of others in articles that ``user`` watches, since then."""
    changes = Revision.objects.filter(article__watches__user=user, pk__gt=F("article__watches__since"))
    return changes.exclude(author=user)


def mark_seen(user):
    """Remember that the user has seen everything up to now."""
    newest = {
        "event": ReviewEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0,
        "revision": Revision.objects.order_by("-id").values_list("id", flat=True).first() or 0,
    }
    DeskSeen.objects.update_or_create(user=user, defaults=newest)


def watch(article, *, user, on=True):
    """Put an article on the user's watch list, or take it off."""
    if not user.has_perm(VIEW):
        raise PermissionDenied(_("Your role does not watch articles."))
    if on:
        newest = article.revisions.aggregate(newest=Max("pk"))["newest"] or 0
        Watch.objects.get_or_create(user=user, article=article, defaults={"since": newest})
    else:
        Watch.objects.filter(user=user, article=article).delete()
