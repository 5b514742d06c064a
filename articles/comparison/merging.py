"""Merging: what two editors made of one article, put together field by field, row by row, paragraph by paragraph.

What only one of them changed is taken, what both changed alike too. In prose two edits of one paragraph go together
where words between them stayed; a claim of the infobox, a quotation, a title is never mixed from two. What cannot be
put together is a ``Clash``, and there *mine* stays.
"""

from dataclasses import dataclass, fields, replace

from ..content import ArticleContent, Infobox
from ..infobox_kinds import KINDS
from .members import FACTS, cell_label, label_of, members_of, row_label
from .merging_bodies import merge_bodies
from .ordering import Item, stays
from .rows import pair_rows
from .threeway import Clash, Side, merge_lists, merge_words

_PROSE = frozenset(("text", "remark", "caption", "alt"))
_COMPANIONS = {"source": ("source_id", "source_version"), "image": ("file", "image_id", "image_version")}
"""Members that stand beside another and come with it."""
_FOLLOWING = frozenset(name for names in _COMPANIONS.values() for name in names)


@dataclass(frozen=True)
class Merged:
    """The merged content, and what could not be merged, in page order."""

    content: ArticleContent
    clashes: tuple[Clash, ...] = ()


def merge(base, mine, theirs):
    """Return the ``Merged`` of two contents that were made from ``base``; *mine* wins where they clash.

    The content goes through the door that all content goes through: limits are not looked at here.
    """
    clashes = []
    members = {name: _merge_fact(name, label, base, mine, theirs, clashes) for name, label in FACTS.items()}
    members["infobox"] = _merge_infobox(base.infobox, mine.infobox, theirs.infobox, clashes)
    members["body"] = merge_bodies(base.body, mine.body, theirs.body, clashes)
    for part in ("notes", "references", "figures", "names"):
        rows = [getattr(side, part) for side in (base, mine, theirs)]
        members[part] = _merge_rows(part, *rows, lambda row, part=part: row_label(part, row), clashes)
        members[part] = _keys_once(part, members[part], rows[1], clashes)
    if sum(figure.placement == "infobox" for figure in members["figures"]) > 1:
        clashes.append(Clash("Figures: only one stands in the infobox", "Figures"))
        members["figures"] = mine.figures
    members["categories"] = _merge_categories(base.categories, mine.categories, theirs.categories)
    return Merged(mine.replace(**members), tuple(clashes))


def _one_of(base, mine, theirs):
    """Return what only one side changed, or both alike, in a tuple; else an empty one."""
    if theirs == base or mine == theirs:
        return (mine,)
    return (theirs,) if mine == base else ()


def _merge_fact(name, label, base, mine, theirs, clashes):
    values = [getattr(side, name) for side in (base, mine, theirs)]
    if merged := _one_of(*values):
        return merged[0]
    clashes.append(_both_changed(label, *values))
    return values[1]


def _both_changed(label, base, mine, theirs):
    message = f"{label}: changed in two ways; keep one of them"
    return Clash(message, label, *("" if value is None else str(value) for value in (base, mine, theirs)))


def _merge_infobox(base, mine, theirs, clashes):
    if merged := _one_of(base, mine, theirs):
        return merged[0]
    kind = _one_of(base.kind, mine.kind, theirs.kind)
    if not kind:
        clashes.append(_both_changed("Kind of infobox", base.kind, mine.kind, theirs.kind))
    label = lambda row: cell_label(mine.kind or theirs.kind, row.field, row.side)  # noqa: E731
    shown = [tuple(row for _, row in side.in_display_order()) for side in (base, mine, theirs)]
    merged = Infobox(kind[0] if kind else mine.kind, _merge_rows("infobox", *shown, label, clashes))
    known = KINDS[merged.kind].by_name if merged.kind else {}
    if all(row.field in known for row in merged.rows):
        return merged
    clashes.append(Clash("Kind of infobox: the other kind does not have all fields that are filled", "Kind of infobox"))
    return mine


def _merge_rows(part, base, mine, theirs, label, clashes):
    if merged := _one_of(base, mine, theirs):
        return merged[0]
    my_pairs, their_pairs = pair_rows(part, base, mine), pair_rows(part, base, theirs)
    my_names = {j: i for i, j in my_pairs.items()}
    their_names = {j: i for i, j in their_pairs.items()}
    my_new = [j for j in range(len(mine)) if j not in my_names]
    their_new = [j for j in range(len(theirs)) if j not in their_names]
    alike = pair_rows(part, [theirs[j] for j in their_new], [mine[j] for j in my_new])
    my_names |= {j: ("mine", j) for j in my_new}
    their_names |= {j: ("theirs", j) for j in their_new}
    their_names |= {their_new[one]: ("mine", my_new[other]) for one, other in alike.items()}

    def merge_row(before, here, there):
        return _merge_row(before, here, there, label, clashes)

    sides = [Side([(names[j], row) for j, row in enumerate(rows)], _moved(names, pairs))
             for rows, names, pairs in ((mine, my_names, my_pairs), (theirs, their_names, their_pairs))]  # fmt: skip
    return tuple(row for _, row in merge_lists(dict(enumerate(base)), *sides, merge_row))


def _moved(names, pairs):
    staying = {item.old for item in stays([Item(i, j) for i, j in pairs.items()])}
    return frozenset(name for name in names.values() if isinstance(name, int) and name not in staying)


def _merge_row(base, mine, theirs, label, clashes):
    """Return the merged row, None where it is not to be; a row changed here and deleted there is a clash."""
    if merged := _one_of(base, mine, theirs):
        return merged[0]
    if mine is None or theirs is None:
        message = f"{label(mine or theirs)}: changed by one and deleted by the other"
        clashes.append(
            Clash(message, label(mine or theirs), *(str(vars(row)) if row else "" for row in (base, mine, theirs)))
        )
        return mine
    changes = {}
    for name in [one.name for one in fields(mine) if one.name not in _FOLLOWING and one.name != "id"]:
        values = [getattr(row, name, None) for row in (base, mine, theirs)]
        merged = _one_of(*values)
        if not merged and name in _PROSE and base and (words := merge_words(*values)) is not None:
            merged = (words,)
        if not merged:
            clashes.append(_both_changed(f"{label(mine)}, {name.replace('_', ' ')}", *values))
        elif merged[0] != values[1]:
            changes[name] = merged[0]
            changes |= {other: getattr(theirs, other) for other in _COMPANIONS.get(name, ())}
    merged = replace(mine, **changes)
    if getattr(merged, "source", None) and merged.text:
        clashes.append(_both_changed(f"{label(mine)}, source or free text", *map(_told, (base, mine, theirs))))
        return mine
    return merged


def _keys_once(part, rows, mine, clashes):
    """Return ``rows`` without those of theirs that have a key of mine; each is a clash."""
    ours = {row.id for row in mine if row.id}
    keys, kept = {}, set()
    for place, row in sorted(enumerate(rows), key=lambda one: one[1].id not in ours and one[1] not in mine):
        key = getattr(row, "key", "")
        if key and key in keys:
            message = f"{row_label(part, row)}: two have the key “{key}”; rename one of them"
            clashes.append(Clash(message, row_label(part, row), "", _told(keys[key]), _told(row)))
        else:
            kept.add(place)
            keys[key] = row
    return tuple(row for place, row in enumerate(rows) if place in kept)


def _told(row):
    """Return a row as text for an editor."""
    return "\n".join(f"{label_of(name)}: {text}" for name, text in members_of(row).items()) if row else ""


def _merge_categories(base, mine, theirs):
    """Return the categories; they never clash, as their names are all that they have."""
    if merged := _one_of(base, mine, theirs):
        return merged[0]

    def kept(before, here, there):
        merged = _one_of(before, here, there)
        return merged[0] if merged else here

    sides = [Side([(name, name) for name in side], _moved_names(base, side)) for side in (mine, theirs)]
    return tuple(name for name, _ in merge_lists({name: name for name in base}, *sides, kept))


def _moved_names(base, side):
    items = [Item(base.index(name), place) for place, name in enumerate(side) if name in base]
    staying = stays(items)
    return frozenset(side[item.new] for item in items if item not in staying)
