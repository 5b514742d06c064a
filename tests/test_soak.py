"""The soak in short: saves by real processes that are killed, starved and backed up; nothing lost, nothing half."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .soak import fuzzing

ROOT = Path(__file__).resolve().parent.parent
SHORT = {"kills": 10, "wal": 40, "full": 2, "restores": 1, "editors": 3, "seconds": 2, "uploads": 60, "fuzz": 0}

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_answered_is_there_whole_after_kills_damage_and_restores(empty_database):
    place = {name: text for name, text in os.environ.items() if name not in {"DATA_DIR", "DATABASE_URL"}}
    options = [part for name, number in SHORT.items() for part in (f"--{name}", str(number))]
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", *options],
        cwd=ROOT,
        env=place | empty_database,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| SIGKILL inside saves | 10 kills" in done.stdout
    assert "| spoiled pictures | 60 files" in done.stdout


@pytest.mark.parametrize("seed", range(4))
def test_random_articles_go_through_everything_without_an_exception(seed):
    count, found = fuzzing.tried(seed, articles=25)
    assert (count, found) == (25, [])
