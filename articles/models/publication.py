"""What readers were given."""

import json

from django.conf import settings
from django.db import models

from ..content import LIMITS, ArticleContent
from .article import Article
from .guards import AppendOnly, GuardedQuerySet
from .review import ReviewEvent
from .revision import Revision

_OUTLINE = ("format", "slug", "title", "names", "part_of", "event_date")


class PublicationQuerySet(GuardedQuerySet):
    """Words for choosing publications."""

    def shown(self):
        """Leave out those of revisions that are hidden from readers."""
        return self.filter(~models.Exists(ReviewEvent.objects.hiding(models.OuterRef("revision"))))

    def current(self):
        """Keep what readers see now: of each article that is not withdrawn the newest publication."""
        return self.filter(page__isnull=False)


class Publication(AppendOnly):
    """A frozen public version: what was reviewed, to the letter, whatever becomes of the rows afterwards."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="publications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="publications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField()
    slug = models.SlugField(max_length=LIMITS["slug"])
    """From ``content``; the slugs of former publications lead on to the current one."""
    content = models.TextField()
    """The ArticleContent as canonical JSON, with the data of its sources and the facts of its images."""

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.slug} · {self.revision_id}"

    def article_content(self):
        """Return the published ArticleContent."""
        return ArticleContent.from_json(self.content, stored=True)

    def outline(self):
        """Return of the published ArticleContent what leads to it: slug, names, date and place in its war."""
        said = json.loads(self.content)
        return ArticleContent.from_json({member: said[member] for member in _OUTLINE if member in said} | {"body": ""})
