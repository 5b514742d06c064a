"""What readers come for: the front page, articles, and the lists that lead to them."""

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Case, Count, Min, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..folding import fold
from ..models import Image, PublishedCategory, RenderedPage, ReviewEvent, prepared
from ..pages import former_address, pages_named, up_to_date
from .caching import SHARED, for_everybody
from .lookup import moved_permanently
from .shared_names import name_list

_PER_PAGE = 100
_CATEGORIES = 40
_KEPT_FOR = 3600
_UNDATED_LAST = Case(When(starts="", then=1), default=0)


def _page(request, template, context):
    """Answer with a page that is the same for everybody: rendered without the request, so without a session."""
    return for_everybody(request, HttpResponse(render_to_string(template, context)))


def _refuse_nul(name):
    """Nothing has a name with a NUL in it, and PostgreSQL does not even take the question."""
    if "\x00" in name:
        raise Http404


def _canonical(name, *args):
    return settings.SITE_URL + reverse(name, args=args)


def _listed(pages):
    return pages.defer("html").select_related(None)


def _picture(page):
    """Return the page's picture for a list: the address of a wide enough copy, and the pixels that keep its place."""
    known = Image.history.filter(sha256=page.image.rpartition("/")[2].partition(".")[0], name=page.image).first()
    if known is None:
        return {"address": settings.MEDIA_URL + page.image}
    return {"address": known.instance.medium_address, "width": known.width, "height": known.height}


@require_safe
def front(request):
    """The front page: all published articles, a page of them at a time."""
    pages = Paginator(_listed(RenderedPage.objects.order_by("title", "pk")), _PER_PAGE)
    newest = _listed(RenderedPage.objects.order_by("-publication_id"))
    featured = newest.exclude(image="").first() or newest.first()
    context = {
        "articles": pages.get_page(request.GET.get("page")),
        "count": pages.count,
        "featured": featured,
        "picture": _picture(featured) if featured and featured.image else None,
        "newest": newest[:6],
        "categories": _largest_categories(),
        "canonical": _canonical("front"),
    }
    return _page(request, "articles/front_page.html", context)


def _largest_categories():
    """Return names and addresses, counted anew only when something was published, withdrawn or reinstated."""
    newest = ReviewEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"largest-categories-{newest}"
    categories = cache.get(key)
    if not isinstance(categories, list):  # nothing, or what another program left there
        categories = _count_categories()
        cache.set(key, categories, _KEPT_FOR)
    return categories


def _count_categories():
    sizes = PublishedCategory.objects.values("slug").annotate(name=Min("name"), size=Count("page"))
    return [
        {"name": one["name"], "address": reverse("category", args=[one["slug"]])}
        for one in sizes.order_by("-size", "name")[:_CATEGORIES]
    ]


@require_safe
def article(request, name):
    """The current publication at its slug; a former slug or another name leads there, a shared name to a list."""
    _refuse_nul(name)
    page = prepared.first(_at_slug, RenderedPage, slug=name)
    if page is not None:
        page = up_to_date(page)
        # No Last-Modified, by which a cache might answer: a page changes with its links too, and clocks step back.
        return for_everybody(request, HttpResponse(page.html), page.etag, article=page.article_id)
    if former := former_address(name):
        return moved_permanently(former.get_absolute_url())
    pages = pages_named(fold(name))
    if not pages:
        raise Http404
    if len(pages) > 1:
        return for_everybody(request, HttpResponse(name_list(name, pages)))
    if pages[0].slug == name:
        # Published since it was looked for above: it would be led to itself.
        return article(request, name)
    response = redirect(pages[0])
    response["Cache-Control"] = SHARED
    return response


def _at_slug(model):
    return model.objects.filter(slug=prepared.SLUG).order_by()


@require_safe
def category(request, slug):
    """The published articles of a category."""
    _refuse_nul(slug)
    found = PublishedCategory.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    pages = _listed(
        RenderedPage.objects.filter(publishedcategorys__slug=slug).order_by(_UNDATED_LAST, "starts", "title")
    )
    shown = Paginator(pages, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "name": found.name,
        "articles": shown,
        "canonical": _canonical("category", slug),
        "feed": reverse("category_feed", args=[slug]),
    }
    return _page(request, "articles/category_detail.html", context)
