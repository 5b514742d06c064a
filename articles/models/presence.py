"""Presence: who has the form of an article open now, so that two know of each other before they meet in a conflict."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .article import Article

AWAY = timedelta(seconds=60)
"""Whoever was not heard of for so long has gone."""


class PresenceQuerySet(models.QuerySet):
    """Words for choosing presences."""

    def here(self, article, now=None):
        """Keep those who have the form of ``article`` open now, who came first in front."""
        now = now or timezone.now()
        # Nor is anybody heard of hereafter: the clock was put back.
        return self.filter(article=article, seen__gt=now - AWAY, seen__lt=now + AWAY).order_by("since", "pk")

    def note(self, article, user, now=None):
        """Note that ``user`` has the form of ``article`` open."""
        now = now or timezone.now()
        found, made = self.get_or_create(article=article, user=user, defaults={"since": now, "seen": now})
        if not made:
            since = found.since if now - AWAY < found.seen < now + AWAY else now
            self.filter(pk=found.pk).update(since=since, seen=now)


class Presence(models.Model):
    """One person at one article, since when, and when they were last heard of."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")
    since = models.DateTimeField()
    seen = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="presence_once")]
        # Told by the form alone; nobody manages them.
        default_permissions = ()

    def __str__(self):
        return f"{self.user}: {self.article}"
