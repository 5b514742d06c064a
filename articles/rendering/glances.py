"""A page at a glance: how the battle ended and what it cost, in the words of its infobox."""

from ..markup import parse_line
from .page_words import plain_words
from .safe_html import escape

_TEXT_TOKENS = ("text", "text_special", "code_inline")
_OUTCOMES = ("result", "status")
_LONGEST = 160
_CLAIMS = 3
"""Claims of one side that are told."""


def fact_words(content, field):
    """Return the first value that the infobox of ``content`` states for a field, in words; empty where none does."""
    value = next((row.value for row in content.infobox.rows if row.field == field), "")
    tokens = parse_line(value).tokens[0].children if value else ()
    return _short(
        "".join(" " if one.type == "softbreak" else one.content * (one.type in _TEXT_TOKENS) for one in tokens)
    )


def outcome_words(box):
    """Return the result in an infobox, else the status, in one line; empty where neither stands."""
    facts = {fact.field: fact for fact in box.facts} if box else {}
    found = next((facts[field] for field in _OUTCOMES if field in facts), None)
    return _short(plain_words(found.values[0].html)) if found else ""


def losses_words(box):
    """Return [side, [claims in words]] for each side whose losses an infobox states, joint ones under their label."""
    sections = box.sections if box else ()
    names = {
        cell.side: _short(plain_words(cell.values[0].html))
        for section in sections if section.names_sides for cell in section.cells if cell.values
    }  # fmt: skip
    section = next((one for one in sections if one.field == "casualties"), None)
    if section is None:
        return []
    names |= {section.joint.side: section.joint_label} if section.joint else {}
    cells = [cell for cell in (*section.cells, section.joint) if cell and cell.values]
    return [[names.get(cell.side, ""), [_claim(value) for value in cell.values[:_CLAIMS]]] for cell in cells]


def _claim(value):
    words = plain_words(value.html)
    return _short(f"{words} ({plain_words(escape(value.attribution))})" if value.attribution else words)


def _short(words):
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
