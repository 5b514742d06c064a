"""The marks and their grammar: citations, notes, links to articles, figures (citations.md, Grammar)."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

KEY = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}"
_OPENING = re.compile(rf"\[@{KEY}[,;\]]")
_SEPARATOR = re.compile(r";\s*@")
_BEGINNING = re.compile(rf"{KEY}(?:,|{_SEPARATOR.pattern}|\Z)")
_CITE = re.compile(rf"({KEY})(?:,(.*))?\Z", re.DOTALL)
_NOTE = re.compile(rf"\[\^({KEY})\]")
_LINK = re.compile(r"([^\[\]|\\`]+?)(?:\\?\|(.+))?\Z", re.DOTALL)
_FIGURE = re.compile(rf"!\[\[({KEY})\]\][ \t]*\Z")


class Cite(NamedTuple):
    """One cited key and its locator, empty where there is none."""

    key: str
    locator: str


@dataclass(frozen=True, slots=True, eq=False)
class CitationMark:
    """A bracket that cites: ``[@a, p. 12; @b]``. ``start`` is its offset in the text of ``block``, an inline token."""

    cites: tuple[Cite, ...]
    start: int
    block: Token | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class NoteMark:
    """``[^key]``."""

    key: str
    start: int
    block: Token | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class LinkMark:
    """``[[target]]`` or ``[[target|words]]``; ``words`` is the span of the words in the text, None where none stand."""

    target: str
    words: tuple[int, int] | None
    start: int
    block: Token | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class UnclosedLink:
    """``[[`` that nothing closes, or whose ``]]`` makes no link of it (``closed``): text that was meant otherwise."""

    start: int
    block: Token | None = field(default=None, repr=False)
    closed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class LoneSign:
    """``sign``, a run of ``*``, ``_`` or backticks that begins or ends nothing though it stands as if it did."""

    sign: str
    start: int
    block: Token | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class FigureMark:
    """``![[key]]`` alone on line ``line`` (from 0) of the source."""

    key: str
    line: int


def read_cites(text, start, end):
    """Return the cites of the bracket from ``start`` to ``end``, its closing bracket, and None; else None and the
    offset before which no bracket that ends there cites either."""
    if not _OPENING.match(text, start):
        return None, start + 1
    cites, piece = [], start + 2
    while piece is not None:
        # Before its end is looked for, which may be far away: no text is looked through for two brackets.
        if not _BEGINNING.match(text, piece, end):
            return None, piece
        separator = _SEPARATOR.search(text, piece, end)
        match = _CITE.match(text, piece, separator.start() if separator else end)
        cites.append(Cite(match[1], _locator(match[2])))
        piece = separator.end() if separator else None
    return tuple(cites), None


def _locator(text):
    return unescapeAll(" ".join(line.strip(" \t") for line in text.split("\n"))).strip() if text else ""


def read_note_key(text, start):
    """Return the key of the note mark at ``start`` and the offset behind it, or None."""
    match = _NOTE.match(text, start)
    return match and (match[1], match.end())


def read_link(text, start, end):
    """Return target and span of the words of what stands between ``[[`` and ``]]``, or None if it is no link."""
    match = _LINK.match(text, start, end)
    if not match:
        return None
    target = " ".join(match[1].split())
    if not target or match[2] is not None and not match[2].strip():
        return None
    return target, match.span(2) if match[2] else None


def read_figure_key(line):
    """Return the key of the figure that ``line``, without its indent, places, or None."""
    match = _FIGURE.match(line)
    return match and match[1]
