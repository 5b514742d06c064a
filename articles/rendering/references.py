"""Entries of the two lists under an article: notes and references."""

from dataclasses import replace
from functools import lru_cache

from .. import wording
from ..rendered import Backlink, ListEntry
from . import words
from .citations import letters
from .safe_html import escape, safe
from .works import Work, is_closed, is_empty, pages_words, sentences


def note_entries(notes, numbering, writer):
    """Return the list of notes; ``notes`` maps keys to markup."""
    entries = enumerate(numbering.notes.items(), 1)
    return tuple(
        _entry("note", key, letters(count), _note_html(notes[key], writer), anchors)
        for count, (key, anchors) in entries
    )


def _note_html(note, writer):
    return safe(writer.note(note.tokens) or escape(str(words.EMPTY_NOTE)))


def reference_entries(references, reading, numbering, writer):
    """Return the list of references; ``references`` are those of the content."""
    by_key = {reference.key: reference for reference in references}
    entries = enumerate(numbering.references.items(), 1)
    return tuple(
        _entry("ref", key, str(count), _reference_html(by_key[key], reading, writer), anchors)
        for count, (key, anchors) in entries
    )


def _entry(prefix, key, label, html, anchors):
    many = len(anchors) > 1
    backlinks = tuple(Backlink(anchor, letters(count) if many else "") for count, anchor in enumerate(anchors, 1))
    return ListEntry(f"{prefix}-{key}", key, label, html, backlinks)


def is_empty_reference(reference):
    """Tell whether a reference has neither free text nor a source that says anything."""
    return not reference.text.strip() and (reference.source is None or is_empty(reference.source.csl))


def _reference_html(reference, reading, writer):
    if reference.source and not reference.remark:
        return of_source(replace(reference, id="", key="", source_id=None, source_version=None), wording.language())
    work = Work(reference.source.csl if reference.source else {})
    remark = _line(reading.remarks[reference.key], writer)
    if reference.source or is_empty_reference(reference):
        return _closed(reference, work, _what(reference, work), remark)
    return _closed(reference, work, _line(reading.texts[reference.key], writer), remark)


@lru_cache(maxsize=256)
def of_source(reference, language):
    """Return the entry of a reference that says nothing in markup, in the site's ``language``.

    Most are of this kind, and an article is rendered again and again with the same ones while somebody works on it.
    """
    work = Work(reference.source.csl)
    return _closed(reference, work, _what(reference, work), "")


def _closed(reference, work, what, remark):
    said = remark and f'<span class="remark">{remark}</span>'
    entry = sentences([what, _pages(reference, work), _quotation(reference, work.language), said])
    return safe(entry if is_closed(entry) else f"{entry}.")


def _what(reference, work):
    """Return the work that is referred to, or that there is none."""
    return escape(str(words.EMPTY_REFERENCE)) if is_empty_reference(reference) else work.html()


def _line(markup, writer):
    return writer.inline(markup.tokens[0].children)


def _pages(reference, work):
    pages = escape(pages_words(reference.pages))
    here = f"{words.HERE} " if work.line("page") else ""
    return f'<span class="pages">{here}{pages}</span>' if pages else ""


def _quotation(reference, language):
    lang = f' lang="{language}"' if language else ""
    quotation, translation = escape(reference.quotation), escape(reference.translation)
    return sentences([
        quotation and f'<q class="quotation"{lang}>{quotation}</q>',
        translation and f'{words.TRANSLATION} <q class="translation" lang="{wording.language()}">{translation}</q>',
    ])  # fmt: skip
