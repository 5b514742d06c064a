"""RIS: tags of two letters, one work."""

import re

import rispy
from django.utils.translation import gettext as _

from .words import Unreadable, csl_date, csl_name

_TAG = re.compile(r"^[ \t]*([A-Z][A-Z0-9])[ \t]*-[ \t]?", re.MULTILINE)
_TYPES = {
    "ABST": "article", "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CONF": "book", "CPAPER": "paper-conference", "DATA": "dataset", "DICT": "entry-dictionary", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "GOVDOC": "report", "HEAR": "hearing", "INPR": "article-journal",
    "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "regulation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MUSIC": "musical_score", "NEWS": "article-newspaper",
    "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication", "RPRT": "report", "SER": "book",
    "SOUND": "song", "STAND": "standard", "STAT": "legislation", "THES": "thesis", "UNPB": "manuscript",
    "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
_WHOLE = {"book", "report", "thesis", "map", "manuscript"}
"""Types whose T2 is a series, not what they appeared in."""


def read_ris(text):
    """Return the CSL object of the one work in ``text``, and the key that it proposes."""
    tags = _TAG.findall(text)
    if tags.count("TY") > 1:
        raise Unreadable(_("Paste one work at a time; here are %s.") % tags.count("TY"))
    text = _TAG.sub(r"\1  - ", text)
    if "ER" not in tags:
        text += "\nER  - "
    works = rispy.loads(text)
    if not works:
        raise Unreadable(_("This RIS could not be read: it begins with a line “TY  - ” and ends with “ER  - ”."))
    return _csl(works[0]), works[0].get("id", "")


def _csl(work):
    kind = _TYPES.get(work.get("type_of_reference", ""), "document")
    numbers = [number.strip() for number in re.split(r"[;,]|\s(?=97[89])", work.get("issn", "")) if number.strip()]
    csl = {
        "type": kind,
        "title": _first(work, "title", "primary_title") or (_first(work, "secondary_title") if kind == "book" else ""),
        "author": _names(work, "first_authors", "authors"),
        "editor": _names(work, "secondary_authors") if kind != "book" or "authors" in work else [],
        "issued": csl_date(_first(work, "date", "year", "publication_year")),
        "publisher": _first(work, "publisher"),
        "publisher-place": _first(work, "place_published"),
        "volume": _first(work, "volume"),
        "issue" if kind.startswith("article") else "number": _first(work, "number"),
        "page": "–".join(filter(None, (_first(work, "start_page"), _first(work, "end_page")))).replace("–", "-"),
        "edition": _first(work, "edition"),
        "language": _first(work, "language"),
        "DOI": _first(work, "doi"),
        "URL": next(iter(work.get("urls", ())), ""),
        "accessed": csl_date(_first(work, "access_date")),
        "abstract": _first(work, "abstract", "notes_abstract"),
        "genre": _first(work, "type_of_work"),
        "ISSN" if kind.startswith(("article", "periodical")) else "ISBN": ", ".join(numbers),
    }
    outer = _first(work, "journal_name", "alternate_title3", "secondary_title", "alternate_title2")
    if outer and outer != csl["title"]:
        csl["collection-title" if kind in _WHOLE else "container-title"] = outer
    return csl


def _first(work, *names):
    return next((work[name].strip() for name in names if work.get(name, "").strip()), "")


def _names(work, *lists):
    return [csl_name(name) for one in lists for name in work.get(one, ()) if name.strip(" ,")]
