"""Renaming: one key of an article called otherwise, in its row and in every mark that names it."""

import re
from dataclasses import fields, replace

from ..content import Infobox
from ..markup import CitationMark, NoteMark
from .tokens import read_marks

_MARKED = ("text", "value", "remark", "caption", "translation")
_PARTS = ("notes", "references", "figures")


def with_key(content, part, old, new):
    """Return a content in which the row ``old`` of notes, references or figures has the key ``new``."""

    def rename(text):
        return _renamed(text, part, old, new)

    rows = {name: tuple(_row(row, rename) for row in getattr(content, name)) for name in _PARTS}
    rows[part] = tuple(replace(row, key=new) if row.key == old else row for row in rows[part])
    infobox = Infobox(content.infobox.kind, tuple(_row(row, rename) for row in content.infobox.rows))
    return content.replace(body=rename(content.body), infobox=infobox, **rows)


def _row(row, rename):
    names = [one.name for one in fields(row) if one.name in _MARKED]
    return replace(row, **{name: rename(getattr(row, name)) for name in names})


def _renamed(text, part, old, new):
    """Return ``text`` with the marks of a key changed, the last one first so that places hold."""
    for start, end, mark in reversed(read_marks(text)):
        if part == "references" and isinstance(mark, CitationMark) and any(cite.key == old for cite in mark.cites):
            changed = re.sub(rf"(?<=@){re.escape(old)}(?=[,;\]])", new, text[start:end])
        elif part == "notes" and isinstance(mark, NoteMark) and mark.key == old:
            changed = f"[^{new}]"
        elif part == "figures" and text[start:end] == f"![[{old}]]":
            changed = f"![[{new}]]"
        else:
            continue
        text = text[:start] + changed + text[end:]
    return text
