"""The page as readers see it, with what another page had or had not marked in it.

How two texts differ is told by a function that the caller gives (see ``marked_html``), so that this page marks the same
words as every other comparison.
"""

from dataclasses import replace
from html import escape

from rapidfuzz.distance import Indel

from ..rendered import InfoboxCell, InfoboxValue, ListEntry, RenderedInfobox
from .marked_html import marked, marked_flow, plain

_ALIKE = 0.4
"""From this likeness on, of 0 to 1, two values of one cell count as one that was changed."""


def mark_differences(old, new, tell):
    """Return ``new`` (both RenderedArticle) with its added words in ``ins`` and the deleted ones of ``old`` in ``del``.

    ``tell(old_text, new_text)`` returns the spans of each block. Marks of citations and notes are left alone: their
    numbers are no words.
    """
    texts = ([page.lead_opening, page.lead_rest, page.sections] for page in (old, new))
    opening, rest, sections = marked_flow(*texts, tell)
    return replace(
        new,
        lead_opening=opening,
        lead_rest=rest,
        sections=sections,
        infobox=_infobox(old.infobox, new.infobox, tell),
        notes=_entries(old.notes, new.notes, "note", tell),
        references=_entries(old.references, new.references, "ref", tell),
    )


def _infobox(old, new, tell):
    if old == new:
        return new
    some = new or old
    nothing = RenderedInfobox(some.kind, some.caption, None, ())
    old, new = old or nothing, new or nothing
    sides = max(old.sides, new.sides, key=len)
    return replace(
        some,
        facts=_facts(old.facts, new.facts, tell),
        sides=sides,
        sections=tuple(
            _section(before, after, sides, tell) for before, after in _woven(old.sections, new.sections, "field")
        ),
        tail=_facts(old.tail, new.tail, tell),
    )


def _woven(old, new, name):
    """Return pairs of what has the same ``name``, in the order of ``new``; what is gone stands where it stood."""
    before = {getattr(one, name): one for one in old}
    pairs = [(before.get(getattr(one, name)), one) for one in new]
    present = {getattr(one, name) for one in new}
    for at, one in enumerate(old):
        if getattr(one, name) not in present:
            pairs.insert(_behind(old[:at], pairs), (one, None))
    return pairs


def _behind(earlier, pairs):
    """Return the place in ``pairs`` behind the last of ``earlier``."""
    return max((at + 1 for at, (old, _) in enumerate(pairs) if old in earlier), default=0)


def _facts(old, new, tell):
    return tuple(
        replace(after or before, values=_values(before.values if before else (), after.values if after else (), tell))
        for before, after in _woven(old, new, "field")
    )


def _section(old, new, sides, tell):
    """Mark one field with sides; the joint cell's side is None where there is none."""
    before, after = (
        {cell.side: cell.values for cell in (*one.cells, one.joint) if cell} if one else {} for one in (old, new)
    )
    cells = [InfoboxCell(side, _values(before.get(side, ()), after.get(side, ()), tell)) for side in sides]
    shown = new or old
    has_joint = (new and new.joint) or (old and old.joint)
    joint = has_joint and replace(
        has_joint, values=_values(before.get(has_joint.side, ()), after.get(has_joint.side, ()), tell)
    )
    label = shown.joint_label or (old.joint_label if old else "")
    return replace(shown, cells=tuple(cells), joint=joint or None, joint_label=label)


def _values(old, new, tell):
    """Pair equal values first, then like ones in order; what was deleted stands behind."""
    said_before, said_now = ([(plain(value.html), value.attribution) for value in values] for values in (old, new))
    left = [value for value, said in zip(old, said_before, strict=True) if said not in said_now]
    kept = []
    for value, said in zip(new, said_now, strict=True):
        before = value if said in said_before else next((one for one in left if _alike(one, value)), None)
        left = [one for one in left if one is not before]
        kept.append(value if before is value else _value(before, value, tell))
    return (*kept, *(_value(value, None, tell) for value in left))


def _alike(one, other):
    return Indel.normalized_similarity(plain(one.html), plain(other.html)) >= _ALIKE


def _value(old, new, tell):
    (html_before, by_before), (html_after, by_after) = (
        (value.html, escape(value.attribution, quote=False)) if value else ("", "") for value in (old, new)
    )
    return InfoboxValue(marked(html_before, html_after, tell), marked(by_before, by_after, tell))


def _entries(old, new, kind, tell):
    before = {entry.key: entry for entry in old}
    present = {entry.key for entry in new}
    kept = [replace(entry, html=marked(before[entry.key].html if entry.key in before else "", entry.html, tell))
            for entry in new]  # fmt: skip
    gone = [ListEntry(f"removed-{kind}-{entry.key}", entry.key, "", marked(entry.html, "", tell), ())
            for entry in old if entry.key not in present]  # fmt: skip
    return (*kept, *gone)
