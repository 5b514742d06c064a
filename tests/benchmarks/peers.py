"""The site beside MediaWiki, Wagtail and django-wiki in one interleaved run.

The scripts in the folder that ``PEERS_DIR`` names set the peers up (``*/setup.sh``, minutes at the first time), start
and stop them (``servers.sh``) and measure (``measure.py``); its README tells what they need.

    PEERS_DIR=… python -m tests.benchmarks.peers
"""
# ruff: noqa: T201 (printing is its job)

import os
import subprocess
import sys
from pathlib import Path

from .reviewed_site import SLUG
from .servers import Server, build

_SETUPS = ("mediawiki/setup.sh", "wagtail_site/setup.sh", "djwiki_site/setup.sh")
_NEEDED = (*_SETUPS, "servers.sh", "measure.py", "views.txt")


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


def main():
    """Set up, start, measure public pages, and stop."""
    folder = _folder()
    os.environ.setdefault("PEERS", "/opt/peers")
    for script in _SETUPS:
        print(f"== {script} ==", flush=True)
        subprocess.run([folder / script], check=True)
    build()
    site = Server("kalbajar_site.wsgi")
    pid = Path(os.environ["DATA_DIR"]) / "site.pid"
    pid.write_text(str(site.pid))
    try:
        subprocess.run([folder / "servers.sh", "start"], check=True)
        ours = f"kalbajar=http://127.0.0.1:{site.port}/articles/{SLUG}/ pids={pid}"
        subprocess.run([sys.executable, "measure.py", "views", "@views.txt", ours], cwd=folder, check=True)
    finally:
        site.stop()
        subprocess.run([folder / "servers.sh", "stop"], check=False)


if __name__ == "__main__":
    main()
