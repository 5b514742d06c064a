"""``manage.py restorebackup DIR``: a backup into an empty place."""

from django.core.management.base import BaseCommand, CommandError

from articles.backups import Damaged, restore_backup
from articles.management.locking import one_at_a_time
from articles.management.progress import telling


class Command(BaseCommand):
    """Checks every file and every count; says what is wrong and restores nothing where anything is."""

    help = "Restore what `backup` wrote into an empty database and an empty media folder."
    # They look into the database, which is not there yet.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("dir", metavar="DIR", help="the folder that `backup` wrote")

    def handle(self, *, dir, **options):  # noqa: A002 - the name of the argument
        try:
            with one_at_a_time():
                manifest = restore_backup(dir, telling(self.stdout))
        except Damaged as damaged:
            raise CommandError(str(damaged)) from None
        rows = sum(manifest.counts.values())
        self.stdout.write(f"Restored the site of {manifest.created}: {rows:,} rows, {len(manifest.files) - 1:,} files.")
        self.stdout.write("Next: python manage.py migrate, then python manage.py verify_history.")
        # Not before it is asked for: it would seal what somebody changed whose seals he took away.
        self.stdout.write("Where that says so, python manage.py sealhistory and verify_history once more.")
