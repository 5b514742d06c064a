"""Statements prepared once: Django takes a millisecond to write each query anew, and reading a revision asks seven.

A statement is written by Django from a queryset in which marked numbers stand for what changes from call to call.
"""

from functools import cache

from django.db import connection

ARTICLE, NUMBER, PAGE, REVISION, USER = 2_000_000_011, 2_000_000_033, 2_000_000_063, 2_000_000_087, 2_000_000_089
SLUG, TOKEN = "\ue000slug", "\ue000token"
"""Stand in the queryset for keys, the revision's number and texts; no other parameter is like them."""
_MARKS = {
    "article": ARTICLE, "number": NUMBER, "page": PAGE, "revision": REVISION, "user": USER, "slug": SLUG,
    "token": TOKEN,
}  # fmt: skip


@cache
def _prepared(make, model, vendor):
    """Return the model of ``make(model)``'s rows, its SQL and its parameters; every database writes its own."""
    queryset = make(model)
    return queryset.model, *queryset.query.sql_with_params()


def rows(make, model, **which):
    """Return the instances of the queryset ``make(model)`` with ``which`` put in for its marks."""
    made, sql, parameters = _filled(make, model, which)
    return list(made._base_manager.raw(sql, parameters))


def tuples(make, model, **which):
    """Return the rows of ``make(model).values_list(…)`` with ``which`` put in, and the names of their columns.

    They come raw from the database: ask for text and numbers only.
    """
    with connection.cursor() as cursor:
        _, *statement = _filled(make, model, which)
        cursor.execute(*statement)
        return cursor.fetchall(), [column[0] for column in cursor.description]


def facts(make, model, **which):
    """Return the only row of ``make(model).values(…)`` with ``which`` put in, as a dict, raw as ``tuples``."""
    (row,), names = tuples(make, model, **which)
    return dict(zip(names, row, strict=True))


def _filled(make, model, which):
    made, sql, parameters = _prepared(make, model, connection.vendor)
    put = {_MARKS[name]: value for name, value in which.items()}
    return made, sql, [put.get(one, one) if isinstance(one, int | str) else one for one in parameters]
