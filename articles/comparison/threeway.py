"""Three ways: what two sides made of one base, put together."""

from typing import NamedTuple

from .words import ADDITION, DELETION, SAME, word_spans


def one_of(base, mine, theirs):
    """Return what only one side changed, or both alike, in a tuple; else an empty one."""
    if theirs == base or mine == theirs:
        return (mine,)
    return (theirs,) if mine == base else ()


class Edit(NamedTuple):
    """The base's text from ``start`` to ``end`` became ``text``."""

    start: int
    end: int
    text: str


def merge_words(base, mine, theirs):
    """Return ``base`` with the edits of both texts, or None where they meet.

    Between two edits of different sides at least one word of the base must stay.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    sides = set(_edits(base, mine)), set(_edits(base, theirs))
    merged, here, last = [], 0, None
    for edit in sorted(sides[0] | sides[1]):
        meets = edit.start < here or not base[here : edit.start].strip()
        if last and meets and not any({last, edit} <= side for side in sides):
            return None
        merged += base[here : edit.start], edit.text
        here, last = edit.end, edit
    return "".join([*merged, base[here:]])


def _edits(old, new):
    """Return the ``Edit``s that make the old text the new one."""
    edits, at = [], 0
    start, text = None, []
    for kind, piece in [*word_spans(old, new), (SAME, "")]:
        if kind == SAME:
            if start is not None:
                edits.append(Edit(start, at, "".join(text)))
            start, text = None, []
        else:
            start = at if start is None else start
            text += [] if kind == DELETION else [piece]
        at += 0 if kind == ADDITION else len(piece)
    return edits


class Side(NamedTuple):
    """A list as one side has it: (identity, value) pairs in order, and the identities that this side moved."""

    items: list
    moved: frozenset = frozenset()


def merge_lists(base, mine, theirs, merge):
    """Return the merged list of (identity, value): members of both sides in the order of mine, theirs put in.

    ``base`` is {identity: value}, the sides are ``Side``s. ``merge(base, mine, theirs)`` is called with values, None
    for a member that is not there, and returns the merged value, None for none.
    """
    sides = base, dict(mine.items), dict(theirs.items)
    merged = {
        identity: value
        for identity in dict.fromkeys([*sides[1], *sides[2], *base])
        if (value := merge(*(side.get(identity) for side in sides))) is not None
    }
    order = [identity for identity, _ in mine.items if identity in merged]
    misplaced = {identity for identity in theirs.moved if identity in merged and identity not in mine.moved}
    order = [identity for identity in order if identity not in misplaced]
    return [(identity, merged[identity]) for identity in _with_theirs(order, [one for one, _ in theirs.items], merged)]


def _with_theirs(order, their_order, merged):
    """Return ``order`` with what is missing in it behind what stands before it in ``their_order``."""
    placed = set(order)
    behind, last = {}, None
    for identity in their_order:
        if identity in placed:
            last = identity
        elif identity in merged:
            behind.setdefault(last, []).append(identity)
    whole = behind.get(None, [])[:]
    for identity in order:
        whole += [identity, *behind.get(identity, ())]
    return whole
