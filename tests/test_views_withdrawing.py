"""Withdrawing and reinstating by button: a reason is asked for, and told to staff and to the authors."""

import re

import pytest
from django.urls import reverse

from articles.publishing import publish

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
HISTORY = "/articles/battle-of-kalbajar/history/"
COMPARE = "/articles/battle-of-kalbajar/compare/1/2/"


@pytest.fixture
def article(editor):
    """Return a published article with a draft by the editor on top."""
    article = make_article()
    edit(article, author=editor, body="In nine days they took it.")
    return article


def text_of(answer):
    return answer.content.decode()


def post(client, name, article, **fields):
    return client.post(reverse(name, args=[article.public_slug()]), fields)


def test_withdrawing_and_reinstating_by_button(client, article, reviewer):
    client.force_login(reviewer)
    post(client, "withdraw", article, comment="Doubts.")
    assert client.get("/articles/battle-of-kalbajar/").status_code == 404
    assert client.get("/articles/battle-of-kalbajar/history/").status_code == 200
    post(client, "reinstate", article)
    assert client.get("/articles/battle-of-kalbajar/").status_code == 200


def test_the_form_asks_for_a_reason(client, article, reviewer):
    client.force_login(reviewer)
    assert re.search(r'name="comment" required maxlength="5000"', text_of(client.get(HISTORY)))


def test_who_withdrew_it_when_and_why_is_told_wherever_staff_come(client, article, editor, reviewer):
    client.force_login(reviewer)
    post(client, "withdraw", article, comment="Doubts <b>of</b> the date.")
    client.force_login(editor)
    told = r"withdrawn</span> by reviewer, [^:]+:\d\d: <q>Doubts &lt;b&gt;of&lt;/b&gt; the date.</q>"
    for address in (HISTORY, COMPARE, "/articles/battle-of-kalbajar/revisions/2/"):
        assert re.search(told, text_of(client.get(address))), address
    compared = text_of(client.get(COMPARE))
    assert "never published" not in compared
    assert "nothing of it is published until it is reinstated" in compared
    assert f'<a href="{HISTORY}">Reinstate it in its history</a>' in compared


def test_the_author_is_told_that_readers_lost_and_got_back_the_article(client, article, editor, reviewer):
    publish(article.revisions.newest(), user=None)
    client.force_login(reviewer)
    post(client, "withdraw", article, comment="Doubts.")
    client.force_login(editor)
    notices = text_of(client.get("/review/notices/"))
    assert 'data-state="withdrawn">withdrawn</span> revision 2, by reviewer' in notices
    assert "Doubts." in notices
    client.force_login(reviewer)
    post(client, "reinstate", article, comment="They were mine.")
    client.force_login(editor)
    notices = text_of(client.get("/review/notices/"))
    assert 'data-state="reinstated">reinstated</span> revision 2, by reviewer' in notices
