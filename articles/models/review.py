"""What happened to an article between its drafts and its readers."""

from django.conf import settings
from django.db import models

from .article import Article
from .guards import AppendOnly, GuardedQuerySet
from .revision import Revision


class ReviewEventQuerySet(GuardedQuerySet):
    """Words for reading the workflow state, which events alone tell."""

    def newest(self, *kinds):
        """Return the newest event of the given kinds, or None."""
        return self.filter(kind__in=kinds).order_by("-id").first()

    def hiding(self, revision):
        """Keep the event that hides ``revision`` (one, or an ``OuterRef``) from readers: none where none does."""
        later = self.model.objects.filter(
            revision=models.OuterRef("revision"), kind=ReviewEvent.SHOWN, id__gt=models.OuterRef("id")
        )
        return self.filter(~models.Exists(later), kind=ReviewEvent.HIDDEN, revision=revision)


class ReviewEvent(AppendOnly):
    """One step of the workflow, inserted and never changed."""

    SUBMITTED, RETURNED, APPROVED, PUBLISHED = "submitted", "returned", "approved", "published"
    WITHDRAWN, REINSTATED, PROTECTED, UNPROTECTED = "withdrawn", "reinstated", "protected", "unprotected"
    HIDDEN, SHOWN = "hidden", "shown"
    """An old publication is kept from readers, or shown to them again."""
    KINDS = [(kind, kind) for kind in (SUBMITTED, RETURNED, APPROVED, PUBLISHED,
                                       WITHDRAWN, REINSTATED, PROTECTED, UNPROTECTED, HIDDEN, SHOWN)]  # fmt: skip

    article = models.ForeignKey(Article, models.PROTECT, related_name="review_events")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="review_events")
    """Null for what concerns the article as a whole."""
    kind = models.CharField(max_length=12, choices=KINDS)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    time = models.DateTimeField()
    comment = models.TextField(blank=True)
    own_work = models.BooleanField(default=False)
    """The user approved work of their own, which only superusers may, or all where the site allows it."""

    objects = ReviewEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["article", "kind", "-id"], name="review_event_state")]

    def __str__(self):
        return f"{self.article} {self.kind}"


class ReviewComment(models.Model):
    """A reviewer's or editor's words on one change of a revision's diff, or on the whole."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="comments")
    change = models.CharField(max_length=64, blank=True)
    """Id of the change in ``comparison``; empty for the revision as a whole."""
    label = models.CharField(max_length=300, blank=True)
    """What the change was called when the comment was made."""
    text = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    time = models.DateTimeField()
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Null while the comment is open."""
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["revision"], name="review_comment_open", condition=models.Q(resolved_at=None))]

    def __str__(self):
        return self.text[:60]


class ReviewMark(models.Model):
    """The words "looking at it": a reviewer's mark on a submitted revision, so that two do not do the same work."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="mark")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    time = models.DateTimeField()

    def __str__(self):
        return f"{self.revision}: {self.user}"


class Watch(models.Model):
    """An article on somebody's watch list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    article = models.ForeignKey(Article, models.PROTECT, related_name="watches")
    since = models.BigIntegerField(default=0)
    """Id of the article's newest revision when the watch began: what came after it is news."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="watch_once")]

    def __str__(self):
        return f"{self.user}: {self.article}"


class DeskSeen(models.Model):
    """How far somebody has read the notices of the desk, which are made of events and revisions as they are shown."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_seen")
    event = models.BigIntegerField(default=0)
    """Id of the newest review event that was seen."""
    revision = models.BigIntegerField(default=0)
    """Id of the newest revision that was seen."""

    def __str__(self):
        return str(self.user)
