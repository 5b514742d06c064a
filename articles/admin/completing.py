"""Titles and names of all articles for what an editor types into ``[[``: published or not, in any spelling and script.

Each word typed is the beginning of a word of a name, by its consonants. Only the index of words is asked.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch
from django.http import JsonResponse

from ..folding import fold
from ..models import Article, ArticleName, ArticleWord
from ..revisions import name_words

QUERY_MAX = 200
TERMS_MAX = 8
MOST = 20
_LOOKED_AT = 200


def find_articles(text, most=MOST):
    """Return (name, article) for articles with a title or name that holds all words of ``text``, the nearest first."""
    text = text[:QUERY_MAX]
    terms = name_words(text)[:TERMS_MAX]
    if not terms:
        return []
    names = Prefetch("names", ArticleName.objects.only("article_id", "name"))
    articles = Article.objects.filter(pk__in=_keys(terms)).select_related("page").prefetch_related(names)
    articles = articles.defer("body", "page__html")
    folded = fold(text)
    nearest = []
    for article in articles:
        names = [article.title, *(row.name for row in article.names.all())]
        found = [name for name in names if _holds(name, terms)]
        if found:
            nearest.append((min(found, key=lambda name: _distance(name, folded, article)), article))
    return sorted(nearest, key=lambda one: (*_distance(one[0], folded, one[1]), one[1].pk))[:most]


def _keys(terms):
    """Walk the entries of the longest word, and of each look whether the other words are there too."""
    longest = max(terms, key=len)
    asked = ArticleWord.objects.filter(**_beginning(longest))
    for term in set(terms) - {longest}:
        asked = asked.filter(Exists(ArticleWord.objects.filter(article=OuterRef("article"), **_beginning(term))))
    return set(asked.order_by("word", "article").values_list("article", flat=True)[:_LOOKED_AT])


def _beginning(term):
    # No byte of UTF-8 is 0xff: what begins with the term lies before this.
    return {"word__gte": term, "word__lt": term + b"\xff"}


def _holds(name, terms):
    words = name_words(name)
    return all(any(word.startswith(term) for word in words) for term in terms)


def _distance(name, folded, article):
    """The very name before its beginning, any beginning before the middle, titles before names."""
    own = fold(name)
    return (own != folded, not own.startswith(folded), name != article.title, len(name), name)


def complete(model_admin, request):
    """Answer ``?q=`` with ``{"articles": [{"name", "title", "description", "published"}]}``, 20 at most."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    found = find_articles(request.GET.get("q", ""))
    return JsonResponse({"articles": [_described(name, article) for name, article in found]})


def _described(name, article):
    return {
        "name": name,
        "title": article.title,
        "description": article.short_description,
        "published": getattr(article, "page", None) is not None,
    }
