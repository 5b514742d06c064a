"""Long work is spread over processes, tells where it is, and can be taken up again."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.management import progress, spreading
from articles.models import DraftProblem, RenderedPage, SearchEntry, Standing

from .articles_for_tests import make_article

ROOT = Path(__file__).resolve().parent.parent


def _note(path):
    path.write_text(str(os.getpid()))
    if path.name == "fails":
        raise ValueError(path.name)
    if path.name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_key_is_worked_on_once_and_the_lines_rise(tmp_path, monkeypatch, jobs):
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0)
    keys = [tmp_path / f"{number:03}" for number in range(120)]
    said = StringIO()
    spreading.spread(_note, keys, said, what="pages", jobs=jobs)
    assert sorted(tmp_path.iterdir()) == keys
    assert f"60 of 120 pages done; to go on from here: --after {keys[59]}" in said.getvalue()
    assert (str(os.getpid()) in {path.read_text() for path in keys}) == (jobs == 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_is_raised_and_what_was_told_is_done(tmp_path, monkeypatch, jobs):
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0)
    keys = [tmp_path / f"{number:03}" for number in range(70)]
    keys.insert(40, tmp_path / "fails")
    said = StringIO()
    with pytest.raises(ValueError, match="fails"):
        spreading.spread(_note, keys, said, what="pages", jobs=jobs)
    told = said.getvalue().count("done; to go on")
    assert told <= 40
    assert all(path.exists() for path in keys[:told])


@pytest.mark.parametrize("place", [0, 60])
def test_a_killed_process_is_told_with_the_way_on(tmp_path, place):
    keys = [tmp_path / f"{number:03}" for number in range(100)]
    keys.insert(place, tmp_path / "killed")
    with pytest.raises(CommandError, match=r"One of the 2 processes was killed.* of 101 pages.* fewer --jobs") as told:
        spreading.spread(_note, keys, StringIO(), what="pages", jobs=2)
    after = re.search(r"--after (\S+)\.$", str(told.value))
    done = keys.index(Path(after[1])) + 1 if after else 0
    assert done <= place
    assert f" {done} of 101 pages were done" in str(told.value)
    assert all(path.exists() for path in keys[:done])


def _note_slowly(path):
    path.write_text("")
    time.sleep(0.1)


SLOW = """
import sys
from pathlib import Path
from articles.management import spreading
from tests.test_spreading import _note_slowly
spreading.spread(_note_slowly, [Path(%r, str(number)) for number in range(400)], sys.stdout, what="pages", jobs=2)
"""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_no_process_outlives_the_command_that_is_ended(number, status, tmp_path):
    (tmp_path / "done").mkdir()
    command = [
        sys.executable,
        "manage.py",
        "shell",
        "--no-imports",
        "--verbosity=0",
        "-c",
        SLOW % str(tmp_path / "done"),
    ]
    place = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")}
    with subprocess.Popen(command, cwd=ROOT, env=place, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            while not list((tmp_path / "done").iterdir()):
                assert process.poll() is None
            process.send_signal(number)
            # The end of what they all write to: nobody is left that could.
            process.communicate(timeout=60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == status
    assert len(list((tmp_path / "done").iterdir())) < 400


@pytest.mark.django_db(transaction=True)
def test_pages_and_rows_of_lists_are_made_anew_by_other_processes(monkeypatch, client):
    monkeypatch.setattr(spreading, "_FEW", 0)
    for number in range(5):
        make_article(f"battle-{number}", f"Battle {number}", body=f"The {number}th one.")
    before = list(RenderedPage.objects.order_by("pk").values_list("html", "etag"))
    rows = list(Standing.objects.order_by("pk").values())
    RenderedPage.objects.update(html="Lost", etag="lost", release="old")
    for model in (SearchEntry, Standing, DraftProblem):
        model.objects.all().delete()
    said = StringIO()
    call_command("makepages", outdated=True, jobs=2, stdout=said)
    call_command("remeasure", jobs=2, stdout=said)
    assert said.getvalue() == "5 pages made.\n5 articles measured.\n"
    assert list(RenderedPage.objects.order_by("pk").values_list("html", "etag")) == before
    assert list(Standing.objects.order_by("pk").values()) == rows
    assert "Battle 3" in client.get("/search/?q=3th").content.decode()
    call_command("makepages", outdated=True, stdout=said)
    assert said.getvalue().endswith("0 pages made.\n")
