"""The whole server against an empty Django view with the same bytes, in turn in one run, through HTTP.

Two workers each under the same gunicorn. Public pages are asked by eight visitors at once (needs wrk), all else one by
one. CPU milliseconds are those of the server's processes; ratios are to the empty view.

    python -m tests.benchmarks.bench_server
"""
# ruff: noqa: T201, I001 (printing is its job; Django is set up by the first of its own imports)

import os
import random
import statistics
import time
import uuid
from pathlib import Path
from types import SimpleNamespace

from .reviewed_site import REVISIONS, SLUG
from .servers import Server, build, has_wrk

from django.contrib.auth.models import User
from django.test import Client

from tests.desk import form_fields

_ROUNDS = 5
_SECONDS = 2
_ONE_BY_ONE = 20
_PAGE = f"/articles/{SLUG}/"
_FORM = "/admin/articles/article/1/change/"
SINGLE = {
    "history, 50 rows": (f"{_PAGE}history/", 12),
    "diff, far revisions": (f"{_PAGE}compare/1/{REVISIONS}/", 35),
    "search": ("/search/?q=usual+report", 40),
    "suggestions": ("/search/suggest/?q=usu", 20),
    "front page": ("/", None),
}


def main():
    """Build the site, start both servers, measure, and print."""
    build()
    chief = User.objects.create_superuser("chief")
    client = Client(SERVER_NAME="localhost")
    client.force_login(chief)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    html = Path(os.environ["DATA_DIR"]) / "page.html"
    html.write_bytes(client.get(_PAGE).content)
    site = Server("kalbajar_site.wsgi")
    empty = Server("tests.benchmarks.empty_site", EMPTY_PAGE=str(html))
    try:
        if has_wrk():
            _print_load(site, empty)
        else:
            print("wrk is not installed: many visitors at once were not measured\n")
        _print_single(site, empty, cookie)
        _print_saves(site, cookie)
    finally:
        site.stop()
        empty.stop()


def _print_load(site, empty):
    """Print the table of public pages: requests per second and CPU."""
    tag = site.ask(_PAGE)[2]["ETag"]
    targets = {
        "empty view": (empty, "/", {}),
        "article": (site, _PAGE, {}),
        "article, compressed": (site, _PAGE, {"Accept-Encoding": "gzip, br"}),
        "article, not changed (304)": (site, _PAGE, {"If-None-Match": tag}),
        # What asks for a certain version is answered by Django from the publication, kept in no process.
        "article, by Django": (site, _PAGE, {"If-Match": tag}),
    }
    found = {name: [] for name in targets}
    for _ in range(_ROUNDS):
        for name in random.sample(list(targets), len(targets)):
            server, address, headers = targets[name]
            found[name].append(server.load(address, _SECONDS, **headers))
    medians = {
        name: [statistics.median(values) for values in zip(*pairs, strict=True)] for name, pairs in found.items()
    }
    base_rate, base_cpu = medians["empty view"]
    print(f"{'eight visitors at once':28}{'requests/s':>12}{'ratio':>8}{'CPU ms':>9}{'ratio':>8}")
    for name, (rate, cpu) in medians.items():
        print(f"{name:28}{rate:12,.0f}{rate / base_rate:8.2f}{cpu:9.3f}{cpu / base_cpu:8.2f}")
    print()


def _print_single(site, empty, cookie):
    """Print the table of pages asked one by one as a reviewer."""
    targets = {"empty view": (empty, "/")} | {name: (site, address) for name, (address, _) in SINGLE.items()}
    times = {name: [] for name in targets}
    for _ in range(_ROUNDS):
        for name in random.sample(list(targets), len(targets)):
            server, address = targets[name]
            server.ask(address, Cookie=cookie)
            before = server.cpu()
            for _ in range(_ONE_BY_ONE):
                status, *_ = server.ask(address, Cookie=cookie)
                assert status == 200, address
            times[name].append((server.cpu() - before) / _ONE_BY_ONE)
    base = max(statistics.median(times["empty view"]), 0.05)
    print(f"{'one by one':28}{'CPU ms':>9}{'ratio':>8}{'goal ms':>9}")
    for name, found in times.items():
        goal = SINGLE.get(name, ("", None))[1]
        spent = statistics.median(found)
        print(f"{name:28}{spent:9.2f}{spent / base:8.1f}{goal or '':>9}")
    print()


def _print_saves(site, cookie):
    """Print how long it takes from the editor's press on "Save and publish" until an anonymous reader sees it."""
    times, cpu, stale = [], [], 0
    for _ in range(_ONE_BY_ONE):
        marker = f"edition {uuid.uuid4().hex}"
        _, body, headers = site.ask(_FORM, Cookie=cookie)
        token = headers["Set-Cookie"].partition(";")[0]
        fields = form_fields(SimpleNamespace(content=body))
        fields |= {"body": f"{fields['body']} In {marker}.", "_publish": "Save and publish"}
        site.ask(_PAGE)
        before, spent = time.perf_counter(), site.cpu()
        status, *_ = site.ask(_FORM, "POST", fields, Cookie=f"{cookie}; {token}",
                              Referer=f"http://127.0.0.1:{site.port}{_FORM}")  # fmt: skip
        assert status == 302, status
        while marker.encode() not in site.ask(_PAGE)[1]:
            stale += 1
            assert stale < 100, "saved, and never seen"
        times.append((time.perf_counter() - before) * 1000)
        cpu.append(site.cpu() - spent)
    print(f"save and publish until seen: median {statistics.median(times):.0f} ms (goal 45), worst {max(times):.0f}, "
          f"CPU {statistics.mean(cpu):.0f} ms, stale reads {stale}")  # fmt: skip


if __name__ == "__main__":
    main()
