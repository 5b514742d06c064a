"""The soak in short: saves by real processes that are killed, starved and backed up; nothing lost, nothing half."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
SHORT = {"kills": 10, "wal": 40, "full": 2, "restores": 1, "editors": 3, "seconds": 2}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place():
    """The environment of a soak: a folder of its own, and on PostgreSQL an empty database."""
    place = {name: text for name, text in os.environ.items() if name not in {"DATA_DIR", "DATABASE_URL"}}
    if connection.vendor != "postgresql":
        yield place
        return
    known = connection.settings_dict
    name = f"{known['NAME']}_soak"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    password = f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else ""
    address = f"{known['USER']}{password}@{known['HOST']}:{known['PORT']}"
    yield place | {"DATABASE_URL": f"postgres://{address}/{name}"}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_what_was_answered_is_there_whole_after_kills_damage_and_restores(place):
    options = [part for name, number in SHORT.items() for part in (f"--{name}", str(number))]
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", *options], cwd=ROOT, env=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| SIGKILL inside saves | 10 kills" in done.stdout
