"""Keys that a reference to a work may well have: ``dewaal2003``."""

import re

from ..content import folded_words

_YEAR = re.compile(r"[0-9]{4}")
_SMALL = {"the", "and", "for", "von", "van", "des", "der", "die", "das", "les", "une"}
_LONGEST = 24


def proposed_key(source):
    """Return a key made of the first author, else of the title, and the year; the article makes it a free one."""
    names = source.csl.get("author") or source.csl.get("editor") or []
    first = names[0] if names else {}
    words = folded_words(" ".join(filter(None, (first.get("non-dropping-particle"), first.get("family")))))
    if not words:
        said = first.get("literal") or first.get("given") or source.title
        words = [word for word in folded_words(said) if len(word) > 2 and word not in _SMALL][:2]
    year = _YEAR.search(source.year)
    head = re.sub("[^a-z0-9]", "", "".join(words))[:_LONGEST]
    return (head or "source") + (year[0] if year else "")
