"""Undoing one change from its place in the comparison: on top of the present, or refused with the reason."""

import pytest
from django.urls import reverse

from articles.content import Source as SourceContent
from articles.models import Source
from articles.revisions import newest_content, record_shared_change

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
BOOK = {"key": "w", "source": {"type": "book", "title": "Black Garden"}}
COMPARE = "/articles/battle-of-kalbajar/compare/1/2/"


@pytest.fixture
def article(editor):
    """Return an article in whose second revision one paragraph was reworded and one was added."""
    article = make_article(body="In a week they took it.[@w]\n\nThe winter was hard.", references=[BOOK])
    edit(article, author=editor, body="In nine days they took it.[@w]\n\nThe winter was hard.\n\nAdded.")
    return article


def undo(client, change, old=1, new=2, **fields):
    address = reverse("undo", args=["battle-of-kalbajar", old, new])
    answer = client.post(address, {"change": change, "label": "Losses"} | fields, follow=True)
    return answer.content.decode()


def change_id(client, part, number=0):
    data = client.get(COMPARE, {"format": "json"}).json()
    return next(one for one in data["parts"] if one["name"] == part)["changes"][number]["id"]


def test_one_change_is_undone_on_top_of_the_present(client, article, editor):
    client.force_login(editor)
    change = change_id(client, "body")
    assert "Undo this change" in client.get(COMPARE).content.decode()
    edit(article, short_description="Changed since")
    said = undo(client, change)
    assert "Undone, as revision 4." in said
    content = newest_content(article)
    assert content.body.startswith("In a week they took it.[@w]")
    assert "Added." in content.body
    assert content.short_description == "Changed since"
    assert article.revisions.newest().summary == "Undid “Losses” of revision 2"


def test_a_change_that_was_changed_since_is_not_undone_and_the_reason_told(client, article, editor):
    client.force_login(editor)
    change = change_id(client, "body")
    edit(article, body="Quite another text.")
    before = article.revisions.count()
    assert 'class="error"' in undo(client, change)
    assert "There is no such change" in undo(client, "nonsense")
    assert article.revisions.count() == before


def test_what_undoing_brings_back_uses_the_present_source(client, article, editor):
    client.force_login(editor)
    edit(article, references=[], body="Nothing cited.")
    source = Source.objects.get()
    source.set_content(SourceContent.of({"type": "book", "title": "Schwarzer Garten"}))
    record_shared_change(source, author=None)
    data = client.get("/articles/battle-of-kalbajar/compare/2/3/", {"format": "json"}).json()
    references = next(one for one in data["parts"] if one["name"] == "references")["changes"]
    change = next(one["id"] for one in references if one["key"] == "w")
    undo(client, change, 2, 3, summary="Cited after all")
    (reference,) = newest_content(article).references
    assert (reference.key, reference.source.title) == ("w", "Schwarzer Garten")
    assert article.revisions.newest().summary == "Cited after all"


def test_lookers_undo_nothing(client, article, view_only):
    client.force_login(view_only)
    assert "/undo/" not in client.get(COMPARE).content.decode()
    assert client.post(reverse("undo", args=[article.slug, 1, 2]), {"change": "x"}).status_code == 403
    assert client.post(reverse("undo", args=[article.slug, 1, 9]), {"change": "x"}).status_code == 403
