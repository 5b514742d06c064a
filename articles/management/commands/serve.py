"""``manage.py serve``: the site as in production, behind gunicorn; ``--prepare`` first puts everything ready."""

import errno
import hashlib
import logging
import os
import socket
import sys

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from gunicorn.app.wsgiapp import WSGIApplication

from articles.backups import media_files
from articles.management.locking import one_at_a_time
from articles.models import RenderedPage

BATTLE = "battle-of-kalbajar"
UNFINISHED = "unfinished"


class Command(BaseCommand):
    """Checks that the port is free and the database in order, prints the addresses and becomes gunicorn."""

    help = "Serve the site with gunicorn on HOST and PORT until interrupted."

    def add_arguments(self, parser):
        parser.add_argument("--prepare", action="store_true", help="first migrate and collect static files")
        parser.add_argument("--demo", action="store_true", help="with --prepare: load the demo into an empty site")

    def handle(self, *, prepare, demo, **options):
        refuse_taken_port()
        refuse_dead_database()
        refuse_lost_database()
        if prepare:
            with one_at_a_time():
                call_command("migrate", verbosity=0)
                collected = collect_static_files()
                if demo:
                    call_command("loaddemo", stdout=self.stdout, stderr=self.stderr)
                call_command("sealhistory", stdout=self.stdout, stderr=self.stderr)
                call_command("remeasure", missing=True, stdout=self.stdout, stderr=self.stderr)
                call_command("makepages", missing=True, stdout=self.stdout, stderr=self.stderr)
            if collected:
                # A first start has grown by half at its work; the server begins anew without that memory.
                self.stdout.flush()
                os.execv(sys.executable, [sys.executable, sys.argv[0], "serve"])  # noqa: S606
        else:
            refuse_old_database()
            refuse_missing_static_files()
        # The checks that look into the database, which Django leaves out unless it is named.
        self.check(databases=["default"], display_num_errors=False)
        self.print_addresses()
        self.stdout.flush()
        # Warnings of libraries are lines of the log too.
        logging.captureWarnings(True)
        # No connection may be shared by the workers that are forked from here.
        connections.close_all()
        sys.argv = ["gunicorn", "--config", str(settings.BASE_DIR / "kalbajar_site/gunicorn.conf.py")]
        WSGIApplication(prog="gunicorn").run()

    def print_addresses(self):
        """Print where to look: the battle page if there is one, else the front page; and the desk."""
        has_battle = RenderedPage.objects.filter(slug=BATTLE).exists()
        page = reverse("article", args=[BATTLE]) if has_battle else "/"
        self.stdout.write(f"{'Battle page' if has_battle else 'Front page'}: {settings.SITE_URL}{page}")
        self.stdout.write(f"Admin: {settings.SITE_URL}{reverse('admin:index')}")


def refuse_taken_port():
    """Raise CommandError with the way out if HOST and PORT cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.HOST, settings.PORT))
        except OSError as error:
            way_out = {
                errno.EADDRINUSE: f"Choose another port: PORT={settings.PORT + 1} make run",
                errno.EACCES: "Ports below 1024 are for a proxy in front; choose a higher one with PORT.",
            }.get(error.errno, "HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.")
            raise CommandError(
                f"Cannot listen on {settings.HOST}, port {settings.PORT}: {error.strerror}. {way_out}"
            ) from None


def refuse_dead_database():
    """Raise CommandError if the database does not answer or is none."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise CommandError(f"The database cannot be used: {said[0]}. Look at DATABASE_URL and DATA_DIR.") from None


def refuse_missing_static_files():
    """Raise CommandError if styles and scripts were not collected: the pages would come without them."""
    if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise CommandError("The styles and scripts are not collected. Run: python manage.py collectstatic --noinput")


def refuse_lost_database():
    """Raise CommandError if there are pictures and no database that names them: a new one would hide what was lost."""
    if not MigrationRecorder(connection).applied_migrations() and media_files():
        raise CommandError(
            f"The database {connection.settings_dict['NAME']} is missing or empty, though there are pictures in "
            f"{settings.MEDIA_ROOT}. Look at DATA_DIR and DATABASE_URL. If the database is lost, set DATA_DIR to a new "
            "folder and restore a backup: python manage.py restorebackup DIR"
        )


def refuse_old_database():
    """Raise CommandError if the code has migrations that the database has not seen."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is older than the code. Run: python manage.py migrate")


def collect_static_files():
    """Collect, hash and compress the static files, unless they are those of the last time; tell whether it was done."""
    stamp = settings.DATA_DIR / "static.stamp"
    # Spoiled, it is another one and no reason not to start.
    stored = stamp.read_text(errors="replace") if stamp.exists() else ""
    if stored == (current := fingerprint()):
        return False
    stamp.write_text(UNFINISHED)
    # A collection that an older release interrupted may have left half a file, which looks newer than its source.
    call_command("collectstatic", interactive=False, verbosity=0, clear=stored == UNFINISHED)
    stamp.write_text(current)
    return True


def fingerprint():
    """Return a digest of the name, size and time of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
