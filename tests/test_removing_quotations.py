"""A passage that was removed is gone from what quotes it too: summaries, logs, words not sent yet, the index."""

from contextlib import nullcontext
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from time import process_time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from articles.comparison import compare, summary
from articles.models import ReaderReport, ReviewComment, Source
from articles.reviewing import add_report
from articles.revisions import content_at, remove_passage
from articles.revisions.quoting import without_quoted
from articles.search import Query, suggestions

from .articles_for_tests import edit, make_article
from .making import BOOK, change_source, content, record
from .source_desk import ADD

pytestmark = pytest.mark.django_db
PASSAGE = "Anna Petrosyan of 12 Mill Road"
LONG = f"**{PASSAGE}**, who had seen them come down from the pass before dawn"


def remove(article, passage=PASSAGE):
    return remove_passage(article, passage, user=None, reason="Court")


def infobox(value):
    return {"kind": "military-conflict", "rows": [{"id": "r1", "field": "result", "value": value}]}


def test_readers_find_no_beginning_of_it_in_a_proposed_summary(client):
    article = make_article(infobox=infobox(LONG))
    edit(article, infobox=infobox("Unknown"), published=True)
    before, after = (content_at(article.revisions.get(number=number)) for number in (1, 2))
    edit(article, body="Fought.", summary=summary(compare(before, after)), published=True)
    history = f"/articles/{article.slug}/history/"
    assert "Petrosyan" in client.get(history).content.decode()
    remove(article, LONG)
    page = client.get(history).content.decode()
    assert "Petrosyan" not in page
    assert "Result: [removed]… → Unknown" in page


def test_nor_in_what_a_comment_hangs_on(client_of, reviewer):
    article = make_article(body=f"{LONG}.\n\nFought.")
    edit(article, body="Fought.", published=True)
    address = f"/articles/{article.slug}/revisions/2/comment/"
    client_of(reviewer).post(address, {"text": "Why?", "change": "x", "label": "Anna Petrosyan of 12 Mill…"})
    remove(article, LONG)
    assert ReviewComment.objects.get().label == "[removed]…"


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("saw Anna Petrosyan of 12 Mill Road, who had seen", "saw [removed]"),
        ("Petrosyan of 12 Mill Road, who had", "[removed]"),
        ("come down from the pass before dawn and fled", "[removed] and fled"),
        ("the pass was held until 12 April", "the pass was held until 12 April"),
    ],
)
def test_nor_in_the_words_that_a_reader_marked(marked, left):
    article = make_article(body=f"He saw {LONG} and fled; the pass was held until 12 April.")
    add_report(article.revisions.get(), text="Who says so?", excerpt=marked)
    edit(article, body="Fought.", published=True)
    remove(article, LONG)
    assert ReaderReport.objects.get().excerpt == left


@pytest.mark.postgres
def test_postgresql_keeps_no_sample_of_it(monkeypatch):
    article = make_article(body=f"{PASSAGE} was seen.")
    edit(article, body="Fought.", published=True)

    def samples():
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_stats WHERE pg_stats::text LIKE %s", [f"%{PASSAGE}%"])
            return {name for (name,) in cursor.fetchall()}

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert samples()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(PASSAGE.encode())))
    call_command("removetext", article.slug, reason="Court", stdout=StringIO())
    assert samples() == set()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Result: Anna Petrosyan of 12 Mill Road, who had…; 1 note added", "Result: [removed]…; 1 note added"),
        ("Result: Anna Petrosyan → Unknown", "Result: [removed] → Unknown"),
        ("Result: Unknown → … who had seen them come", "Result: Unknown → … [removed]"),
        ("Result: … the pass before dawn, and more → none", "Result: … [removed], and more → none"),
        ("What was said of Anna Petrosyan of 12 M", "What was said of [removed]"),
        ("About Anna Petrosyan of 12 Mill Road, who had seen them come down from the pass before dawn.",
         "About [removed]."),
        ("Place: Unknown → down from the pass", "Place: Unknown → down from the pass"),
        ("Anna… → … the pass; before dawn", "Anna… → … the pass; before dawn"),
        ("Anna Petrosyan is no name of ours", "Anna Petrosyan is no name of ours"),
    ],
)  # fmt: skip
def test_pieces_are_told_by_what_is_left_out_beside_them(line, left):
    assert without_quoted(line, LONG, "[removed]", 12) == left


def test_a_long_passage_is_read_once_and_not_for_each_line():
    passage = "Anna [[Kalbajar|Petrosyan]] of 12 Mill Road. " * 200

    def lines(count):
        for number in range(count):
            without_quoted(f"Result: {number}", passage, "[removed]", 12)

    lines(1)
    start = process_time()
    lines(2_000)
    assert process_time() - start < 1


def test_the_log_of_the_desk_loses_it(client_of, editor):
    client_of(editor).post(ADD, BOOK | {"author": "", "title": f"On {PASSAGE}", "summary": f"By {PASSAGE}"})
    source = Source.objects.get()
    cited = [{"id": "f1", "key": "w", "source": {"type": "book", "title": f"On {PASSAGE}"}}]
    article = record(None, content(body="Fought.[@w]", infobox={}, notes=[], references=cited)).article
    assert article.references.get().source == source
    change_source(source, BOOK)
    assert PASSAGE in LogEntry.objects.get().object_repr
    assert remove(article)["log of the desk"] == 1
    assert LogEntry.objects.get().object_repr == "On [removed]"


def test_words_of_a_refused_decision_lose_it(client_of, reviewer):
    article = make_article()
    edit(article, body="Fought.", summary=PASSAGE)
    client = client_of(reviewer)
    page = f"/articles/{article.slug}/compare/1/2/"
    client.post(f"/articles/{article.slug}/revisions/1/return/", {"comment": f"Not {PASSAGE}!", "back": page})
    assert any(PASSAGE in str(one.get_decoded()) for one in Session.objects.all())
    assert remove(article)["unsent words"] == 1
    assert not any(PASSAGE in str(one.get_decoded()) for one in Session.objects.all())
    assert client.get(page).status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no words of deleted rows in a backup")
@pytest.mark.parametrize("broken_off", [False, True])
def test_the_index_of_words_forgets_it(monkeypatch, broken_off):
    def words():
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM articles_searchindex_data")
            return b"".join(block for (block,) in cursor.fetchall())

    article = make_article(body=f"{PASSAGE} was there.")
    edit(article, body="Fought.", published=True)
    assert b"etrosyan" in words()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(PASSAGE.encode())))
    if broken_off:
        remove(article)
    with pytest.raises(CommandError, match="nowhere") if broken_off else nullcontext():
        call_command("removetext", article.slug, "--reason", "Court", stdout=StringIO())
    assert b"etrosyan" not in words()
    assert [page.slug for page in suggestions(Query.of("Battle"))] == [article.slug]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's log alone is a file of ours")
@pytest.mark.django_db(transaction=True)
def test_nor_does_the_log_of_the_database_hold_it_while_the_site_goes_on(monkeypatch):
    article = make_article(body=f"{PASSAGE} was there.")
    edit(article, body="Fought.", published=True)
    # Not read, which would let go of the locks of this process.
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    assert log.stat().st_size
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(PASSAGE.encode())))
    call_command("removetext", article.slug, "--reason", "Court", stdout=StringIO())
    assert log.stat().st_size == 0
