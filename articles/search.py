"""Search over the names of published articles: spellings and scripts find each other by their consonants."""

from django.db.models import Q

from .folding import fold, skeleton
from .models import PublishedName, RenderedPage

QUERY_MAX = 200
TERMS_MAX = 10
_RESULTS = 50


def search(query, limit=_RESULTS):
    """Return published pages whose title or another name holds all words of ``query``, the nearest first.

    Words match from their beginning, in any spelling of the same consonants: Kelbecer finds Kalbajar. At most 200
    characters and ten words of the query count.
    """
    terms = skeleton(query[:QUERY_MAX]).split()[:TERMS_MAX]
    if not fold(query) or not terms:
        return []
    wanted = Q()
    for term in terms:
        wanted &= Q(skeleton__startswith=term) | Q(skeleton__contains=f" {term}")
    names = PublishedName.objects.filter(wanted).select_related("page").defer("page__html")[: limit * 4]
    nearest = {}
    for name in sorted(names, key=lambda name: _distance(name, query, terms)):
        nearest.setdefault(name.page_id, name.page)
    return list(nearest.values())[:limit]


def similar(name, limit=5):
    """Return published pages that somebody who asked for ``name`` may have meant: any of its longer words is there."""
    words = sorted((word for word in skeleton(name).split()[:TERMS_MAX] if len(word) > 2), key=len, reverse=True)
    found = dict.fromkeys(search(name, limit))
    for word in words:
        if len(found) >= limit:
            break
        pages = RenderedPage.objects.filter(publishednames__skeleton__contains=word).defer("html").distinct()
        found |= dict.fromkeys(pages[:limit])
    return list(found)[:limit]


def _distance(name, query, terms):
    return (name.folded != fold(query), not name.folded.startswith(fold(query)), not name.is_title,
            len(name.skeleton.split()) - len(terms), name.name)  # fmt: skip
