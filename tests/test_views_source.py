"""The page of a source: every published statement that rests on it, linked to its very mark."""

import pytest
from django.urls import reverse

from articles.models import Source
from articles.publishing import withdraw

from .articles_for_tests import edit, make_article
from .page_tree import read_page

pytestmark = pytest.mark.django_db
BOOK = {"type": "book", "title": "Black Garden"}
USES = [{"key": "w", "source": BOOK}]


def page_of(client, query=""):
    """Return the source's page as a tree."""
    return read_page(client.get(reverse("source", args=[Source.objects.get().pk]) + query).content.decode())


def said(client, query=""):
    """Return {article: [(statement, address, locator)]}."""
    return {
        section.one("h2").one("a").text: [
            (one.one("a").text, one.one("a")["href"], "".join(mark.text for mark in one.all(class_="at")))
            for one in section.all("li")
        ]
        for section in page_of(client, query).all("section", class_="resting")
    }


def test_statements_lead_to_their_marks(client):
    make_article("one", "One", body="The town fell.[@w, p. 7] Nobody wept.", references=USES)
    make_article("two", "Two", body="Quiet.[^n]", references=USES, notes=[{"key": "n", "text": "As told.[@w]"}])
    make_article("three", "Three", body="Nothing.")
    assert said(client) == {
        "One": [("The town fell.", "/articles/one/#cite-w-1", "p. 7")],
        "Two": [("As told.", "/articles/two/#cite-w-1", "")],
    }
    for slug in ("one", "two"):
        assert 'id="cite-w-1"' in client.get(f"/articles/{slug}/").content.decode()


def test_only_published_statements_are_told(client):
    article = make_article("one", "One", body="The town fell.[@w]", references=USES)
    other = make_article("two", "Two", body="Gone.[@w]", references=USES)
    edit(article, body="Secret words.[@w]")
    make_article("three", "Secret article", body="Secret.[@w]", references=USES, published=False)
    withdraw(other, user=None)
    assert [one[0] for some in said(client).values() for one in some] == ["The town fell."]
    edit(article, body="New words.[@w]", published=True)
    assert [one[0] for some in said(client).values() for one in some] == ["New words."]


def test_a_source_of_many_articles_is_told_page_by_page(client, django_assert_max_num_queries):
    for number in range(12):
        make_article(f"battle-{number:02}", f"Battle {number:02}", body=f"Fell {number}.[@w]", references=USES)
    with django_assert_max_num_queries(12):
        first = said(client)
    assert len(first) == 10
    assert list(said(client, "?page=2")) == ["Battle 10", "Battle 11"]
    assert page_of(client).one("a", rel="next")


def test_what_an_editor_wrote_stays_text(client):
    make_article("one", "One", body="A `<script>alert(1)</script>` fell.[@w, <b>7</b>]", references=USES)
    html = client.get(reverse("source", args=[Source.objects.get().pk])).content.decode()
    assert "<script>alert" not in html
    assert "<b>7" not in html
    assert "&lt;script&gt;alert(1)" in html
