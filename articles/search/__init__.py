"""Search over published pages: one interface over the full-text indexes of SQLite and PostgreSQL.

In go words as somebody typed them, in any script, and facts to narrow by; out come pages, the nearest first, with
excerpts. Only what is published has an entry, so nothing else can be found. Imports models, folding and below.

    query.py      what was typed, as terms
    indexes.py    the two databases' ways to ask their index
    finding.py    pages in their order; suggestions; similar names
    narrowing.py  the facts by which results can be narrowed
    excerpts.py   the place in the text where the words stand
    deleted_words.py  what SQLite's index still holds of them, for legal reasons
"""

from .deleted_words import forget_deleted_words
from .excerpts import Excerpts
from .finding import find, similar, suggestions
from .narrowing import choices, narrowed
from .query import QUERY_MAX, QUOTATION_MARKS, TERMS_MAX, Query

__all__ = [
    "QUERY_MAX",
    "QUOTATION_MARKS",
    "TERMS_MAX",
    "Excerpts",
    "Query",
    "choices",
    "find",
    "forget_deleted_words",
    "narrowed",
    "similar",
    "suggestions",
]
