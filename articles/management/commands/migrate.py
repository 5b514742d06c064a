"""``manage.py migrate``: Django's own, which here may be broken off and mends a database that does not guard itself."""

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor

from articles.management.locking import WaitsForOthers


class WholeMigrations(MigrationExecutor):
    """Records a migration in the transaction that makes it.

    Django's own records one that leaves statements for the end, such as foreign keys, in a transaction after it. What
    was broken off between the two stood there unrecorded, and every later ``migrate`` ended with "already exists".
    """

    def apply_migration(self, state, migration, fake=False, fake_initial=False):
        """Run a migration forwards, with its statements for the end and its record all or nothing."""
        if fake or fake_initial or not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        self._tell("apply_start", migration)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql.clear()
            self.record_migration(migration)
        self._tell("apply_success", migration)
        return state

    def _tell(self, action, migration):
        if self.progress_callback:
            self.progress_callback(action, migration, False)


# The command has no other place to name its executor.
migrate.MigrationExecutor = WholeMigrations


class Command(WaitsForOthers, migrate.Command):
    """Looks into no database beforehand: one from before the triggers, or without them, would be refused."""

    def get_check_kwargs(self, options):
        return super().get_check_kwargs(options) | {"databases": []}
