"""Search: results with excerpts and ways to narrow them, and suggestions while somebody types."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..models import PublishedFact, RenderedPage, SearchEntry
from ..search import QUERY_MAX, QUOTATION_MARKS, TERMS_MAX, Excerpts, Query, choices, find, similar, suggestions
from .caching import for_everybody

_PER_PAGE = 20
_LABELS = {
    PublishedFact.WAR: _("War"),
    PublishedFact.SIDE: _("Side"),
    PublishedFact.COMMANDER: _("Commander"),
    PublishedFact.YEAR: _("Year"),
}


@require_safe
def search(request):
    """Search results, the nearest first."""
    query = Query.of(request.GET.get("q", ""))
    wanted = _wanted(request)
    keys = find(query, wanted)
    shown = Paginator(keys, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query.text,
        "asked": _without_marks(query.text),
        "most": {"characters": QUERY_MAX, "words": TERMS_MAX} if query.is_cut else None,
        "count": len(keys),
        "results": _results(list(shown), query),
        "pages": shown,
        "address": urlencode({"q": query.text} | wanted),
        "narrowing": _narrowing(keys, wanted, query.text),
        "suggestions": similar(query.text) if query.text and not keys else [],
        "narrowed": bool(wanted),
    }
    return for_everybody(request, HttpResponse(render_to_string("articles/search.html", context)))


def _wanted(request):
    """Return the facts asked for, {kind: key}; no key is longer than a fact's."""
    asked = {kind: request.GET.get(kind, "").replace("\x00", "")[:200].strip() for kind in PublishedFact.KINDS}
    return {kind: key for kind, key in asked.items() if key}


def _without_marks(text):
    """Return a query that is one phrase without its quotation marks, since headings set it between theirs."""
    inner = text.strip(QUOTATION_MARKS)
    return text if not inner or any(mark in inner for mark in QUOTATION_MARKS) else inner


def _results(keys, query):
    """Return [(page, excerpt)] of one page of results, in three queries at most."""
    pages = RenderedPage.objects.defer("html").in_bulk(keys)
    words = dict(SearchEntry.objects.filter(page__in=keys).values_list("page", "plain"))
    excerpts = Excerpts(query)
    return [(pages[key], excerpts.of(words.get(key, ""))) for key in keys if key in pages]


def _narrowing(keys, wanted, text):
    """Return for each kind of fact its label and choices: text, pages, address and whether it is chosen."""
    groups = []
    for kind, found in choices(keys, wanted).items():
        shown = [
            {
                "text": value,
                "pages": pages,
                "chosen": wanted.get(kind) == key,
                "address": "?"
                + urlencode(_without(wanted, kind, text) | ({} if wanted.get(kind) == key else {kind: key})),
            }
            for key, value, pages in found
        ]
        if len(shown) > 1 or kind in wanted:
            groups.append({"label": _LABELS[kind], "choices": shown})
    return groups


def _without(wanted, kind, text):
    return {"q": text} | {other: key for other, key in wanted.items() if other != kind}


@require_safe
def suggest(request):
    """Titles for what was typed so far, as JSON: ``{"suggestions": [{"title": …, "address": …}]}``."""
    pages = suggestions(Query.of(request.GET.get("q", "")))
    found = [{"title": page.title, "address": page.get_absolute_url()} for page in pages]
    return for_everybody(request, JsonResponse({"suggestions": found}))
