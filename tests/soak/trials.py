"""The trials. Each returns a row of the table: what was tried, how often, and what went wrong."""

import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from articles.backups.manifest import Damaged
from articles.backups.sqlite import checked
from articles.models import Article, Revision
from articles.revisions import content_at, first_broken, newest_content

from .editors import Editors
from .server import ROOT

_WHOLE_EVERY = 10
_LARGEST_LOG = 800_000
"""Bytes of the write-ahead log of one save of the article with which the disk is filled."""
_NO_ROOM = ("database or disk is full", "disk I/O error", "File too large")
_UNSEALED = "SELECT count(*) FROM articles_revision LEFT JOIN articles_seal ON revision_id = articles_revision.id WHERE articles_seal.id IS NULL"  # noqa: E501
_GAPS = "SELECT count(*) FROM (SELECT 1 FROM articles_revision GROUP BY article_id HAVING count(*) <> max(number))"


def wrongs(editors=()):
    """Return a line for everything in the database that is not as it must be."""
    found = []
    for article in Article.objects.all():
        broken = first_broken(article.pk)
        if broken:
            found.append(f"{article.slug}: revision {broken[0]}: {broken[1]}")
        elif newest_content(article).canonical_json() != content_at(article.revisions.newest()).canonical_json():
            found.append(f"{article.slug}: its rows are not those of its newest revision")
    for editor in editors:
        bodies = set(Article.history.filter(id=editor.article.pk).values_list("body", flat=True))
        found += [f"lost: {text}" for text in editor.saved if text not in bodies]
        found += editor.errors
    return found


def kills(site, times, tell):
    """SIGKILL inside saves: one worker, and every tenth time the whole server."""
    with Editors(site.server.port, site.session, site.articles[:3]) as editors:
        for number in range(1, times + 1):
            editors.wait_for_a_save()
            time.sleep(random.uniform(0, 0.4))
            if number % _WHOLE_EVERY:
                site.server.kill_worker()
            else:
                site.server.kill()
                keep_log(site)
                site.server.start()
            tell(f"kills: {number} of {times}")
    saved = sum(len(editor.saved) for editor in editors.all)
    off = sum(editor.broken_off for editor in editors.all)
    return "SIGKILL inside saves", f"{times} kills, {saved} saves answered, {off} broken off", wrongs(editors.all)


def wal(site, points, tell):
    """Cut or spoil the write-ahead log that a killed server left, and open the database with it."""
    if connection.vendor != "sqlite":
        return None
    found, folder = [], site.folder / "wal"
    for number in range(1, points + 1):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(site.killed, folder)
        log = folder / "database.sqlite3-wal"
        size, place = log.stat().st_size, random.randrange(max(log.stat().st_size, 1))
        if number % 2:
            os.truncate(log, place)
        else:
            with open(log, "r+b") as file:
                file.seek(place)
                file.write(random.randbytes(random.randint(1, 64)))
            os.truncate(log, size)
        found += [f"WAL point {place}: {line}" for line in _look(folder / "database.sqlite3")]
        tell(f"WAL: {number} of {points}")
    return "WAL cut or spoiled", f"{points} points of {size:,} bytes", found


def _look(path):
    try:
        with closing(sqlite3.connect(path)) as database:
            checked(database)
            return [sql for sql in (_UNSEALED, _GAPS) if database.execute(sql).fetchone() != (0,)]
    except (Damaged, sqlite3.DatabaseError) as error:
        return [str(error)]


def full(site, points, tell):
    """Let the disk be full at many sizes of the file while a large article is saved by a command."""
    if connection.vendor != "sqlite":
        return None
    article, refused, found = site.articles[0], 0, []
    content = json.loads(manage("dumparticle", article.slug).stdout)
    for number in range(1, points + 1):
        content["body"] = f"Save {number}.[@hrw]\n\n" + "A long text. " * random.randint(1, 20_000)
        file = site.folder / "large.json"
        file.write_text(json.dumps(content))
        sizes = [path.stat().st_size for path in Path(os.environ["DATA_DIR"]).glob("database.sqlite3*")]
        # The log, which begins anew with every command, fills up first; then the file itself.
        most = random.randint(*((4_096, _LARGEST_LOG) if number % 4 else (70_000, max(sizes) * 3 // 2)))
        done = manage("loadarticle", file, preexec_fn=lambda most=most: _starve(most))
        refused += done.returncode != 0
        if done.returncode and not any(words in done.stderr + done.stdout for words in _NO_ROOM):
            found.append(done.stderr + done.stdout)
        tell(f"full disk: {number} of {points}")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = cursor.fetchone()[0]
    return "disk full", f"{points} saves, {refused} without room", found + wrongs() + ([] if said == "ok" else [said])


def _starve(most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def restores(site, times, tell):
    """Back up under load, restore elsewhere, and check the history there."""
    found = []
    with Editors(site.server.port, site.session, site.articles[:3]) as editors:
        for number in range(1, times + 1):
            backup, place = site.folder / f"backup-{number}", site.folder / f"restored-{number}"
            found += _restored(backup, place)
            shutil.rmtree(backup, ignore_errors=True)
            shutil.rmtree(place, ignore_errors=True)
            tell(f"restores: {number} of {times}")
    return "backups under load, restored", f"{times} backups", found + wrongs(editors.all)


def _restored(backup, place):
    """Back the site up, restore it at another place and check the history there; return what the commands complain."""
    done = manage("backup", backup)
    if done.returncode:
        return [done.stderr]
    with _database_at(place) as other:
        done = [manage("restorebackup", backup, **other), manage("verify_history", **other)]
    return [one.stderr for one in done if one.returncode]


@contextmanager
def _database_at(place):
    """Yield the settings of an empty site, on PostgreSQL with a database of its own for the ``with`` block."""
    if connection.vendor == "sqlite":
        yield {"DATA_DIR": str(place)}
        return
    name = f"{connection.settings_dict['NAME']}_{place.name.replace('-', '_')}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        yield {"DATA_DIR": str(place), "DATABASE_URL": os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"}
        cursor.execute(f"DROP DATABASE {name}")


def editing(site, seconds, tell):
    """All editors at once through HTTP."""
    before = Revision.objects.count()
    with Editors(site.server.port, site.session, site.articles) as editors:
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < seconds:
            time.sleep(0.2)
            tell(f"editing: {passed:.0f} of {seconds} seconds")
    times = sorted(second for editor in editors.all for second in editor.seconds)
    p95 = f"p95 {times[int(len(times) * 0.95)]:.2f} s" if times else "nothing saved"
    found = wrongs(editors.all)
    made = Revision.objects.count() - before
    if made < len(times):
        found.append(f"{len(times)} saves and {made} revisions")
    return f"{len(site.articles)} editors at once", f"{len(times)} saves in {seconds} s, {p95}", found


def manage(*command, preexec_fn=None, **variables):
    """Run a command on the site, or with ``variables`` on another; return what ended."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, command)],
        cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False, preexec_fn=preexec_fn,
    )  # fmt: skip


def keep_log(site):
    """Copy the database and its log as a killed server left them, for the trial of the WAL.

    By another process: whoever opens and closes the file beside SQLite takes the locks of all its own connections away.
    """
    if connection.vendor != "sqlite":
        return
    shutil.rmtree(site.killed, ignore_errors=True)
    site.killed.mkdir()
    for path in Path(os.environ["DATA_DIR"]).glob("database.sqlite3*"):
        if not path.name.endswith("-shm"):
            subprocess.run(["cp", path, site.killed], check=True)
