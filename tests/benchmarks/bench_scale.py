"""Pages of a base with many articles: at most 1.2 times what they take with 40, with goals beside them.

Milliseconds of CPU on SQLite; of the clock on PostgreSQL, whose processes do part of the work.

Writes a corpus of ``ARTICLES`` (10,000 unless the environment says otherwise) and asks the same pages before and after.

    ARTICLES=100000 python -m tests.benchmarks.bench_scale
"""
# ruff: noqa: T201, I001 (printing is its job; Django is set up by the first of its own imports)

import os
import time

from .reviewed_site import measure

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client

from articles.management.corpus import copying, world

ARTICLES = int(os.environ.get("ARTICLES") or 10_000)
_SIZE = 40
_PLACE = f"Bar{world.FIRST_ENDING}"
_PAGE = f"/articles/battle-of-{_PLACE.lower()}/"
PAGES = {
    "article": (_PAGE, 0),
    "history": (f"{_PAGE}history/", 12),
    "diff": (f"{_PAGE}compare/1/3/", 35),
    "front page": ("/", 0),
    "search, one name": (f"/search/?q={_PLACE}", 40),
    "search, words of all": ("/search/?q=battle+report", 40),
    "suggestions": ("/search/suggest/?q=battle+of+ba", 20),
    "feed": ("/feeds/changes.atom", 0),
    "category": ("/categories/battles-of-1905/", 0),
    "sitemap's list": ("/sitemap.xml", 0),
    "part of the sitemap": ("/sitemap-articles.xml", 0),
    "desk, front page": ("/admin/", 0),
    "desk, list": ("/admin/articles/article/", 100),
    "desk, list by name": ("/admin/articles/article/?q=battle+ba", 100),
    "desk, list by state": ("/admin/articles/article/?state=published", 100),
    "desk, sources": ("/admin/articles/source/", 100),
}


def main():
    """Measure with few articles, write the rest, measure again, and print."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    chief = User.objects.create_superuser("chief")
    world.write(world.FIRST_ENDING, _SIZE, [chief])
    copying.finish_first_round()
    client = Client(SERVER_NAME="localhost")
    client.force_login(chief)
    addresses = {name: address for name, (address, _) in PAGES.items()}
    is_sqlite = connection.vendor == "sqlite"
    clock = time.process_time if is_sqlite else time.perf_counter
    few = measure(client, addresses, 7, clock)
    started = time.monotonic()
    for _ in copying.copy_rounds(world.rounds(ARTICLES // _SIZE - 1)):
        pass
    copying.settle()
    print(f"{ARTICLES:,} articles written in {time.monotonic() - started:,.0f} s\n")
    many = measure(client, addresses, 7, clock)
    unit = "CPU milliseconds" if is_sqlite else "milliseconds"
    print(f"{unit:24}{'40 articles':>12}{f'{ARTICLES:,}':>10}{'ratio':>8}{'goal':>6}")
    for name, (_, goal) in PAGES.items():
        one, other = few[name][0], many[name][0]
        verdict = ("met" if other <= goal else "missed") if goal else ""
        print(f"{name:24}{one:12.1f}{other:10.1f}{other / one:8.2f}{goal or '':>6} {verdict}")


if __name__ == "__main__":
    main()
