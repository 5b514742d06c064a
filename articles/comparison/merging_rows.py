"""Rows merged: one by one, member by member."""

from dataclasses import fields, replace

from ..wording import gettext as _
from .clashes import BOTH, EDIT, MINE, THEIRS, picked
from .members import label_of, members_of
from .ordering import Item, stays
from .rows import pair_rows
from .threeway import Side, merge_lists, merge_words, one_of

_PROSE = frozenset(("text", "remark", "caption", "alt"))
_WRITTEN = _PROSE | {"key", "pages", "quotation", "translation", "name", "language", "script"}
"""Members that an editor can write anew in words."""
_UNITS = {
    "value": ("attribution",),
    "source": ("source_id", "source_version"),
    "image": ("credit", "licence", "file", "image_id", "image_version"),
}
"""Members that others stand beside and come with: a claim is never mixed from two."""
_FOLLOWING = frozenset(name for names in _UNITS.values() for name in names)
_SHARED = {"source": "source_id", "image": "image_id"}
_SAYS_WHO = "\n— "


def merge_rows(part, base, mine, theirs, label, clashes):
    """Return the merged rows of a part; ``label(row)`` names a row in words."""
    if merged := one_of(base, mine, theirs):
        return merged[0]
    sides = _sides(part, base, mine, theirs)
    merge = _RowMerge(part, label, clashes)
    rows = []
    for _name, row in merge_lists(dict(enumerate(base)), *sides, merge):
        rows += [row, *merge.beside.get(id(row), ())]
    return tuple(rows)


def _sides(part, base, mine, theirs):
    my_pairs, their_pairs = pair_rows(part, base, mine), pair_rows(part, base, theirs)
    my_names = {j: i for i, j in my_pairs.items()}
    their_names = {j: i for i, j in their_pairs.items()}
    my_new = [j for j in range(len(mine)) if j not in my_names]
    their_new = [j for j in range(len(theirs)) if j not in their_names]
    alike = pair_rows(part, [theirs[j] for j in their_new], [mine[j] for j in my_new])
    alike = {i: j for i, j in alike.items() if _are_one(part, theirs[their_new[i]], mine[my_new[j]])}
    my_names |= {j: ("mine", j) for j in my_new}
    their_names |= {j: ("theirs", j) for j in their_new}
    their_names |= {their_new[one]: ("mine", my_new[other]) for one, other in alike.items()}
    return [
        Side([(names[j], row) for j, row in enumerate(rows)], _moved(names, pairs))
        for rows, names, pairs in ((mine, my_names, my_pairs), (theirs, their_names, their_pairs))
    ]


def _are_one(part, one, other):
    """Tell whether two rows that both sides added are the same thing and not two that look for one place."""
    if part == "names":
        return one.name == other.name
    same = {"notes": ("text",), "references": ("source", "text"), "figures": ("image",)}.get(part, ())
    return all(getattr(one, name) == getattr(other, name) for name in same)


def _moved(names, pairs):
    staying = {item.old for item in stays([Item(i, j) for i, j in pairs.items()])}
    return frozenset(name for name in names.values() if isinstance(name, int) and name not in staying)


class _RowMerge:
    """Merges the rows of one part. ``beside`` has by ``id()`` of a row those that stand behind it: both were wanted."""

    def __init__(self, part, label, clashes):
        self.part, self.label, self.clashes = part, label, clashes
        self.beside = {}

    def __call__(self, base, mine, theirs):
        """Return the merged row, None where it is not to be."""
        if merged := one_of(base, mine, theirs):
            return merged[0]
        if mine is None or theirs is None:
            return self._of_deleted(base, mine, theirs)
        changes, added = {}, []
        for name in [one.name for one in fields(mine) if one.name not in _FOLLOWING and one.name != "id"]:
            rows = [row if row and hasattr(row, name) else None for row in (base, mine, theirs)]
            changes |= self._member(name, *rows, added)
        row = replace(mine, **changes)
        if getattr(row, "source", None) and row.text:
            row = self._of_two_kinds(base, mine, theirs)
        if added:
            self.beside[id(row)] = added
        return row

    def _settle(self, row, name, message, label, texts, ways):
        identity = (self.part, row.id or getattr(row, "key", ""), name)
        return self.clashes.settle(identity, message, label, texts, ways)

    def _of_deleted(self, base, mine, theirs):
        row = mine or theirs
        label = self.label(row)
        message = _("{label}: changed by one and deleted by the other").format(label=label)
        choice = self._settle(row, "", message, label, _texts(base, mine, theirs), (MINE, THEIRS))
        return picked(choice, mine, theirs)

    def _of_two_kinds(self, base, mine, theirs):
        label = _("{text}, source or free text").format(text=self.label(mine))
        message = _two_ways(label)
        choice = self._settle(mine, "kind", message, label, _texts(base, mine, theirs), (MINE, THEIRS))
        return picked(choice, mine, replace(theirs, id=mine.id))

    def _member(self, name, base, mine, theirs, added):
        """Return {member: value} for what is not as in mine; rows that are to stand beside go to ``added``."""
        values = [_unit(row, name) for row in (base, mine, theirs)]
        merged = one_of(*values) or _same_shared(name, base, mine, theirs)
        if merged:
            return _members(name, theirs) if merged[0] != values[1] else {}
        if name in _PROSE and base:
            words = merge_words(*(getattr(row, name) for row in (base, mine, theirs)))
            if words is not None:
                return {name: words}
        label = f"{self.label(mine)} – {_in_words(name, base, mine, theirs)}"
        texts = [told_member(row, name) for row in (base, mine, theirs)]
        ways = (MINE, THEIRS)
        ways += (BOTH,) if name in _PROSE or name == "value" else ()
        ways += (EDIT,) if name in _WRITTEN or name == "value" else ()
        choice = self._settle(mine, name, _two_ways(label), label, texts, ways)
        if choice and choice.way == BOTH:
            if name == "value":
                added.append(replace(theirs, id=""))
                return {}
            return {name: "\n\n".join(texts[1:])}
        if choice and choice.way == EDIT:
            return _claim(choice.text) if name == "value" else {name: choice.text}
        return picked(choice, {}, _members(name, theirs))


def _two_ways(label):
    return _("{label}: changed in two ways; keep one of them").format(label=label)


def _in_words(name, *rows):
    """Name what is chosen: with a value goes who says so, where somebody does."""
    if name == "value" and any(row and row.attribution for row in rows):
        return _("Value and who says so")
    return label_of(name)


def _unit(row, name):
    """Return a member with those that go with it and count."""
    if row is None:
        return None
    return tuple(getattr(row, one) for one in (name, *(("credit", "licence") if name == "image" else ()))) + (
        (row.attribution,) if name == "value" else ()
    )


def _members(name, row):
    return {one: getattr(row, one) for one in (name, *_UNITS.get(name, ()))}


def _same_shared(name, base, mine, theirs):
    """Return the side that chose another source or image where the other only has a newer version of the old one."""
    column = _SHARED.get(name)
    if not column or not base or getattr(base, column) is None:
        return ()
    before, here, there = (getattr(row, column) for row in (base, mine, theirs))
    if there == before != here:
        return (_unit(mine, name),)
    return (_unit(theirs, name),) if here == before != there else ()


def _claim(text):
    value, _dash, attribution = text.strip("\n").rpartition(_SAYS_WHO)
    return {"value": value, "attribution": attribution.strip()} if value else {"value": text, "attribution": ""}


def told_member(row, name):
    """Return a member of a row as text for an editor, empty where there is none."""
    if row is None:
        return ""
    if name == "value":
        return row.value + (f"{_SAYS_WHO}{row.attribution}" if row.attribution else "")
    if name in _SHARED:
        seen = (name, "credit", "licence") if name == "image" else (name,)
        return _lines({one: text for one, text in members_of(row).items() if one.partition(".")[0] in seen})
    value = getattr(row, name)
    return "" if value is None else str(value)


def _texts(*rows):
    return [told(row) for row in rows]


def told(row):
    """Return a row as text for an editor, empty for none."""
    if row is None:
        return ""
    return told_member(row, "value") if hasattr(row, "attribution") else _lines(members_of(row))


def _lines(members):
    return "\n".join(f"{label_of(name)}: {text}" for name, text in members.items())
