"""Words of what is gone or made anew, which a database keeps beside its rows.

SQLite has those of pages in its index on disk until it merges the parts.
"""

from time import sleep

from django.db import connection

_MERGE = "INSERT INTO articles_searchindex (articles_searchindex, rank) VALUES ('merge', %s)"
_STEP = 500
"""Pages of the database that are written at once, while others who write wait."""
_MOMENT = 250
"""Milliseconds for which it waits that nobody reads what the log holds, while others who write wait."""
_TRIES = 20
"""Somebody who reads for longer than those take, a backup for instance, leaves the log as it is."""


def forget_deleted_words():
    """Merge the whole index, step by step, so that neither the database nor a backup of it holds them any more.

    And empty SQLite's log beside the database, which else holds what was overwritten until others have written enough.
    PostgreSQL's index holds what its rows say, and a backup the rows alone. But it keeps samples of all columns, by
    which it plans; they are taken anew.
    """
    if connection.vendor != "sqlite":
        _take_samples()
        return
    wanted = -_STEP  # less than nought begins, then it is gone on with
    while _changes_of(wanted) > 1:
        wanted = _STEP
    if not connection.in_atomic_block:
        _empty_log()


def _empty_log():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_MOMENT}")
        try:
            for _ in range(_TRIES):
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of it, for which nobody waits
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                is_busy, *_others = cursor.fetchone()
                if not is_busy:
                    break
                sleep(_MOMENT / 1_000)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


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
