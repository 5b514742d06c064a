"""Undoing one change of an old revision on top of the present, or saying why that cannot be.

The change is taken back where it was made, and the result is merged with what happened since. What moved is put behind
what stood before it.
"""

import re
from dataclasses import replace
from functools import partial

from ..content import Infobox
from ..wording import gettext as _
from .blocks import read_blocks
from .clashes import Clash
from .comparing import compare
from .matching import match_blocks
from .merging import merge
from .merging_bodies import Piece, joined
from .ordering import Item, stays
from .rows import pair_rows
from .words import ADDITION, DELETION

_STAYED = 1_000
"""What weighs more than everything that moved."""
_INDEX = re.compile(r"\[(\d+)\]\Z")


def undo(present, change_id, old, new):
    """Return ``present`` without the change of that id between ``old`` and ``new`` (all ``ArticleContent``s).

    Raises ``Clash`` where there is no such change, or where the present no longer has what it made.
    """
    old, new, now = (content.in_display_order() for content in (old, new, present))
    comparison = compare(old, new)
    change = comparison.change(change_id)
    if change is None:
        raise Clash(_("There is no such change between these revisions."))
    merged = merge(new, now, _without(change, old, new))
    if merged.clashes:
        raise merged.clashes[0]
    undone = merged.content
    if change.moved or change.kind == DELETION and _stands_in_a_list(change):
        moved = {_was(one) for one in comparison.part(change.part).changes if one.moved}
        undone = _put_back(change, moved, old, new, undone)
    if undone == now:
        raise Clash(
            _("{label}: the present version no longer has what this change made.").format(label=change.label),
            change.label,
        )
    return undone


def _stands_in_a_list(change):
    return change.part != "facts" and getattr(change, "field", "") != "kind"


def _without(change, old, new):
    """Return ``new`` as it would be had ``change`` not been made; what moved stays where it is."""
    if change.part == "facts":
        return new.replace(**{change.field: getattr(old, change.field)})
    if change.part == "body":
        return new.replace(body=_body_without(change, old.body, new.body))
    if change.part == "infobox" and change.field == "kind":
        return new.replace(infobox=Infobox(old.infobox.kind, new.infobox.rows))
    return _with_rows(change, new, _rows_without(change, _rows(change, old), _rows(change, new)))


def _rows(change, content):
    return content.infobox.rows if change.part == "infobox" else getattr(content, change.part)


def _with_rows(change, content, rows):
    if change.part == "infobox":
        return content.replace(infobox=Infobox(content.infobox.kind, rows))
    return content.replace(**{change.part: rows})


def _pairs(part, old, new):
    """Return {index in old: index in new} for rows or categories."""
    if part == "categories":
        return {place: new.index(name) for place, name in enumerate(old) if name in new}
    return pair_rows(part, old, new)


def _place(path):
    match = _INDEX.search(path)
    return int(match[1]) if match else None


def _was(change):
    """Return the place in the old list."""
    return change.old[0] if change.part == "body" else _place(change.old_place)


def _rows_without(change, old, new):
    was, now = _place(change.old_place), _place(change.new_place)
    if change.kind == ADDITION:
        return new[:now] + new[now + 1 :]
    if change.kind == DELETION:
        at = _behind(was, _pairs(change.part, old, new))
        return (*new[:at], old[was], *new[at:])
    row = new[now] if change.part == "categories" else replace(old[was], id=new[now].id)
    return (*new[:now], row, *new[now + 1 :])


def _behind(was, pairs):
    """Return the place in the new list behind what stood before ``was`` in the old one and still stands."""
    return next((pairs[place] + 1 for place in range(was - 1, -1, -1) if place in pairs), 0)


def _body_without(change, old, new):
    """Return the body ``new`` with one block as it was in ``old``; a deleted one stands where it stood."""
    read = read_blocks(new)
    pieces = [Piece(block.text, block.gap) for block in read.blocks]
    end = pieces[-1].gap if pieces else ""
    was = [Piece(change.old_text, change.old_gap)] if change.old else []
    if change.new:
        pieces[change.new[0] : change.new[-1] + 1] = was
    else:
        at = _behind(change.old[0], _block_pairs(read_blocks(old).blocks, read.blocks))
        pieces[at:at] = was
    return joined(pieces, read.lead, end)


def _block_pairs(old, new):
    """Return {index of an old block: index of the last new one that it became}."""
    matches = match_blocks(old, new)
    return {block.index: match.new[-1].index for match in matches for block in match.old if match.new}


def _put_back(change, moved, old, new, present):
    """Return ``present`` with what moved or came back behind what stood before it in ``old`` and is in its place.

    ``moved`` are the old places of all that moved then: what stayed then is what the order is told by.
    """
    if change.part == "body":
        read = [read_blocks(content.body).blocks for content in (old, new, present)]
        place, pair = change.new[-1:], _block_pairs
    else:
        read = [_rows(change, content) for content in (old, new, present)]
        place, pair = (_place(change.new_place),), partial(_pairs, change.part)
    at = pair(read[0], read[2]).get(_was(change)) if change.kind == DELETION else pair(read[1], read[2]).get(*place)
    if at is None:
        raise Clash(
            _("{label}: it is not there any more, so it cannot be moved back.").format(label=change.label), change.label
        )
    items = [Item(i, j, 1 if i in moved else _STAYED) for i, j in pair(read[0], read[2]).items() if j != at]
    members = _moved(read[2], at, _behind(_was(change), {item.old: item.new for item in stays(items)}))
    if change.part != "body":
        return _with_rows(change, present, tuple(members))
    whole = read_blocks(present.body)
    pieces = [Piece(block.text, block.gap) for block in members]
    return present.replace(body=joined(pieces, whole.lead, whole.blocks[-1].gap))


def _moved(members, at, to):
    """Return a list of ``members`` with the one at ``at`` put where ``to`` is now."""
    rest = [member for place, member in enumerate(members) if place != at]
    to -= at < to
    return [*rest[:to], members[at], *rest[to:]]
