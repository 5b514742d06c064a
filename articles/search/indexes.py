"""Asking the database's own full-text index: SQLite's FTS5 or PostgreSQL's tsvector. The only raw SQL of the search.

What a question costs must not grow with the site. To find is cheap, to rank is not: every match is weighed, and FTS5
counts all pages that hold each word. So matches are ranked only while there are few; of more than ``limit`` those come
first that have the words in their names, and the rest as they are found.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

# What is put into these statements is written here, never typed by anybody.


def _of_sqlite(order=""):
    return f"""
        SELECT entry.page_id
        FROM articles_searchindex JOIN articles_searchentry AS entry ON entry.id = articles_searchindex.rowid
        WHERE articles_searchindex MATCH %s {order} LIMIT %s"""  # noqa: S608


def _of_postgresql(words, order=""):
    return f"""
        SELECT page_id FROM articles_searchentry, to_tsquery('simple', %s) AS question
        WHERE {words} @@ question {order} LIMIT %s"""  # noqa: S608


def _begun(condition):
    return f"SELECT page_id FROM articles_publishedname WHERE {condition} ORDER BY folded LIMIT %s"  # noqa: S608


@dataclass(frozen=True)
class _Dialect:
    """How a database is asked: the statements take a limit and what ``ask`` writes.

    That is the terms, each a whole word or the beginning of one, for all columns or the names alone.
    """

    ask: Callable
    found: str
    ranked: str
    in_names: str
    """Among names alone; what is searched may be another index."""
    begun: str
    """Finds names by how they begin; takes ``bounds(start)`` and a limit."""
    bounds: Callable


def matches(terms, limit):
    """Return the primary keys of at most ``limit`` pages that hold all ``terms``, the best first."""
    if not terms:
        return []
    here = _DIALECTS[connection.vendor]
    # Whole words first: of a beginning FTS5 gathers all pages of all words that begin so before it gives the first.
    found = _keys(here.found, here.ask(terms, whole=True), limit + 1)
    if len(found) > limit:
        named = _keys(here.in_names, here.ask(terms, names_only=True, whole=True), limit)
        return list(dict.fromkeys(named + found))[:limit]
    asked = here.ask(terms)
    found = _keys(here.found, asked, limit + 1)
    if len(found) <= limit:
        return _keys(here.ranked, asked, limit)
    named = _keys(here.in_names, here.ask(terms, names_only=True), limit)
    return list(dict.fromkeys(named + found))[:limit]


def matches_in_names(terms, limit):
    """Return at most ``limit`` pages in whose names all ``terms`` stand, in no order; a sound may be just begun."""
    if not terms:
        return []
    here = _DIALECTS[connection.vendor]
    return _keys(here.in_names, here.ask(terms, names_only=True), limit)


def begun_or_matching(start, terms, limit):
    """Return at most ``limit`` pages of each: those with a name that begins with the folded ``start``, and matches."""
    here = _DIALECTS[connection.vendor]
    both = f"SELECT page_id FROM ({here.begun}) AS a UNION SELECT page_id FROM ({here.in_names}) AS b"  # noqa: S608
    return _keys(both, *here.bounds(start), limit, here.ask(terms, names_only=True), limit)


def _keys(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [key for (key,) in cursor.fetchall()]


def _fts5(terms, *, names_only=False, whole=False):
    """Words are of letters and figures only (``folding.folded_words``), so nothing in them can end the quotes."""

    def one(term):
        if term.is_phrase:
            return '"' + " ".join(term.words) + '"'
        begun, star = "" if whole else " *", " *" if names_only and not whole else ""
        return "(" + " OR ".join([f'"{term.words[0]}"{begun}', *(f'"{sound}"{star}' for sound in term.sounds)]) + ")"

    asked = " AND ".join(one(term) for term in terms)
    return f"{{names}} : ({asked})" if names_only else asked


def _tsquery(terms, *, names_only=False, whole=False):
    def one(term):
        if term.is_phrase:
            return "(" + " <-> ".join(term.words) + ")"
        begun, star = "" if whole else ":*", ":*" if names_only and not whole else ""
        return "(" + " | ".join([f"{term.words[0]}{begun}", *(f"{sound}{star}" for sound in term.sounds)]) + ")"

    return " & ".join(one(term) for term in terms)


_DIALECTS = {
    "sqlite": _Dialect(
        ask=_fts5,
        found=_of_sqlite(),
        ranked=_of_sqlite("ORDER BY bm25(articles_searchindex, 12.0, 4.0, 1.0, 0.5), entry.page_id"),
        in_names=_of_sqlite(),
        # It has no index for LIKE; its order is that of code points.
        begun=_begun("folded >= %s AND folded < %s"),
        bounds=lambda start: [start, start + chr(0x10FFFF)],
    ),
    "postgresql": _Dialect(
        ask=_tsquery,
        found=_of_postgresql("vector"),
        ranked=_of_postgresql("vector", "ORDER BY ts_rank('{0.04, 0.1, 0.4, 1.0}', vector, question) DESC, page_id"),
        in_names=_of_postgresql("to_tsvector('simple', names)"),
        begun=_begun("folded LIKE %s"),
        bounds=lambda start: [re.sub(r"([\\%_])", r"\\\1", start) + "%"],
    ),
}
