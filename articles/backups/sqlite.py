"""SQLite: a copy of the database as it was at one moment, while others go on writing."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from .manifest import Damaged, copy, flush

FILE = "database.sqlite3"
_PAGES = 2_000


def save(connection, folder, tell):
    """Copy the database into ``folder``; return the counts of its rows."""

    def progress(status, remaining, total):
        tell(f"database: {total - remaining:,} of {total:,} pages")

    target = folder / FILE
    with closing(_open(connection.settings_dict["NAME"])) as source, closing(_open(target)) as copied:
        # A reading transaction holds the moment: without one the copy begins anew at every write of somebody else.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copied, pages=_PAGES, progress=progress, sleep=0)
        # One file that needs no other beside it.
        copied.execute("PRAGMA journal_mode=DELETE")
        counts = checked(copied)
    flush(target)
    return counts


def refuse_full(connection):
    """Raise ``Damaged`` unless the place of the database is empty."""
    path = _path(connection)
    beside = [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]
    if path.exists() or any(one.exists() and one.stat().st_size for one in beside):
        raise Damaged(
            f"There is a database at {path}. A backup is restored into an empty place only: "
            "set DATA_DIR to a new folder, or move the old database away together with the files -wal and -shm."
        )


def restore(connection, folder, manifest, tell):
    """Put the database of the backup in its place, checked before it has its name."""
    path = _path(connection)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".unfinished")
    # What a process left that was killed.
    unfinished.unlink(missing_ok=True)
    tell("database: copied")
    try:
        copy(folder / FILE, unfinished)
        with closing(_open(unfinished)) as database:
            manifest.check_counts(checked(database))
        refuse_full(connection)
        # A rename would replace a database that comes into being just now.
        os.link(unfinished, path)
        flush(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def checked(database):
    """Return the counts of all tables of a database; raise ``Damaged`` if it is not sound."""
    try:
        (said,) = database.execute("PRAGMA integrity_check(5)").fetchone()
        if said != "ok":
            raise Damaged(f"The database is damaged: {said}")
        broken = database.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise Damaged(f"The database is damaged: row {broken[1]} of {broken[0]} refers to a missing {broken[2]}.")
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for (table,) in tables}  # noqa: S608
    except sqlite3.DatabaseError as error:
        raise Damaged(f"The database is damaged: {error}") from error


def _open(path):
    return sqlite3.connect(path, timeout=20, isolation_level=None)


def _path(connection):
    return Path(connection.settings_dict["NAME"]).resolve()
