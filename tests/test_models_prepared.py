"""Statements written once give what their querysets give, for every article and in every thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Revision, prepared

from .making import content, record

_TITLES = ("Battle of Kalbajar", "Battle of Aghdam")


def _with_article(model):
    found = model.objects.filter(article=prepared.ARTICLE, number__lte=prepared.NUMBER)
    return found.select_related("article").defer("summary").order_by("-number")


def _two_articles():
    for number, title in enumerate(_TITLES):
        article = record(None, content(title=title, slug=f"battle-{number}"), summary="Founded").article
        record(article, content(title=title, slug=f"battle-{number}", body="New."), summary="Written anew")
        yield article


@pytest.mark.django_db
def test_rows_are_those_of_the_queryset_with_related_ones_and_deferred_columns():
    for article in _two_articles():
        found = prepared.rows(_with_article, Revision, article=article.pk, number=2)
        assert found == list(Revision.objects.filter(article=article).order_by("-number"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert [one.article.title for one in found] == [article.title] * 2
            assert [one.created.tzinfo is None for one in found] == [False, False]
        assert len(asked) == 0
        with CaptureQueriesContext(connection) as asked:
            assert found[0].summary == "Written anew"
        assert len(asked) == 1, "the column was left out, and is asked for when it is needed"


@pytest.mark.django_db
def test_first_is_the_first_row_or_none():
    article = next(_two_articles())
    assert prepared.first(_with_article, Revision, article=article.pk, number=1).number == 1
    assert prepared.first(_with_article, Revision, article=article.pk, number=0) is None


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_connections_of_their_own():
    articles = list(_two_articles())

    def ask(turn):
        try:
            found = prepared.rows(_with_article, Revision, article=articles[turn % 2].pk, number=2)
            return {one.article.title for one in found}
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, range(40)))
    assert answers == [{_TITLES[turn % 2]} for turn in range(40)]
