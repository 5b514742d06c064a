"""What a reviewer is told, beside the buttons of a decision, of errors that stand in the way of publication."""

import pytest
from django.urls import reverse

from articles.models import Publication

from .articles_for_tests import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed(client, editor, reviewer):
    """Return how to get the page on which a reviewer decides on a text by somebody else, and its article."""

    def page_of(body):
        article = make_article("lachin", published=False, author=editor, body=body)
        client.force_login(reviewer)
        return article, client.get("/articles/lachin/revisions/1/").content.decode()

    return page_of


def test_errors_are_told_before_and_listed_after_publication_was_asked_for(client, reviewed):
    article, page = reviewed("One.[@nobody] Two.[^none]")
    form = reverse("admin:articles_article_change", args=[article.pk])
    link = f'<a href="{form}#problems">See where</a>'
    assert f"The article cannot be published yet: 2 errors must be mended. {link}" in page
    back = "/articles/lachin/revisions/1/#desk"
    answer = client.post(reverse("approve", args=["lachin", 1]), {"comment": "", "back": back}, follow=True)
    page = answer.content.decode()
    said = f"2 errors must be mended before publication. {link}<ul><li>There is no reference “nobody”;"
    assert page.count(said) == 2, "above, and beside the form"
    assert "There is no note “none”;" in page
    assert "cannot be published yet" not in page, "said by the list"
    assert "cannot be published yet" in client.get("/articles/lachin/revisions/1/").content.decode()
    assert not Publication.objects.exists()


def test_of_many_errors_the_first_are_listed_and_the_rest_counted(client, reviewed):
    reviewed(" ".join(f"Word.[@k{number}]" for number in range(23)))
    told = client.post(reverse("approve", args=["lachin", 1]), {"comment": ""}, follow=True).content.decode()
    assert told.count("<li>There is no reference") == 20
    assert "<li>and 3 more</li>" in told


def test_of_a_text_without_errors_nothing_is_said(reviewed):
    _, page = reviewed("One.")
    assert "Approve and publish" in page
    assert "cannot be published yet" not in page
