"""Anchors of headings and the contents list.

An anchor is made from the heading's own words, so that it stays the same when other headings change: only headings of
equal words are qualified by their parent's anchor, and only equal ones under one parent are numbered (contract.md, Page
shape). An anchor that words alone make is never given up to one that was qualified or numbered. Where a heading became
qualified because another of the same words was added, the address that it had before still leads to the first of them.
"""

from collections import Counter
from dataclasses import dataclass

from ..folding import SLUG, fold
from .writer import heading_level

_LONGEST = 100


@dataclass
class Section:
    """A heading of the body: where its tokens stand, the words of its anchor, and the anchors once they are known."""

    index: int
    level: int
    words: str
    parent: "Section | None"
    anchor: str = ""
    former: str = ""
    """The anchor of the words alone, on the first of several headings of equal words where none has it."""


def sections(tokens):
    """Return the ``Section`` of every heading of a body that stands in no quotation or list, with its anchor."""
    found, above = [], []
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            level = heading_level(token)
            while above and above[-1].level >= level:
                above.pop()
            parent = above[-1] if above else None
            above.append(Section(index, level, _words(tokens[index + 1].children), parent))
            found.append(above[-1])
    _anchor(found)
    return found


def _words(tokens):
    """Return the folded words of a heading without its marks."""
    text = "".join(token.content if token.type != "softbreak" else " " for token in tokens)
    words = fold(text[:_LONGEST]) if text.strip() else ""
    return words if SLUG.match(words) else ""


def _anchor(found):
    counts = Counter(section.words for section in found)
    taken = {}
    for section in found:
        if counts[section.words] == 1 and section.words:
            section.anchor = _free(f"section-{section.words}", taken)
    for section in found:
        if not section.anchor:
            above = section.parent.anchor if section.parent else "section"
            section.anchor = _free(f"{above}-{section.words}" if section.words else above, taken)
    for section in found:
        plain = f"section-{section.words}"
        if section.words and plain not in taken:
            section.former = _free(plain, taken)


def _free(anchor, taken):
    """Return ``anchor``, numbered from 2 on where it is taken, and take it. ``taken`` maps anchors to last numbers."""
    if anchor not in taken:
        taken[anchor] = 1
        return anchor
    while True:
        taken[anchor] += 1
        numbered = f"{anchor}-{taken[anchor]}"
        if numbered not in taken:
            taken[numbered] = 1
            return numbered
