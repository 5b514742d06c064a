"""Statements prepared once: Django takes a millisecond to write each query anew, and reading a revision asks seven.

A statement is written by Django from a queryset in which marked numbers stand for what changes from call to call.
"""

from functools import cache

from django.db import connection

ARTICLE, NUMBER = 2_000_000_011, 2_000_000_033
"""Stand in the queryset for the article's key and the revision's number; no other parameter is like them."""


@cache
def _prepared(make, model, vendor):
    """Return the SQL of ``make(model)`` and its parameters; every database writes its own."""
    return make(model).query.sql_with_params()


def rows(make, model, *, article, number):
    """Return the instances of the queryset ``make(model)`` with the article's key and the number put in."""
    sql, parameters = _prepared(make, model, connection.vendor)
    filled = {ARTICLE: article, NUMBER: number}
    history = model.history.model
    return list(history._base_manager.raw(sql, [_filled(one, filled) for one in parameters]))


def facts(make, model, *, article):
    """Return the only row of ``make(model).values(…)`` with the article's key put in, as a dict, raw from the database.

    Times come as the database writes them: ask for none.
    """
    sql, parameters = _prepared(make, model, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_filled(one, {ARTICLE: article}) for one in parameters])
        return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))


def _filled(parameter, filled):
    return filled.get(parameter, parameter) if isinstance(parameter, int) else parameter
