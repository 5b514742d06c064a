"""What became of the citations: compared by key, locator and source; their numbers are not known here."""

from collections import Counter, deque
from dataclasses import replace

from ..markup import CitationMark
from .changes import CHANGE, MOVE, BlockChange, CitationChange
from .tokens import read_marks
from .words import ADDITION, DELETION

LOCATOR, SOURCE, KEY = "locator", "source", "key"
_CITING = {"infobox": ("value",), "notes": ("text",), "references": ("remark",), "figures": ("caption",)}


def citation_changes(parts):
    """Return the tuple of ``CitationChange``s that the changes of ``parts`` made, in page order.

    A citation taken out here and put in there, in the same part, has moved. A key that was renamed is told once, and
    its citations are the same as before.
    """
    changes = [change for part in parts for change in part.changes]
    references = [change for change in changes if change.part == "references" and change.kind == CHANGE]
    renamed = {member.old: member.new for change in references if (member := change.member("key"))}
    found = [one for change in changes for one in _in_change(change, renamed)]
    return (*_moves_joined(found), *(one for change in references for one in _of_reference(change)))


def _in_change(change, renamed):
    old, new = Counter(), Counter()
    for before, after in _texts(change):
        if "[@" not in before and "[@" not in after:
            continue
        old.update((renamed.get(key, key), locator) for key, locator in _cites(before))
        new.update(_cites(after))
    gone, come = old - new, new - old
    waiting = {}
    for key, locator in come.elements():
        waiting.setdefault(key, deque()).append(locator)
    for key, locator in gone.elements():
        if waiting.get(key):
            other = waiting[key].popleft()
            come[key, other] -= 1
            yield _of(change, LOCATOR, key, locator, other)
        else:
            yield _of(change, DELETION, key, locator, "")
    for key, locator in come.elements():
        yield _of(change, ADDITION, key, "", locator)


def _of(change, kind, key, old="", new=""):
    return CitationChange(kind, key, change.part, change.label, old, new, change.id)


def _texts(change):
    if isinstance(change, BlockChange):
        return [] if change.block == "code" else [(change.old_text, change.new_text)]
    members = [change.member(name) for name in _CITING.get(change.part, ())]
    return [(member.old, member.new) for member in members if member]


def _cites(text):
    marks = (mark for _, _, mark in read_marks(text))
    return [(cite.key, cite.locator) for mark in marks if isinstance(mark, CitationMark) for cite in mark.cites]


def _moves_joined(found):
    """Return changes of which each deletion that has an addition elsewhere has become one move, where it now is."""
    gone = {}
    for change in found:
        if change.kind == DELETION:
            gone.setdefault((change.part, change.key, change.old), deque()).append(change)
    joined, moved = [], set()
    for change in found:
        origins = gone.get((change.part, change.key, change.new)) if change.kind == ADDITION else None
        if origins:
            origin = origins.popleft()
            moved.add(id(origin))
            change = replace(change, kind=MOVE, old=change.new)
        joined.append(change)
    return [change for change in joined if id(change) not in moved]


def _of_reference(change):
    if key := change.member("key"):
        yield _of(change, KEY, change.key, key.old, key.new)
    if any(member.name == "text" or member.name.startswith("source.") for member in change.members):
        yield _of(change, SOURCE, change.key)
