"""Rows told apart: infobox rows, notes, references, figures and names, paired by the id that they keep for ever.

Contents that were never stored have rows without ids. Those pair by key, infobox rows by field, side and value and
then by likeness under one field and side, names by name and language and then in order of their language.
"""

from collections import defaultdict
from functools import partial

from rapidfuzz import fuzz

from ..wording import gettext as _
from .changes import CHANGE, MOVE, Change, MemberChange
from .members import cell_label, label_of, members_of, row_label, row_text
from .ordering import Item, arrange, in_words, shift, stays
from .parts import Part
from .words import ADDITION, DELETION, only_space, word_spans

_UNCHANGED, _CHANGED = 3, 2
_ALIKE = 50
_FEW = 20
_LONGEST = 300


def pair_rows(part, old, new):
    """Return {index in ``old``: index in ``new``} for the rows of a part that are one row."""
    places = {row.id: index for index, row in enumerate(new) if row.id}
    pairs = {index: places[row.id] for index, row in enumerate(old) if row.id in places}
    for identity in _IDENTITIES[part]:
        taken = set(pairs.values())
        pairs |= identity(
            [index for index in range(len(old)) if index not in pairs],
            [index for index in range(len(new)) if index not in taken], old, new,
        )  # fmt: skip
    return pairs


def _grouped(identity, old_free, new_free, old, new):
    """Return the lists (indexes in old, indexes in new) of the rows that share an identity."""
    groups = defaultdict(lambda: ([], []))
    for side, (free, rows) in enumerate(((old_free, old), (new_free, new))):
        for index in free:
            groups[identity(rows[index])][side].append(index)
    return groups.values()


def _by(identity, *rows):
    """Pair rows of equal identity in order; two rows with ids of their own are two rows."""
    old, new = rows[2:]
    pairs = {}
    for olds, news in _grouped(identity, *rows):
        bare, named = ([index for index in news if bool(new[index].id) == has_id] for has_id in (False, True))
        pairs |= zip([index for index in olds if old[index].id], bare, strict=False)
        taken = set(pairs.values())
        left = [*named, *(index for index in bare if index not in taken)]
        pairs |= zip([index for index in olds if not old[index].id], left, strict=False)
    return pairs


def _by_likeness(*rows):
    """Pair the most alike values under one field and side; where there are many, in order."""
    old, new = rows[2:]
    pairs = {}
    for olds, news in _grouped(_cell, *rows):
        few = len(olds) <= _FEW and len(news) <= _FEW
        scored = _scored(olds, news, old, new) if few else zip(olds, news, strict=False)
        taken = set()
        for i, j in scored:
            if i not in pairs and j not in taken and not (old[i].id and new[j].id):
                pairs[i] = j
                taken.add(j)
    return pairs


def _cell(row):
    return row.field, row.side


def _scored(olds, news, old, new):
    scores = [
        (-fuzz.ratio(old[i].value[:_LONGEST], new[j].value[:_LONGEST]), abs(i - j), i + j, i, j)
        for i in olds for j in news
    ]  # fmt: skip
    return [(i, j) for score, _, _, i, j in sorted(scores) if score <= -_ALIKE]


_BY_KEY = (partial(_by, lambda row: row.key),)
_IDENTITIES = {
    "infobox": (partial(_by, lambda row: (row.field, row.side, row.value)), _by_likeness),
    "notes": _BY_KEY,
    "references": _BY_KEY,
    "figures": _BY_KEY,
    "names": (partial(_by, lambda row: (row.name, row.language)), partial(_by, lambda row: (row.language, row.script))),
}


def compare_rows(part, label, old, new, ids):
    """Return the ``Part`` of notes, references, figures or names."""
    if old == new:
        return Part(part, label)
    pairs = pair_rows(part, old, new)
    items = _items(pairs, old, new)
    staying, shifts = stays(items, turned=repr(old) > repr(new)), shift(items)
    changes = []
    for item in arrange(items, staying):
        before, after = _row(old, item.old), _row(new, item.new)
        row = after or before
        moved = in_words(shifts[item]) if item.stands_twice and item not in staying else ""
        places = [f"{part}[{place}]" if place is not None else "" for place in item[:2]]
        changes += row_changes(
            before, after, moved, ids, part=part, label=row_label(part, row), key=getattr(row, "key", ""),
            old_place=places[0], new_place=places[1],
        )  # fmt: skip
    return Part(part, label, tuple(changes))


def _items(pairs, old, new):
    """Return the ``Item`` of each row; of two that crossed the one that was not changed besides has stayed."""
    items = []
    for i, row in enumerate(old):
        j = pairs.get(i)
        items.append(Item(i, j, _UNCHANGED if j is not None and row == new[j] else _CHANGED))
    return items + [Item(None, j) for j in sorted(set(range(len(new))) - set(pairs.values()))]


def _row(rows, index):
    return None if index is None else rows[index]


def row_changes(before, after, moved, ids, **where):
    """Return a list with the ``Change`` from row ``before`` to row ``after`` (None for none), or an empty one."""
    members = changed_members(*(members_of(row) if row else {} for row in (before, after)))
    if not (before and after):  # which row it is tells its label already
        members = tuple(member for member in members if member.name not in ("key", "field", "side"))
    if before and after and not members and not moved:
        return []
    kind = kind_of(before, after) if members or not moved else MOVE
    row = after or before
    reflow = bool(members) and kind == CHANGE and all(only_space(member.spans) for member in members)
    texts = tuple((member.name, member.old, member.new) for member in members)
    identity = ids.of(where["part"], kind, row.id or where["label"], moved, texts)
    text = row_text(row)
    return [Change(kind=kind, members=members, row=row.id, text=text, moved=moved, reflow=reflow, id=identity, **where)]


def kind_of(before, after):
    """Return addition, deletion or change for what was and what is."""
    return CHANGE if before and after else ADDITION if after else DELETION


def changed_members(old, new):
    """Return the ``MemberChange``s between {member: text} and another, in the order in which rows have them."""
    names = list(dict.fromkeys([*new, *old]))
    return tuple(
        MemberChange(name, label_of(name), before, after, word_spans(before, after))
        for name in names
        if (before := old.get(name, "")) != (after := new.get(name, ""))
    )


def compare_infobox(label, old, new, ids):
    """Return the ``Part`` of the infobox, rows in the order in which they are displayed, moves within their cell."""
    if old == new:
        return Part("infobox", label)
    kind = changed_members({"kind": old.kind} if old.kind else {}, {"kind": new.kind} if new.kind else {})
    changes = [_kind_change(kind, old, new, ids)] if kind else []
    old_shown, new_shown = old.in_display_order(), new.in_display_order()
    old_rows, new_rows = [row for _, row in old_shown], [row for _, row in new_shown]
    pairs = pair_rows("infobox", old_rows, new_rows)
    items = _items(pairs, old_rows, new_rows)
    at_home = [item for item in items if item.stands_twice and _cell(old_rows[item.old]) == _cell(new_rows[item.new])]
    staying, shifts = stays(at_home, turned=repr(old) > repr(new)), _shifts_in_cells(at_home, new_rows)
    for item in arrange(items, staying):
        before, after = _row(old_rows, item.old), _row(new_rows, item.new)
        row = after or before
        moved = in_words(shifts[item]) if item in shifts and item not in staying else ""
        changes += row_changes(
            before, after, moved, ids, part="infobox", field=row.field, side=row.side,
            label=cell_label(new.kind if after else old.kind, row.field, row.side),
            old_place=f"infobox.rows[{old_shown[item.old][0]}]" if before else "",
            new_place=f"infobox.rows[{new_shown[item.new][0]}]" if after else "",
        )  # fmt: skip
    return Part("infobox", label, tuple(changes))


def _shifts_in_cells(items, rows):
    cells = defaultdict(list)
    for item in items:
        cells[_cell(rows[item.new])].append(item)
    return {item: places for cell in cells.values() for item, places in shift(cell).items()}


def _kind_change(members, old, new, ids):
    texts = tuple((member.old, member.new) for member in members)
    return Change(
        "infobox", kind_of(old.kind, new.kind), _("Kind of infobox"), members, field="kind",
        old_place="infobox.kind", new_place="infobox.kind", id=ids.of("infobox", "kind", texts),
    )  # fmt: skip
