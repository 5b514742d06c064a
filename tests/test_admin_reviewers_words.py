"""The form of an article says why it came back and what reviewers said, until it is submitted again and resolved."""

import pytest

from articles.publishing import reinstate, withdraw
from articles.reviewing import add_comment, resolve_comment, return_, submit

from .articles_for_tests import edit, make_article
from .desk import change_address

REASON = "Give a page for <b>every</b> figure."


@pytest.fixture
def article(editor, reviewer):
    """An article that a reviewer returned, with one comment on a paragraph and one on the whole."""
    article = make_article("heights", "Heights", body="One.")
    second = edit(article, author=editor, body="One and two.")
    submit(second, user=editor)
    add_comment(second, user=reviewer, text="Whose count?", change="abc", label="Lead, paragraph 1")
    add_comment(second, user=reviewer, text="Well begun.")
    return_(second, user=reviewer, comment=REASON)
    return article


@pytest.fixture
def page(client, article, editor):
    """Return a function that gives the form as the editor gets it."""
    client.force_login(editor)

    def page():
        return client.get(change_address(article)).content.decode()

    return page


def test_the_reason_and_the_open_comments_stand_above_the_text(page, article):
    words = page()
    assert "reviewer returned revision 2" in words
    assert "Give a page for &lt;b&gt;every&lt;/b&gt; figure." in words
    assert "Whose count?" in words
    assert "Well begun." in words
    assert "/articles/heights/compare/1/2/#change-abc" in words


def test_the_reason_stays_while_it_is_mended_and_goes_when_it_is_submitted(page, article, editor):
    third = edit(article, author=editor, body="One and two and three.")
    assert "Give a page" in page()
    submit(third, user=editor)
    assert "Give a page" not in page()
    assert "Whose count?" in page()


def test_a_withdrawn_article_says_who_withdrew_it_and_why(page, article, editor, reviewer):
    withdraw(article, user=reviewer, comment="Doubts <b>of</b> the date.")
    words = page()
    assert "reviewer withdrew the article on" in words
    assert "Readers do not find it." in words
    assert "Doubts &lt;b&gt;of&lt;/b&gt; the date." in words
    assert "reviewer returned revision 2" in words, "why it came back is told as before"
    submit(edit(article, author=editor, body="Mended."), user=editor)
    assert "reviewer withdrew the article on" in page()
    reinstate(article, user=reviewer)
    assert "withdrew" not in page()


def test_resolved_comments_are_gone(page, article, editor):
    for comment in article.revisions.newest().comments.all():
        resolve_comment(comment, user=editor)
    assert "Whose count?" not in page()
    assert "Give a page" in page()


def test_comments_on_what_was_never_published_lead_to_its_own_page(client, editor, reviewer):
    draft = make_article("ridge", "Ridge", body="One.", author=editor, published=False)
    add_comment(draft.revisions.newest(), user=reviewer, text="Which ridge?", change="abc", label="Lead, paragraph 1")
    client.force_login(editor)
    assert 'href="/articles/ridge/revisions/1/"' in client.get(change_address(draft)).content.decode()
