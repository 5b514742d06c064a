"""The last wall around what was recorded: triggers of the database that refuse to change or delete it.

``guards`` refuses in the application; these refuse whoever goes around it, by SQL as well. They are made after every
``migrate`` (SQLite drops those of a table that it makes anew) and looked for at start.
"""

from contextlib import contextmanager

from django.apps import apps
from django.db import transaction

from .guards import AppendOnly

MESSAGE = "what was recorded is never changed or deleted"

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE} (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
_EVENTS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}
_MAKE = {
    "sqlite": "CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{message} ({table})'); END",
    "postgresql": "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
}
_DROP = {
    "sqlite": "DROP TRIGGER IF EXISTS {name}",
    "postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}",
}
_THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # "D" stands for one that was switched off.
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                  "WHERE pg_table_is_visible(tgrelid) AND tgenabled <> 'D'",
}  # fmt: skip


def append_only_models():
    """Return the models whose rows stay: history, revisions, review events, publications and their seals."""
    return [model for model in apps.get_models(include_auto_created=True) if issubclass(model, AppendOnly)]


def missing_triggers(connection, models=None):
    """Return name, event and table of each trigger that should be there and is not, of tables that are there."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(_THERE[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return [
        trigger
        for trigger in _wanted(connection, models)
        if trigger["table"] in tables and trigger["name"] not in there
    ]


def make_triggers(connection, models=None):
    """Make the triggers that are missing, of all such models or of ``models``."""
    missing = missing_triggers(connection, models)
    if not missing:
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for trigger in missing:
            # One that was switched off has the name too.
            cursor.execute(_DROP[connection.vendor].format(**trigger))
            cursor.execute(_MAKE[connection.vendor].format(**trigger, message=MESSAGE))


def drop_triggers(connection, models=None):
    """Take the triggers away, of all such models or of ``models``: for a migration, or a test's empty database."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for trigger in _wanted(connection, models):
            if trigger["table"] in tables:
                cursor.execute(_DROP[connection.vendor].format(**trigger))


@contextmanager
def triggers_lifted(connection, *models):
    """Take the triggers of ``models`` away for the ``with`` block, in one transaction: nobody else sees them gone."""
    with transaction.atomic(using=connection.alias):
        if connection.vendor == "postgresql":
            # Switched off: to drop them would take the tables from their readers too, and wait for these.
            make_triggers(connection, models)
            _switch(connection, models, "DISABLE")
            yield
            _switch(connection, models, "ENABLE")
        else:
            drop_triggers(connection, models)
            yield
            make_triggers(connection, models)


def _switch(connection, models, how):
    # PostgreSQL alters no table of which a check of foreign keys is put off.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for trigger in _wanted(connection, models):
            cursor.execute("ALTER TABLE {table} {how} TRIGGER {name}".format(how=how, **trigger))


def _wanted(connection, models):
    tables = [model._meta.db_table for model in models or append_only_models()]
    return [
        {"name": f"{table}_no_{event}", "event": event, "table": table}
        for table in tables
        for event in _EVENTS[connection.vendor]
    ]
