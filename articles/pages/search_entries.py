"""What a published page is searched by, made from its content and its words."""

from ..dates import bounds
from ..folding import folded_words, make_slug, sounds
from ..infobox_kinds import KINDS
from ..markup import parse_line
from ..models import PublishedFact
from ..rendering import page_words
from .links import published_names

_MOST = {"facts": 80_000, "text": 150_000, "lists": 80_000, "plain": 300_000}
"""Characters of each column: PostgreSQL takes at most a megabyte in one entry of its index."""
_MOST_YEARS = 120
_FACT_MAX = 200


def search_entry(content, rendered):
    """Return the columns of the ``SearchEntry`` of a page."""
    words = page_words(rendered)
    names = published_names(content)
    facts = "\n".join([content.short_description, *content.categories, words.facts])
    return {
        "names": " ".join([_folded("\n".join(names)), *sounds(" ".join(name.title() for name in names), least=1)]),
        "facts": _indexed(facts, _MOST["facts"]),
        "text": _indexed(words.text, _MOST["text"]),
        "lists": _indexed(words.lists, _MOST["lists"]),
        "plain": "\n".join(part for part in (words.text, words.facts, words.lists) if part)[: _MOST["plain"]],
    }


def _folded(text):
    return " ".join(folded_words(text))


def _indexed(text, most):
    text = text[:most]
    return " ".join([*folded_words(text), *sounds(text)])[:most]


def search_facts(content, parent):
    """Return the columns of every ``PublishedFact`` of a page; ``parent`` is the ``Link`` to its war or None."""
    facts = [(PublishedFact.WAR, parent.title, content.part_of)] if parent else []
    for _index, row in content.infobox.in_display_order():
        kind = {"combatant": PublishedFact.SIDE, "commander": PublishedFact.COMMANDER}.get(row.field)
        name = _name(row.value) if kind else ""
        if name:
            facts.append((kind, name, make_slug(name) or name.casefold()))
    if not _is_person(content):
        facts += [(PublishedFact.YEAR, str(year), str(year)) for year in _years(content.event_date)]
    found = {(kind, key[:_FACT_MAX]): value[:_FACT_MAX] for kind, value, key in reversed(facts)}
    return [{"kind": kind, "key": key, "value": value} for (kind, key), value in found.items()]


def _is_person(content):
    """Tell whether the dates are those of a life: nobody looks for a battle by the years a general lived."""
    return content.infobox.kind in KINDS and "born" in KINDS[content.infobox.kind].by_name


def _name(value):
    """Return the name with which a value of the infobox begins, without what stands behind it in brackets."""
    tokens = parse_line(value).tokens[0].children
    words = "".join(
        token.content if token.type.startswith("text") else " " * (token.type == "softbreak") for token in tokens
    )
    return words.partition("(")[0].partition(";")[0].strip(" ,")


def _years(event_date):
    """Return the years that a date touches; those of a very long one are too many to narrow by."""
    if not event_date:
        return []
    first, last = (day and day[0] for day in bounds(event_date))
    if first is None or last is None:
        return [year for year in (first, last) if year is not None]
    return range(first, last + 1) if last - first < _MOST_YEARS else []
