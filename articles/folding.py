"""Spellings and scripts folded together: the forms under which names, titles and link targets find each other."""

import re

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’ʼ`]")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_MAX = 100


def fold(text):
    """Return the ASCII form of ``text``, words joined by hyphens: ``Kəlbəcər döyüşü`` gives ``kelbecer-doyusu``.

    A slug folds to itself. Text in which nothing transliterates folds to its own lower case, never to nothing.
    """
    text = text.replace("\x00", "")  # PostgreSQL takes no NUL, not even in a question
    ascii_text = _APOSTROPHES.sub("", anyascii(text)).lower()
    return _NOT_WORD.sub("-", ascii_text).strip("-") or text.strip().casefold()


def make_slug(title):
    """Return a slug made from ``title``, at most 100 characters, cut at a word; empty if nothing transliterates."""
    slug = _NOT_WORD.sub("-", _APOSTROPHES.sub("", anyascii(title)).lower()).strip("-")
    if len(slug) > SLUG_MAX:
        slug = slug[: SLUG_MAX + 1].rpartition("-")[0] or slug[:SLUG_MAX]
    return slug


def skeleton(text):
    """Return the consonants of folded ``text``, with spellings of one sound merged.

    Kalbajar, Kelbecer, Kəlbəcər, Kelbadzhar and Кельбаджар all give ``klbjr``.
    """
    words = []
    for word in fold(text).split("-"):
        for spelling, sound in (
            ("dzh", "j"),
            ("dsh", "j"),
            ("dj", "j"),
            ("zh", "j"),
            ("dz", "j"),
            ("ch", "j"),
            ("sh", "s"),
            ("kh", "x"),
            ("gh", "g"),
            ("ts", "c"),
            ("c", "j"),
            ("z", "j"),
            ("q", "g"),
            ("w", "v"),
            ("ph", "f"),
            ("h", "x"),
        ):
            word = word.replace(spelling, sound)
        consonants = re.sub(r"[aeiouy]", "", word)
        words.append(re.sub(r"(.)\1+", r"\1", consonants) or word)
    return " ".join(words)
