"""What programs ask for: the feed, the sitemap and robots.txt."""

import re

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..models import Publication, PublishedCategory, RenderedPage
from .caching import for_everybody

_ENTRIES = 50
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
"""What was published before it was refused (see ``plain_text``) and would make the whole feed unreadable."""


class ChangesFeed(Feed):
    """Publications of articles that readers can see, newest first."""

    feed_type = Atom1Feed
    title = gettext_lazy("Kalbajar: publications")
    description = subtitle = gettext_lazy("What was published, newest first")

    def __call__(self, request, *args, **kwargs):
        """Answer with the feed, the same for everybody."""
        return for_everybody(request, super().__call__(request, *args, **kwargs))

    def link(self):
        """Return the address that the feed is about."""
        return settings.SITE_URL + reverse("front")

    def feed_url(self):
        """Return the feed's own address."""
        return settings.SITE_URL + reverse("changes_feed")

    def items(self):
        """Return the newest publications with their pages."""
        seen = Publication.objects.shown().filter(article__page__isnull=False).order_by("-id")
        return seen.select_related("article__page", "revision").defer("content", "article__page__html")[:_ENTRIES]

    def item_title(self, publication):
        """Return the title of the published article."""
        return _NOT_IN_XML.sub("", publication.article.page.title)

    def item_description(self, publication):
        """Return the short description."""
        return _NOT_IN_XML.sub("", publication.article.page.short_description)

    def item_link(self, publication):
        """Return the permanent address of what was published."""
        slug = publication.article.page.slug
        return settings.SITE_URL + reverse("revision", args=[slug, publication.revision.number])

    def item_updateddate(self, publication):
        """Return when it was published."""
        return publication.created

    item_pubdate = item_updateddate


class CategoryFeed(ChangesFeed):
    """Publications of the articles of one category, newest first."""

    def get_object(self, request, slug):
        """Return the category, or answer 404 where no published article has it."""
        category = None if "\x00" in slug else PublishedCategory.objects.filter(slug=slug).first()
        if category is None:
            raise Http404
        return category

    def title(self, category):
        """Name the feed after the category."""
        return f"Kalbajar: {_NOT_IN_XML.sub('', category.name)}"

    def link(self, category):
        """Return the address of the category."""
        return settings.SITE_URL + reverse("category", args=[category.slug])

    def feed_url(self, category):
        """Return the feed's own address."""
        return settings.SITE_URL + reverse("category_feed", args=[category.slug])

    def items(self, category):
        """Return the newest publications in the category with their pages."""
        pages = PublishedCategory.objects.filter(slug=category.slug).values("page")
        seen = Publication.objects.shown().filter(article__page__in=pages).order_by("-id")
        return seen.select_related("article__page", "revision").defer("content", "article__page__html")[:_ENTRIES]


class ArticlesSitemap(Sitemap):
    """All published articles."""

    # A part of so many is made in the time of a page.
    limit = 1_000

    def items(self):
        """Return the pages in a stable order."""
        return RenderedPage.objects.select_related("publication").only("slug", "publication__created").order_by("pk")

    def lastmod(self, page):
        """Return when the page was published."""
        return page.publication.created

    def get_latest_lastmod(self):
        """Return when a page was last published: asked of the database, not of all pages."""
        return Publication.objects.current().order_by("-id").values_list("created", flat=True).first()

    def get_domain(self, site=None):
        """Return the host of ``SITE_URL``."""
        return settings.SITE.netloc

    def get_protocol(self, protocol=None):
        """Return the scheme of ``SITE_URL``."""
        return settings.SITE.scheme


@require_safe
def robots(request):
    """Tell crawlers where the sitemap is, and that the desk is not for them."""
    text = f"User-agent: *\nDisallow: /admin/\nDisallow: /search/\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
    return for_everybody(request, HttpResponse(text, content_type="text/plain"))
