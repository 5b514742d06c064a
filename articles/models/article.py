"""The article, its other names and its categories."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..content import LIMITS
from ..infobox_kinds import KINDS
from ..permissions import ARTICLE_PERMISSIONS
from . import prepared
from .guards import AppendOnly, Revisioned
from .history import ArticleRecords, RowRecords

_article_records = ArticleRecords()


class Article(Revisioned):
    """The newest state of an entry, published or not. It is withdrawn, never deleted."""

    title = models.CharField(max_length=LIMITS["title"])
    slug = models.SlugField(max_length=LIMITS["slug"], unique=True)
    short_description = models.CharField(max_length=LIMITS["short_description"], blank=True)
    body = models.TextField(blank=True)
    part_of = models.CharField(max_length=LIMITS["slug"], blank=True, db_index=True)
    event_date = models.CharField(_("event date (EDTF)"), max_length=LIMITS["slug"], blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    infobox_kind = models.CharField(
        max_length=40, blank=True, choices=[(kind.name, kind.label) for kind in KINDS.values()]
    )

    history = _article_records

    class Meta(Revisioned.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = ARTICLE_PERMISSIONS
        ordering = ["title"]
        indexes = [models.Index(fields=["title"], name="article_title")]

    def __str__(self):
        return self.title

    @classmethod
    def locked(cls, key):
        """Return the article with primary key ``key``, locked until the transaction ends; raise ``DoesNotExist``."""
        found = prepared.rows(_locked, cls, article=key)
        if not found:
            raise cls.DoesNotExist
        return found[0]

    def owner_id(self):
        return self.pk

    def may_be_written(self, write, *, deleting):
        """Tell whether a revision of this article is open, or, for a new row, an article is being founded."""
        if deleting:
            return False
        if write.founding:
            return self.pk is None
        return super().may_be_written(write, deleting=deleting)

    def record_first_history(self):
        """Write the history row of the article's first state, which could not be written when the row was stored."""
        _article_records.create_historical_record(self, "+")

    def public_slug(self):
        """Return the slug under which readers know the article, or the newest one while nothing is published."""
        if Article._meta.get_field("page").is_cached(self):
            page = getattr(self, "page", None)
            return page.slug if page else self.slug
        # Asked for by itself: a page comes with all its HTML.
        if "_page_slug" not in self.__dict__:
            found, _ = prepared.tuples(_page_slug, Article, article=self.pk)
            self._page_slug = found[0][0] if found else None
        return self._page_slug or self.slug

    def get_absolute_url(self):
        """Return the public address: of the current publication, else of the newest revision."""
        if getattr(self, "page", None) is not None:
            return reverse("article", args=[self.public_slug()])
        newest = self.revisions.newest()
        return reverse("revision", args=[self.slug, newest.number]) if newest else reverse("article", args=[self.slug])


def _locked(model):
    return model.objects.select_for_update(no_key=True).filter(pk=prepared.ARTICLE).order_by()


def _page_slug(model):
    return model.objects.filter(pk=prepared.ARTICLE, page__isnull=False).order_by().values_list("page__slug")


class ArticleSlug(AppendOnly):
    """A slug that some revision of the article has had: it belongs to that article for ever."""

    slug = models.SlugField(max_length=LIMITS["slug"], unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="slugs")

    def __str__(self):
        return self.slug


class ArticleName(Revisioned):
    """Another spelling of the title, with its language (BCP 47) and script (ISO 15924)."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="names")
    row_id = models.CharField(max_length=LIMITS["id"], editable=False)
    name = models.CharField(max_length=LIMITS["name"])
    language = models.CharField(max_length=LIMITS["language"], blank=True)
    script = models.CharField(max_length=4, blank=True)
    position = models.BigIntegerField(default=0, editable=False)

    history = RowRecords()

    class Meta(Revisioned.Meta):
        ordering = ["position", "id"]
        verbose_name = _("other name")

    def __str__(self):
        return self.name


class ArticleCategory(Revisioned):
    """A category by name; the name is the row's identity."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="categories")
    name = models.CharField(max_length=LIMITS["category"])
    position = models.BigIntegerField(default=0, editable=False)

    history = RowRecords()

    class Meta(Revisioned.Meta):
        ordering = ["position", "id"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self):
        return self.name
