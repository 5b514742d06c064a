"""Pages in the order in which somebody who searches wants them."""

from ..folding import fold
from ..models import PublishedName, RenderedPage
from .indexes import begun_or_matching, matches, matches_in_names
from .narrowing import narrowed
from .query import Query

MOST = 1000
"""Pages that one search finds; who gets more has to say more."""
_NAMED = 20
_LEAST_WORD = 2
_ASKED = 5
"""The longest words of a name, by which similar names are looked for."""
_COMMON = 4
"""A word that more than one in so many names have is common."""
_WEIGHED = 100
"""Pages among which the nearest are chosen while somebody types."""


def find(query, wanted=None):
    """Return the primary keys of the pages that hold all terms of ``query``, the nearest first, at most ``MOST``.

    Pages that bear the query as a name stand first. ``wanted`` narrows, {kind: key} (see ``narrowing``); with it alone
    and nothing typed, all pages that fit come by title.
    """
    if not query.terms:
        pages = RenderedPage.objects.order_by("title", "pk").values_list("pk", flat=True)
        return list(narrowed(pages, wanted)[:MOST]) if wanted else []
    found = matches(query.terms, MOST)
    named = set(PublishedName.objects.filter(folded=query.folded).values_list("page_id", flat=True)[:_NAMED])
    keys = sorted(named) + [key for key in found if key not in named]
    if not wanted:
        return keys
    kept = set(narrowed(RenderedPage.objects.filter(pk__in=keys), wanted).values_list("pk", flat=True))
    return [key for key in keys if key in kept]


def suggestions(query, limit=8):
    """Return pages whose names hold the words typed so far, the last of them perhaps not yet whole."""
    if not query.terms:
        return []
    keys = begun_or_matching(query.folded, query.terms, _WEIGHED)
    pages = RenderedPage.objects.filter(pk__in=keys).only("title", "slug")
    return sorted(pages, key=lambda page: _distance(page, query))[:limit]


def _distance(page, query):
    title = fold(page.title)
    return (title != query.folded, not title.startswith(query.folded), query.folded not in title, title)


def similar(name, limit=5):
    """Return pages that somebody who asked for ``name`` may have meant, by the longer words that their names share.

    First come those that share all words that any name has. One shared word is enough where few names have it; any
    few of very many would be offered by chance, so a common word counts alone only where nothing else was asked.
    """
    terms = [term for term in Query.of(name).terms if max(map(len, term.words)) > _LEAST_WORD]
    terms = sorted(terms, key=lambda term: -max(map(len, term.words)))[:_ASKED]
    # One more than are shown tells what is common; nothing is counted to its end.
    found = {term: matches_in_names([term], limit + 1) for term in terms}
    known = [term for term in found if found[term]]
    keys = matches_in_names(known, limit) if len(known) > 1 else []
    few = _few(limit)
    for some in found.values():
        if len(some) <= few or len(found) == 1:
            keys += some
    keys = list(dict.fromkeys(keys))[:limit]
    pages = RenderedPage.objects.defer("html").in_bulk(keys)
    return [pages[key] for key in keys if key in pages]


def _few(limit):
    """Return how many names may share a word that is not common: at most ``limit``, fewer on a small site."""
    pages = RenderedPage.objects.order_by().values("pk")[: limit * _COMMON].count()
    return max(pages // _COMMON, 1)
