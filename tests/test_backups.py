"""Backups: whole while others write, restored to the letter, and refused by name where anything is damaged."""

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection

from articles.backups import manifest as manifests
from articles.management import progress
from articles.models import Article, Image
from articles.pictures import store_picture
from articles.revisions import content_at, newest_content

from .backups_for_tests import (
    media_of,
    pictured_article,  # noqa: F401 - a fixture
    site_elsewhere,  # noqa: F401 - a fixture
)
from .making import record

pytestmark = pytest.mark.django_db(transaction=True)

# What the restored site says of itself, by its own code.
TELL = """
import json
from articles.models import Article
from articles.revisions import content_at, newest_content
told = {}
for article in Article.objects.all():
    revisions = {one.number: content_at(one).canonical_json() for one in article.revisions.all()}
    assert sorted(revisions) == list(range(1, len(revisions) + 1))
    assert newest_content(article).canonical_json() == revisions[len(revisions)]
    told[article.slug] = revisions
print(json.dumps(told))
"""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def told():
    """Return what this site says of itself: slug → number → content."""
    return {
        article.slug: {str(one.number): content_at(one).canonical_json() for one in article.revisions.all()}
        for article in Article.objects.all()
    }


def test_what_was_backed_up_while_others_wrote_is_restored_whole(article, elsewhere, tmp_path):
    before, stop = told(), threading.Event()

    def write():
        try:
            count = 0
            while not stop.is_set():
                count += 1
                record(article, newest_content(article).replace(body=f"Body {count}.[@hrw]"))
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        call_command("backup", str(tmp_path / "backup"), verbosity=0)
    finally:
        stop.set()
        writer.join()
    done = elsewhere("restorebackup", tmp_path / "backup")
    assert done.returncode == 0, done.stderr
    assert "verify_history.\nWhere that says so, python manage.py sealhistory" in done.stdout
    restored = json.loads(elsewhere("shell", "--no-imports", "--verbosity=0", "-c", TELL).stdout)
    after = told()
    ((slug, revisions),) = restored.items()
    assert len(before[slug]) <= len(revisions) <= len(after[slug])
    assert revisions == {number: after[slug][number] for number in revisions}
    image = Image.objects.get()
    assert manifests.digest_of(tmp_path / "elsewhere" / "media" / image.name) == image.sha256
    assert elsewhere("check", "--database=default", "--fail-level=WARNING").returncode == 0, "triggers come along"

    again = elsewhere("restorebackup", tmp_path / "backup")
    assert again.returncode == 1
    assert "empty" in again.stderr
    assert json.loads(elsewhere("shell", "--no-imports", "--verbosity=0", "-c", TELL).stdout) == restored


def test_a_backup_never_replaces_another_and_leaves_nothing_half(article, tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(tmp_path / "there"))
    (tmp_path / "file").write_text("")
    with pytest.raises((CommandError, OSError)):
        call_command("backup", str(tmp_path / "file" / "backup"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "media", "there"]


def test_another_backup_that_came_into_its_place_meanwhile_stays(article, tmp_path, monkeypatch):
    def meanwhile(stream):
        (tmp_path / "backup" / "media").mkdir(parents=True, exist_ok=True)
        return lambda line: None

    monkeypatch.setattr("articles.backups.making._remove_what_was_killed", meanwhile)
    with pytest.raises(CommandError, match="came into being meanwhile"):
        call_command("backup", str(tmp_path / "backup"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "media"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that takes nothing")
def test_a_log_that_takes_no_more_costs_no_backup(article, elsewhere, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0)
    with open("/dev/full", "wb", buffering=0) as full:
        call_command("backup", str(tmp_path / "b"), stdout=io.TextIOWrapper(full, write_through=True))
    assert capsys.readouterr().err == (
        f"Backed up to {tmp_path}/b. Only standard output takes nothing more: No space left on device.\n"
    )
    assert elsewhere("restorebackup", tmp_path / "b").returncode == 0


def test_a_backup_among_the_pictures_is_refused(article, tmp_path):
    media = Path(site.MEDIA_ROOT)
    (tmp_path / "link").symlink_to(media)
    before = sorted(media.rglob("*"))
    for folder in (media / "backup", media / "deep" / "backup", tmp_path / "link" / "backup"):
        with pytest.raises(CommandError, match="lies among the pictures"):
            call_command("backup", str(folder))
    assert sorted(media.rglob("*")) == before
    with pytest.raises(CommandError, match="/ is there already"):
        call_command("backup", "/")


def test_folders_that_are_none_of_ours_are_in_no_backup(article, tmp_path):
    (Path(site.MEDIA_ROOT) / ".snapshot").mkdir()
    (Path(site.MEDIA_ROOT) / ".snapshot" / "map.png").write_bytes(b"another")
    call_command("backup", str(tmp_path / "backup"))
    files = [path for path in (tmp_path / "backup" / "media").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [Path(Image.objects.get().name).name]


def test_a_file_whose_name_is_no_utf8_costs_no_backup(article, elsewhere, tmp_path):
    name = os.fsdecode(b"caf\xe9.png")
    (Path(site.MEDIA_ROOT) / name).write_bytes(b"laid there by hand")
    call_command("backup", str(tmp_path / "backup"))
    done = elsewhere("restorebackup", tmp_path / "backup")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "elsewhere/media" / name).read_bytes() == b"laid there by hand"


def test_the_next_backup_removes_what_a_killed_one_left(article, tmp_path):
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    killed = tmp_path / f".yesterday.unfinished-{gone.pid}"
    running = tmp_path / f".tonight.unfinished-{os.getppid()}"
    elsewhere = tmp_path / f".just-now.unfinished-{gone.pid}"
    for folder in (killed, running, elsewhere, tmp_path / ".other"):
        (folder / "media").mkdir(parents=True)
    for folder in (killed, running):
        os.utime(folder, (0, 0))
    call_command("backup", str(tmp_path / "backup"))
    left = [".other", running.name, elsewhere.name, "backup", "media"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(left)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: os.truncate(path, 100)])
def test_a_picture_that_is_not_what_was_stored_is_named_and_older_backups_mend_it(damage, article, tmp_path, capsys):
    path = Path(site.MEDIA_ROOT) / Image.objects.get().name
    call_command("backup", str(tmp_path / "good"))
    damage(path)
    with pytest.raises(SystemExit, match="1"):
        call_command("backup", str(tmp_path / "backup"))
    said = capsys.readouterr()
    assert path.name in said.err
    assert "Keep the older backups" in said.err
    assert manifests.Manifest.read(tmp_path / "backup").check_files(tmp_path / "backup", print) is None

    store_picture(media_of(tmp_path / "good").read_bytes(), "map.png")
    call_command("backup", str(tmp_path / "mended"))
    assert path.read_bytes() == media_of(tmp_path / "mended").read_bytes() == media_of(tmp_path / "good").read_bytes()


def test_a_damaged_picture_that_came_with_a_backup_is_told_where_it_is_restored(article, elsewhere, tmp_path):
    name = Image.objects.get().name
    os.truncate(Path(site.MEDIA_ROOT) / name, 100)
    with pytest.raises(SystemExit):
        call_command("backup", str(tmp_path / "backup"))
    assert elsewhere("restorebackup", tmp_path / "backup").returncode == 0
    done = elsewhere("verify_history")
    assert (done.returncode, done.stderr) == (1, f"{name}: the file of this picture is not what was stored\n")
