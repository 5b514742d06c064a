"""Bodies merged block by block, and words inside a block that both sides changed."""

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from ..wording import gettext as _
from .blocks import read_blocks, shortened
from .clashes import BOTH, EDIT, MINE, THEIRS, picked
from .matching import match_blocks
from .threeway import Side, merge_lists, merge_words

_BLANK_LINE = "\n\n"
_APART = re.compile(r"\n[ \t]*\n")


class Piece(NamedTuple):
    """Source of one block or of some that belong together: ``text``, and the white space ``gap`` behind it.

    ``label`` says in words where it stands.
    """

    text: str
    gap: str
    label: str = ""


def joined(pieces, lead="", end=""):
    """Return the body made of ``pieces``: white space parts them, and ``end`` is what stands behind the last."""
    sources = [piece.text + _between(piece, after.text) for piece, after in pairwise(pieces)]
    return lead + "".join(sources) + (pieces[-1].text + end if pieces else "")


def _between(piece, after):
    """Return the white space behind ``piece`` that keeps it from growing together with the text ``after`` it."""
    if _APART.search(piece.gap):
        return piece.gap
    gap = piece.gap if "\n" in piece.gap else "\n"
    last, first = (read_blocks(text).blocks for text in (piece.text, after))
    parted = len(read_blocks(piece.text + gap + after).blocks) == len(last) + len(first)
    alike = last[-1:] and first and last[-1].kind == first[0].kind in ("item", "row")
    return gap if parted and (piece.gap or alike) else _BLANK_LINE


def merge_bodies(base, mine, theirs, clashes):
    """Return the merged body; ``clashes`` settles, or keeps, each block in which the sides meet."""
    if theirs == base or mine == theirs:
        return mine
    if mine == base:
        return theirs
    read = [read_blocks(text) for text in (base, mine, theirs)]
    blocks = [one.blocks for one in read]
    matches = [match_blocks(blocks[0], side) for side in blocks[1:]]
    units = _units(len(blocks[0]), [match for side in matches for match in side])
    sides = [_side(side, units, name) for name, side in zip(("mine", "theirs"), matches, strict=True)]
    sides[1] = _without_doubles(*sides)
    in_base = defaultdict(list)
    for block in blocks[0]:
        in_base[units[block.index]].append(block)

    def merge(before, here, there):
        return _merge_piece(before, here, there, clashes)

    merged = merge_lists({unit: _piece(olds) for unit, olds in in_base.items()}, *sides, merge)
    end = blocks[1][-1].gap if blocks[1] else ""
    return joined([piece for _, piece in merged], read[1].lead, end)


def _units(count, matches):
    """Return for each block of the base the number of the first one that it was merged with, on either side."""
    units = list(range(count))
    for match in sorted((match for match in matches if len(match.old) > 1), key=lambda match: match.old[0].index):
        first = units[match.old[0].index]  # those that were merged are neighbours, so that first ones are final
        for block in match.old:
            units[block.index] = min(first, units[block.index])
    return units


def _side(matches, units, name):
    """Return a ``Side`` of (unit or name and place, ``Piece``) for one side's matches with the base."""
    items, moved = {}, set()
    for match in matches:
        if not match.new:
            continue
        unit = units[match.old[0].index] if match.old else (name, match.new[0].index)
        items.setdefault(unit, []).extend(match.new)
        if match.moved:
            moved.add(unit)
    return Side([(unit, _piece(blocks)) for unit, blocks in items.items()], frozenset(moved))


def _piece(blocks):
    text = "".join(block.text + block.gap for block in blocks[:-1]) + blocks[-1].text
    return Piece(text, blocks[-1].gap, blocks[0].label)


def _without_doubles(mine, theirs):
    """Return theirs without the blocks that both sides added alike."""
    added = [piece.text for unit, piece in mine.items if isinstance(unit, tuple)]
    kept = []
    for unit, piece in theirs.items:
        if isinstance(unit, tuple) and piece.text in added:
            added.remove(piece.text)
        else:
            kept.append((unit, piece))
    return Side(kept, theirs.moved)


def _merge_piece(base, mine, theirs, clashes):
    """Return the merged ``Piece``, None where it is not to be."""
    texts = [piece.text if piece else None for piece in (base, mine, theirs)]
    if texts[2] == texts[0] or texts[1] == texts[2]:
        return _with_gap(mine, base, theirs)
    if texts[1] == texts[0]:
        return _with_gap(theirs, base, mine)
    merged = None if None in texts else merge_words(*texts)
    if merged is not None:
        return _with_gap(mine._replace(text=merged), base, theirs)
    return _settled(base, mine, theirs, clashes)


def _settled(base, mine, theirs, clashes):
    """Return what the editor chose of two pieces that meet; where nothing is chosen yet, mine."""
    there = [piece for piece in (base, mine, theirs) if piece]
    words = shortened(there[0].text, 40)
    deleted = not (mine and theirs)
    what = _("changed by one and deleted by the other") if deleted else _(_("the same words were changed in two ways"))
    texts = [piece.text if piece else "" for piece in (base, mine, theirs)]
    ways = (MINE, THEIRS, EDIT) if deleted else (MINE, THEIRS, BOTH, EDIT)
    choice = clashes.settle(
        ("body",), _("The paragraph “{words}”: {what}").format(words=words, what=what), there[0].label, texts, ways
    )
    if choice and choice.way == BOTH:
        return mine._replace(text=joined([mine, theirs]), gap=mine.gap or theirs.gap)

    def written(text):
        text = text.strip("\n")
        return there[-1]._replace(text=text) if text.strip() else None

    return picked(choice, mine, theirs, written)


def _with_gap(piece, base, other):
    """Return ``piece`` with the other side's white space behind it if only that side changed it."""
    return piece._replace(gap=other.gap) if piece and base and other and piece.gap == base.gap else piece
