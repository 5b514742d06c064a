"""Which kind of text was pasted, and what it says."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...content import Source as SourceContent, parse_json
from ...markup.marks import KEY
from ...plain_text import forbidden_sentence, normalise
from ...problems import Refused
from .. import identifiers
from .bibtex import read_bibtex
from .ris import read_ris
from .words import Unreadable

TEXT_MAX = 30_000
NAMES_MAX = 200
"""Of one role; nobody cites a work of more, and each name is a row of the form."""
_TITLE_MAX = 500
_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_ISBN = re.compile(r"(?:isbn(?:-1[03])?:?\s*)?((?:97[89][ ‐‑–-]?)?(?:[0-9][ ‐‑–-]?){9}[0-9X])\Z", re.IGNORECASE)
_RIS = re.compile(r"\s*TY\s*-", re.ASCII)
_KEY = re.compile(rf"{KEY}\Z")
_CHECKED = {"ISBN": identifiers.read_isbns, "ISSN": identifiers.read_issn, "DOI": identifiers.read_doi,
            "language": identifiers.read_language}  # fmt: skip


@dataclass(frozen=True)
class Pasted:
    """A work as it was pasted: its CSL object, and the key that the text proposes for it, empty if it proposes none."""

    csl: dict
    key: str = ""


def read_pasted(text):
    """Return what ``text`` says as a ``Pasted``; raise ``Unreadable``."""
    text = normalise(text).strip().removeprefix("\ufeff").strip()
    if not text:
        raise Unreadable(_("Paste or type something first."))
    if len(text) > TEXT_MAX:
        raise Unreadable(_("This is too long for one work."))
    if message := forbidden_sentence(text):
        raise Unreadable(message)
    csl, key = _read(text)
    csl = {member: value for member, value in csl.items() if value not in ("", None, [], {})}
    for member in _CHECKED.keys() & csl.keys():
        csl[member] = _tidied(_CHECKED[member], csl[member])
    if many := [len(names) for names in csl.values() if isinstance(names, list) and len(names) > NAMES_MAX]:
        said = _("This names %(count)s people in one role; at most %(most)s can be taken up. Shorten the list.")
        raise Unreadable(said % {"count": many[0], "most": NAMES_MAX})
    try:
        SourceContent.read(csl)
    except Refused as refused:
        first = refused.problems[0]
        place = first.place.removeprefix("source.")
        raise Unreadable(_("%(place)s: %(message)s.") % {"place": place, "message": first.message}) from None
    return Pasted(csl, key if _KEY.match(key) else "")


def _read(text):
    if text[0] == "@":
        return read_bibtex(text)
    if _RIS.match(text):
        return read_ris(text)
    if text[0] in "{[":
        return _read_json(text)
    return _read_bare(text), ""


def _tidied(read, value):
    """Bring a number into its one form; what is mistyped stays for the editor to see, at its field."""
    try:
        return read(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _read_json(text):
    try:
        works = parse_json(text)
    except Refused as refused:
        message = refused.problems[0].message
        raise Unreadable(_("This looks like CSL-JSON but %s.") % message) from None
    works = works.get("items", works) if isinstance(works, dict) else works
    works = works if isinstance(works, list) else [works]
    if len(works) != 1 or not isinstance(works[0], dict):
        raise Unreadable(_("Paste one work at a time; here are %s.") % len(works))
    # What another library calls the work is no fact of it.
    work = dict(works[0])
    known_as = [work.pop(member, "") for member in ("citation-key", "citekey", "id")]
    return work, next((one for one in known_as if isinstance(one, str) and _KEY.match(one)), "")


def _read_bare(text):
    if match := _DOI.match(text):
        return {"type": "article-journal", "DOI": match[1]}
    if _ADDRESS.match(text):
        return {"type": "webpage", "URL": text}
    if match := _ISBN.match(text):
        return {"type": "book", "ISBN": match[1]}
    if "\n" in text or len(text) > _TITLE_MAX:
        raise Unreadable(
            _("This is no BibTeX, RIS or CSL-JSON, no address, DOI, ISBN or title. Fill in the fields instead.")
        )
    return {"title": text}
