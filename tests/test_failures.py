"""Commands that database or disk fail, or that are broken off, say it in a sentence."""

import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, DataError

from articles.problems import Problem, Refused
from kalbajar_site.environment import user
from kalbajar_site.failures import in_a_sentence

ROOT = Path(__file__).resolve().parent.parent
WAITING = "import time; print('begun', flush=True); time.sleep(60)"


@pytest.fixture
def manage(tmp_path):
    """Return a function that runs a command in an empty ``DATA_DIR``, with files of at most so many bytes.

    ``before`` are the words of a command that begins it.
    """

    def run(*command, most=resource.RLIM_INFINITY, before=(), text=True, limit=None, **variables):
        return subprocess.run(
            [*before, sys.executable, "manage.py", *command], cwd=ROOT, capture_output=True, text=text,
            check=False, timeout=limit,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"} | variables,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)),
        )  # fmt: skip

    return run


def lines(done):
    """Return what a command that failed said of it."""
    assert done.returncode == 1
    return done.stderr.splitlines()


def test_a_database_that_is_none_is_told(manage, tmp_path):
    (tmp_path / "database.sqlite3").write_bytes(b"This is no database. " * 500)
    (said,) = lines(manage("verify_history"))
    assert said.startswith("The database cannot be used: file is not a database. If it cannot be mended, restore")
    assert "Traceback" in manage("verify_history", "--traceback").stderr


def test_a_database_without_tables_is_told(manage):
    for command in (["sealhistory"], ["loadarticle", str(ROOT / "articles/demo/monte-melkonian.json")]):
        (said,) = lines(manage(*command))
        assert said.endswith("Run: python manage.py migrate")


def test_a_disk_without_room_is_told(manage, tmp_path):
    (said,) = lines(manage("migrate", most=20_000))
    assert said.startswith("The database cannot be used: ")
    assert "DATA_DIR" in said
    assert manage("migrate").returncode == 0


def test_a_file_that_cannot_be_opened_is_told(manage, tmp_path):
    (tmp_path / "prepare.lock").mkdir()
    (said,) = lines(manage("restorebackup", str(tmp_path)))
    assert said.startswith(f"{tmp_path}/prepare.lock: Is a directory.")


def test_only_what_writes_waits_for_another_command(manage, tmp_path):
    manage("migrate")
    with open(tmp_path / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (["--help"], ["--check"], ["--plan"], ["--no-such-option"]):
            assert "Waiting" not in manage("migrate", *words, limit=60).stderr
        with pytest.raises(subprocess.TimeoutExpired) as waited:
            manage("migrate", limit=8)
    assert b"Waiting for another command to end" in waited.value.stderr


def test_what_is_no_text_or_too_large_is_told(manage):
    manage("migrate")
    file = str(ROOT / "articles/demo/battle-of-kalbajar.json")
    for words in (["loadarticle", file, "--user", b"a\xffb"], ["dumparticle", b"a\xffb"]):
        (said,) = lines(manage(*words))
        assert said.startswith("Something is not UTF-8 text: ")
        assert said.endswith("Look at what the command was given. With --traceback the command says where it was.")
    manage("loadarticle", file)
    (said,) = lines(manage("loadarticle", file, "--base", "9" * 30))
    assert said.startswith("Something is more than the database takes: ")
    assert manage("makepages", "--jobs", "0").stderr.splitlines()[-1].endswith("use a whole number from 1 to 256")


def test_what_is_written_does_not_depend_on_the_terminal(manage):
    manage("migrate")
    loaded = manage("loaddemo", PYTHONIOENCODING="ascii")
    assert (loaded.returncode, loaded.stderr) == (0, "")
    dumped = manage("dumparticle", "battle-of-kalbajar", text=False, PYTHONIOENCODING="ascii")
    assert json.loads(dumped.stdout) == json.loads(manage("dumparticle", "battle-of-kalbajar", text=False).stdout)
    (said,) = lines(manage("removetext", "battle-of-kalbajar", "--dry-run", before=["sh", "-c", 'exec "$@" <&-', "sh"]))
    assert "at least 12 characters" in said


def test_streams_that_were_closed_fail_no_command(manage):
    manage("migrate")
    for closed in (">&-", "2>&-", "<&-"):
        done = manage("verify_history", before=["sh", "-c", f'exec "$@" {closed}', "sh"])
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("error", "way"),
    [
        (DatabaseError("database disk image is malformed"), "restore a backup"),
        (DatabaseError('relation "articles_article" does not exist\nLINE 1'), "manage.py migrate"),
        (DatabaseError("database or disk is full"), "Make room"),
        (DatabaseError("attempt to write a readonly database"), f"Let {user()} own DATA_DIR"),
        (DatabaseError(), "DatabaseError. Look at DATABASE_URL"),
        (
            OSError(28, "No space left on device", "/srv/kalbajar/media"),
            "/srv/kalbajar/media: No space left on device.",
        ),
        (OSError(28, "No space left on device"), "No space left on device. Make room"),
        (PermissionError(13, "Permission denied", "/srv/kalbajar"), f"Let {user()} own it."),
        (OSError("Something"), "--traceback"),
        (Refused([Problem("title", "invalid", "Another has it", "refusal")]), "title: invalid: Another has it. With"),
        (DataError("bigint out of range\nLINE 1"), "bigint out of range. Look at what the command was given"),
    ],
)
def test_the_sentence_names_the_way_out(error, way):
    said = in_a_sentence(error)
    assert way in said
    assert "\n" not in said
    assert "Errno" not in said


def test_a_disk_that_is_mounted_for_reading_only_is_told_as_that(monkeypatch):
    monkeypatch.setattr("kalbajar_site.failures.is_mounted_read_only", lambda folder: True)
    said = in_a_sentence(DatabaseError("unable to open database file"))
    assert "is mounted for reading only: mount it for writing, or copy the folder whole, with the -wal file" in said


def test_what_stores_no_picture_runs_where_none_can_be_stored(manage, tmp_path):
    manage("migrate")
    manage("loadarticle", str(ROOT / "articles/demo/monte-melkonian.json"))
    (tmp_path / "media").write_text("")
    assert "articles.E003" in manage("makepages").stderr
    for command in (["dumparticle", "monte-melkonian"], ["verify_history"], ["backup", str(tmp_path / "backup")]):
        assert manage(*command).returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_broken_off_says_one_word(number, tmp_path):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--verbosity=0", "-c", WAITING]
    place = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
    # A shell that starts the tests beside other work lets them ignore Ctrl-C, and with them whatever they start.
    heed = partial(signal.signal, number, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": heed}
    with subprocess.Popen(command, cwd=ROOT, env=place, **pipes) as process:
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(number)
        assert process.communicate(timeout=60)[1] == b"Interrupted.\n"
    assert process.returncode == 130
