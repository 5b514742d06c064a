"""The page of a source: what rests on it in published articles, sentence by sentence."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import PublishedSource, RenderedPage, Source
from ..rendering import statements
from .caching import for_everybody
from .lookup import moved_permanently

_PER_PAGE = 10
_STATEMENTS = 60


@dataclass(frozen=True)
class Resting:
    """An article with what it rests on the source for; ``more`` statements are not listed. ``entry`` is the anchor of
    the source in its list of references."""

    page: RenderedPage
    statements: list
    more: int
    entry: str


@require_safe
def source(request, pk):
    """The statements that rest on a source, a page of articles at a time; only these are read.

    The source is shown as the newest of all was published with it. A copy that was merged leads to what stands for it.
    """
    asked = get_object_or_404(Source, pk=pk)
    keys = asked.standing_for().all_keys()
    resting = PublishedSource.objects.filter(source__in=keys).values("page")
    pages = RenderedPage.objects.filter(pk__in=resting).defer("html", "excerpt")
    newest = pages.order_by("-publication_id").select_related("publication").first()
    if newest is None:
        raise Http404
    if asked.merged_into_id:
        return moved_permanently(asked.standing_for().get_absolute_url())
    references = newest.publication.article_content().references
    shown = Source()
    shown.set_content(next(row.source for row in references if row.source_id in keys))
    in_order = pages.order_by("title", "pk").select_related("publication")
    articles = Paginator(in_order, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": shown,
        "articles": articles,
        "resting": [_resting(page, set(keys)) for page in articles],
        "canonical": settings.SITE_URL + reverse("source", args=[pk]),
    }
    return for_everybody(request, HttpResponse(render_to_string("articles/source_detail.html", context)))


def _resting(page, sources):
    content = page.publication.article_content()
    keys = [row.key for row in content.references if row.source_id in sources]
    found = statements(content, set(keys))
    return Resting(page, found[:_STATEMENTS], max(len(found) - _STATEMENTS, 0), f"ref-{keys[0]}")
