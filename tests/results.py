"""Results of long runs, kept in a file: each part with the machine, the versions and the time it was measured."""

import os
import platform
import re
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def machine():
    """Return date, machine and versions in one line."""
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = (line.partition(":")[2].strip() for line in facts if "model name" in line)
    versions = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn", "brotli"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores, {next(models, platform.machine())} · "
        f"{platform.system()} {platform.release()} · Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {versions}"
    )


def load():
    """Return how busy the machine was in the last 1, 5 and 15 minutes."""
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def keep(path, head, name, part):
    """Put ``part`` under the heading ``name`` into a file of results with a new ``head``; its other parts stay."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.split(r"^## (\w+)\n", text, flags=re.MULTILINE)
    parts = dict(zip(found[1::2], (one.strip() for one in found[2::2]), strict=True)) | {name: part.strip()}
    body = "\n".join(f"## {one}\n\n{parts[one]}\n" for one in sorted(parts))
    path.write_text(f"{head}\n{body}", encoding="utf-8")
