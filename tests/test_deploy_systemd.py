"""The units that we ship, looked through by systemd's own programs."""

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
