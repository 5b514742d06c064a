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
# REPLACE of SQLite takes rows out of the way of a new one, and says DELETE to no trigger.
_EVENTS = {"sqlite": ("update", "delete", "replace"), "postgresql": ("update", "delete", "truncate")}
_MAKE = {
    "sqlite": "CREATE TRIGGER {name} BEFORE {happens} BEGIN SELECT RAISE(ABORT, '{message} ({table})'); END",
    "postgresql": "CREATE TRIGGER {name} BEFORE {happens} FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
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
    """Return name, event, table and more of each trigger that should be there and is not, of tables that are there."""
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
    return [
        {"name": f"{table}_no_{event}", "event": event, "table": table, "happens": _happens(model, event)}
        for model in models or append_only_models()
        for table in [model._meta.db_table]
        for event in _EVENTS[connection.vendor]
    ]


def _happens(model, event):
    """Return the event as ``CREATE TRIGGER`` names it."""
    table = model._meta.db_table
    if event != "replace":
        return f"{event} ON {table}"
    same = (" AND ".join(f'"{column}" = NEW."{column}"' for column in columns) for columns in _unique(model))
    return f"insert ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(same)})"  # noqa: S608 (names)


def _unique(model):
    """Return the groups of columns of which no two rows have the same."""
    meta = model._meta
    names = [one.fields for one in meta.total_unique_constraints] + list(meta.unique_together)
    groups = [[meta.get_field(name).column for name in group] for group in names]
    return [[field.column] for field in meta.concrete_fields if field.unique] + groups
