"""PostgreSQL: pg_dump and pg_restore, with the counts of the very moment that was dumped."""

import os
import shutil
import subprocess

from django.db.backends.postgresql.client import DatabaseClient

from .manifest import Damaged, flush

FILE = "database.dump"


def save(connection, folder, tell):
    """Dump the database into ``folder``; return the counts of its rows."""
    tell("database: dumping")
    connection.ensure_connection()
    # A connection of its own: the snapshot lives as long as the transaction in which it was exported.
    with connection.Database.connect(**_parameters(connection)) as own, own.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = cursor.execute("SELECT pg_export_snapshot()").fetchone()
        counts = _counts(cursor)
        target = folder / FILE
        _run(connection, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
             f"--file={target}")  # fmt: skip
    flush(target)
    return counts


def refuse_full(connection):
    """Raise ``Damaged`` unless the database has no tables."""
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise Damaged(
                f"The database {connection.settings_dict['NAME']} is not empty. A backup is restored into an empty "
                "place only: make a new database and name it in DATABASE_URL."
            )


def restore(connection, folder, manifest, tell):
    """Fill the empty database from the backup, all or nothing."""
    tell("database: restoring")
    _run(connection, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
         str(folder / FILE))  # fmt: skip
    with connection.cursor() as cursor:
        try:
            manifest.check_counts(_counts(cursor))
        except BaseException:  # who breaks it off here would leave a site whose rows nobody counted
            _empty(cursor)
            raise


def _empty(cursor):
    """Take away the tables and functions that were restored; extensions stay."""
    cursor.execute(
        "SELECT format('DROP TABLE %I CASCADE', tablename) FROM pg_tables WHERE schemaname = current_schema() "
        "UNION ALL SELECT format('DROP ROUTINE %s CASCADE', oid::regprocedure) FROM pg_proc "
        "WHERE pronamespace = current_schema()::regnamespace "
        "AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')"
    )
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


def _counts(cursor):
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    tables = [table for (table,) in cursor.fetchall()]
    counts = {}
    for table in tables:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        (counts[table],) = cursor.fetchone()
    return counts


def _parameters(connection):
    """Return what a plain connection of the driver needs."""
    wanted = connection.get_connection_params()
    return {name: value for name, value in wanted.items() if name not in {"cursor_factory", "context"}}


def _run(connection, program, *arguments):
    """Run one of PostgreSQL's programs on the database; raise ``Damaged`` with what it says first if it fails."""
    path = shutil.which(program)
    if path is None:
        raise Damaged(f"{program} is not installed here; on Debian it comes with the package postgresql-client.")
    (_, *place, name), env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    done = subprocess.run(
        [path, *place, f"--dbname={name}", *arguments],
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # The lines before tell where in the dump it was, those after it the whole statement.
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise Damaged(f"{program} failed: {next((line for line in said if 'error:' in line), said[0])}")
