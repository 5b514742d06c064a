"""ArticleContent: everything that editors wrote of one article, as frozen plain data.

In goes interchange JSON (``kalbajar.article/1``) or the same shape made from a form; out comes an ``ArticleContent``
that is complete, in the one text form and within the limits, or ``problems.Refused`` with every place that is not.
Needs no database. Imports the ground floor only.
"""

from .article import ArticleContent
from .checker import comment_fault, read_line
from .json_text import parse_json
from .limits import LIMITS
from .renditions import WIDTHS, all_renditions, fallback, renditions, small
from .rows import (
    Coordinates,
    Figure,
    ImageFile,
    Infobox,
    InfoboxRow,
    Name,
    Note,
    Reference,
)
from .source import Source
from .source_words import IDENTIFIER_MAX, WORD_MAX, folded_words, identifier_word, search_words

__all__ = [
    "IDENTIFIER_MAX",
    "LIMITS",
    "WIDTHS",
    "WORD_MAX",
    "ArticleContent",
    "Coordinates",
    "Figure",
    "ImageFile",
    "Infobox",
    "InfoboxRow",
    "Name",
    "Note",
    "Reference",
    "Source",
    "all_renditions",
    "comment_fault",
    "fallback",
    "folded_words",
    "identifier_word",
    "parse_json",
    "read_line",
    "renditions",
    "search_words",
    "small",
]
