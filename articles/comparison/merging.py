"""Merging: what two editors made of one article, put together field by field, row by row, paragraph by paragraph.

What only one of them changed is taken, what both changed alike too. In prose two edits of one paragraph go together
where words between them stayed; a claim of the infobox, a quotation, a title is never mixed from two. What cannot be
put together is a ``Clash``: where no choice settles it, *mine* stays.
"""

from dataclasses import dataclass
from functools import partial

from ..content import ArticleContent, Infobox
from ..infobox_kinds import KINDS
from ..wording import gettext as _
from .clashes import EDIT, MINE, THEIRS, Clash, Clashes, picked
from .members import FACTS, cell_label, fact, row_label
from .merging_bodies import merge_bodies
from .merging_keys import keys_once, one_in_infobox
from .merging_rows import merge_rows, told
from .ordering import Item, stays
from .renaming import with_key
from .threeway import Side, merge_lists, one_of

_KEYED = ("notes", "references", "figures")


@dataclass(frozen=True)
class Merged:
    """The merged content; the ``clashes`` that are left, in page order; and all that were ``met``, settled or not."""

    content: ArticleContent
    clashes: tuple[Clash, ...] = ()
    met: tuple[Clash, ...] = ()


def merge(base, mine, theirs, choices=None):
    """Return the ``Merged`` of two contents that were made from ``base``; *mine* wins where they clash.

    ``choices`` maps keys of clashes to a ``Choice``. The content goes through the door that all content goes through:
    limits are not looked at here.
    """
    clashes = Clashes(choices)
    members = {name: _merge_fact(name, str(label), base, mine, theirs, clashes) for name, label in FACTS.items()}
    members["infobox"] = _merge_infobox(base.infobox, mine.infobox, theirs.infobox, clashes)
    members["body"] = merge_bodies(base.body, mine.body, theirs.body, clashes)
    renames = []
    for part in (*_KEYED, "names"):
        rows = [getattr(side, part) for side in (base, mine, theirs)]
        label = partial(row_label, part)
        members[part] = merge_rows(part, *rows, label, clashes)
        if part in _KEYED:
            members[part], new = keys_once(part, members[part], rows[1], clashes, label)
            renames += [(part, *keys) for keys in new.items()]
    members["figures"] = one_in_infobox(base.figures, mine.figures, members["figures"], clashes)
    members["categories"] = _merge_categories(base.categories, mine.categories, theirs.categories)
    merged = Merged(mine.replace(**members), tuple(clashes.left), tuple(clashes.met))
    return _with_theirs_renamed(base, mine, theirs, choices, renames, merged) if renames else merged


def _with_theirs_renamed(base, mine, theirs, choices, renames, merged):
    """Merge again, theirs having the keys that were chosen; clashes are told, and chosen, as they were before."""
    for part, old, new in renames:
        theirs = with_key(theirs, part, old, new)
    keys = {_apart_from_theirs(clash): clash.key for clash in merged.met}
    found = {clash.key: keys.get(_apart_from_theirs(clash)) for clash in merge(base, mine, theirs).met}
    again = merge(base, mine, theirs, {new: choices[old] for new, old in found.items() if old in choices})
    left = {clash.key for clash in merged.clashes}
    new = [clash for clash in again.clashes if found.get(clash.key) not in left]
    return Merged(again.content, (*merged.clashes, *new), (*merged.met, *new))


def _apart_from_theirs(clash):
    return clash.label, clash.base, clash.mine


def _merge_fact(name, label, base, mine, theirs, clashes):
    values = [getattr(side, name) for side in (base, mine, theirs)]
    if merged := one_of(*values):
        return merged[0]
    ways = (MINE, THEIRS) if name == "coordinates" else (MINE, THEIRS, EDIT)
    choice = _settle(clashes, name, label, [fact(side, name) for side in (base, mine, theirs)], ways)
    return picked(choice, *values[1:], str.strip)


def _settle(clashes, name, label, texts, ways):
    message = _("{label}: changed in two ways; keep one of them").format(label=label)
    return clashes.settle(("facts", name), message, label, texts, ways)


def _merge_infobox(base, mine, theirs, clashes):
    if merged := one_of(base, mine, theirs):
        return merged[0]
    kinds = [side.kind for side in (base, mine, theirs)]
    label_of_kind = _("Kind of infobox")
    kind = one_of(*kinds) or (picked(_settle(clashes, "kind", label_of_kind, kinds, (MINE, THEIRS)), *kinds[1:]),)

    def label(row):
        return cell_label(next(one for one in kinds if _has(one, row)), row.field, row.side)

    shown = [tuple(row for _, row in side.in_display_order()) for side in (base, mine, theirs)]
    merged = Infobox(kind[0], merge_rows("infobox", *shown, label, clashes))
    if all(_has(merged.kind, row) for row in merged.rows):
        return merged
    message = _("Infobox: the kind that one chose does not have all fields that the other filled")
    texts = ["\n".join(map(told, side.rows)) for side in (base, mine, theirs)]
    choice = clashes.settle(("infobox",), message, _("Infobox"), texts, (MINE, THEIRS))
    return picked(choice, mine, theirs)


def _has(kind, row):
    return bool(kind) and row.field in KINDS[kind].by_name


def _merge_categories(base, mine, theirs):
    """Return the categories; they never clash, as their names are all that they have."""
    if merged := one_of(base, mine, theirs):
        return merged[0]

    def kept(before, here, there):
        merged = one_of(before, here, there)
        return merged[0] if merged else here

    sides = [Side([(name, name) for name in side], _moved_names(base, side)) for side in (mine, theirs)]
    return tuple(name for name, _ in merge_lists({name: name for name in base}, *sides, kept))


def _moved_names(base, side):
    items = [Item(base.index(name), place) for place, name in enumerate(side) if name in base]
    staying = stays(items)
    return frozenset(side[item.new] for item in items if item not in staying)
