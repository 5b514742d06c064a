"""Numbers, labels, lists, anchors and backlinks: one pass over the marks of an article (citations.md, rules 1 to 6).

In go the marks of the document in reading order and those of its notes and remarks; out comes the ``Numbering`` from
which marks, notes and references are written. Nothing else counts.
"""

from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import NamedTuple

from ..markup import CitationMark, NoteMark


class Place(NamedTuple):
    """One displayed mark: its ``anchor`` and what it shows, a number or a label."""

    anchor: str
    shown: str


@dataclass(frozen=True)
class Numbering:
    """What every displayed mark shows, and the two lists in their order.

    ``places`` holds for a citation mark one ``Place`` for each key of its bracket, None where the key is undefined, and
    for a note mark its ``Place``. ``references`` and ``notes`` map the listed keys, in order, to the anchors of the
    marks that show them, in the order in which marks are counted.
    """

    places: dict = field(default_factory=dict)
    references: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)


def letters(count):
    """Return the label of the ``count``-th item, from 1: a … z, aa, ab … without limit."""
    label = ""
    while count > 0:
        count, letter = divmod(count - 1, 26)
        label = ascii_lowercase[letter] + label
    return label


def number(document, notes, remarks):
    """Count the marks of ``document``, an iterable in reading order; return the ``Numbering``.

    ``notes`` maps the key of each note to the marks of its text, ``remarks`` the key of each reference to the marks of
    its remark.
    """
    counting = _Counting(notes, remarks)
    for mark in document:
        if isinstance(mark, CitationMark):
            counting.cite(mark)
        elif isinstance(mark, NoteMark) and mark.key in notes:
            counting.refer(mark)
    counting.read_remarks()
    return counting.numbering


class _Counting:
    def __init__(self, notes, remarks):
        self.notes = notes
        self.remarks = remarks
        self.numbering = Numbering()
        self.labels = {}
        self.numbers = {}
        self.order = []

    def cite(self, mark):
        """Count a citation mark: each key of its bracket gets the next number at its first use (rule 2)."""
        self.numbering.places[mark] = tuple(self._place(cite.key) for cite in mark.cites)

    def _place(self, key):
        if key not in self.remarks:
            return None
        if key not in self.numbers:
            self.order.append(key)
            self.numbers[key] = str(len(self.order))
        anchors = self.numbering.references.setdefault(key, [])
        anchors.append(f"cite-{key}-{len(anchors) + 1}")
        return Place(anchors[-1], self.numbers[key])

    def refer(self, mark):
        """Count a note mark (rule 3); at the first one of its note what the note cites comes next (rule 4)."""
        first = mark.key not in self.labels
        if first:
            self.labels[mark.key] = letters(len(self.labels) + 1)
        anchors = self.numbering.notes.setdefault(mark.key, [])
        anchors.append(f"mark-{mark.key}-{len(anchors) + 1}")
        self.numbering.places[mark] = Place(anchors[-1], self.labels[mark.key])
        if first:
            self._read(self.notes[mark.key])

    def read_remarks(self):
        """Count what the remarks of listed references cite, in list order as the list grows (rule 4)."""
        for key in self.order:
            self._read(self.remarks[key])

    def _read(self, marks):
        """Count the citations among ``marks``; a note mark inside a note or a remark takes no label (rule 8)."""
        for mark in marks:
            if isinstance(mark, CitationMark):
                self.cite(mark)
