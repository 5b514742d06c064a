"""Bibliographic data of one work as CSL-JSON 1.0.2: read, typed, canonical.

The members and their types are those of the CSL 1.0.2 data schema. Members that the schema does not know are kept.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property

from ..plain_text import forbidden, normalise

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard "
    "thesis treaty webpage".split()
)
NAME_FIELDS = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator translator".split()
)
DATE_FIELDS = frozenset("accessed available-date event-date issued original-date submitted".split())
_TEXT_FIELDS = frozenset(
    "abstract annote archive archive-place archive_collection archive_location authority call-number citation-key "
    "citation-label collection-title container-title container-title-short dimensions division DOI event event-place "
    "event-title genre ISBN ISSN journalAbbreviation jurisdiction keyword language medium note original-publisher "
    "original-publisher-place original-title part-title PMCID PMID publisher publisher-place references "
    "reviewed-genre reviewed-title scale section shortTitle source status title title-short URL volume-title "
    "year-suffix".split()
)
_NUMBER_FIELDS = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
    "number-of-pages number-of-volumes page page-first part-number printing-number supplement-number version "
    "volume".split()
)
_NAME_MEMBERS = frozenset("family given literal suffix dropping-particle non-dropping-particle".split())
_YEAR = re.compile(r"-?\d{1,5}\Z")


@dataclass(frozen=True)
class Source:
    """A work. ``canonical`` is its CSL object as JSON text with sorted members, the form in which two are compared."""

    canonical: str

    @classmethod
    def of(cls, csl):
        """Make a source of a CSL object (a dict); text comes into the one form, nothing else changes."""
        return cls(json.dumps(_normalised(csl), ensure_ascii=False, sort_keys=True, separators=(",", ":")))

    @cached_property
    def csl(self):
        """The CSL object. Do not change it."""
        return json.loads(self.canonical)

    @property
    def digest(self):
        """SHA-256 of the canonical text, in hex."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def title(self):
        """The title as text, empty if there is none."""
        return str(self.csl.get("title") or "")

    @property
    def authors(self):
        """Family names of the authors, else of the editors, in one line: ``de Waal & Smith``."""
        names = self.csl.get("author") or self.csl.get("editor") or []
        return " & ".join(name.get("literal") or _family(name) for name in names)

    @property
    def year(self):
        """The year of issue as text, empty if there is none."""
        issued = self.csl.get("issued") or {}
        parts = issued.get("date-parts")
        return str(parts[0][0]) if parts else str(issued.get("literal") or issued.get("raw") or "")

    @property
    def identifiers(self):
        """DOI and ISBNs in plain form, to find copies of the same work: ``("doi:10.1/x", "isbn:9780814719459")``."""
        doi = str(self.csl.get("DOI") or "").lower().removeprefix("https://doi.org/").strip()
        isbns = re.findall(r"\b(?:97[89][0-9]{10}|[0-9]{9}[0-9Xx])\b", re.sub("[-‐‑–]", "", str(self.csl.get("ISBN") or "")))
        return tuple([f"doi:{doi}"] * bool(doi) + [f"isbn:{_isbn13(isbn)}" for isbn in isbns])


def _family(name):
    particles = name.get("non-dropping-particle") or ""
    return " ".join(part for part in (particles, name.get("family") or name.get("given") or "") if part)


def _isbn13(isbn):
    """Return an ISBN-10 as ISBN-13, so that both forms of one book are found."""
    if len(isbn) != 10:
        return isbn
    digits = "978" + isbn[:9]
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"


def _normalised(value):
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, dict):
        return {normalise(member): _normalised(one) for member, one in value.items()}
    if isinstance(value, list):
        return [_normalised(one) for one in value]
    return value


def csl_problems(csl, place):
    """Yield (place, message) for everything in the CSL object ``csl`` that CSL 1.0.2 does not allow."""
    yield from _text_problems(csl, place)
    if not isinstance(csl.get("type", ""), str) or csl.get("type", "document") not in TYPES:
        yield f"{place}.type", "must be a CSL type such as book, report, article-journal, chapter or webpage"
    for member, value in csl.items():
        here = f"{place}.{member}"
        if member in NAME_FIELDS:
            yield from _name_problems(value, here)
        elif member in DATE_FIELDS:
            yield from _date_problems(value, here)
        elif member in _TEXT_FIELDS and not isinstance(value, str):
            yield here, "must be text"
        elif member in _NUMBER_FIELDS and (isinstance(value, bool) or not isinstance(value, str | int | float)):
            yield here, "must be text or a number"
        elif member == "custom" and not isinstance(value, dict):
            yield here, "must be an object"


def _text_problems(value, place):
    if isinstance(value, str):
        if message := forbidden(value):
            yield place, message
    elif isinstance(value, dict):
        for member, one in value.items():
            if message := forbidden(member, one_line=True):
                yield place, f"a member's name {message}"
            else:
                yield from _text_problems(one, f"{place}.{member}")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _text_problems(one, f"{place}[{index}]")


def _name_problems(names, place):
    if not isinstance(names, list):
        yield place, "must be a list of names"
        return
    for index, name in enumerate(names):
        here = f"{place}[{index}]"
        if not isinstance(name, dict):
            yield here, "must be an object with family and given, or literal"
        elif not any(isinstance(name.get(member), str) and name[member] for member in ("family", "given", "literal")):
            yield here, "must have family, given or literal"
        else:
            for member in _NAME_MEMBERS & name.keys():
                if not isinstance(name[member], str):
                    yield f"{here}.{member}", "must be text"


def _date_problems(date, place):
    if not isinstance(date, dict):
        yield place, 'must be an object such as {"date-parts": [[1994, 12]]}'
        return
    if "date-parts" not in date:
        if not any(isinstance(date.get(member), str) and date[member] for member in ("raw", "literal")):
            yield place, "must have date-parts, raw or literal"
        return
    parts = date["date-parts"]
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        yield f"{place}.date-parts", "must be a list of one date or two"
        return
    for index, one in enumerate(parts):
        if not _is_date(one):
            yield f"{place}.date-parts[{index}]", "must be [year], [year, month] or [year, month, day]"


def _is_date(parts):
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return False
    if any(isinstance(part, bool) or not isinstance(part, str | int) for part in parts):
        return False
    if not all(_YEAR.match(str(part)) for part in parts):
        return False
    numbers = [int(part) for part in parts] + [1, 1]
    return 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31
