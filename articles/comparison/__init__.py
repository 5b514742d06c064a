"""Comparison: two contents of an article told apart, for reviewers, for the edit summary and for undoing.

In go two ``ArticleContent``s; out comes a ``Comparison``: frozen plain data in page order, which templates only loop
over. Needs no database, knows no model and no HTML: what is compared is what editors wrote, and the numbers that
citations get are not known here, so that *renumbered* is never *changed*. Time grows with the length of the texts and
not faster, whatever they are. Imports the floors below and itself.

    compare     comparing.py   the eight parts in page order
      body      bodies.py      blocks.py -> matching.py (likeness.py) -> words.py (tokens.py); reflow.py
      rows      rows.py        members.py, words.py
      citations citing.py
      shared    alignment.py, ordering.py   what two sequences share, what moved; changes.py, parts.py the data
    then        summary.py  tags.py  stretches.py   words for it, names for it, what may be folded
    merge       merging.py     merging_bodies.py, merging_rows.py, threeway.py   two contents made of one, put together
      clashes   clashes.py     merging_keys.py, renaming.py   what cannot be, and how it is settled
    undo        undoing.py     one change taken back on top of the present
"""

from .blocks import plain
from .bodies import text_spans
from .changes import BlockChange, Change, CitationChange, MemberChange
from .clashes import WAYS, Choice, Clash
from .comparing import compare
from .merging import Merged, merge
from .parts import PARTS, Comparison, Part
from .stretches import Stretch, fold
from .summary import figures_in_words, summary
from .tags import TAGS, tags
from .undoing import undo
from .words import Span, word_spans

__all__ = [
    "PARTS",
    "TAGS",
    "WAYS",
    "BlockChange",
    "Change",
    "Choice",
    "CitationChange",
    "Clash",
    "Comparison",
    "MemberChange",
    "Merged",
    "Part",
    "Span",
    "Stretch",
    "compare",
    "figures_in_words",
    "fold",
    "merge",
    "plain",
    "summary",
    "tags",
    "text_spans",
    "undo",
    "word_spans",
]
