"""Orders of locks, with all writers stopped in the middle: nobody waits for somebody who waits for him."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction

from articles.models import Article, ArticleSlug, Publication, Source
from articles.problems import Refused
from articles.publishing import publish
from articles.revisions import (
    newest_content,
    passage_places,
    remove_passage,
)

from .articles_for_tests import edit, make_article
from .at_once import at_once, errors
from .making import BOOK, REPORT, change_source, content, record

pytestmark = pytest.mark.django_db(transaction=True)
PASSAGE = "Anna Petrosyan of 12 Mill Road"


def record_new(slug, **members):
    return record(None, content(slug=slug, title=slug.title(), **members)).article


def after_all_wait(jobs, hold):
    """Run ``jobs`` while we hold what ``hold()`` takes, until all wait, then give it back; return the results."""
    with ThreadPoolExecutor(1) as pool:
        try:
            with transaction.atomic():
                hold()
                running = pool.submit(at_once, *jobs)
                for _ in range(500):
                    if running.done() or waiting() == len(jobs):
                        break
                    time.sleep(0.02)
                raise _GiveBack
        except _GiveBack:
            return running.result()


class _GiveBack(Exception):
    pass


def waiting():
    """Return how many connections to this database wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


@pytest.mark.postgres
def test_sources_are_locked_in_the_same_order_whatever_the_order_of_the_references():
    rows = [{"key": f"k{number}", "source": BOOK | {"number": number}} for number in range(5)]
    record_new("first", references=rows)
    jobs = [partial(record_new, f"new-{n}", references=rows[::order]) for n, order in enumerate((1, -1, 1, -1))]
    middle = Source.objects.order_by("pk")[2]
    results = after_all_wait(jobs, lambda: Source.objects.select_for_update().get(pk=middle.pk))
    assert errors(results) == []
    assert Source.objects.count() == 5


@pytest.mark.postgres
def test_new_and_renamed_articles_take_a_slug_in_the_same_order():
    articles = [record_new(f"article-{n}") for n in range(4)]
    jobs = [partial(record, article, newest_content(article).replace(slug="wanted")) for article in articles[1:]]
    jobs += [partial(record_new, "wanted")] * 3
    results = after_all_wait(jobs, lambda: ArticleSlug.objects.create(slug="wanted", article=articles[0]))
    assert errors(results, Refused) == []
    assert Article.objects.filter(slug="wanted").count() == 1


@pytest.mark.postgres
def test_a_change_of_a_source_waits_for_an_article_that_takes_it_up_and_moves_it():
    record_new("first", references=[{"key": "a", "source": BOOK}])
    article = record_new("second", references=[])
    source = Source.objects.get()
    facts = {"slug": "second", "title": "Second"}
    take_up = partial(record, article, content(**facts, references=[{"key": "a", "source": BOOK}]))
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        take_up()
        changing = pool.submit(at_once, partial(change_source, source, REPORT))
        while not waiting():
            time.sleep(0.02)
    assert errors(changing.result()) == []
    assert newest_content(article).references[0].source.csl == REPORT
    assert article.revisions.newest().shared


@pytest.fixture
def said():
    """Return an article that said a passage once and says it no more."""
    article = record_new("said", body=f"{PASSAGE} was seen.")
    publish(article.revisions.get(), user=None)
    publish(record(article, newest_content(article).replace(body="Nobody was seen.")), user=None)
    return article


def remove(article):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '10s'")
    return remove_passage(article, PASSAGE, user=None, reason="Court")


@pytest.mark.postgres
@pytest.mark.parametrize("model", [Article.history.model, Publication])
def test_who_writes_while_a_passage_is_removed_goes_first_or_waits(said, model):
    other = make_article("other", "Other")
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Article.locked(other.pk)
        assert model.objects.exists()
        removing = pool.submit(at_once, partial(remove, said))
        while not waiting() and not removing.done():
            time.sleep(0.02)
        edit(other, body="Another text.", published=True)
    assert errors(removing.result()) == []
    assert not passage_places(said, PASSAGE)


@pytest.mark.postgres
@pytest.mark.parametrize("model", [Article.history.model, Publication])
def test_the_removal_of_a_passage_does_not_wait_for_readers(said, model):
    with transaction.atomic():
        assert model.objects.exists()
        assert errors(at_once(partial(remove, said))) == []
    assert not passage_places(said, PASSAGE)
