"""A database of an older release is brought forward by the commands that README.md names, and nothing of it is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent
OLD = "0007"
"""The release from which on a database can be brought back too, which is how this test gets an old one."""
KILLED = """
import os, signal
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
record = MigrationRecorder.record_applied
def killed(self, app, name):
    if (app, name[:4]) == ("articles", "0004"):
        os.kill(os.getpid(), signal.SIGKILL)
    record(self, app, name)
MigrationRecorder.record_applied = killed
call_command("migrate", verbosity=0)
"""
UPGRADE = ("migrate", "sealhistory", "remeasure --missing", "makepages --missing")


@pytest.fixture
def manage(tmp_path, empty_database):
    """Return a function that runs a command of the site on a database of its own and returns what it said."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")} | empty_database

    def run(command, *arguments, ends=0):
        done = subprocess.run([sys.executable, "manage.py", *command.split(), *arguments], cwd=ROOT, env=environment,
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == ends, f"{command}: {done.stderr}"
        return done.stdout

    return run


def _dumped(manage, folder):
    for slug in ("battle-of-kalbajar", "first-nagorno-karabakh-war"):
        manage(f"dumparticle {slug} --to {folder}")
    return {path.name: path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def test_nothing_is_lost_on_the_way_from_an_old_release(manage, tmp_path):
    manage("migrate")
    for name in ("battle-of-kalbajar", "first-nagorno-karabakh-war"):
        manage(f"loadarticle articles/demo/{name}.json --publish")
    before = _dumped(manage, tmp_path / "before")
    manage(f"migrate articles {OLD}")
    for command in UPGRADE:
        manage(command)
    assert _dumped(manage, tmp_path / "after") == before
    assert "broken" not in manage("verify_history")


def test_a_migration_that_was_killed_before_its_record_is_made_again(manage):
    manage("shell --no-imports --verbosity=0 -c", KILLED, ends=-signal.SIGKILL)
    assert "[ ] 0004" in manage("showmigrations articles")
    manage("migrate")
    assert "[ ]" not in manage("showmigrations")
    manage("check --database=default --fail-level=WARNING")
