"""Excerpts: the piece of a page's text in which the words of a query stand closest, with these words told apart."""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

from ..folding import folded_words, skeleton

_WORD = re.compile(r"\w[\w’'-]*")
_BEFORE, _AFTER = 8, 26
"""Words shown before the first hit and from it on."""
_LOOKED_AT = 60_000
"""Characters in which hits are looked for."""
_LEAST_SOUND = 3
_PLACES = 400


class Excerpts:
    """Makes the excerpts for one query: pages that it finds share most of their words, and each is looked at once."""

    def __init__(self, query):
        self._wanted, self._sounds, self._phrases = {}, {}, {}
        for number, term in enumerate(query.terms):
            if term.is_phrase:
                self._phrases[number] = term.words
                continue
            self._wanted |= dict.fromkeys(term.words, number)
            self._sounds |= {sound[1:]: number for sound in term.sounds if len(sound) > _LEAST_SOUND}
        self._known = {}

    def of(self, plain):
        """Return the excerpt as [(text, is a hit)]; the beginning of the text where no word of the query is in it."""
        plain = plain[:_LOOKED_AT].replace("\n", " · ")
        words = _WORD.findall(plain)
        if not words:
            return []
        hits = self._hits(words)
        start = max(_best(hits) - _BEFORE, 0) if hits else 0
        end = min(start + _BEFORE + _AFTER, len(words))
        shown = list(islice(_WORD.finditer(plain), start, end))
        return list(_pieces(plain, shown, {at - start for at in hits if start <= at < end}, start, end < len(words)))

    def _hits(self, words):
        """Return {place of a word: the term that it is a hit for}."""
        known = self._known
        for word in set(words) - known.keys():
            known[word] = self._term(word)
        hits = {at: term for at, word in enumerate(words) if (term := known[word]) is not None}
        return hits | self._phrase_hits(words)

    def _phrase_hits(self, words):
        """Return the same for the words of phrases, which count only where they stand one behind the other."""
        if not self._phrases:
            return {}
        # One word as it stands may be several folded: “land-link”.
        places = [(one, at) for at, word in enumerate(words) for one in _forms(word)[0]]
        hits = {}
        for number, phrase in self._phrases.items():
            for start, (one, _at) in enumerate(places):
                run = places[start : start + len(phrase)] if one == phrase[0] else ()
                if tuple(one for one, _at in run) == phrase:
                    hits |= dict.fromkeys((at for _one, at in run), number)
        return hits

    def _term(self, word):
        folded, sound = _forms(word)
        for one in folded:
            for start, number in self._wanted.items():
                if one.startswith(start):
                    return number
        return self._sounds.get(sound)


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
