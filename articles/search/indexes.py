"""Asking the database's own full-text index: SQLite's FTS5 or PostgreSQL's tsvector. The only raw SQL of the search."""

from django.db import connection

_SQLITE = """
    SELECT entry.page_id, -bm25(articles_searchindex, 12.0, 4.0, 1.0, 0.5) AS rank
    FROM articles_searchindex JOIN articles_searchentry AS entry ON entry.id = articles_searchindex.rowid
    WHERE articles_searchindex MATCH %s ORDER BY rank DESC, entry.page_id LIMIT %s"""
_POSTGRESQL = """
    SELECT page_id, ts_rank('{0.04, 0.1, 0.4, 1.0}', vector, question) AS rank
    FROM articles_searchentry, to_tsquery('simple', %s) AS question
    WHERE vector @@ question ORDER BY rank DESC, page_id LIMIT %s"""


def matches(terms, limit, *, names_only=False):
    """Return {primary key of a page: rank} of at most ``limit`` pages that hold all ``terms``, the best first.

    ``names_only`` looks at titles and other names alone, and takes the beginning of a sound for the sound.
    """
    if not terms:
        return {}
    ask, sql = _DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [ask(terms, names_only), limit])
        return dict(cursor.fetchall())


def _fts5(terms, names_only):
    """Words are of letters and figures only (``folding.folded_words``), so nothing in them can end the quotes."""

    def one(term):
        if term.is_phrase:
            return '"' + " ".join(term.words) + '"'
        star = " *" if names_only else ""
        return "(" + " OR ".join([f'"{term.words[0]}" *', *(f'"{sound}"{star}' for sound in term.sounds)]) + ")"

    asked = " AND ".join(one(term) for term in terms)
    return f"{{names}} : ({asked})" if names_only else asked


def _tsquery(terms, names_only):
    weight = "A" if names_only else ""

    def one(term):
        if term.is_phrase:
            return "(" + " <-> ".join(f"{word}:{weight}" if weight else word for word in term.words) + ")"
        star = "*" if names_only else ""
        sounds = [f"{sound}:{star}{weight}" if star + weight else sound for sound in term.sounds]
        return "(" + " | ".join([f"{term.words[0]}:*{weight}", *sounds]) + ")"

    return " & ".join(one(term) for term in terms)


_DIALECTS = {"sqlite": (_fts5, _SQLITE), "postgresql": (_tsquery, _POSTGRESQL)}
