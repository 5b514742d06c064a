"""What kind of change it is: stable names for the history page, each with its label."""

import re
from collections import Counter

from ..infobox_kinds import KINDS
from ..wording import gettext_lazy
from .blocks import plain
from .changes import CHANGE, MOVE
from .citing import KEY, LOCATOR, SOURCE
from .words import ADDITION, DELETION, SAME

TAGS = {
    "figure_changed": gettext_lazy("figure changed"),
    "result_changed": gettext_lazy("result changed"),
    "sides_changed": gettext_lazy("sides changed"),
    "source_added": gettext_lazy("source added"),
    "source_removed": gettext_lazy("source removed"),
    "source_corrected": gettext_lazy("source corrected"),
    "source_merged": gettext_lazy("source merged"),
    "citation_error": gettext_lazy("citation error"),
    "citation_removed": gettext_lazy("citation removed"),
    "locator_changed": gettext_lazy("locator changed"),
    "key_renamed": gettext_lazy("key renamed"),
    "picture_changed": gettext_lazy("picture changed"),
    "title_changed": gettext_lazy("title changed"),
    "address_changed": gettext_lazy("address changed"),
    "text_moved": gettext_lazy("text moved"),
    "minor_wording": gettext_lazy("minor wording"),
    "formatting_only": gettext_lazy("formatting only"),
}
"""Names as they are stored, and what a reader is shown. ``citation_error`` is of the new state, not of the difference:
whoever renders it adds that one."""

_FEW_WORDS = 6
_NUMBER = re.compile(r"\d+(?:[.,’']\d+)*")
_SEPARATOR = re.compile(r"[,’']")
_DRESS = frozenset("*_`#> \t\n")
_OF_CITATIONS = {
    DELETION: "citation_removed",
    LOCATOR: "locator_changed",
    SOURCE: "source_corrected",
    KEY: "key_renamed",
}
_OF_FACTS = {"title": "title_changed", "slug": "address_changed"}


def tags(comparison):
    """Return the frozenset of the names in ``TAGS`` that hold for a ``Comparison``."""
    found = {_OF_CITATIONS.get(citation.kind) for citation in comparison.citations}
    found |= {_OF_FACTS.get(change.field) for change in comparison.part("facts").changes}
    found |= {tag for change in comparison.part("infobox").changes for tag in _infobox_tags(change)}
    for change in comparison.part("references").changes:
        found.add({ADDITION: "source_added", DELETION: "source_removed"}.get(change.kind))
    if any(change.kind != MOVE for change in comparison.part("figures").changes):
        found.add("picture_changed")
    if any(block.moved for block in comparison.part("body").changes):
        found.add("text_moved")
    found.discard(None)
    return frozenset(found | ({_how_small(comparison)} - {None} if not found else set()))


def _infobox_tags(change):
    field = next((kind.by_name[change.field] for kind in KINDS.values() if change.field in kind.by_name), None)
    if field is None or change.kind == MOVE:
        return
    if field.counts and numbers_changed(change.member("value")):
        yield "figure_changed"
    if field.names_sides:
        yield "sides_changed"
    if field.name == "result":
        yield "result_changed"


def numbers_changed(member):
    """Tell whether a ``MemberChange`` (or None) of markup changed a number; those inside marks do not count."""
    return bool(member) and _numbers(member.old) != _numbers(member.new)


def _numbers(text):
    return Counter(_SEPARATOR.sub("", number) for number in _NUMBER.findall(plain(text)))


def _how_small(comparison):
    """Return the tag of a change that nobody need study, if it is one."""
    changes = comparison.changes
    if not changes or comparison.citations or any(change.kind != CHANGE for change in changes):
        return None
    spans = [span for change in changes for span in _spans(change)]
    if all(kind == SAME or _DRESS.issuperset(text) for kind, text in spans):
        return "formatting_only"
    edited = "".join(text for kind, text in spans if kind != SAME)
    prose = all(change.part in ("body", "notes") for change in changes)
    few = sum(comparison.words) <= _FEW_WORDS
    return "minor_wording" if prose and few and not any(sign.isdigit() for sign in edited) else None


def _spans(change):
    return change.spans if change.part == "body" else [span for member in change.members for span in member.spans]
