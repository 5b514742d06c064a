"""A query, read: words and “phrases”, each with the forms in which the index may hold it."""

import re
from dataclasses import dataclass

from ..folding import SOUND, fold, folded_words, skeleton

QUERY_MAX = 200
TERMS_MAX = 10
QUOTATION_MARKS = '"“”„«»'
_PART = re.compile(rf"[{QUOTATION_MARKS}]([^{QUOTATION_MARKS}]+)[{QUOTATION_MARKS}]|([^\s{QUOTATION_MARKS}]+)")
_LEAST_SOUND = 3
_LEAST_SPOKEN = 2
"""Consonants that a word written with vowels must have to be found by its sound: “kel” may become Kelbajar."""
_VOWEL = re.compile("[aeiouy]")


@dataclass(frozen=True)
class Term:
    """A word, found from its beginning, or a phrase of several; ``sounds`` are the skeletons of its words."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]

    @property
    def is_phrase(self):
        """Tell whether the words must stand one behind the other."""
        return len(self.words) > 1


@dataclass(frozen=True)
class Query:
    """What somebody looks for. ``terms`` is empty where nothing was typed that could be found.

    ``is_cut`` where more was typed than counts.
    """

    text: str
    terms: tuple[Term, ...]
    is_cut: bool = False

    @classmethod
    def of(cls, text):
        """Read what was typed: at most 200 characters and ten words of it count."""
        whole = text.replace("\x00", "").strip()
        text = whole[:QUERY_MAX].strip()
        parts = [(match[1] or match[2], bool(match[1])) for match in _PART.finditer(text)]
        terms = [term for part, quoted in parts for term in _terms(part, quoted)]
        is_cut = len(whole) > QUERY_MAX or max(len(terms), *(len(term.words) for term in terms), 0) > TERMS_MAX
        counted = [Term(term.words[:TERMS_MAX], term.sounds) for term in terms[:TERMS_MAX]]
        return cls(text, tuple(counted), is_cut)

    @property
    def folded(self):
        """The whole query folded, as names are."""
        return fold(self.text)


def _terms(part, quoted):
    words = tuple(folded_words(part))
    if quoted and len(words) > 1:
        return [Term(words, ())]
    return [Term((word,), _sounds(word)) for word in words]


def _sounds(word):
    """Return the skeleton of ``word``; none where nobody could say it, as “zzq”, unless a script leaves out vowels."""
    found = skeleton(word)
    least = _LEAST_SPOKEN if _VOWEL.search(word) else _LEAST_SOUND
    return (SOUND + found,) if len(found) >= least and not word.isdigit() else ()
