"""Spellings and scripts folded together: the forms under which names, titles and link targets find each other."""

import re
from functools import lru_cache

from anyascii import anyascii

FOLDED_MAX = 1000
"""Bytes of a folded name: its columns hold so many characters, and PostgreSQL 2,704 bytes in one entry of an index."""
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’ʼ`]")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_MAX = 100
SOUND = "0"
"""Stands before a skeleton among folded words; no folded word of letters begins with it."""
_LEAST_SOUND = 3
"""Consonants below which a skeleton says too little to be looked for in running text."""


def fold(text):
    """Return the ASCII form of ``text``, words joined by hyphens: ``Kəlbəcər döyüşü`` gives ``kelbecer-doyusu``.

    A slug folds to itself. Text in which nothing transliterates folds to its own lower case, never to nothing. What
    would be longer than ``FOLDED_MAX`` bytes is cut, here and nowhere else, so that what is stored and what is looked
    up still meet.
    """
    folded = fold_whole(text)
    start = folded.encode(errors="surrogatepass")[: FOLDED_MAX + 1]
    if len(start) <= FOLDED_MAX:
        return folded
    # Once more, since the cut may fall behind a hyphen, and what is folded must fold to itself.
    return fold_whole(start[:FOLDED_MAX].decode(errors="ignore"))


def fold_whole(text):
    """Return ``text`` folded, however long it is: for its words, not to look it up as one name."""
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

    Kalbajar, Kelbecer, Kəlbəcər, Kelbadzhar and Кельбаджар all give ``klbjr``; Karabakh, Qarabağ and Garabagh
    ``krbk``.
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
            ("kh", "k"),
            ("gh", "k"),
            ("x", "k"),
            ("q", "k"),
            ("g", "k"),
            ("ts", "c"),
            ("c", "j"),
            ("z", "j"),
            ("w", "v"),
            ("ph", "f"),
            ("h", "x"),
        ):
            word = word.replace(spelling, sound)
        consonants = re.sub(r"[aeiouy]", "", word)
        words.append(re.sub(r"(.)\1+", r"\1", consonants) or word)
    return " ".join(words)


def folded_words(text):
    """Return the words of ``text`` folded, for an index: ``Бой за Кельбаджар`` gives boy, za, kelbadzhar."""
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", anyascii(text)).lower()).split()


def sounds(text, *, least=_LEAST_SOUND):
    """Return the skeletons of the names in ``text``, each once and marked with ``SOUND``.

    Names are words that begin with a capital, or stand in a script without capitals; a skeleton of fewer than
    ``least`` letters is left out.
    """
    names = {word for word in re.findall(r"[^\W\d_]+", text) if not word[0].islower()}
    found = {_sound(word) for word in names}
    return sorted(SOUND + one for sound in found for one in sound.split() if len(one) >= least)


@lru_cache(maxsize=50_000)
def _sound(word):
    return skeleton(word)
