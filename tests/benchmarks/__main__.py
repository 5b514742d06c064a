"""Runs all benchmarks, shows what they print and writes it to RESULTS.md with machine, versions and date.

python -m tests.benchmarks [name …]
"""
# ruff: noqa: T201 (printing is its job)

import os
import platform
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).parent
_RESULTS = _HERE / "RESULTS.md"
_LONG = {"bench_scale"}
"""Minutes, so only when named: ``make bench-scale``."""


def _machine():
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    versions = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn", "brotli"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores, {model} · {platform.system()} "
        f"{platform.release()} · Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )


def _load():
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def main(names):
    """Run the benchmarks ``names`` (all but the long ones) and write the results; return 1 if one failed."""
    names = names or sorted({path.stem for path in _HERE.glob("bench_*.py")} - _LONG)
    parts, failed = [], False
    before = _load()
    for name in names:
        print(f"== {name} ==", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{name}"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        print(done.stdout, flush=True)
        if done.returncode:
            failed = True
            print(done.stderr[-2000:], file=sys.stderr)
        parts.append(f"## {name}\n\n```\n{done.stdout.strip()}\n```\n")
    head = (
        f"# Results\n\n{_machine()}\n\nWritten by `make bench`. Load of the machine over 1, 5 and 15 minutes: {before} "
        f"before, {_load()} after; it is quiet below {os.cpu_count()}. Compare ratios; single times say little "
        "on a busy machine.\n"
    )
    _RESULTS.write_text("\n".join([head, *parts]))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
