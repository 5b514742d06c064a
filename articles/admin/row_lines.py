"""Rows in one line: what a closed row says of itself. ``static/js/row_line.js`` keeps it true while one types."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..infobox_kinds import ALL_SIDES, KINDS

LONGEST = 240
_MARKS = re.compile(r"\[[@^][^\[\]]*\]")
"""Citations and notes: in a line there is room for the words only."""
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_LABELS = {field.name: field.label for kind in KINDS.values() for field in kind.fields}


@dataclass(frozen=True)
class RowLine:
    """``head`` names the row (its key, its field), ``text`` tells what it holds, ``by`` who says so."""

    head: str
    text: str
    by: str = ""


def line_of(row, name, chosen):
    """Return the ``RowLine`` of a ``Row`` of the list ``name``; ``chosen`` maps keys as text to sources or images."""
    words = row.words
    if name == "infobox":
        head = ", ".join(
            one for one in (str(_LABELS.get(words.get("field"), "")), side_words(words.get("side"))) if one
        )
        return RowLine(head, _short(_unmarked(words.get("value"))), _short(_unmarked(words.get("attribution"))))
    if name == "references":
        source = chosen.get(words.get("source", ""))
        pages = words.get("pages") and _("p. %s") % words["pages"]
        return RowLine(words.get("key", ""), _short(", ".join(filter(None, (_shown(source, words), pages)))))
    text = words.get("text") if name == "notes" else words.get("caption") or words.get("alt")
    return RowLine(words.get("key", ""), _short(text))


def side_words(side):
    """Name a side: ``side 2``, ``all sides``; empty where there is none."""
    if side == ALL_SIDES:
        return _("all sides")
    return _("side %s") % side if side else ""


def _shown(source, words):
    return str(source) if source else words.get("text", "")


def _unmarked(text):
    return _LINK.sub(r"\1", _MARKS.sub("", text or "")) or text


def _short(text):
    text = " ".join((text or "").split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
