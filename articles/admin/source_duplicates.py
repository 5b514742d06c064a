"""Finding copies of a work in the library: by the numbers printed on them, by equal data, by a title much alike."""

import re

from django.db.models import Count, Q
from rapidfuzz import fuzz

from ..content import WORD_MAX, folded_words, identifier_word
from ..models import Source, SourceWord

_ALIKE = 90
"""Titles of at least this likeness, out of 100, are taken for one."""
# Begins where white space begins, so that a long run of it is looked at once.
_SUBTITLE = re.compile(r"(?<!\s)\s*+[:.–—]\s++.*", re.DOTALL)
_ASKED = 6
_LOOKED_AT = 200
_COMMON = 20_000
"""A word of more sources than these tells none apart and is not asked for, as long as the title has another."""


def likely_duplicates(content, pk=None):
    """Return the sources, other than ``pk``, that seem to be the work ``content``: the surest first.

    Those with a DOI or ISBN of it or with the very same data come first, then those of a like title whose authors and
    year do not say otherwise.
    """
    words = [identifier_word(one) for one in content.identifiers]
    there = Source.objects.filter(merged_into=None).exclude(pk=pk)
    same = there.filter(Q(digest=content.digest) | Q(pk__in=_with_words(words).values("source")))
    found = dict.fromkeys(same.order_by("pk")[:20])
    return list(found | dict.fromkeys(_alike(content, there)))


def _with_words(words):
    return SourceWord.objects.filter(word__in=words)


def _alike(content, there):
    # Long words are rare ones; a subtitle may be missing in the library.
    words = sorted(set(_main(content.title).split()), key=len, reverse=True)[:_ASKED]
    if not words:
        return []
    asked = [word[:WORD_MAX].encode() for word in words]
    asked = [word for word in asked if _with_words([word])[: _COMMON + 1].count() <= _COMMON] or asked
    shared = _with_words(asked).values("source").annotate(count=Count("pk")).filter(count__gte=(len(asked) + 1) // 2)
    keys = shared.order_by("-count", "source").values_list("source", flat=True)[:_LOOKED_AT]
    near = [(_likeness(content, one), one) for one in there.filter(pk__in=list(keys))]
    near = [(score, one) for score, one in near if score >= _ALIKE]
    return [one for _score, one in sorted(near, key=lambda pair: (-pair[0], pair[1].pk))]


def _likeness(content, other):
    """Return how much the titles are alike; 0 where year or authors say that it is another work."""
    authors, others = (set(_folded(text).split()) for text in (content.authors, other.authors))
    if content.year and other.year and content.year != other.year or authors and others and not authors & others:
        return 0
    whole = fuzz.ratio(_folded(content.title), _folded(other.title))
    # A short title says little by itself: a missing subtitle is forgiven only where the authors are the same.
    return max(whole, fuzz.ratio(_main(content.title), _main(other.title)) if authors & others else 0)


def _main(title):
    return _folded(_SUBTITLE.sub("", title)) or _folded(title)


def _folded(title):
    """Return the longer words of a text, folded; all of them where there is no longer one."""
    words = folded_words(title)
    return " ".join([word for word in words if len(word) > 3] or words)
