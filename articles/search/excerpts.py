"""Excerpts: the piece of a page's text in which the words of a query stand closest, with these words told apart."""

import re
from collections import Counter
from functools import lru_cache

from ..folding import folded_words, skeleton

_WORD = re.compile(r"\w[\w’'-]*")
_BEFORE, _AFTER = 8, 26
"""Words shown before the first hit and from it on."""
_LOOKED_AT = 60_000
"""Characters in which hits are looked for."""
_LEAST_SOUND = 3
_PLACES = 400


def excerpt(plain, query):
    """Return the excerpt as [(text, is a hit)]; the beginning of the text where no word of ``query`` stands in it."""
    plain = plain[:_LOOKED_AT].replace("\n", " · ")
    words = list(_WORD.finditer(plain))
    if not words:
        return []
    hits = _hits(words, query)
    start = max(_best(hits) - _BEFORE, 0) if hits else 0
    end = min(start + _BEFORE + _AFTER, len(words))
    return list(
        _pieces(plain, words[start:end], {at - start for at in hits if start <= at < end}, start, end < len(words))
    )


def _hits(words, query):
    """Return {place of a word: the term that it is a hit for}."""
    wanted, sounds = {}, {}
    for number, term in enumerate(query.terms):
        wanted |= dict.fromkeys(term.words, number)
        sounds |= {sound[1:]: number for sound in term.sounds if len(sound) > _LEAST_SOUND}
    known, found = {}, {}
    for at, match in enumerate(words):
        word = match[0]
        if word not in known:
            known[word] = _term(word, wanted, sounds)
        if known[word] is not None:
            found[at] = known[word]
    return found


def _term(word, wanted, sounds):
    folded, sound = _forms(word)
    for one in folded:
        for start, number in wanted.items():
            if one.startswith(start):
                return number
    return sounds.get(sound)


@lru_cache(maxsize=10_000)
def _forms(word):
    """Return the folded words of one, and how it sounds if it may be a name: the same ones stand in most pages."""
    return tuple(folded_words(word)), None if word[0].islower() else skeleton(word)


def _best(hits):
    """Return the place from which on the most terms stand within an excerpt, the rarer ones before the common."""
    rarity = {term: 1 / count for term, count in Counter(hits.values()).items()}
    places = sorted(hits)
    best, first = (0, 0), places[0]
    for index, place in enumerate(places[:_PLACES]):
        near = {hits[other] for other in places[index : index + _AFTER] if other < place + _AFTER}
        if (score := (sum(rarity[term] for term in near), len(near))) > best:
            best, first = score, place
    return first


def _pieces(plain, words, hits, start, more):
    """Yield the text between the first and the last of ``words``, its hits apart."""
    here = words[0].start()
    if start:
        yield "… ", False
    for at, word in enumerate(words):
        if at in hits:
            yield plain[here : word.start()], False
            yield word[0], True
            here = word.end()
    yield plain[here : words[-1].end()] + (" …" if more else ""), False
