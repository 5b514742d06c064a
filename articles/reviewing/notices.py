"""Notices of the desk: made of review events and revisions as they are shown, so that none is ever lost or stale."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, Max, OuterRef
from django.utils.translation import gettext as _

from ..models import Article, DeskSeen, ReviewEvent, Revision, Watch
from ..permissions import VIEW
from .names import name_of

_NEWEST = 50


@dataclass(frozen=True)
class Notice:
    """Something that happened to an article which concerns the user: ``kind`` is returned, published or changed."""

    kind: str
    article: Article
    revision: Revision
    time: datetime
    who: str
    comment: str
    seen: bool


def notices_for(user):
    """Return the newest notices of ``user``: own work returned or published by others, watched articles changed."""
    seen = DeskSeen.objects.filter(user=user).first() or DeskSeen(user=user)
    mine = Revision.objects.filter(author=user, article=OuterRef("article"), number__lte=OuterRef("revision__number"))
    events = ReviewEvent.objects.filter(Exists(mine), kind__in=(ReviewEvent.RETURNED, ReviewEvent.PUBLISHED))
    events = events.exclude(user=user).select_related("article", "revision", "user").order_by("-id")[:_NEWEST]
    changes = Revision.objects.filter(article__watches__user=user, pk__gt=F("article__watches__since"))
    changes = changes.exclude(author=user)
    changes = changes.select_related("article", "author").order_by("-id")[:_NEWEST]
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
