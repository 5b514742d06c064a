"""The units that we ship, looked through by systemd's own programs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parent.parent / "kalbajar_site" / "deploy"
ANALYZE = shutil.which("systemd-analyze")

pytestmark = pytest.mark.skipif(not ANALYZE, reason="needs systemd-analyze")


@pytest.fixture
def units(tmp_path):
    """Return our units in a folder, named as they are installed, with a program that is on every machine."""
    for unit in DEPLOY.glob("kalbajar*"):
        text = unit.read_text(encoding="utf-8").replace("/opt/kalbajar/.venv/bin/python", "/usr/bin/env")
        (tmp_path / unit.name.replace("@", "@8000")).write_text(text, encoding="utf-8")
    return tmp_path


def _said(*command):
    done = subprocess.run([ANALYZE, *map(str, command)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_systemd_takes_every_line_of_them(units):
    found = sorted(units.iterdir())
    assert [unit.suffix for unit in found].count(".service") == 2
    assert _said("verify", *found) == (0, "")


@pytest.mark.parametrize("service", ["kalbajar@8000.service", "kalbajar-backup.service"])
def test_a_service_may_do_little_more_than_its_work(units, service):
    """Systemd calls an exposure of 0 to 10; a service that says nothing about itself has 9.6."""
    code, said = _said("security", "--offline=true", "--threshold=35", "--no-pager", units / service)
    assert code == 0, said


@pytest.mark.parametrize(("backup", "history", "status"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1)])
def test_the_history_is_looked_at_every_night_and_all_backups_are_kept_if_anything_is_wrong(
    backup, history, status, tmp_path
):
    text = (DEPLOY / "kalbajar-backup.service").read_text(encoding="utf-8").replace("\\\n", "")
    script = text.partition("ExecStart=/bin/sh -c '")[2].partition("'")[0].replace("%%", "%").replace("$$", "$")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$2"\n[ "$2" = backup ] && exit {backup}\nexit {history}\n', encoding="utf-8")
    python.chmod(0o755)
    done = subprocess.run(["/bin/sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.returncode) == (["backup", "verify_history"], status)


@pytest.fixture
def remove_old(tmp_path):
    """Return a function that removes old backups, which lie in ``tmp_path``, as the service does at a time."""
    text = (DEPLOY / "kalbajar-backup.service").read_text(encoding="utf-8").replace("\\\n", "")
    script = text.rpartition("ExecStart=/bin/sh -c '")[2].partition("'")[0]
    backups, programs = tmp_path / "backups", tmp_path / "bin"
    backups.mkdir()
    programs.mkdir()
    script = script.replace("/srv/kalbajar-backups", str(backups)).replace("%%", "%")

    def run(now):
        clock = programs / "date"
        clock.write_text(f'#!/bin/sh\nexec {shutil.which("date")} -d "{now}" "$@"\n', encoding="utf-8")
        clock.chmod(0o755)
        path = f"{programs}:{os.environ['PATH']}"
        subprocess.run(["/bin/sh", "-c", script], check=True, env=os.environ | {"PATH": path})
        return sorted(one.name for one in backups.iterdir())

    return backups, run


def test_the_last_fourteen_backups_are_kept_whatever_the_clock_says(remove_old):
    backups, run = remove_old
    for day in range(10, 30):
        (backups / f"2026-03-{day}-0300").mkdir()
        os.utime(backups / f"2026-03-{day}-0300", (0, 0))
    by_hand = ["2026-03-29 before the upgrade", "2026-before-the-upgrade", "before"]
    for name in by_hand:
        (backups / name).mkdir()
    for _ in range(2):
        left = run("2026-03-29 03:00")
        assert left == sorted([*(f"2026-03-{day}-0300" for day in range(16, 30)), *by_hand])


def test_a_backup_made_when_the_clock_was_put_back_is_kept(remove_old):
    backups, run = remove_old
    ahead = [f"2026-03-{day}-0300" for day in range(10, 26)]
    for name in ahead:
        (backups / name).mkdir()
    (backups / "1970-01-01-0301").mkdir()
    assert run("1970-01-01 03:02") == ["1970-01-01-0301", *ahead]
    assert run("2026-03-25 03:01") == ahead[2:]
