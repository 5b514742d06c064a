"""Statements: the sentences and infobox values of an article that rest on given references, each with its mark."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from ..infobox_kinds import ALL_SIDES, KINDS
from . import words
from .citations import letters, number
from .reading import Reading

_LONGEST = 420
# Begins where a run of stops begins and gives nothing back: a line of leaders, a thousand dots, is looked at once.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+\s++(?=[\"'“‘«(\[]*[^\W_])")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Capt|Sgt|Prof|No|Nos|vol|pp?|ed|eds|ca?|cf|vs|approx|etc|al"
    r"|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.\s+\Z"
)
_TEXT_TOKENS = ("text", "text_special", "code_inline")
_BREAKS = ("softbreak", "hardbreak")
_NO_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Statement:
    """What is said: ``place`` names where (a heading, a field, a note), ``anchor`` is the id of the citation's mark.

    ``locator`` is that of the mark, else the pages of the reference. Plain text throughout.
    """

    place: str
    words: str
    locator: str
    anchor: str


def statements(content, keys):
    """Return the ``Statement``s of ``content`` that cite one of the reference ``keys``, in reading order."""
    reading = Reading(content)
    numbering = number(reading.document(), reading.note_marks(), reading.remark_marks())
    pages = {reference.key: reference.pages for reference in content.references}
    found = []
    for place, tokens, whole in _lines(content, reading, numbering):
        text, cites = _plain(tokens)
        said = _Sentences(text, [0] if whole or not cites else _ends(text))
        for offset, mark in cites:
            for cite, shown in zip(mark.cites, numbering.places.get(mark, ()), strict=False):
                if shown and cite.key in keys:
                    locator = cite.locator or pages.get(cite.key, "")
                    found.append(Statement(place, said.at(offset), locator, shown.anchor))
    return found


def _lines(content, reading, numbering):
    """Yield (where, inline tokens, whether the whole line is one statement) in reading order."""
    kind = KINDS.get(content.infobox.kind)
    if reading.infobox_figure:
        yield "", _children(reading.captions[reading.infobox_figure.key]), False
    for _index, row, markup in reading.rows:
        yield _field(kind, row), _children(markup), True
    yield from _body(reading)
    for count, key in enumerate(numbering.notes, 1):
        for token in reading.notes[key].tokens:
            if token.type == "inline":
                yield words.NOTE.format(label=letters(count)), token.children, False
    for key in numbering.references:
        yield str(words.REMARK), _children(reading.remarks[key]), False


def _children(markup):
    return markup.tokens[0].children


def _field(kind, row):
    label = kind.by_name[row.field].label if kind and row.field in kind.by_name else row.field
    if row.side is None:
        return label
    side = kind.joint_label if row.side == ALL_SIDES else words.SIDE.format(side=row.side)
    return f"{label} · {side}" if side else label


def _body(reading):
    heading = ""
    tokens = reading.body.tokens
    for before, token in pairwise([None, *tokens]):
        if token.type == "inline":
            if before is not None and before.type == "heading_open" and before.level == 0:
                heading = _plain(token.children)[0]
            yield heading, token.children, False
        elif token.type == "figure" and (figure := reading.placed.get(token.meta["mark"])):
            yield heading, _children(reading.captions[figure.key]), False


def _plain(tokens):
    """Return the words of inline tokens, and their citation marks as (offset into the words, mark)."""
    text, cites = "", []
    for token in tokens:
        if token.type in _TEXT_TOKENS:
            text += token.content
        elif token.type in _BREAKS:
            text += " "
        elif token.type == "citation":
            cites.append((len(text), token.meta["mark"]))
    return text, cites


def _ends(text):
    """Return where sentences begin and end, the beginning of the text included."""
    found = (one.end() for one in _END.finditer(text))
    return [0, *(end for end in found if not _ABBREVIATION.search(text[max(0, end - 12) : end]))]


class _Sentences:
    """The sentences of ``text``; ``begins`` are the places where they begin, as of ``_ends(text)``.

    Each is shortened once: a thousand marks may stand in a long one.
    """

    def __init__(self, text, begins):
        self._text, self._begins = text, begins
        self._shortened = {}

    def at(self, offset):
        """Return the sentence that a mark at ``offset`` stands in or right behind, shortened."""
        nth = bisect_left(self._begins, max(offset, 1))
        if nth not in self._shortened:
            end = self._begins[nth] if nth < len(self._begins) else len(self._text)
            self._shortened[nth] = _shortened(self._text[self._begins[nth - 1] : end])
        return self._shortened[nth]


def _shortened(text):
    text = _NO_SPACE.sub(" ", text).strip()
    return text if len(text) <= _LONGEST else f"… {text[-_LONGEST:].partition(' ')[2]}"
