"""``python -m tests.soak [--kills N] [--wal N] [--full N] [--restores N] [--editors N] [--seconds N]
[--uploads N] [--fuzz MINUTES] [--port N]``."""

import argparse
import logging
import os
import socket
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from tests.results import keep, machine

_HEAD = """# Results of the trials of endurance

Written by `make soak`, the part of PostgreSQL by `DATABASE_URL=postgres://… make soak`; the last column counts what was
lost, half written, broken or answered with an error.
"""
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


def arguments():
    """Return what was asked for; the defaults are the figures to reach."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200 if ON_POSTGRES else 1000)
    parser.add_argument("--wal", type=int, default=2000)
    parser.add_argument("--full", type=int, default=100)
    parser.add_argument("--restores", type=int, default=50)
    parser.add_argument("--editors", type=int, default=32 if ON_POSTGRES else 16)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--uploads", type=int, default=0 if ON_POSTGRES else 10_000)
    parser.add_argument("--fuzz", type=int, default=0 if ON_POSTGRES else 60, help="minutes")
    parser.add_argument("--port", type=int, default=0)
    return parser.parse_args()


def prepare(wanted, folder):
    """Set the site up on a new folder; return what the trials need."""
    with socket.create_server(("127.0.0.1", wanted.port)) as listener:
        port = listener.getsockname()[1]
    os.environ |= {
        "DATA_DIR": str(folder / "site"), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "kalbajar_site.settings",
        "WEB_CONCURRENCY": os.environ.get("WEB_CONCURRENCY", "2"),
    }  # fmt: skip
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    from tests.making import content, record

    from .server import Server

    server = Server(port)
    # The folder is made with the settings.
    server.start("--prepare")
    logging.disable(logging.INFO)
    user = User.objects.create_superuser("soak", password=None)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    articles = [record(None, content(slug=f"article-{number}")).article for number in range(max(wanted.editors, 3))]
    return SimpleNamespace(
        server=server, session=client.cookies["sessionid"].value, articles=articles, folder=folder,
        killed=folder / "killed",
    )  # fmt: skip


def run(site, wanted, tell):
    """Run all trials; return the rows of the table."""
    from . import fuzzing, trials

    served = ((trials.editing, wanted.seconds), (trials.kills, wanted.kills), (trials.restores, wanted.restores))
    rows = [trial(site, much, tell) for trial, much in served if much]
    site.server.kill()
    trials.keep_log(site)
    rows += [trial(site, much, tell) for trial, much in ((trials.wal, wanted.wal), (trials.full, wanted.full)) if much]
    rows += [
        trial(much, tell) for trial, much in ((fuzzing.uploads, wanted.uploads), (fuzzing.fuzz, wanted.fuzz)) if much
    ]
    return [row for row in rows if row]


def main():
    """Run everything and print the table."""
    wanted, told, began = arguments(), [0.0], time.monotonic()

    def tell(line):
        if time.monotonic() - told[0] > 5:
            told[0] = time.monotonic()
            sys.stderr.write(line + "\n")

    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as folder:
        site = prepare(wanted, Path(folder))
        try:
            rows = run(site, wanted, tell)
        finally:
            if site.server.process.poll() is None:
                site.server.kill()
    took = time.monotonic() - began
    lines = ["| what | how much | lost, half, broken, errors |", "|---|---|---|"]
    lines += [f"| {what} | {much} | {len(found)} |" for what, much, found in rows]
    lines += [f"{what}: {line}" for what, _, found in rows for line in found[:20]]
    table = "\n".join(lines)
    sys.stdout.write(table + "\n")
    if len(sys.argv) == 1:  # in full
        part = f"{machine()} · {took / 60:.0f} minutes\n\n{table}"
        keep(Path(__file__).parent / "RESULTS.md", _HEAD, "postgresql" if ON_POSTGRES else "sqlite", part)
    sys.exit(any(found for _, _, found in rows))


if __name__ == "__main__":
    main()
