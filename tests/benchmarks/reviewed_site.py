"""A site of its own for benchmarks of pages: one usual article with a long history, and requests that are timed.

The article has 25 infobox rows, 1,150 words, 60 citations of 35 references and 6 notes. Requests go through the whole
handler, middleware included, as a reviewer. CPU time is compared with an empty Django view, without middleware and
with an answer of the same length, asked in turn with the page: the ratio holds on a busy machine too.
"""

import gc
import os
import tempfile
import time
from functools import partial
from pathlib import Path

import django

_FOLDER = tempfile.TemporaryDirectory(prefix="bench-")
os.environ |= {"DATA_DIR": _FOLDER.name, "DJANGO_SETTINGS_MODULE": "kalbajar_site.settings"}
# On SQLite, or on the empty database that BENCH_DATABASE_URL names.
os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "")
django.setup()

from django.conf import settings  # noqa: E402 (Django must be set up first)
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from articles.content import ArticleContent  # noqa: E402
from articles.publishing import publish  # noqa: E402
from articles.revisions import record_revision  # noqa: E402

SLUG = "usual"
REVISIONS = 200


def _empty(request, length):
    return HttpResponse(b"x" * length)


urlpatterns = [path("empty/<int:length>/", _empty)]


def own_addresses(get_response):
    """Middleware that lets the address of the empty view be found, and nothing else."""

    def ask(request):
        request.urlconf = __name__
        return get_response(request)

    return ask


def _empty_client():
    client = Client(SERVER_NAME="localhost")
    with override_settings(MIDDLEWARE=["tests.benchmarks.reviewed_site.own_addresses"]):
        client.handler.load_middleware()
    return client


def usual(edits=0):
    """Return the content of the usual article after so many edits, each of a sentence, every tenth of a value."""
    sentences = [
        f"The {at}th report tells of the road and the pass in other words than those before it, and is not believed."
        + (f"[@k{at % 35}, p. {at}]" if at < 60 else "")
        for at in range(60)
    ]
    values = [f"{at * 10} killed[@k{at}]" for at in range(25)]
    for edit in range(1, edits + 1):
        if edit % 10:
            sentences[edit * 7 % 60] = f"In {1900 + edit} another report told of {edit} men on the road.[@k{edit % 35}]"
        else:
            values[edit % 25] = f"{edit * 3} killed[@k{edit % 25}]"
    blocks = [" ".join(sentences[at : at + 4]) for at in range(0, 60, 4)]
    rows = [{"id": f"r{at}", "field": "casualties", "side": at % 2 + 1, "value": value}
            for at, value in enumerate(values)]  # fmt: skip
    references = [
        {"id": f"f{at}", "key": f"k{at}",
         "source": {"type": "book", "title": f"Book {at}", "author": [{"family": f"Author {at}"}]}}
        for at in range(35)
    ]  # fmt: skip
    notes = [{"id": f"n{at}", "key": f"n{at}", "text": f"A note on the {at}th report."} for at in range(6)]
    blocks[0] += "".join(f"[^n{at}]" for at in range(6))
    return ArticleContent.from_json(
        {"format": "kalbajar.article/1", "slug": SLUG, "title": "Usual", "body": "\n\n".join(blocks), "notes": notes,
         "references": references, "infobox": {"kind": "military-conflict", "rows": rows}}
    )  # fmt: skip


def build(revisions=REVISIONS):
    """Make the database with the article and its revisions, the first one published; return a reviewer's client."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    editor, reviewer = (User.objects.create_user(name, is_staff=True) for name in ("editor", "reviewer"))
    reviewer.groups.set(Group.objects.filter(name="Reviewers"))
    first = record_revision(None, usual(), base=0, author=editor, summary="First")
    publish(first, user=None)
    for number in range(1, revisions):
        record_revision(first.article, usual(number), base=number, author=editor, summary=f"Edit {number}")
    client = Client(SERVER_NAME="localhost")
    client.force_login(reviewer)
    return client


def lengthen(revisions):
    """Give the article so many revisions in all by copying rows of its newest ones: for lists alone."""
    columns = "article_id, author_id, created, summary, minor, shared, words_added, words_deleted, tags, base, number"
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM articles_revision")
        newest = cursor.fetchone()[0]
        for number in range(newest + 1, revisions + 1):
            copied = columns.replace("base, number", f"{number - 1}, {number}")
            cursor.execute(
                f"INSERT INTO articles_revision ({columns}) SELECT {copied} FROM articles_revision WHERE number = %s",
                [1 + number % newest],
            )


def measure(client, addresses, rounds=30, clock=time.process_time):
    """Return {name: (CPU milliseconds of the page, of an empty view of its length)}, the least of ``rounds`` each.

    ``clock`` tells the seconds: of this process, unless another has part in it.
    """
    jobs = {name: _pair(client, address) for name, address in addresses.items()}
    times = {name: ([], []) for name in jobs}
    gc.disable()
    for _ in range(rounds):
        for name, pair in jobs.items():
            for job, found in zip(pair, times[name], strict=True):
                start = clock()
                job()
                found.append((clock() - start) * 1000)
        gc.collect()
    gc.enable()
    return {name: tuple(map(min, found)) for name, found in times.items()}


def _pair(client, address):
    page = client.get(address)
    assert page.status_code == 200, address
    return partial(client.get, address), partial(_empty_client().get, f"/empty/{len(page.content)}/")


assert Path(settings.STATIC_ROOT).is_relative_to(_FOLDER.name)
