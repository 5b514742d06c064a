"""The page as readers see it, with what another page had or had not marked in it."""

import re
from dataclasses import replace

from rapidfuzz.distance import Indel

from ..rendered import InfoboxCell, InfoboxValue, ListEntry
from .safe_html import safe

_TOKEN = re.compile(r'<sup [^>]*class="(?:citation|note-mark)[^>]*>.*?</sup>|<[^>]*>|\s+|[^\s<]+', re.DOTALL)
_MOST_WORDS = 60_000
"""Longer texts are shown without marks: the comparison of source texts is there for them."""


def mark_differences(old, new):
    """Return ``new`` (both RenderedArticle) with its added words in ``ins`` and the deleted ones of ``old`` in ``del``.

    Marks of citations and notes are left alone: their numbers are no words.
    """
    return replace(
        new,
        lead_opening=_marked(old.lead_opening, new.lead_opening),
        lead_rest=_marked(old.lead_rest, new.lead_rest),
        sections=_marked(old.sections, new.sections),
        infobox=_marked_infobox(old.infobox, new.infobox) if old.infobox and new.infobox else new.infobox,
        notes=_marked_entries(old.notes, new.notes),
        references=_marked_entries(old.references, new.references),
    )


def _is_word(token):
    return token[0] != "<" and not token.isspace()


def _marked(old, new):
    """Return the HTML ``new`` with marks around words only, so that it nests as it did before."""
    if old == new:
        return new
    tokens = _TOKEN.findall(new)
    before = [token for token in _TOKEN.findall(old) if _is_word(token)]
    after = [token for token in tokens if _is_word(token)]
    if max(len(before), len(after)) > _MOST_WORDS:
        return new
    added, deleted = _edits(before, after)
    out, word, inside = [], 0, False
    for token in tokens:
        if _is_word(token):
            if word in deleted:
                inside = _switch(out, inside, False)
                out.append(_deletion(deleted[word]))
            inside = _switch(out, inside, word in added)
            word += 1
        elif token[0] == "<" or inside and word not in added:
            inside = _switch(out, inside, False)
        out.append(token)
    _switch(out, inside, False)
    if word in deleted:
        out.append(_deletion(deleted[word]))
    return safe("".join(out))


def _edits(before, after):
    """Return the indexes of added words, and {index in after: words deleted before it}; deletions come first."""
    added, deleted, place = set(), {}, None
    for kind, old_start, old_end, new_start, new_end in Indel.opcodes(before, after):
        if kind == "insert":
            added.update(range(new_start, new_end))
            place = new_start if place is None else place
        elif kind == "delete":
            place = new_start if place is None else place
            deleted.setdefault(place, []).extend(before[old_start:old_end])
        else:
            place = None
    return added, deleted


def _switch(out, inside, wanted):
    if inside != wanted:
        out.append('<ins class="addition">' if wanted else "</ins>")
    return wanted


def _deletion(words):
    return f'<del class="deletion">{" ".join(words)}</del> '


def _marked_infobox(old, new):
    facts = {fact.field: fact.values for fact in (*old.facts, *old.tail)}
    sections = {section.field: section for section in old.sections}
    return replace(
        new,
        facts=tuple(replace(fact, values=_marked_values(facts.get(fact.field, ()), fact.values)) for fact in new.facts),
        tail=tuple(replace(fact, values=_marked_values(facts.get(fact.field, ()), fact.values)) for fact in new.tail),
        sections=tuple(_marked_section(sections.get(section.field), section) for section in new.sections),
    )


def _marked_section(old, new):
    before = {cell.side: cell.values for cell in (*old.cells, old.joint) if cell} if old else {}
    cells = [InfoboxCell(cell.side, _marked_values(before.get(cell.side, ()), cell.values)) for cell in new.cells]
    joint = new.joint and InfoboxCell(new.joint.side, _marked_values(before.get(new.joint.side, ()), new.joint.values))
    return replace(new, cells=tuple(cells), joint=joint)


def _marked_values(old, new):
    """Pair equal values first and the rest in order; what was deleted stands behind."""
    left = [value for value in old if value not in new]
    changed = [value for value in new if value not in old]
    pairs = dict(zip(map(id, changed), left, strict=False))
    kept = [replace(value, html=_marked(pairs[id(value)].html if id(value) in pairs else "", value.html))
            if value in changed else value for value in new]  # fmt: skip
    gone = [InfoboxValue(_marked(value.html, ""), value.attribution) for value in left[len(changed) :]]
    return (*kept, *gone)


def _marked_entries(old, new):
    before = {entry.key: entry for entry in old}
    present = {entry.key for entry in new}
    kept = [replace(entry, html=_marked(before[entry.key].html if entry.key in before else "", entry.html))
            for entry in new]  # fmt: skip
    gone = [ListEntry(f"removed-{entry.key}", entry.key, "", _marked(entry.html, ""), ())
            for entry in old if entry.key not in present]  # fmt: skip
    return (*kept, *gone)
