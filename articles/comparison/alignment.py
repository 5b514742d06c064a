"""Alignment: what two sequences share, in order, in linear time whatever they are.

Sequences are strings in which a character stands for an element (see ``tokens.Vocabulary``). Up to a budget the longest
common subsequence is found; beyond it the sequences are cut at elements that both hold once, then at groups that both
hold once, and where nothing is unique, at equal fractions of their lengths. Every cut keeps the cost bounded by length.
"""

from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel, Postfix, Prefix

from .ordering import longest_rise

CELLS = 4_000_000
"""Product of two lengths up to which the exact answer is affordable: about a millisecond per million."""
_GROUP = 8
_WINDOW = 2_000
_GIVE_UP = 9


class Run(NamedTuple):
    """Equal elements: ``length`` of them from ``old`` in the old and from ``new`` in the new sequence."""

    old: int
    new: int
    length: int


def align(old, new):
    """Return the equal runs of two strings in order, as few and long as may be."""
    runs, pending = [], [(0, len(old), 0, len(new), 0)]
    while pending:
        old_start, old_end, new_start, new_end, level = pending.pop()
        a, b = old[old_start:old_end], new[new_start:new_end]
        head = Prefix.similarity(a, b)
        tail = Postfix.similarity(a[head:], b[head:])
        runs.append(Run(old_start, new_start, head))
        runs.append(Run(old_end - tail, new_end - tail, tail))
        a, b = a[head : len(a) - tail], b[head : len(b) - tail]
        if a and b:
            found, gaps = _inside(a, b, level)
            old_start, new_start = old_start + head, new_start + head
            runs += [Run(old_start + i, new_start + j, length) for i, j, length in found]
            pending += [(old_start + i, old_start + k, new_start + j, new_start + m, up) for i, k, j, m, up in gaps]
    return _joined(sorted(runs))


def _inside(a, b, level):
    """Return equal runs of ``a`` and ``b`` and the stretches (in a, in b, level) that are still to be looked at."""
    if len(a) * len(b) <= CELLS:
        return [block[:3] for block in _exact(a, b)], []
    anchors = _anchors(a, b, 1 if level == 0 else _GROUP) if level < _GIVE_UP else []
    if anchors:
        return anchors, _between(anchors, len(a), len(b), level + 1 if level < 2 else _GIVE_UP)
    if level == 0:
        return [], [(0, len(a), 0, len(b), 1)]
    return [], _windows(len(a), len(b))


def _exact(a, b):
    return [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in Indel.opcodes(a, b) if op.tag == "equal"]


def _anchors(a, b, size):
    """Return runs of ``size`` elements that each side holds once, in an order that both agree on."""
    places = _once(b, size)
    pairs = [(start, places[group]) for group, start in _once(a, size).items() if group in places]
    runs, old_end, new_end = [], 0, 0
    for i, j in (pairs[index] for index in longest_rise([j for _, j in pairs])):
        covered = max(0, old_end - i, new_end - j)
        if covered < size:
            runs.append((i + covered, j + covered, size - covered))
            old_end, new_end = i + size, j + size
    return _joined(Run(*run) for run in runs)


def _once(text, size):
    """Return where each group of ``size`` elements stands that stands only once, in order."""
    places = {}
    for start in range(len(text) - size + 1):
        group = text[start : start + size]
        places[group] = -1 if group in places else start
    return {group: start for group, start in places.items() if start >= 0}


def _between(runs, old_length, new_length, level):
    """Return the stretches between ``runs`` that have something on both sides."""
    gaps, i, j = [], 0, 0
    for old, new, length in [*runs, (old_length, new_length, 0)]:
        if old > i and new > j:
            gaps.append((i, old, j, new, level))
        i, j = old + length, new + length
    return gaps


def _windows(old_length, new_length):
    count = -(-max(old_length, new_length) // _WINDOW)
    edges = [(old_length * nth // count, new_length * nth // count) for nth in range(count + 1)]
    return [(i, k, j, m, _GIVE_UP) for (i, j), (k, m) in pairwise(edges)]


def _joined(runs):
    joined = []
    for old, new, length in runs:
        if (
            joined
            and length
            and joined[-1].old + joined[-1].length == old
            and joined[-1].new + joined[-1].length == new
        ):
            joined[-1] = joined[-1]._replace(length=joined[-1].length + length)
        elif length:
            joined.append(Run(old, new, length))
    return joined
