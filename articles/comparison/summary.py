"""A difference in numbers and words, offered as edit summary: what readers are told first comes first."""

from collections import Counter
from itertools import takewhile

from ..infobox_kinds import KINDS
from .blocks import NAMES, plain, shortened
from .changes import CHANGE, MOVE
from .citing import KEY, LOCATOR, SOURCE
from .members import FACTS
from .words import ADDITION, DELETION

LIMIT = 500
_FACT_LIMIT = 80
_VALUE_LIMIT = 60
_WORDS_BEFORE = 2
_DONE = {ADDITION: "added", DELETION: "removed", MOVE: "moved", CHANGE: "edited"}
_IN_TEXT = {ADDITION: "added", DELETION: "removed", MOVE: "moved", CHANGE: "reworded"}


def summary(comparison, limit=LIMIT):
    """Return what a ``Comparison`` found in at most ``limit`` characters; empty where there is no difference.

    ``Casualties and losses, side 2: 400 → 400–450; 1 source added; Offensive: 2 paragraphs reworded``
    """
    boxes = comparison.part("infobox").changes
    first = [change for change in boxes if _matters_most(change)]
    pieces = [piece for change in first for piece in _of_value(change)]
    pieces += [piece for change in comparison.part("facts").changes for piece in _of_fact(change)]
    pieces += [piece for change in boxes if change not in first for piece in _of_value(change)]
    pieces += [*_of_references(comparison), *_of_citations(comparison), *_of_body(comparison.part("body"))]
    for part in ("notes", "figures", "names"):
        pieces += _counted(part.removesuffix("s"), comparison.part(part).changes)
    pieces += [f"category “{change.key}” {_DONE[change.kind]}" for change in comparison.part("categories").changes]
    return _fitted(pieces, limit)


def figures_in_words(comparison):
    """Return the phrases for what changed in figures and results, in the order of the infobox."""
    changes = [change for change in comparison.part("infobox").changes if _matters_most(change)]
    return [piece for change in changes for piece in _of_value(change)]


def _matters_most(change):
    kinds = [kind.by_name[change.field] for kind in KINDS.values() if change.field in kind.by_name]
    return any(field.counts or field.name == "result" for field in kinds)


def _of_value(change):
    """Yield the words for a change of the infobox; where only a citation changed, others tell it."""
    value = change.member("value") or change.member("kind")
    if change.kind in (ADDITION, DELETION) and value:
        yield f"{change.label}: “{change.text or value.new or value.old}” {_DONE[change.kind]}"
        return
    if value and plain(value.old) != plain(value.new):
        words = _without_shared_end(plain(value.old), plain(value.new))
        yield f"{change.label}: {' → '.join(_short_pair(*words))}"
    if attribution := change.member("attribution"):
        words = " → ".join(shortened(text) or "none" for text in (attribution.old, attribution.new))
        yield f"{change.label}: attribution {words}"
    if change.moved or change.member("side") or change.member("field"):
        yield f"{change.label}: “{change.text}” {change.moved or 'moved here'}"


def _short_pair(old, new, limit=_VALUE_LIMIT):
    """Return two texts in few words, in which what differs is to be seen: what both begin with is left out for it."""
    olds, news = shortened(old, limit), shortened(new, limit)
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(old.split(), new.split(), strict=False))
    left_out = len(list(shared)) - _WORDS_BEFORE
    if olds != news or left_out <= 0:
        return olds, news
    return tuple(shortened(f"… {' '.join(text.split()[left_out:])}", limit) for text in (old, new))


def _without_shared_end(old, new):
    """Return two texts without the words at the end that both have: the change shows better in few words."""
    olds, news = old.split(), new.split()
    while len(olds) > 1 and len(news) > 1 and olds[-1] == news[-1]:
        olds.pop()
        news.pop()
    return " ".join(olds), " ".join(news)


def _of_fact(change):
    member = change.members[0]
    old, new = (text or "none" for text in _short_pair(member.old, member.new, _FACT_LIMIT))
    yield f"{FACTS[change.field].lower()}: {old} → {new}"


def _of_references(comparison):
    """Yield what happened to sources, and how many references changed in their other members alone."""
    changes = comparison.part("references").changes
    counts = Counter(change.kind for change in changes if change.kind in (ADDITION, DELETION))
    told = {citation.where for citation in comparison.citations if citation.kind in (SOURCE, KEY)}
    kinds = Counter(citation.kind for citation in comparison.citations)
    yield from _plural(counts[ADDITION], "source", "added")
    yield from _plural(counts[DELETION], "source", "removed")
    yield from _plural(kinds[SOURCE], "source", "corrected")
    yield from _plural(kinds[KEY], "key", "renamed")
    yield from _counted("reference", [one for one in changes if one.kind in (CHANGE, MOVE) and one.id not in told])


def _of_citations(comparison):
    kinds = Counter(citation.kind for citation in comparison.citations)
    yield from _plural(kinds[ADDITION], "citation", "added")
    yield from _plural(kinds[DELETION], "citation", "removed")
    yield from _plural(kinds[LOCATOR], "locator", "changed")


def _of_body(part):
    """Yield what happened in each section: ``Offensive: 2 paragraphs reworded, 1 added``."""
    sections = {}
    for block in part.changes:
        counts = sections.setdefault(block.section or "Lead", Counter())
        counts[NAMES[block.block], _verb(block)] += 1
    for section, counts in sections.items():
        words, last = [], ""
        for (noun, verb), count in counts.items():
            words.append(f"{count} {verb}" if noun == last else next(_plural(count, noun, verb)))
            last = noun
        yield f"{shortened(section)}: {', '.join(words)}"


def _verb(block):
    if block.reflow:
        return "reflowed"
    if block.shape:
        return "split" if block.shape == "split" else "merged"
    return _IN_TEXT[block.kind]


def _counted(noun, changes):
    counts = Counter(change.kind for change in changes)
    for kind in (ADDITION, DELETION, CHANGE, MOVE):
        yield from _plural(counts[kind], noun, _DONE[kind])


def _plural(count, noun, verb):
    if count:
        plural = noun if count == 1 else "preformatted texts" if noun.endswith("text") else f"{noun}s"
        yield f"{count:,} {plural} {verb}"


def _fitted(pieces, limit):
    """Join as many of ``pieces`` as fit, and say how many were left out."""
    text = "; ".join(pieces)
    kept = list(pieces)
    while kept and len(text) > limit:
        kept.pop()
        text = "; ".join([*kept, f"and {len(pieces) - len(kept):,} more"])
    return text[:limit]
