"""Revisions: all rows of one save of one article."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..content import LIMITS
from ..permissions import is_staff_reader
from . import prepared
from .article import Article
from .guards import AppendOnly, GuardedQuerySet


class RevisionQuerySet(GuardedQuerySet):
    """Words for choosing revisions."""

    def newest(self):
        """Return the revision with the highest number, or None."""
        return self.order_by("-number").first()

    def visible_to(self, user):
        """Keep what ``user`` may see: staff who may view all, others what was published and is not kept from them.

        Kept from them is an article that is withdrawn, and a revision that is hidden.
        """
        if is_staff_reader(user):
            return self
        return self.filter(publications__isnull=False, article__page__isnull=False).shown().distinct()

    def shown(self):
        """Leave out what is hidden from readers."""
        events = self.model._meta.get_field("review_events").related_model.objects
        return self.filter(~models.Exists(events.hiding(models.OuterRef("pk"))))


class Revision(AppendOnly):
    """One recorded save. Its content is rebuilt from the history rows; numbers rise by one within the article."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Null: recorded by a command without a user."""
    created = models.DateTimeField()
    summary = models.CharField(_("edit summary"), max_length=LIMITS["summary"], blank=True)
    minor = models.BooleanField(_("minor edit"), default=False)
    base = models.PositiveIntegerField()
    """Number of the revision that the author saw; 0: none."""
    shared = models.BooleanField(default=False)
    """Made by a change of a source or an image: rows moved to its new version, and nothing else."""
    words_added = models.PositiveIntegerField(default=0)
    words_deleted = models.PositiveIntegerField(default=0)
    """Size of the difference to the revision before, counted when the revision is made."""
    tags = models.CharField(max_length=300, blank=True)
    """What kind of change it is: names of ``comparison`` tags between spaces, `` figure_changed source_added ``."""

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number")]
        indexes = [models.Index(fields=["article", "author", "number"], name="revision_author")]

    def __str__(self):
        return f"{self.article} · {self.number}"

    @classmethod
    def numbered(cls, article, number):
        """Return the revision ``number`` of an Article, or None."""
        return cls._first(_numbered, article, number=number)

    @classmethod
    def newest_of(cls, article):
        """Return the newest revision of an Article, or None for one that is being founded."""
        return cls._first(_newest, article)

    @classmethod
    def _first(cls, make, article, **which):
        found = prepared.first(make, cls, article=article.pk, **which)
        if found:
            found.article = article
        return found

    def may_be_written(self, write, *, deleting):
        """Tell whether the row is new and a revision of its article is being made."""
        making = write.article_id is not None and write.article_id == self.article_id and write.revision_id is None
        return making and super().may_be_written(write, deleting=deleting)

    def get_absolute_url(self):
        """Return the permanent address of the revision, by the slug that readers know, else the newest slug."""
        page = getattr(self.article, "page", None)
        return reverse("revision", args=[page.slug if page else self.article.slug, self.number])


def _numbered(model):
    return model.objects.filter(article=prepared.ARTICLE, number=prepared.NUMBER)


def _newest(model):
    return model.objects.filter(article=prepared.ARTICLE).order_by("-number")[:1]
