"""Runs benchmarks, shows what they print and keeps it in RESULTS.md, each with machine, versions and date.

python -m tests.benchmarks [name …]
"""
# ruff: noqa: T201 (printing is its job)

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.results import keep, load, machine

_HERE = Path(__file__).parent
_RESULTS = _HERE / "RESULTS.md"
_LONG = ("bench_scale", "peers")
"""Many minutes, so only when named: ``make bench-scale``, ``make bench-peers``."""
_HEAD = """# Results

Written by `make bench`, `make bench-scale` and `make bench-peers`; each part tells when and where it was measured.
Compare ratios of one part: single times say little on a busy machine, which is one whose load is not below its cores.
"""
# What Django logs while a site is made for the benchmark is no result.
_LOG = re.compile(r'^\{"time": .*\n', re.MULTILINE)


def _measured(name):
    """Run a benchmark, show its lines as they come, and return its exit code and its part of the results."""
    before, lines = load(), []
    command = [sys.executable, "-u", "-m", f"tests.benchmarks.{name}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    said = _LOG.sub("", "".join(lines)).strip()
    where = f"{machine()} · load over 1, 5 and 15 minutes {before} before, {load()} after"
    # What is Markdown already, with tables of its own, stands as it is.
    return running.returncode, f"{where}\n\n{said}" if "|---" in said else f"{where}\n\n```\n{said}\n```"


def main(names):
    """Run the benchmarks ``names`` (all but the long ones) and keep the results of those that ended well."""
    names = names or sorted({path.stem for path in _HERE.glob("bench_*.py")} - set(_LONG))
    failed = []
    for name in names:
        print(f"== {name} ==", flush=True)
        code, part = _measured(name)
        if code:
            failed.append(name)
            continue
        keep(_RESULTS, _HEAD, f"{name}_on_postgresql" if os.environ.get("BENCH_DATABASE_URL") else name, part)
    return " ".join(["failed:", *failed]) if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
