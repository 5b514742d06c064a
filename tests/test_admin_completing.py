"""Titles and names for what an editor types into ``[[``."""

import pytest
from django.urls import reverse

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client_of, editor):
    """Return a function that gives the answer's articles for what is typed."""
    client = client_of(editor)

    def ask(query):
        return client.get(reverse("admin:articles_article_complete"), {"q": query}).json()["articles"]

    return ask


def names(found):
    return [one["name"] for one in found]


def test_drafts_and_published_articles_are_found_by_title(ask):
    make_article("aghdam", "Battle of Aghdam", short_description="1993 battle")
    make_article("shusha", "Battle of Shusha", published=False)
    assert names(ask("battle")) == ["Battle of Aghdam", "Battle of Shusha"]
    assert ask("aghd") == [
        {"name": "Battle of Aghdam", "title": "Battle of Aghdam", "description": "1993 battle", "published": True}
    ]
    assert ask("shusha")[0]["published"] is False


@pytest.mark.parametrize("query", ["Kəlbəcər", "kelbecer", "Кельбаджар", "kalb", "battle kalbajar", "kalbajar battle"])
def test_every_spelling_leads_to_the_article(ask, query):
    make_article("kalbajar", "Battle of Kalbajar", names=[{"name": "Kəlbəcər döyüşü"}], published=False)
    make_article("other", "Siege of Stepanakert", published=False)
    assert [one["title"] for one in ask(query)] == ["Battle of Kalbajar"]


def test_the_name_that_was_typed_is_offered(ask):
    make_article("aghdam", "Battle of Aghdam", names=[{"name": "Ağdam döyüşü"}], published=False)
    assert names(ask("ağdam d")) == ["Ağdam döyüşü"]
    assert names(ask("battle of agh")) == ["Battle of Aghdam"]


def test_a_name_that_was_given_up_leads_nowhere(ask):
    article = make_article("aghdam", "Battle of Aghdam", published=False)
    edit(article, title="Fall of Martakert")
    assert ask("aghdam") == []
    assert names(ask("martak")) == ["Fall of Martakert"]


def test_the_very_name_comes_first(ask):
    for slug, title in (("a", "Long list of Shusha"), ("b", "Shusha massacre of 1920"), ("c", "Shusha")):
        make_article(slug, title, published=False)
    assert names(ask("shusha")) == ["Shusha", "Shusha massacre of 1920", "Long list of Shusha"]


def test_no_more_than_twenty_are_offered(ask):
    for number in range(25):
        make_article(f"battle-{number}", f"Battle {number}", published=False)
    assert len(ask("battle")) == 20


@pytest.mark.parametrize("query", ["", " ", "\x00", "?!", "v" * 5000, "%", "\\", "🙂"])
def test_any_query_gets_an_answer(ask, query):
    make_article("aghdam", "Battle of Aghdam", published=False)
    assert ask(query) == []


def test_the_number_of_queries_does_not_grow(ask, django_assert_max_num_queries):
    for number in range(15):
        make_article(f"battle-{number}", f"Battle {number}", names=[{"name": f"Döyüş {number}"}], published=False)
    with django_assert_max_num_queries(7):
        assert len(ask("battle")) == 15


@pytest.mark.parametrize(("role", "status"), [("view_only", 200), ("editor", 200), ("reviewer", 200)])
def test_those_who_may_see_drafts_are_answered(client_of, request, role, status):
    client = client_of(request.getfixturevalue(role))
    assert client.get(reverse("admin:articles_article_complete"), {"q": "x"}).status_code == status


def test_others_are_not(client, client_of, make_user):
    make_article("aghdam", "Secret Aghdam", published=False)
    address = reverse("admin:articles_article_complete")
    assert client.get(address, {"q": "secret"}).status_code == 302
    assert client_of(make_user("no_rights")).get(address, {"q": "secret"}).status_code == 403
