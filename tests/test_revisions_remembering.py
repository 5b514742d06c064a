"""What is remembered of revisions is what they are."""

from dataclasses import asdict
from random import Random
from unittest.mock import ANY

import pytest
from django.db import transaction

from articles.content import ArticleContent
from articles.models import RenderedPage
from articles.pages import links_for
from articles.publishing import publish
from articles.rendering import render
from articles.revisions import (
    content_at,
    difference,
    newest_content,
    record_revision,
    remembered_content,
    remembering,
)

from .article_edits import edit_at_random
from .articles_for_tests import content, edit, load_demo, make_article


@pytest.mark.django_db(transaction=True)
def test_a_revision_is_read_once_and_stays_what_it_is():
    article = make_article(body="One.")
    first = article.revisions.newest()
    assert remembered_content(first) is remembered_content(article.revisions.get(number=1))
    second = edit(article, body="Two.")
    assert remembered_content(second).body == "Two."
    assert remembered_content(first) == content_at(first)
    assert difference(first, second) is difference(first, second)
    assert difference(second, first).words == difference(first, second).words[::-1]


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_takes_back_is_not_remembered():
    article = make_article(body="One.")
    with transaction.atomic():
        gone = edit(article, body="Two.")
        assert remembered_content(gone).body == "Two."
        transaction.set_rollback(True)
    again = edit(article, body="Three.")
    assert (again.number, remembered_content(again).body) == (gone.number, "Three.")


@pytest.mark.django_db(transaction=True)
def test_no_more_is_remembered_than_there_is_room_for():
    article = make_article(body="0")
    for number in range(1, 20):
        edit(article, body=str(number))
    revisions = list(article.revisions.order_by("number"))
    assert [remembered_content(one).body for one in revisions] == [str(number) for number in range(20)]
    assert [remembered_content(one).body for one in reversed(revisions)] == [str(number) for number in range(20)][::-1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_of_a_save_is_what_is_read_of_it_to_the_letter(seed):
    article, random = load_demo(publishing=False), Random(seed)
    for number in range(2, 8):
        data = newest_content(article).to_json()
        edit_at_random(random, data, 3)
        revision = record_revision(article, ArticleContent.from_json(data), base=number - 1, author=None, summary="")
        assert revision.number == number
        # The data of rows are compared too that do not count where contents are compared: versions, keys, files.
        assert asdict(remembering.known_content(revision)) == asdict(content_at(revision)), number
        assert asdict(newest_content(article)) == asdict(content_at(revision)), number


@pytest.mark.django_db(transaction=True)
def test_a_page_rendered_to_count_its_problems_is_published_without_rendering_again(monkeypatch):
    made = []
    monkeypatch.setattr(remembering._pages, "make", lambda *asked: made.append(asked) or render(*asked))
    first = content(body="A text with a [[target]].")
    links = links_for(first)
    revision = record_revision(None, first, base=0, author=None, summary="", links=links)
    publish(revision, user=None)
    assert made == [(ANY, links)]
    make_article(slug="target", title="Target")
    publish(edit(revision.article, body="Another with a [[target]]."), user=None)
    assert 'href="/articles/target/"' in RenderedPage.objects.get(slug=first.slug).html
