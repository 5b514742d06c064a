"""The words by which a work is found: folded, so that any spelling in any script leads to it."""

import re

from ..folding import fold_whole
from .csl import NAME_FIELDS

_SPLIT = re.compile(r"[-\s]+")
_TEXTS = ("title", "title-short", "container-title", "collection-title", "publisher", "number", "genre")
WORD_MAX = 60
IDENTIFIER_MAX = 200
_WORDS_MAX = 120


def search_words(source):
    """Return the words of a ``Source`` as UTF-8 bytes, identifiers (``doi:…``, ``isbn:…``) among them."""
    csl = source.csl
    texts = [str(csl.get(member) or "") for member in _TEXTS]
    texts += [_name(one) for member in NAME_FIELDS & csl.keys() for one in csl[member] or ()]
    texts.append(source.year)
    words = dict.fromkeys(word for text in texts for word in folded_words(text))
    identifiers = [identifier_word(one) for one in source.identifiers]
    return {*identifiers, *(word.encode() for word in list(words)[:_WORDS_MAX])}


def folded_words(text):
    """Return the words of ``text``, folded and in order; what transliterates into nothing stands as it is."""
    return [word[:WORD_MAX] for word in _SPLIT.split(fold_whole(text)) if word]


def identifier_word(identifier):
    """Return the word that stands for a DOI or ISBN in plain form."""
    return identifier.encode()[:IDENTIFIER_MAX]


def _name(name):
    return " ".join(str(one) for one in name.values() if isinstance(one, str)) if isinstance(name, dict) else ""
