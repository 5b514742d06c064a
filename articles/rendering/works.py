"""One work in the house style of the reference lists: CSL data to HTML.

    Family, Given (Date). *Title*, edition. Others. In container, volume (issue), pages. Place: Publisher. Identifiers.
    Accessed …. Archived copy ….

What is not given is left out; a work without author begins with its title. Every value may be any text and is escaped.
"""

import re

from ..markup import safe_url
from . import words
from .contributors import leading, others, people
from .dates_in_words import csl_date_words
from .safe_html import escape
from .writer import link_open

_PARTS = frozenset(
    "article-journal article-magazine article-newspaper chapter entry entry-dictionary entry-encyclopedia figure "
    "paper-conference post post-weblog review review-book webpage".split()
)
"""Types of works that are parts of something: their titles stand in quotation marks."""
_BOUND = frozenset("chapter entry entry-dictionary entry-encyclopedia paper-conference".split())
"""Types of works that stand *in* a book with editors of its own."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_TAG = re.compile(r"<[^>]*>")


def is_empty(csl):
    """Tell whether CSL data says nothing about a work."""
    return not any(value for member, value in csl.items() if member not in ("type", "id", "language", "custom"))


def language_of(csl):
    """Return the language of a work as a tag fit for ``lang``, empty where it is English or not told."""
    language = _text(csl, "language")
    return language if _LANGUAGE.match(language) and not re.match(r"en\b", language, re.IGNORECASE) else ""


def work_html(csl):
    """Return the entry of the work that ``csl`` describes, as HTML without a full stop at its end."""
    names, leader = leading(csl)
    names = names or _text(csl, "authority")
    date = escape(csl_date_words(csl.get("issued")) or words.NO_DATE)
    title = _title(csl)
    head = [f'<span class="authors">{escape(names)}</span> ({date})', title] if names else [f"{title} ({date})"]
    return sentences([*head, *_description(csl, leader), *_identifiers(csl), *_access(csl)])


def sentences(parts):
    """Return the HTML ``parts`` that are not empty, separated by full stops where none stands."""
    text = ""
    for part in filter(None, parts):
        text += f"{'' if not text else ' ' if is_closed(text) else '. '}{part}"
    return text


def is_closed(html):
    """Tell whether the words of ``html`` end in a full stop or what stands for one."""
    return _TAG.sub("", html[-500:]).rstrip("”’")[-1:] in tuple(".?!…")


def _text(csl, member):
    """Return a member of CSL data as text of one line, empty where it is absent or holds no text."""
    value = csl.get(member)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _title(csl):
    title = escape(_text(csl, "title") or words.UNTITLED)
    language = language_of(csl)
    lang = f' lang="{language}"' if language else ""
    if href := first_address(csl):
        title = f"{link_open(href)}{title}</a>"
    if csl.get("type") in _PARTS or csl.get("container-title"):
        return f"“<span{lang}>{title}</span>”" if lang else f"“{title}”"
    return ", ".join(filter(None, [f"<cite{lang}>{title}</cite>", *_volume(csl), _edition(csl)]))


def _description(csl, leader):
    """Yield the sentences between title and identifiers."""
    bound = csl.get("type") in _BOUND and bool(csl.get("container-title"))
    yield escape(_text(csl, "genre") or _text(csl, "medium"))
    said = others(csl, leader, without=("editor",) if bound else ())
    yield escape("; ".join(said)[:1].upper() + "; ".join(said)[1:])
    yield _container(csl, bound, leader)
    yield escape(" ".join(filter(None, [_text(csl, "collection-title"), _text(csl, "collection-number")])))
    yield escape(_text(csl, "number"))
    yield escape(", ".join(filter(None, [_text(csl, "event-title") or _text(csl, "event"), _text(csl, "event-place")])))
    yield escape(": ".join(filter(None, [_text(csl, "publisher-place"), _text(csl, "publisher")])))
    yield escape(", ".join(filter(None, [_text(csl, one) for one in ("archive", "archive-place", "archive_location")])))
    if not csl.get("container-title"):
        yield _pages(csl)


def _container(csl, bound, leader):
    container = _text(csl, "container-title")
    if not container:
        return ""
    parts = [f"<cite>{escape(container)}</cite>"]
    if bound:
        parts += _volume(csl)
        editors = "" if leader == "editor" else people(csl.get("editor"), inverted=False)
        if editors:
            many = len(csl["editor"]) > 1
            parts[0] = f"{escape(editors)} ({words.LEADING_ROLES['editor'][many]}), {parts[0]}"
        parts[0] = f"{words.IN} {parts[0]}"
    else:
        volume, issue = escape(_text(csl, "volume")), escape(_text(csl, "issue"))
        numbers = f"{volume} ({issue})" if volume and issue else volume or (issue and f"{words.NUMBER} {issue}")
        parts[0] += f" {numbers}" if numbers else ""
    return ", ".join(filter(None, [*parts, bound and _edition(csl), _section(csl), _pages(csl)]))


def _volume(csl):
    volume, title = escape(_text(csl, "volume")), escape(_text(csl, "volume-title"))
    return [f"{words.VOLUME} {volume}" + (f": {title}" if title else "")] if volume else [title]


def _edition(csl):
    edition = escape(_text(csl, "edition"))
    if re.fullmatch(r"\d{1,4}", edition):
        number = int(edition)
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
        return words.EDITION.format(edition=f"{number}{ending}") if number > 1 else ""
    said = not edition or edition.lower().endswith(("ed.", "edition"))
    return edition if said else words.EDITION.format(edition=edition)


def _section(csl):
    chapter = escape(_text(csl, "chapter-number"))
    return ", ".join(filter(None, [chapter and f"{words.CHAPTER} {chapter}", escape(_text(csl, "section"))]))


def _pages(csl):
    return escape(pages_words(_text(csl, "page")))


def pages_words(pages):
    """Return page numbers with *p.* or *pp.* before them; what begins with no number is returned as it is."""
    if not re.match(r"[0-9]|[ivxlc]+\b", pages):
        return pages
    many = re.search(r"[-–—,;&]|\band\b", pages)
    return f"{words.PAGES if many else words.PAGE} {re.sub(r'(?<=[0-9])-(?=[0-9])', '–', pages)}"


def _identifiers(csl):
    for member in ("ISBN", "ISSN"):
        if value := _text(csl, member):
            yield f'<span class="identifier">{member} {escape(value)}</span>'
    doi = re.sub(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", _text(csl, "DOI"), flags=re.IGNORECASE)
    if doi:
        href = safe_url(f"https://doi.org/{doi}")
        shown = f"{link_open(href)}{escape(doi)}</a>" if href else escape(doi)
        yield f'<span class="identifier">doi:{shown}</span>'


def _custom(csl, member):
    custom = csl.get("custom")
    return _text(custom, member) if isinstance(custom, dict) else ""


def is_dead(csl):
    """Tell whether the original at the work's address is marked as gone."""
    return _custom(csl, "url-status").lower() == "dead"


def archive_address(csl):
    """Return the safe address of the archived copy, None where there is none."""
    return safe_url(_custom(csl, "archive-url"))


def first_address(csl):
    """Return the safe address that the title leads to: the archived copy's where the original is dead, or None."""
    archived = archive_address(csl)
    return archived if archived and is_dead(csl) else safe_url(_text(csl, "URL")) or archived


def _access(csl):
    """Yield when the work was seen, and the copy that the title does not lead to."""
    original, archived = safe_url(_text(csl, "URL")), archive_address(csl)
    if accessed := csl_date_words(csl.get("accessed")):
        yield escape(words.ACCESSED.format(date=accessed))
    if not archived:
        return
    day = _archive_day(csl)
    copy = escape(words.ARCHIVED_ON.format(date=day) if day else words.ARCHIVED)
    if original and first_address(csl) == archived:
        yield f"{copy}; {link_open(original)}{words.ORIGINAL}</a>"
    else:
        yield f"{link_open(archived)}{copy}</a>" if original else copy


def _archive_day(csl):
    """Return the archive date in words; it may be a CSL date or text such as 2010-05-05."""
    custom = csl.get("custom")
    date = custom.get("archive-date") if isinstance(custom, dict) else None
    if isinstance(date, dict):
        return csl_date_words(date)
    text = str(date or "")
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return csl_date_words({"date-parts": [[int(part) for part in text.split("-")]]})
    return text
