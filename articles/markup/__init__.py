"""Markup: CommonMark with tables and our marks, read into tokens and marks that know their places. Pure grammar.

In goes source text in the one form (LF, NFC); out comes a ``Markup``: markdown-it tokens, whose inline children hold
our marks too, and the marks in reading order. What a key stands for, and whether it stands for anything, is not known
here. Reading takes linear time whatever the text is, and nothing raises. Imports the ground floor only.

    marks.py      the marks and their grammar (citations.md, Grammar)
    brackets.py   one pass that decides what each bracket of a text is
    inline.py     inline rules for markdown-it
    blocks.py     block rules: figures, limits on nesting and on tables
    addresses.py  which addresses may be linked
    parsing.py    the three readers and ``Markup``
    outline.py    the blocks of a body and their lines
"""

from .addresses import safe_url
from .marks import CitationMark, Cite, FigureMark, LinkMark, LoneSign, NoteMark
from .outline import Block, outline
from .parsing import Markup, parse_body, parse_line, parse_note

__all__ = [
    "Block",
    "CitationMark",
    "Cite",
    "FigureMark",
    "LinkMark",
    "LoneSign",
    "Markup",
    "NoteMark",
    "outline",
    "parse_body",
    "parse_line",
    "parse_note",
    "safe_url",
]
