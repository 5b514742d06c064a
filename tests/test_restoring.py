"""Restoring a backup: what is damaged is refused by name, and what is there already stays as it is."""

import fcntl
import json
import os
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.backups import manifest as manifests, sqlite
from articles.models import Image

from .backups_for_tests import (
    media_of,
    pictured_article,  # noqa: F401 - a fixture
    site_elsewhere,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def other_bytes(path):
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def other_counts(folder):
    """Write a manifest that is sound by itself and tells another number of revisions."""
    manifest = manifests.Manifest.read(folder)
    manifest.counts["articles_revision"] += 1
    manifest.write(folder)


def no_database(folder):
    """Put something else in the database's place and let the manifest vouch for it."""
    manifest = manifests.Manifest.read(folder)
    (name,) = (name for name in manifest.files if name.startswith("database"))
    (folder / name).write_bytes(b"This is no database. " * 500)
    manifest.files[name] = [manifests.digest_of(folder / name), 10_500]
    manifest.write(folder)


def listed(**members):
    """Put something of another shape into the manifest, and let that vouch for it."""

    def write(folder):
        manifest = manifests.Manifest.read(folder)
        replace(manifest, **{name: change(getattr(manifest, name)) for name, change in members.items()}).write(folder)

    return write


def a_pipe(folder):
    (folder / "manifest.json").unlink()
    os.mkfifo(folder / "manifest.json")


def database_of(folder):
    return next(folder.glob("database.*"))


DAMAGES = {
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), "is no backup"),
    "a pipe for a manifest": (a_pipe, "is no backup"),
    "counts in a list": (listed(counts=list), "manifest.json is damaged"),
    "files in a list": (listed(files=list), "manifest.json is damaged"),
    "a file without a size": (listed(files=lambda files: files | {"media/x": ["0"]}), "manifest.json is damaged"),
    "a file that is a number": (listed(files=lambda files: files | {"media/x": 7}), "manifest.json is damaged"),
    "no word of the database": (
        listed(files=lambda files: {name: one for name, one in files.items() if name.startswith("media")}),
        "it does not name database",
    ),
    "a manifest without end": (
        lambda folder: (folder / "manifest.json").write_text("[" * 100_000),
        "manifest.json is damaged",
    ),
    "another manifest": (lambda folder: other_bytes(folder / "manifest.json"), "manifest.json is damaged"),
    "half a manifest": (lambda folder: (folder / "manifest.json").write_text("{"), "manifest.json is damaged"),
    "another list": (
        lambda folder: (folder / "manifest.json").write_text('{"format": "kalbajar.backup/1", "digest": ""}'),
        "manifest.json is damaged",
    ),
    "another database": (lambda folder: other_bytes(database_of(folder)), ": is damaged"),
    "half a database": (lambda folder: os.truncate(database_of(folder), 9_000), ": is damaged"),
    "no database": (lambda folder: database_of(folder).unlink(), ": is missing"),
    "a false database": (no_database, "database|pg_restore failed"),
    "another picture": (lambda folder: other_bytes(media_of(folder)), "media/.*: is damaged"),
    "no picture": (lambda folder: media_of(folder).unlink(), "media/.*: is missing"),
}  # fmt: skip


# Every backup is tried in one process: what it says goes out as JSON, one entry for each.
TRY = """
import json
from django.core.management import CommandError, call_command
told = {}
for name in %r:
    try:
        call_command("restorebackup", name)
    except CommandError as error:
        told[name] = str(error)
print(json.dumps(told))
"""


def test_a_damaged_backup_is_refused_by_name_and_restores_nothing(article, elsewhere, tmp_path):
    call_command("backup", str(tmp_path / "backup"), verbosity=0)
    for name, (damage, _) in DAMAGES.items():
        shutil.copytree(tmp_path / "backup", tmp_path / name)
        damage(tmp_path / name)
    names = [str(tmp_path / name) for name in DAMAGES]
    done = elsewhere("shell", "--no-imports", "--verbosity=0", "-c", TRY % names)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for name, (_, words) in DAMAGES.items():
        assert re.search(words, told[str(tmp_path / name)]), (name, told[str(tmp_path / name)])
    other_counts(tmp_path / "backup")
    done = elsewhere("restorebackup", tmp_path / "backup")
    assert done.returncode == 1
    assert "articles_revision: 1 rows instead of 2" in done.stderr
    assert len(told[str(tmp_path / "a false database")].splitlines()) == 1
    assert not list((tmp_path / "elsewhere").glob("media/**/*"))


@pytest.mark.parametrize("name", ["media/{}", "media/../{}", "media/./{}", "{}"])
def test_a_name_that_leads_out_of_the_backup_is_refused_and_writes_nothing(name, article, elsewhere, tmp_path):
    folder, outside = tmp_path / "backup", tmp_path / "outside.txt"
    call_command("backup", str(folder), verbosity=0)
    manifest, name = manifests.Manifest.read(folder), name.format(outside)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("written by a stranger")
    manifest.files[name] = [manifests.digest_of(path), path.stat().st_size]
    manifest.write(folder)
    if path == outside:
        outside.unlink()
    done = elsewhere("restorebackup", folder)
    assert (done.returncode, outside.exists()) == (1, False), done.stderr
    assert f"{name}: lies outside of the backup" in done.stderr
    assert not list((tmp_path / "elsewhere").glob("media/**/*"))


def test_a_link_in_the_place_of_the_pictures_is_refused_before_anything_is_copied(article, elsewhere, tmp_path):
    call_command("backup", str(tmp_path / "backup"), verbosity=0)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "disk").mkdir()
    (tmp_path / "elsewhere" / "media").symlink_to(tmp_path / "disk")
    done = elsewhere("restorebackup", tmp_path / "backup")
    assert (done.returncode, list((tmp_path / "disk").iterdir())) == (1, [])
    assert "media is a mount or a link. Restore into a plain folder" in done.stderr


@pytest.fixture
def meanwhile(article, tmp_path, settings, monkeypatch):
    """Return a function that restores a backup and calls another, with the empty place, while the database is copied.

    ``there()`` tells what is in that place.
    """
    if connection.vendor != "sqlite":
        pytest.skip("pg_restore does all in one transaction")
    call_command("backup", str(tmp_path / "backup"), verbosity=0)
    place = tmp_path / "elsewhere"
    place.mkdir()
    settings.DATA_DIR, settings.MEDIA_ROOT = place, place / "media"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(place / "database.sqlite3"))
    copy = sqlite.copy

    def restore(happens):
        monkeypatch.setattr(sqlite, "copy", lambda *paths: (happens(place), copy(*paths)))
        with suppress(KeyboardInterrupt):
            call_command("restorebackup", str(tmp_path / "backup"))

    return restore


def there(tmp_path):
    """Return the files of the place to which a backup was to be restored: name → bytes."""
    place = tmp_path / "elsewhere"
    files = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name != "prepare.lock"}


def test_a_site_that_came_into_being_meanwhile_is_left_as_it_is(meanwhile, tmp_path):
    def come_into_being(place):
        (place / "database.sqlite3").write_bytes(b"another site")
        (place / "media" / "b.png").write_bytes(b"its picture")

    with pytest.raises(CommandError, match="There is a database at"):
        meanwhile(come_into_being)
    found = there(tmp_path)
    assert (found["database.sqlite3"], found["media/b.png"]) == (b"another site", b"its picture")


def test_pictures_that_came_meanwhile_are_left_as_they_are(meanwhile, tmp_path, monkeypatch):
    def come(line):
        if line.startswith("pictures: "):
            (tmp_path / "elsewhere/media").mkdir()
            (tmp_path / "elsewhere/media/b.png").write_bytes(b"a picture")

    monkeypatch.setattr("articles.management.commands.restorebackup.telling", lambda stream: come)
    with pytest.raises(CommandError, match="There are pictures in"):
        meanwhile(lambda place: None)
    assert there(tmp_path) == {"media/b.png": b"a picture"}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_restoring_that_is_broken_off_leaves_nothing(error, meanwhile, tmp_path):
    def break_off(place):
        (place / "database.sqlite3.unfinished").write_bytes(b"half of it")
        raise error

    with suppress(CommandError):
        meanwhile(break_off)
    assert there(tmp_path) == {}


# Breaks off while the rows are counted that PostgreSQL took in, and tells what is left.
BREAK_OFF = """
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from articles.backups import postgresql
def break_off(cursor):
    raise KeyboardInterrupt
postgresql._counts = break_off
try:
    call_command("restorebackup", %r)
except KeyboardInterrupt:
    print(connection.introspection.table_names(), list(Path(settings.MEDIA_ROOT).rglob("*")))
"""


@pytest.mark.postgres
def test_nor_does_one_that_is_broken_off_while_rows_are_counted(article, elsewhere, tmp_path):
    call_command("backup", str(tmp_path / "backup"), verbosity=0)
    done = elsewhere("shell", "--no-imports", "--verbosity=0", "-c", BREAK_OFF % str(tmp_path / "backup"))
    assert done.stdout.splitlines()[-1] == "[] []", done.stderr


def test_who_prepares_a_site_waits_for_the_end_of_a_restoring(meanwhile, tmp_path):
    def prepare(place):
        with open(place / "prepare.lock", "w") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    meanwhile(prepare)
    assert set(there(tmp_path)) == {"database.sqlite3", f"media/{Image.objects.get().name}"}


def test_a_backup_of_the_other_kind_of_database_is_refused(article, tmp_path, elsewhere):
    call_command("backup", str(tmp_path / "backup"), verbosity=0)
    manifest = manifests.Manifest.read(tmp_path / "backup")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    manifests.Manifest(other, manifest.created, manifest.files, manifest.counts).write(tmp_path / "backup")
    done = elsewhere("restorebackup", tmp_path / "backup")
    assert done.returncode == 1
    assert other in done.stderr


def test_a_broken_reference_between_rows_is_found(tmp_path):
    from articles.backups.sqlite import checked

    with closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as database:
        database.execute("CREATE TABLE a (id INTEGER PRIMARY KEY)")
        database.execute("CREATE TABLE b (a INTEGER REFERENCES a)")
        assert checked(database) == {"a": 0, "b": 0}
        database.execute("INSERT INTO b VALUES (7)")
        with pytest.raises(manifests.Damaged, match="row 1 of b refers to a missing a"):
            checked(database)


def test_a_database_that_contradicts_itself_is_found(tmp_path):
    from articles.backups.sqlite import checked

    with closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as database:
        database.execute("CREATE TABLE a (n INTEGER)")
        database.execute("INSERT INTO a VALUES (7)")
        database.execute("CREATE INDEX i ON a (n)")
        assert checked(database) == {"a": 1}
        # From now on the index should leave out a row that it has.
        database.execute("PRAGMA writable_schema=ON")
        database.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX i ON a (n) WHERE n > 9' WHERE name = 'i'")
    with (
        closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as database,
        pytest.raises(manifests.Damaged, match="wrong # of entries in index i"),
    ):
        checked(database)
