"""A difference in numbers and words, offered as edit summary: what readers are told first comes first."""

from collections import Counter
from itertools import accumulate, takewhile

from ..infobox_kinds import KINDS
from ..wording import gettext, gettext_lazy, ngettext, number, pgettext_lazy
from .blocks import plain, shortened
from .changes import CHANGE, MOVE, words_in
from .citing import KEY, LOCATOR, SOURCE
from .members import FACTS
from .words import ADDITION, DELETION, SAME

LIMIT = 500
_FACT_LIMIT = 80
_VALUE_LIMIT = 60
_WORDS_BEFORE = 2
_COUNTED = {
    ("source", ADDITION): lambda n: ngettext("{count} source added", "{count} sources added", n),
    ("source", DELETION): lambda n: ngettext("{count} source removed", "{count} sources removed", n),
    ("source", SOURCE): lambda n: ngettext("{count} source corrected", "{count} sources corrected", n),
    ("key", KEY): lambda n: ngettext("{count} key renamed", "{count} keys renamed", n),
    ("citation", ADDITION): lambda n: ngettext("{count} citation added", "{count} citations added", n),
    ("citation", DELETION): lambda n: ngettext("{count} citation removed", "{count} citations removed", n),
    ("locator", LOCATOR): lambda n: ngettext("{count} locator changed", "{count} locators changed", n),
    ("reference", CHANGE): lambda n: ngettext("{count} reference edited", "{count} references edited", n),
    ("reference", MOVE): lambda n: ngettext("{count} reference moved", "{count} references moved", n),
    ("note", ADDITION): lambda n: ngettext("{count} note added", "{count} notes added", n),
    ("note", DELETION): lambda n: ngettext("{count} note removed", "{count} notes removed", n),
    ("note", CHANGE): lambda n: ngettext("{count} note edited", "{count} notes edited", n),
    ("note", MOVE): lambda n: ngettext("{count} note moved", "{count} notes moved", n),
    ("figure", ADDITION): lambda n: ngettext("{count} figure added", "{count} figures added", n),
    ("figure", DELETION): lambda n: ngettext("{count} figure removed", "{count} figures removed", n),
    ("figure", CHANGE): lambda n: ngettext("{count} figure edited", "{count} figures edited", n),
    ("figure", MOVE): lambda n: ngettext("{count} figure moved", "{count} figures moved", n),
    ("name", ADDITION): lambda n: ngettext("{count} name added", "{count} names added", n),
    ("name", DELETION): lambda n: ngettext("{count} name removed", "{count} names removed", n),
    ("name", CHANGE): lambda n: ngettext("{count} name edited", "{count} names edited", n),
    ("name", MOVE): lambda n: ngettext("{count} name moved", "{count} names moved", n),
}
_BLOCKS = {
    "heading": lambda n: ngettext("{count} heading", "{count} headings", n),
    "figure": lambda n: ngettext("{count} figure", "{count} figures", n),
    "row": lambda n: ngettext("{count} table row", "{count} table rows", n),
    "code": lambda n: ngettext("{count} preformatted text", "{count} preformatted texts", n),
    "item": lambda n: ngettext("{count} list item", "{count} list items", n),
    "paragraph": lambda n: ngettext("{count} paragraph", "{count} paragraphs", n),
    "quotation": lambda n: ngettext("{count} quotation", "{count} quotations", n),
}
_IN_TEXT = {
    ADDITION: pgettext_lazy("blocks of text", "{blocks} added"),
    DELETION: pgettext_lazy("blocks of text", "{blocks} removed"),
    MOVE: pgettext_lazy("blocks of text", "{blocks} moved"),
    CHANGE: pgettext_lazy("blocks of text", "{blocks} reworded"),
    "extend": pgettext_lazy("blocks of text", "{blocks} extended"),
    "reflow": pgettext_lazy("blocks of text", "{blocks} reflowed"),
    "split": pgettext_lazy("blocks of text", "{blocks} split"),
    "merge": pgettext_lazy("blocks of text", "{blocks} merged"),
}
_CATEGORY = {
    ADDITION: gettext_lazy("category “{name}” added"),
    DELETION: gettext_lazy("category “{name}” removed"),
    MOVE: gettext_lazy("category “{name}” moved"),
    CHANGE: gettext_lazy("category “{name}” edited"),
}
_VALUE = {ADDITION: gettext_lazy("{place}: “{words}” added"), DELETION: gettext_lazy("{place}: “{words}” removed")}


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
    pieces += [_CATEGORY[change.kind].format(name=change.key) for change in comparison.part("categories").changes]
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
        yield _VALUE[change.kind].format(place=change.label, words=change.text or value.new or value.old)
        return
    if value and plain(value.old) != plain(value.new):
        words = _without_shared_end(plain(value.old), plain(value.new))
        yield f"{change.label}: {' → '.join(_short_pair(*words))}"
    if attribution := change.member("attribution"):
        words = " → ".join(shortened(text) or gettext("none") for text in (attribution.old, attribution.new))
        yield gettext("{place}, who says so: {words}").format(place=change.label, words=words)
    if change.moved or change.member("side") or change.member("field"):
        yield f"{change.label}: “{change.text}” {change.moved or gettext('moved here')}"


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
    old, new = (shortened(text, _FACT_LIMIT) or gettext("none") for text in (member.old, member.new))
    yield f"{FACTS[change.field].lower()}: {old} → {new}"


def _of_references(comparison):
    """Yield what happened to sources, and how many references changed in their other members alone."""
    changes = comparison.part("references").changes
    counts = Counter(change.kind for change in changes if change.kind in (ADDITION, DELETION))
    told = {citation.where for citation in comparison.citations if citation.kind in (SOURCE, KEY)}
    kinds = Counter(citation.kind for citation in comparison.citations)
    yield from _plural(counts[ADDITION], "source", ADDITION)
    yield from _plural(counts[DELETION], "source", DELETION)
    yield from _plural(kinds[SOURCE], "source", SOURCE)
    yield from _plural(kinds[KEY], "key", KEY)
    yield from _counted("reference", [one for one in changes if one.kind in (CHANGE, MOVE) and one.id not in told])


def _of_citations(comparison):
    kinds = Counter(citation.kind for citation in comparison.citations)
    yield from _plural(kinds[ADDITION], "citation", ADDITION)
    yield from _plural(kinds[DELETION], "citation", DELETION)
    yield from _plural(kinds[LOCATOR], "locator", LOCATOR)


def _of_body(part):
    """Yield what happened in each section: ``Offensive: 2 paragraphs reworded, 1 added``."""
    sections = {}
    for block in part.changes:
        counts = sections.setdefault(block.section or gettext("Lead"), Counter())
        counts[block.block, _verb(block)] += 1
    for section, counts in sections.items():
        words, last = [], ""
        for (noun, verb), count in counts.items():
            blocks = str(count) if noun == last else _BLOCKS[noun](count).format(count=number(count))
            words.append(_IN_TEXT[verb].format(blocks=blocks))
            last = noun
        yield f"{shortened(section)}: {', '.join(words)}"


def _verb(block):
    if block.reflow:
        return "reflow"
    if block.shape:
        return block.shape
    return "extend" if block.kind == CHANGE and _only_grew(block.spans) else block.kind


def _only_grew(spans):
    """Tell whether words were added at the end and nothing else: in the middle, “not” would change what is said."""
    return len(spans) == 2 and spans[0].kind == SAME and spans[1].kind == ADDITION and any(words_in(spans))


def _counted(noun, changes):
    counts = Counter(change.kind for change in changes)
    for kind in (ADDITION, DELETION, CHANGE, MOVE):
        yield from _plural(counts[kind], noun, kind)


def _plural(count, noun, verb):
    if count:
        yield _COUNTED[noun, verb](count).format(count=number(count))


def _fitted(pieces, limit):
    """Join as many of ``pieces`` as fit, and say how many were left out."""
    text = "; ".join(pieces)
    if len(text) <= limit:
        return text
    fit = sum(length <= limit for length in accumulate(len(piece) + 2 for piece in pieces))
    while True:
        more = gettext("and {count} more").format(count=number(len(pieces) - fit))
        text = "; ".join([*pieces[:fit], more])
        if len(text) <= limit or not fit:
            return text[:limit]
        fit -= 1
