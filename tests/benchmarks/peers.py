"""The site beside MediaWiki, Wagtail and django-wiki in interleaved runs: pages, history, comparison, saving, memory.

The scripts in the folder that ``PEERS_DIR`` names set the peers up (``*/setup.sh``, minutes at the first time), start
and stop them (``servers.sh``) and measure (``measure.py``); its README tells what they need.

    PEERS_DIR=… python -m tests.benchmarks.peers [views] [history] [diffs] [saves]
"""
# ruff: noqa: E402, I001, T201 (the environment is copied, then Django set up; printing is its job)

import json
import os
import subprocess
import sys
import time
from pathlib import Path

_CLEAN = dict(os.environ) | {"PEERS": os.environ.get("PEERS", "/opt/peers")}
"""What the scripts get: the peers are Django sites too, and must not take our settings for theirs."""

from .reviewed_site import REVISIONS, SLUG, build, usual
from .servers import Server

from django.contrib.auth.models import User
from django.test import Client

_SETUPS = ("mediawiki/setup.sh", "wagtail_site/setup.sh", "djwiki_site/setup.sh")
_NEEDED = (*_SETUPS, "servers.sh", "measure.py", "views.txt", "history.txt", "diffs.txt", "saves.txt")
_REDIS = "8199"
_MOMENTS = {"Memory, MiB": 0, "Memory after a minute without visitors, MiB": 60}
_MODES = {"views": "views", "history": "single", "diffs": "single", "saves": "saves"}


def _folder():
    """Return the folder of the scripts, or end with a sentence that says what is missing."""
    named = os.environ.get("PEERS_DIR")
    if not named:
        sys.exit("Set PEERS_DIR to the folder with the peers' scripts: PEERS_DIR=/path/to/peers make bench-peers")
    folder = Path(named).resolve()
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        sys.exit(f"PEERS_DIR is {named}, but {', '.join(missing)} is not there.")
    return folder


def _targets(site, cookie, data):
    """Return the site's own line for each list of targets."""
    base, pids = f"http://127.0.0.1:{site.port}", f"pids={data / 'site.pid'}"
    page, form = f"{base}/articles/{SLUG}/", f"{base}/admin/articles/article/1/change/"
    far = f"compare/{{1-40}}/{{{REVISIONS - 40}-{REVISIONS}}}/"
    return {
        "views": f"kalbajar={page} {pids}",
        "history": f"kalbajar-history={page}history/ {pids} Cookie: {cookie}",
        "diffs": f"kalbajar-compare-far={page}{far} {pids} Cookie: {cookie}",
        "saves": f"kalbajar-form=form:{form},{page},{data / 'fields.json'} Cookie: {cookie}",
    }


def _cookies(environment):
    """Return the cookies of the peers' editors, which ``servers.sh`` wrote down."""
    run = Path(environment["PEERS"]) / "run"
    return {f"{name.upper()}_COOKIE": (run / f"{name}.cookie").read_text().strip() for name in ("wagtail", "djwiki")}


def _memory(site):
    """Return the MiB of a server and its workers, each page shared by so many processes counted in parts."""
    children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
    rolled = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in (str(site.pid), *children)]
    return sum(int(text.partition("\nPss:")[2].split()[0]) for text in rolled) // 1024


def main(wanted):
    """Set up, start, measure and stop."""
    folder = _folder()
    # Wagtail's setup publishes, which tells its cache; servers.sh starts that later, on the same port.
    redis = subprocess.Popen(
        ["redis-server", "--port", _REDIS, "--bind", "127.0.0.1", "--save", ""], stdout=subprocess.DEVNULL
    )
    try:
        for script in _SETUPS:
            # What is installed is shown, and no result.
            print(f"== {script} ==", file=sys.stderr, flush=True)
            subprocess.run([folder / script], check=True, env=_CLEAN, stdout=sys.stderr)
    finally:
        redis.terminate()
        redis.wait()
    build()
    chief = User.objects.create_superuser("chief")
    client = Client(SERVER_NAME="localhost")
    client.force_login(chief)
    data = Path(os.environ["DATA_DIR"])
    (data / "fields.json").write_text(
        json.dumps({"body": f"{usual(REVISIONS - 1).body}\n\nEdition @MARKER@.", "_publish": "Save and publish"})
    )
    site = Server("kalbajar_site.wsgi")
    (data / "site.pid").write_text(str(site.pid))
    ours = _targets(site, f"sessionid={client.cookies['sessionid'].value}", data)
    try:
        subprocess.run([folder / "servers.sh", "start"], check=True, env=_CLEAN)
        environment = _CLEAN | _cookies(_CLEAN)
        for name in wanted or _MODES:
            print(f"\n### {name.capitalize()}\n", flush=True)
            subprocess.run(
                [sys.executable, "measure.py", _MODES[name], f"@{name}.txt", ours[name]],
                cwd=folder, check=True, env=environment,
            )  # fmt: skip
        for title, seconds in _MOMENTS.items():
            time.sleep(seconds)
            print(f"\n### {title}\n\n```", flush=True)
            subprocess.run([folder / "servers.sh", "rss"], check=True, env=_CLEAN)
            print(f"kalbajar {_memory(site)}\n```")
    finally:
        site.stop()
        subprocess.run([folder / "servers.sh", "stop"], check=False, env=_CLEAN)


if __name__ == "__main__":
    main(sys.argv[1:])
