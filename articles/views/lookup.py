"""Which article an address means, for the pages below it: by the published slug, for staff by any it ever had."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from ..models import Article, prepared
from ..pages import former_address
from ..permissions import is_staff_reader


def moved_permanently(address):
    """Return a redirect that no cache keeps: the article may be renamed again."""
    response = HttpResponsePermanentRedirect(address)
    response["Cache-Control"] = "no-cache"
    return response


def _published(slug):
    """Return the article published at ``slug`` with its page, publication and revision, without their long texts."""
    return prepared.first(_at_slug, Article, slug=slug)


def _at_slug(model):
    articles = model.objects.filter(page__slug=prepared.SLUG).select_related("page__publication__revision")
    return articles.defer("page__html", "page__excerpt", "page__publication__content").order_by()


def with_article(view):
    """Give a view the article that the address's ``slug`` means instead of the slug.

    A slug that readers knew once leads on to the same page under the present one. Who may not see unpublished
    revisions gets 404 where nothing is published.
    """

    @wraps(view)
    def wrapper(request, slug, **rest):
        article = _published(slug)
        if article is None and request.method in ("GET", "HEAD"):
            if page := former_address(slug):
                query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
                address = reverse(request.resolver_match.view_name, kwargs={"slug": page.slug, **rest})
                return moved_permanently(address + query)
        if article is None and is_staff_reader(request.user):
            article = Article.objects.filter(slugs__slug=slug).first()
        if article is None:
            raise Http404
        return view(request, article, **rest)

    return wrapper
