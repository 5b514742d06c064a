"""One work in the house style of the reference lists: CSL data to HTML.

    Family, Given (Date). *Title*, volume, edition. Kind. Others. In container, volume (issue), pages. Series. Number.
    Event. Place: Publisher. Archive. Pages. Identifiers. Accessed …. Archived copy ….

What is not given is left out; a work without author begins with its title. Every value may be any text and is escaped.
"""

import re

from .. import wording
from ..markup import safe_url
from . import words
from .contributors import leading, others, people
from .dates_in_words import csl_date_words, ordinal
from .safe_html import escape
from .writer import link_open

_PARTS = frozenset(
    "article-journal article-magazine article-newspaper chapter entry entry-dictionary entry-encyclopedia figure "
    "paper-conference post post-weblog review review-book webpage".split()
)
"""Types of works that are parts of something: their titles stand in quotation marks."""
_BOUND = frozenset("chapter entry entry-dictionary entry-encyclopedia paper-conference".split())
"""Types of works that stand *in* a book with editors of its own."""
_ABOUT_THE_DATA = frozenset(("type", "id", "language", "custom"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\ud7ff]")
"""Letters that are not Latin: names written in them are in the language of the work."""
_DOI = re.compile(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def sentences(parts):
    """Return the HTML ``parts`` that are not empty, separated by full stops where none stands."""
    text, last = "", ""
    for part in parts:
        if part:
            text += f"{'' if not text else ' ' if is_closed(last) else '. '}{part}"
            last = part
    return text


def is_closed(html):
    """Tell whether the words of ``html`` end in a full stop or what stands for one; marks behind it do not count."""
    while html.endswith(">"):
        html = html[: html.rindex("<sup " if html.endswith("</sup>") else "<")]
    return html.rstrip("”’)").endswith((".", "?", "!", "…"))


def is_empty(csl):
    """Tell whether CSL data says nothing about a work."""
    return not any(value for member, value in csl.items() if member not in _ABOUT_THE_DATA)


def pages_words(pages):
    """Return page numbers with *p.* or *pp.* before them; what begins with no number is returned as it is."""
    if not re.match(r"[0-9]|[ivxlc]+\b", pages):
        return pages
    many = re.search(r"[-–—,;&]|\band\b", pages)
    return f"{words.PAGES if many else words.PAGE} {re.sub(r'(?<=[0-9])-(?=[0-9])', '–', pages)}"


def _joined(separator, *parts):
    return separator.join(part for part in parts if part)


def _is_of_the_page(language):
    return language.lower().partition("-")[0] == wording.language().partition("-")[0]


def _lines(csl):
    """Return the members of CSL data that are text or numbers, each as text of one line."""
    return {member: " ".join(str(one).split()) for member, one in csl.items() if isinstance(one, str | int | float)}


class Work:
    """One work, read from the CSL data of a source."""

    def __init__(self, csl):
        self.csl = csl
        self._lines = _lines(csl)
        self._type = csl.get("type")
        self._container = self.line("container-title")
        custom = csl.get("custom")
        self._custom = custom if isinstance(custom, dict) else {}
        self._original = safe_url(self.line("URL"))
        self._archived = safe_url(str(self._custom.get("archive-url") or ""))
        dead = str(self._custom.get("url-status", "")).lower() == "dead"
        self._address = self._archived if self._archived and dead else self._original or self._archived
        language = self.line("language")
        self.language = language if _LANGUAGE.match(language) and not _is_of_the_page(language) else ""
        """A tag fit for ``lang``, empty where the work is in the page's own or its language is not told."""
        self._lang = f' lang="{self.language}"' if self.language else ""

    def line(self, member):
        """Return a member as text of one line, empty where it is absent or holds none."""
        return self._lines.get(member, "")

    def escaped(self, member):
        """Return a member as HTML."""
        return escape(self._lines[member]) if member in self._lines else ""

    def html(self):
        """Return the entry as HTML; it may lack a full stop at its end."""
        names, leader = leading(self.csl)
        names = names or self.line("authority")
        date = escape(csl_date_words(self.csl.get("issued")))
        dated = f" ({date})" if date else ""
        title = self._title()
        head = [f"{self._authors(names)}{dated}", title] if names else [f"{title}{dated}"]
        return sentences([*head, *self._description(leader), *self._identifiers(), *self._access()])

    # Its sentences

    def _authors(self, names):
        lang = self._lang if _OTHER_SCRIPT.search(names) else ""
        return f'<span class="authors"{lang}>{escape(names)}</span>'

    def _title(self):
        title = self.escaped("title") or escape(str(words.UNTITLED))
        lang = self._lang
        if self._address:
            title = f"{link_open(self._address)}{title}</a>"
        if self._container or self._type in _PARTS:
            return f"“<span{lang}>{title}</span>”" if lang else f"“{title}”"
        return _joined(", ", f"<cite{lang}>{title}</cite>", self._volume(), self._edition())

    def _description(self, leader):
        """Yield the sentences between title and identifiers."""
        bound = bool(self._container) and self._type in _BOUND
        yield self.escaped("genre") or self.escaped("medium")
        said = "; ".join(others(self.csl, leader, without=("editor",) if bound else ()))
        yield escape(said[:1].upper() + said[1:])
        if self._container:
            yield self._book(leader) if bound else self._periodical()
        yield _joined(" ", self.escaped("collection-title"), self.escaped("collection-number"))
        yield self.escaped("number")
        yield _joined(", ", self.escaped("event-title") or self.escaped("event"), self.escaped("event-place"))
        yield _joined(": ", self.escaped("publisher-place"), self.escaped("publisher"))
        yield _joined(", ", *(self.escaped(one) for one in ("archive", "archive-place", "archive_location")))
        if not self._container:
            yield self._pages()

    def _book(self, leader):
        """Return the book in which the work stands."""
        editors = "" if leader == "editor" else people(self.csl.get("editor"), inverted=False)
        if editors:
            editors = f"{escape(editors)} ({words.LEADING_ROLES['editor'][len(self.csl['editor']) > 1]})"
        book = _joined(", ", editors, f"<cite>{escape(self._container)}</cite>")
        return _joined(", ", f"{words.IN} {book}", self._volume(), self._edition(), self._chapter(), self._pages())

    def _periodical(self):
        """Return the journal, newspaper or site in which the work stands."""
        volume, issue = self.escaped("volume"), self.escaped("issue")
        numbers = f"{volume} ({issue})" if volume and issue else volume or (issue and f"{words.NUMBER} {issue}")
        title = _joined(" ", f"<cite>{escape(self._container)}</cite>", numbers)
        return _joined(", ", title, self._chapter(), self._pages())

    def _volume(self):
        volume, title = self.escaped("volume"), self.escaped("volume-title")
        return _joined(": ", volume and f"{words.VOLUME} {volume}", title)

    def _edition(self):
        edition = self.escaped("edition")
        if edition.isascii() and edition.isdigit() and len(edition) < 5:
            return words.EDITION.format(edition=ordinal(int(edition))) if int(edition) > 1 else ""
        said = not edition or edition.lower().endswith(("ed.", "edition"))
        return edition if said else words.EDITION.format(edition=edition)

    def _chapter(self):
        chapter = self.escaped("chapter-number")
        return _joined(", ", chapter and f"{words.CHAPTER} {chapter}", self.escaped("section"))

    def _pages(self):
        return escape(pages_words(self.line("page")))

    def _identifiers(self):
        for member in ("ISBN", "ISSN"):
            if value := self.escaped(member):
                yield f'<span class="identifier">{member} {value}</span>'
        if doi := _DOI.sub("", self.line("DOI")):
            href = safe_url(f"https://doi.org/{doi}")
            shown = f"{link_open(href)}{escape(doi)}</a>" if href else escape(doi)
            yield f'<span class="identifier">doi:{shown}</span>'

    def _access(self):
        """Yield when the work was seen, and the copy that the title does not lead to."""
        if accessed := csl_date_words(self.csl.get("accessed")):
            yield escape(words.ACCESSED.format(date=accessed))
        if not self._archived:
            return
        day = self._archive_day()
        copy = escape(words.ARCHIVED_ON.format(date=day) if day else words.ARCHIVED)
        if not self._original:
            yield copy
        elif self._address == self._archived:
            yield f"{copy}; {link_open(self._original)}{words.ORIGINAL}</a>"
        else:
            yield f"{link_open(self._archived)}{copy}</a>"

    def _archive_day(self):
        """Return the archive date in words; it may be a CSL date or text such as 2010-05-05."""
        date = self._custom.get("archive-date")
        if isinstance(date, dict):
            return csl_date_words(date)
        text = str(date or "")
        if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            return csl_date_words({"date-parts": [text.split("-")]}) or text
        return text
