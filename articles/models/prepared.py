"""Statements prepared once: Django takes a millisecond to write each query anew, and reading a revision asks seven.

A statement is written by Django from a queryset in which marked numbers stand for what changes from call to call.
"""

from copy import copy
from functools import cache
from types import SimpleNamespace

from django.db import connection
from django.db.models.query import ModelIterable

ARTICLE, NUMBER, PAGE, REVISION, USER = 2_000_000_011, 2_000_000_033, 2_000_000_063, 2_000_000_087, 2_000_000_089
SLUG, TOKEN = "\ue000slug", "\ue000token"
"""Stand in the queryset for keys, the revision's number and texts; no other parameter is like them."""
_MARKS = {
    "article": ARTICLE, "number": NUMBER, "page": PAGE, "revision": REVISION, "user": USER, "slug": SLUG,
    "token": TOKEN,
}  # fmt: skip


@cache
def _prepared(make, model, vendor):
    """Return the queryset ``make(model)``, its compiler, its SQL and its parameters; every database writes its own."""
    queryset = make(model)
    compiler = queryset.query.get_compiler(queryset.db)
    statement = compiler.as_sql()
    # The compiler knows from here on which column goes where; the connection is this thread's and must not stay.
    compiler.connection = None
    return queryset, compiler, *statement


def rows(make, model, **which):
    """Return the instances of the queryset ``make(model)`` with ``which`` put in for its marks, as a list.

    Whatever Django makes of the columns it makes here: related instances, deferred fields, annotations.
    """
    queryset, compiler, *statement = _filled(make, model, which)
    ready = copy(compiler)
    # Each thread has a connection of its own.
    ready.connection = connection
    ready.as_sql = lambda *args, **kwargs: statement
    query = SimpleNamespace(get_compiler=lambda **_: ready)
    # All that Django's iterable asks of a queryset; one made anew would copy its query.
    asked = SimpleNamespace(db=queryset.db, model=queryset.model, query=query, _known_related_objects={})
    return list(ModelIterable(asked))


def first(make, model, **which):
    """Return the first of ``rows``, or None."""
    return next(iter(rows(make, model, **which)), None)


def tuples(make, model, **which):
    """Return the rows of ``make(model).values_list(…)`` with ``which`` put in, and the names of their columns.

    They come raw from the database: ask for text and numbers only.
    """
    with connection.cursor() as cursor:
        _, _, *statement = _filled(make, model, which)
        cursor.execute(*statement)
        return cursor.fetchall(), [column[0] for column in cursor.description]


def facts(make, model, **which):
    """Return the only row of ``make(model).values(…)`` with ``which`` put in, as a dict, raw as ``tuples``."""
    (row,), names = tuples(make, model, **which)
    return dict(zip(names, row, strict=True))


def _filled(make, model, which):
    queryset, compiler, sql, parameters = _prepared(make, model, connection.vendor)
    put = {_MARKS[name]: value for name, value in which.items()}
    return queryset, compiler, sql, [put.get(one, one) if isinstance(one, int | str) else one for one in parameters]
