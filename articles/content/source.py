"""A bibliographic work as editors wrote it: CSL-JSON in one canonical text."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property

from ..plain_text import normalise
from ..problems import REFUSAL, Problem, Refused
from ..wording import gettext as _, number
from .csl import csl_problems
from .limits import LIMITS

_ISBN = re.compile(r"\b(?:97[89][0-9]{10}|[0-9]{9}[0-9Xx])\b")


@dataclass(frozen=True)
class Source:
    """A work. ``canonical`` is its CSL object as JSON text with sorted members, the form in which two are compared."""

    canonical: str

    @classmethod
    def of(cls, csl):
        """Make a source of a CSL object without problems; text comes into the one form, nothing else changes."""
        return cls(json.dumps(_normalised(csl), ensure_ascii=False, sort_keys=True, separators=(",", ":")))

    @classmethod
    def read(cls, csl, place="source", *, stored=False):
        """Make a source of what claims to be a CSL object; raise ``Refused`` for all that is wrong, with its places.

        With ``stored`` it is one that our own database holds already.
        """
        found = csl_problems(csl, place, stored=stored)
        problems = [Problem(where, "invalid", message, REFUSAL) for where, message in found]
        if not problems:
            source = cls.of(csl)
            if len(source.canonical) <= LIMITS["source"]:
                return source
            message = _("is longer than {limit} characters").format(limit=number(LIMITS["source"]))
            problems = [Problem(place, "invalid", message, REFUSAL)]
        raise Refused(problems)

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
        isbns = _ISBN.findall(re.sub("[-‐‑–]", "", str(self.csl.get("ISBN") or "")))
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
