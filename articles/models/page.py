"""Finished pages of current publications, and what can be found by them.

Everything here is made from publications and can be made again. Rows exist exactly for what readers see now: all
public addresses, lists, links and searches ask these tables, so nothing unpublished can be in their answers.
"""

from django.db import models
from django.urls import reverse

from ..content import LIMITS
from .article import Article
from .publication import Publication


class RenderedPage(models.Model):
    """The page of one published article. Withdrawing removes the row."""

    article = models.OneToOneField(Article, models.PROTECT, related_name="page")
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="page")
    slug = models.SlugField(max_length=LIMITS["slug"], unique=True)
    title = models.CharField(max_length=LIMITS["title"])
    short_description = models.CharField(max_length=LIMITS["short_description"], blank=True)
    part_of = models.CharField(max_length=LIMITS["slug"], blank=True, db_index=True)
    event_date = models.CharField(max_length=LIMITS["slug"], blank=True)
    starts = models.CharField(max_length=12, blank=True, db_index=True)
    """Sort key of the event date's earliest day; empty where there is no date."""
    image = models.CharField(max_length=200, blank=True)
    """File name of the infobox figure, for lists."""
    excerpt = models.TextField(blank=True)
    html = models.TextField()
    etag = models.CharField(max_length=64)
    links_digest = models.CharField(max_length=64)
    """Digest of the links with which ``html`` was rendered."""
    release = models.CharField(max_length=64)
    """Digest of code, language and static files with which ``html`` was rendered."""
    outdated = models.BooleanField(default=False)
    """A target that the page names leads elsewhere since; the next reader renders it anew."""

    class Meta:
        ordering = ["title"]
        indexes = [
            models.Index(fields=["title", "id"], name="page_title"),
            models.Index(fields=["publication"], name="page_pictured", condition=~models.Q(image="")),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the public address."""
        return reverse("article", args=[self.slug])


class _Found(models.Model):
    page = models.ForeignKey(RenderedPage, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class PublishedName(_Found):
    """A name under which the page is found: its title or another spelling."""

    name = models.CharField(max_length=LIMITS["title"])
    folded = models.CharField(max_length=1000, db_index=True)
    is_title = models.BooleanField(default=False)

    def __str__(self):
        return self.name


class PublishedCategory(_Found):
    """A category in which the page is listed."""

    name = models.CharField(max_length=LIMITS["category"])
    slug = models.CharField(max_length=LIMITS["slug"], db_index=True)

    def __str__(self):
        return self.name


class PublishedSource(_Found):
    """A source on which the page rests."""

    source = models.ForeignKey("articles.Source", models.PROTECT, related_name="published")

    def __str__(self):
        return str(self.source_id)


class PublishedImage(_Found):
    """A picture file that the page shows; media are served by these rows."""

    name = models.CharField(max_length=200, db_index=True)

    def __str__(self):
        return self.name


class PublicationLink(_Found):
    """A folded target that the page names, found or not; ``campaign:<slug>`` for the list of its war."""

    target = models.CharField(max_length=1000, db_index=True)

    def __str__(self):
        return self.target
