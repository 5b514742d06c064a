"""BibTeX and BibLaTeX: one entry, its accents and commands turned into letters."""

import re

import bibtexparser
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text

from .words import Unreadable, csl_date

_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "book",
    "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "inreference": "entry-encyclopedia",
    "legislation": "legislation", "letter": "personal_communication", "manual": "document", "mastersthesis": "thesis",
    "mvbook": "book", "mvcollection": "book", "mvreference": "book", "newspaper": "article-newspaper",
    "online": "webpage", "patent": "patent", "periodical": "periodical", "phdthesis": "thesis",
    "proceedings": "book", "reference": "book", "report": "report", "suppbook": "chapter", "techreport": "report",
    "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture", "www": "webpage",
}  # fmt: skip
_PRESS = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_MEMBERS = {
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle", "eventtitle"),
    "collection-title": ("series",), "volume": ("volume",), "publisher": ("publisher", "institution", "school",
    "organization"), "publisher-place": ("location", "address"), "edition": ("edition",), "ISBN": ("isbn",),
    "ISSN": ("issn",), "language": ("langid", "language"), "note": ("note",), "genre": ("type",),
    "abstract": ("abstract",),
}  # fmt: skip
_MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True))
_LONE = re.compile(r"(?<!\\)([&%#])")
_URL = re.compile(r"https?://[^\s{}\\]+")
_LATEX = LatexNodes2Text(strict_latex_spaces=False)


def read_bibtex(text):
    """Return the CSL object of the one entry in ``text``, and its key."""
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    if len(library.entries) > 1:
        raise Unreadable(_("Paste one work at a time; here are %s.") % len(library.entries))
    if library.failed_blocks or not library.entries:
        raise Unreadable(_("This BibTeX entry is broken off, or a brace or comma is missing or too many."))
    entry = library.entries[0]
    fields = {name.lower(): field.value for name, field in entry.fields_dict.items()}
    return _csl(entry.entry_type.lower(), fields), entry.key


def _csl(kind, fields):
    said = {name: _plain(value) for name, value in fields.items() if isinstance(value, str)}
    csl = {"type": _type(kind, said), "title": _title(said)}
    csl |= {role: _names(fields.get(role)) for role in ("author", "editor", "translator")}
    csl |= {member: _first(said, *names) for member, names in _MEMBERS.items()}
    csl["issue" if kind in ("article", "newspaper", "periodical") else "number"] = _first(said, "issue", "number")
    csl["page"] = re.sub("[–—]|--+", "-", said.get("pages", ""))
    csl["genre"] = csl["genre"] or _GENRES.get(kind, "")
    csl["DOI"] = _address(fields.get("doi", ""))
    csl["URL"] = _address(fields.get("url", "")) or _web(fields.get("howpublished", "") + fields.get("note", ""))
    if csl["URL"] and _web(csl["note"]) == csl["URL"]:
        csl["note"] = ""
    csl["issued"], csl["accessed"] = _issued(said), csl_date(said.get("urldate", ""))
    return csl


def _type(kind, said):
    if kind in ("article", "newspaper"):
        return _PRESS.get(said.get("entrysubtype", ""), _TYPES[kind])
    fallback = "webpage" if "url" in said or "howpublished" in said and _web(said["howpublished"]) else "document"
    return _TYPES.get(kind, fallback)


def _title(said):
    title, subtitle = said.get("title", ""), said.get("subtitle", "")
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _issued(said):
    if date := said.get("date") or "":
        return csl_date(date)
    year, month = said.get("year", ""), said.get("month", "").lower()
    number = _MONTHS.get(month[:3]) or (int(month) if re.fullmatch("[0-9]{1,2}", month) else 0)
    if re.fullmatch("[0-9]{4}", year) and 1 <= number <= 12:
        day = re.fullmatch(r"[a-z]+\.?\s+([0-9]{1,2})", month)
        return csl_date(f"{year}-{number:02d}" + (f"-{int(day[1]):02d}" if day else ""))
    return csl_date(year)


def _names(names):
    return [one for name in names or () if (one := _name(name))] if isinstance(names, list) else []


def _name(parts):
    given, von, last, junior = (" ".join(some) for some in (parts.first, parts.von, parts.last, parts.jr))
    if last == "others" and not given:
        return None
    if not given and not von:
        return {"literal": _plain(last)}
    # The family name is kept as one says it, with its particle.
    name = {"family": _plain(f"{von} {last}"), "given": _plain(given), "suffix": _plain(junior)}
    return {part: said for part, said in name.items() if said}


def _first(said, *names):
    return next((said[name] for name in names if said.get(name)), "")


def _plain(latex):
    try:
        text = _LATEX.latex_to_text(_LONE.sub(r"\\\1", latex))
    except Exception:  # whatever commands it stumbles over, the editor sees them as they were pasted
        text = latex
    return " ".join(text.split())


def _address(text):
    return re.sub(r"\\([&%#_~{}])", r"\1", text).strip("{} ")


def _web(text):
    match = _URL.search(text)
    return match[0] if match else ""
