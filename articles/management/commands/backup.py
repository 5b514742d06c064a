"""``manage.py backup DIR``: the database and the pictures as they are now, while the site is in use."""

from django.core.management.base import BaseCommand, CommandError

from articles.backups import Damaged, make_backup
from articles.management.progress import telling


class Command(BaseCommand):
    """Writes a folder that is either whole or not there; exit status 1 where the site itself has lost a picture."""

    help = "Write the whole site, database and pictures, into a new folder; the site may be in use."

    # A disk that takes no more pictures is when a backup is wanted most.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("dir", metavar="DIR", help="a folder that does not exist yet")

    def handle(self, *, dir, **options):  # noqa: A002 - the name of the argument
        try:
            missing, damaged = make_backup(dir, telling(self.stdout))
        except Damaged as error:
            raise CommandError(str(error)) from None
        for name in missing:
            self.stderr.write(f"{name}: the database names this picture, and its file is not there")
        for name in damaged:
            self.stderr.write(f"{name}: the file of this picture is not what was stored")
        done = f"Backed up to {dir}."
        try:
            self.stdout.write(done)
            self.stdout.flush()
        except OSError as error:
            self.stderr.write(f"{done} Only standard output takes nothing more: {error.strerror}.")
        if missing or damaged:
            self.stderr.write(
                f"{len(missing) + len(damaged):,} pictures are not what was stored. Keep the older backups: "
                "one that has the file in media/ mends it, if the file is chosen anew on the image's page."
            )
            raise SystemExit(1)
