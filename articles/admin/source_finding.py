"""Finding sources by their words: any author, title, year, journal, DOI or ISBN, in any spelling and script.

Each word that was typed is the beginning of a word of the source. Only the index of words is asked, so a library of a
hundred thousand works answers as a small one does.
"""

import re

from django.db.models import Exists, OuterRef
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from ..content import WORD_MAX, Source as SourceContent, folded_words, identifier_word
from ..models import Source, SourceWord
from .source_keys import proposed_key

QUERY_MAX = 200
TERMS_MAX = 8
MOST = 20
_LOOKED_AT = 200
_COUNTED = 1000
"""A word that begins more entries than this is common; which of two common words is rarer does not matter."""

_MANY = 10_000
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}\S*/\S+)\Z", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s‐‑–-]+")
_ISBN = re.compile(r"(?:isbn:?)?((?:97[89])?[0-9]{9}[0-9X])\Z", re.IGNORECASE)


def identifiers_in(text):
    """Return what ``text`` says if it is a DOI or ISBN in any spelling, in plain form; else nothing."""
    text = text.strip()
    if match := _DOI.match(text):
        csl = {"DOI": match[1]}
    elif match := _ISBN.match(_SEPARATORS.sub("", text)):
        csl = {"ISBN": match[1]}
    else:
        return ()
    return SourceContent.of(csl).identifiers


def find_sources(text, most=MOST):
    """Return the sources that hold all words of ``text``, the nearest first, at most ``most``."""
    terms = _terms(text)
    if not terms:
        return []
    keys = _keys(terms)
    found = Source.objects.in_bulk(keys)
    return sorted(found.values(), key=lambda source: _distance(source, terms))[:most]


def matching(queryset, text):
    """Return the sources of ``queryset`` that hold all words of ``text``, in its own order; all, if there are none."""
    for term in _terms(text):
        entries = SourceWord.objects.filter(**_beginning(term))
        if entries.values("pk")[: _MANY + 1].count() > _MANY:
            # Asked of one source after another, in their order, until a page is full.
            queryset = queryset.filter(Exists(entries.filter(source=OuterRef("pk"))))
        else:
            queryset = queryset.filter(pk__in=entries.values("source"))
    return queryset


def _terms(text):
    text = text[:QUERY_MAX].replace("\x00", "")
    if identifiers := identifiers_in(text):
        return [identifier_word(one) for one in identifiers]
    words = [word[:WORD_MAX].encode() for word in folded_words(text)]
    return list(dict.fromkeys(words))[:TERMS_MAX]


def _beginning(term):
    # No byte of UTF-8 is 0xff: what begins with the term lies before this.
    return {"word__gte": term, "word__lt": term + b"\xff"}


def _keys(terms):
    """Walk the entries of the rarest word, and of each look whether the other words are there too."""
    entries = [SourceWord.objects.filter(**_beginning(term)) for term in terms]
    if len(terms) > 1:
        counts = [one.values("pk")[:_COUNTED].count() for one in entries]
        rarest = counts.index(min(counts))
    else:
        rarest = 0
    asked = entries[rarest]
    for index, term in enumerate(terms):
        if index != rarest:
            asked = asked.filter(Exists(SourceWord.objects.filter(source=OuterRef("source"), **_beginning(term))))
    return dict.fromkeys(asked.order_by("word", "source").values_list("source", flat=True)[:_LOOKED_AT])


def _distance(source, terms):
    """Whole words before beginnings, authors before titles, newer before older."""
    authors, title = (
        {word.encode() for word in folded_words(text)} for text in (source.authors, source.title)
    )  # fmt: skip
    numbers = {identifier_word(one) for one in source.content.identifiers}
    whole = authors | title | numbers | {source.year.encode()}
    return (
        -sum(term in whole for term in terms),
        -sum(any(word.startswith(term) for word in authors) for term in terms),
        -sum(any(word.startswith(term) for word in title) for term in terms),
        source.authors.casefold(), source.year, source.title.casefold(), source.pk,
    )  # fmt: skip


def described(source):
    """Return what the picker shows of a source."""
    csl = source.content.csl
    return {
        "id": source.pk,
        "label": str(source),
        "authors": source.authors,
        "title": source.title,
        "year": source.year,
        "container": str(csl.get("container-title") or csl.get("publisher") or ""),
        "key": proposed_key(source.content),
    }


@require_safe
def find_view(request):
    """Answer ``?q=`` with ``{"results": [{"id", "label", "authors", "title", "year", "container", "key"}]}``."""
    return JsonResponse({"results": [described(source) for source in find_sources(request.GET.get("q", ""))]})
