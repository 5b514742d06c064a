"""Text into words: the smallest things that a comparison marks.

A token is a word, a number with all its digits (``1,900``, ``400–450``), one of our marks whole (``[@key, p. 12]``,
``[^key]``, ``[[…]]``, ``![[…]]``), an address, one character of a script that writes no spaces, or a run of one sign.
The white space behind it goes with it but does not tell two tokens apart.
"""

import re
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import add, itemgetter

from ..markup.brackets import Brackets, OrdinaryLink

_UNSPACED = (  # Chinese and Japanese, Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2-\u0eb3\u0ec0-\u0ec6\u1000-\u102a\u1780-\u17b3"
)
_SIGNS = (
    "!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b8\u00bb-\u00bf\u00d7\u00f7\u055a-\u055f\u0589\u058a\u05be"
    "\u060c\u061b\u061f\u06d4\u0964\u0965\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f"
    "\uff00-\uff0f\uff1a-\uff20"
    "\ufdd0-\ufdef"  # no characters: what stands for something in texts that are compared
)
_ABOVE = (  # signs that stand on one of those
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a\ufe00-\ufe0f"
)
_LETTER = rf"[^\s{_SIGNS}{_UNSPACED}]"
# No number has more parts; without an end each part of a row of a thousand, a letter behind it, is followed there.
_NUMBER = rf"\d++(?:[.,’':/–—-]\d++){{0,20}}+(?!{_LETTER})"
_WORD = rf"{_LETTER}++(?:['’ʼ‐‑-]{_LETTER}++)*+"
_COUNTED = re.compile(rf"{_NUMBER}|{_WORD}|[{_UNSPACED}]")
_ADDRESS = r"https?://[^\s<>\[\]\"]*[^\s<>\[\]\"'.,;:!?)]"
_TOKEN = re.compile(rf"({_ADDRESS}|{_NUMBER}|{_WORD}|[{_UNSPACED}][{_ABOVE}]*+|(?P<sign>\S)(?P=sign)*+)(\s*+)")
_SPACE = re.compile(r"\s*+")
_FIGURE = re.compile(r"!\[\[[^\[\]\n]+\]\]")
_BLOCKS, _LONGEST_BLOCK = 160, 2_500
"""A comparison reads the marks of a block when it cuts words and again for the citations: so many are remembered."""


def count_words(text):
    """Return how many words and numbers ``text`` holds; in scripts without spaces every character counts."""
    return len(_COUNTED.findall(text))


def read_marks(text):
    """Return our marks in ``text`` as (start, end, mark) in order; ordinary links are words, figures None."""
    if "[" not in text:
        return ()
    return _marks_of_block(text) if len(text) < _LONGEST_BLOCK else _marks(text)


def _marks(text):
    marks = [
        (start, one.end, one.what)
        for start, one in Brackets(text).found.items()
        if not isinstance(one.what, OrdinaryLink)
    ]
    if "![[" in text:
        figures = {match.end(): match.start() for match in _FIGURE.finditer(text)}
        marks = [(figures[end], end, None) if end in figures else (start, end, mark) for start, end, mark in marks]
    return tuple(sorted(marks, key=itemgetter(0)))


_marks_of_block = lru_cache(maxsize=_BLOCKS)(_marks)


class Tokens:
    """The tokens of a text: ``cores`` without and ``spaces`` with the white space behind them.

    The first is empty and carries the white space at the start, so that every character of the text belongs to one.
    """

    def __init__(self, text):
        self.text = text
        start = _SPACE.match(text).end()
        self.cores = [""]
        self.spaces = [text[:start]]
        for mark_start, mark_end, _ in read_marks(text):
            self._read(start, mark_start)
            start = _SPACE.match(text, mark_end).end()
            self.cores.append(text[mark_start:mark_end])
            self.spaces.append(text[mark_end:start])
        self._read(start, len(text))

    def _read(self, start, end):
        found = _TOKEN.findall(self.text, start, end)
        self.cores += [one[0] for one in found]
        self.spaces += [one[2] for one in found]

    @cached_property
    def offsets(self):
        """Where each token starts in the text, and the end of the text."""
        return list(accumulate(map(add, map(len, self.cores), map(len, self.spaces)), initial=0))

    @property
    def is_blank(self):
        """Whether there is nothing but white space."""
        return len(self.cores) == 1


class Vocabulary:
    """Numbers for words, as characters: sequences of them are compared by a library made for strings."""

    def __init__(self):
        self._numbers = {}

    def encode(self, words):
        """Return a string with one character for each of ``words``."""
        numbers = self._numbers
        return "".join([chr(numbers.setdefault(word, len(numbers))) for word in words])
