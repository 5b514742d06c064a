"""The words of a page without its markup: for excerpts, and for the search by parts of the page."""

import html
import re
from dataclasses import dataclass

from .safe_html import escape

_MARK = re.compile(r"<sup .*?</sup>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|h[2-6]|blockquote|table|tr|th|td|figure|figcaption|pre|div|hr|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class PageWords:
    """Lines of plain text: what the infobox says, what the text says, and what notes and references say."""

    facts: str
    text: str
    lists: str


def page_words(page):
    """Return the ``PageWords`` of a ``RenderedArticle``."""
    return PageWords(
        facts=plain_words(*box_texts(page.infobox)),
        text=plain_words(page.lead_opening, page.lead_rest, page.sections),
        lists=plain_words(*(one.html for one in (*page.notes, *page.references))),
    )


def box_texts(box):
    """Yield the texts of an infobox (None: there is none) as HTML, in the order in which they are shown."""
    if box is None:
        return
    if box.figure:
        yield box.figure.caption
    cells = [cell for section in box.sections for cell in (*section.cells, section.joint) if cell]
    for part in (*box.facts, *cells, *box.tail):
        for value in part.values:
            yield value.html
            yield escape(value.attribution)


def plain_words(*parts):
    """Return the words of HTML parts, a line for each block, without marks."""
    text = _TAG.sub("", _BLOCK.sub("\n", _MARK.sub("", "\n".join(parts))))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)
