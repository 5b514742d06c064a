"""Words of what is gone or made anew, which a database keeps beside its rows.

SQLite has those of pages in its index on disk until it merges the parts.
"""

from django.db import connection

_MERGE = "INSERT INTO articles_searchindex (articles_searchindex, rank) VALUES ('merge', %s)"
_STEP = 500
"""Pages of the database that are written at once, while others who write wait."""


def forget_deleted_words():
    """Merge the whole index, step by step, so that neither the database nor a backup of it holds them any more.

    PostgreSQL's index holds what its rows say, and a backup the rows alone. But it keeps samples of all columns, by
    which it plans; they are taken anew.
    """
    if connection.vendor != "sqlite":
        _take_samples()
        return
    wanted = -_STEP  # less than nought begins, then it is gone on with
    while _changes_of(wanted) > 1:
        wanted = _STEP


def _take_samples():
    tables = ", ".join(connection.ops.quote_name(name) for name in connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _changes_of(pages):
    before = _changes()
    with connection.cursor() as cursor:
        cursor.execute(_MERGE, [pages])
    return _changes() - before


def _changes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        return cursor.fetchone()[0]
