"""Source text into blocks: the pieces that are matched, moved and undone whole.

A block is a paragraph, a heading, a list item, a row of a table, a figure or a fenced text. Nothing is lost: the lead
in front and each block's text and gap together are the source to the letter.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..wording import gettext as _, gettext_lazy, pgettext
from .tokens import Tokens, read_marks

_HEADING = r"[ ]{0,3}\#{1,6}(?:[ \t]|$)"
_FIGURE = r"[ ]{0,3}!\[\["
_ROW = r"[ ]{0,3}\|"
_FENCE = r"[ ]{0,3}(?:`{3,}|~{3,})"
_BULLET = r"[ \t]*+[-*+][ \t]"
_FILLED = r"(?=[ \t]*+[^ \t\n])"
_BLOCK = re.compile(
    rf"""^(?:
        (?P<heading> {_HEADING}[^\n]*+)
      | (?P<figure> {_FIGURE}[^\n]*+)
      | (?P<row> {_ROW}[^\n]*+)
      | (?P<code> [ ]{{0,3}}(?P<fence>`{{3,}}|~{{3,}})[^\n]*+
            (?: \n(?![ ]{{0,3}}(?P=fence))[^\n]*+ )*+ (?: \n[^\n]++ )?+ )
      | (?P<item> (?: {_BULLET} | [ \t]*+\d{{1,9}}[.)][ \t] )[^\n]*+
            (?: \n(?!{_HEADING}|{_FIGURE}|{_ROW}|{_FENCE}|{_BULLET}|[ \t]*+\d{{1,9}}[.)][ \t]){_FILLED}[^\n]*+ )*+ )
      | (?P<paragraph> {_FILLED}[^\n]*+
            (?: \n(?!{_HEADING}|{_FIGURE}|{_ROW}|{_FENCE}|{_BULLET}|[ \t]*+1[.)][ \t]){_FILLED}[^\n]*+ )*+ )
    )""",
    re.VERBOSE | re.MULTILINE,
)
_UNDERLINE = re.compile(r"\n[ ]{0,3}(?:=+|-+)[ \t]*\Z")
# The signs at the end begin where white space begins: a long run of it inside the line is looked at once.
_MARKUP = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+|(?<![ \t])[ \t]++#++[ \t]*+\Z|[*_`]+")
_SHORT = 60
NAMES = {
    "heading": gettext_lazy("heading"),
    "figure": gettext_lazy("figure"),
    "row": gettext_lazy("table row"),
    "code": gettext_lazy("preformatted text"),
    "item": gettext_lazy("list item"),
    "paragraph": gettext_lazy("paragraph"),
    "quotation": gettext_lazy("quotation"),
}


@dataclass(frozen=True, eq=False)
class Block:
    """A piece of source: ``text``, the white space behind it as ``gap``, its first ``line`` from 1, its place.

    ``section`` holds the words of the heading above it, empty in the lead; ``nth`` counts its kind in the section.
    """

    kind: str
    text: str
    gap: str
    line: int
    index: int
    section: str
    nth: int

    @cached_property
    def tokens(self):
        """The words of the text."""
        return Tokens(self.text)

    @cached_property
    def key(self):
        """What the text says, however its lines are broken: equal keys are one block."""
        return self.text if self.kind == "code" else " ".join(self.text.split())

    @property
    def label(self):
        """Where it stands, in words: ``Offensive, paragraph 2``; a heading is called by its words."""
        if self.kind == "heading":
            return _("Heading “{words}”").format(words=self.section)
        place = {"section": self.section or _("Lead"), "kind": NAMES[self.kind], "number": self.nth}
        return pgettext("Offensive, paragraph 2", "{section}, {kind} {number}").format(**place)


class Blocks(NamedTuple):
    """A text in blocks; ``lead`` is the white space in front."""

    lead: str
    blocks: tuple[Block, ...]

    @property
    def text(self):
        """The source."""
        return self.lead + "".join(block.text + block.gap for block in self.blocks)


def read_blocks(text):
    """Return the ``Blocks`` of a source text."""
    found = list(_BLOCK.finditer(text))
    if not found:
        return Blocks(text, ())
    blocks, line, section, counts = [], 1 + text.count("\n", 0, found[0].start()), "", Counter()
    for match, after in zip(found, [*found[1:], None], strict=True):
        start, end = match.span()
        until = after.start() if after else len(text)
        source, kind = match[0], _kind(match)
        if kind == "heading":
            section, counts = plain(source), Counter()
        counts[kind] += 1
        blocks.append(Block(kind, source, text[end:until], line, len(blocks), section, counts[kind]))
        line += text.count("\n", start, until)
    return Blocks(text[: found[0].start()], tuple(blocks))


def _kind(match):
    kind, text = match.lastgroup, match[0]
    if kind in ("fence", "code"):
        return "code"
    if kind == "paragraph":
        if text[-1] in "=- \t" and _UNDERLINE.search(text):
            return "heading"
        if text.lstrip(" ").startswith(">"):
            return "quotation"
    return kind


def plain(text):
    """Return the words of markup on one line, without citations, notes and emphasis; links by their words."""
    text = _UNDERLINE.sub("", text) if text[-1:] in "=- \t" else text
    words, here = [], 0
    for start, end, mark in read_marks(text):
        words += text[here:start], _link_words(text, mark)
        here = end
    words.append(text[here:])
    return " ".join(_MARKUP.sub("", "".join(words)).split())


def _link_words(text, mark):
    """Return the words of a link mark, nothing of another."""
    target = getattr(mark, "target", "")
    return text[slice(*mark.words)] if target and mark.words else target


def shortened(text, limit=_SHORT):
    """Return ``text`` cut at a word to ``limit`` characters, with an ellipsis where something is left out."""
    if len(text) <= limit:
        return text
    head = text[:limit].rpartition(" ")[0]
    return (head if len(head) > limit // 2 else text[: limit - 1]).rstrip(" ,;:–—") + "…"
