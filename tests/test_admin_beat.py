"""While one edits: who else is at the article, and a note as soon as a newer revision is there."""

from datetime import timedelta
from time import time

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Presence, Reference
from articles.revisions import remove_passage

from .desk import change_address
from .making import REPORT, change_source, content, record


@pytest.fixture
def anna(make_user):
    return make_user("anna", "Editors", first_name="Anna", last_name="Petrosyan")


def ask(client, article, base=1):
    return client.get(reverse("admin:articles_article_beat", args=[article.pk]), {"base": base}).json()


def test_nothing_new_and_nobody_else_is_told_so(client_of, editor, article):
    answer = ask(client_of(editor), article)
    assert (answer["newer"], answer["others"], answer["here"]) == (None, [], "")
    assert answer["newest"]["number"] == 1


def test_two_who_have_the_form_open_are_told_of_each_other(client_of, editor, anna, article):
    ask(client_of(editor), article)
    assert ask(client_of(anna), article)["here"] == "editor is editing this article too."
    answer = ask(client_of(editor), article)
    assert answer["here"] == "Anna Petrosyan is editing this article too."
    assert [one["name"] for one in answer["others"]] == ["Anna Petrosyan"]


def test_three_are_told_in_one_sentence(client_of, editor, reviewer, anna, article):
    for user in (editor, reviewer):
        ask(client_of(user), article)
    assert ask(client_of(anna), article)["here"] == "editor and reviewer are editing this article too."


def test_who_was_not_heard_of_for_a_minute_is_gone_and_comes_anew(client_of, editor, anna, article):
    ask(client_of(anna), article)
    long_ago = timezone.now() - timedelta(minutes=2)
    Presence.objects.update(seen=long_ago, since=long_ago)
    assert ask(client_of(editor), article)["here"] == ""
    ask(client_of(anna), article)
    (other,) = ask(client_of(editor), article)["others"]
    assert other["since"] > long_ago.isoformat()
    assert Presence.objects.count() == 2


def test_who_was_heard_of_before_the_clock_was_put_back_does_not_stay_for_ever(client_of, editor, anna, article):
    ask(client_of(anna), article)
    next_year = timezone.now() + timedelta(days=365)
    Presence.objects.update(seen=next_year, since=next_year)
    assert ask(client_of(editor), article)["here"] == ""
    ask(client_of(anna), article)
    (other,) = ask(client_of(editor), article)["others"]
    assert other["since"] < next_year.isoformat()


def test_who_only_looks_is_told_and_not_announced(client_of, editor, view_only, article):
    ask(client_of(editor), article)
    assert ask(client_of(view_only), article)["here"] == "editor is editing this article too."
    assert ask(client_of(editor), article)["here"] == ""


def test_a_newer_revision_is_told_in_words_with_its_comparison(client_of, editor, anna, article):
    record(article, content(title="Battle of the pass"), author=anna)
    newer = ask(client_of(editor), article)["newer"]
    assert newer["said"].startswith("Anna Petrosyan saved revision 2 at")
    assert newer["said"].endswith("title: Battle of Kalbajar → Battle of the pass.")
    assert newer["compare"] == reverse("compare", args=["battle-of-kalbajar", 1, 2])
    assert ask(client_of(editor), article, base=2)["newer"] is None


def test_a_source_mended_from_the_form_itself_is_no_news(client_of, editor, anna, article):
    source = article_source(article)
    change_source(source, REPORT | {"title": "Mended"}, author=editor)
    assert ask(client_of(editor), article)["newer"] is None
    change_source(source, REPORT | {"title": "Mended again"}, author=anna)
    assert "Anna Petrosyan saved" in ask(client_of(editor), article)["newer"]["said"]


def article_source(article):
    return Reference.objects.exclude(source=None).get(article=article).source


@pytest.mark.parametrize("base", ["", "0", "99", "x", "-1", "9" * 30])
def test_a_base_that_is_none_is_answered(client_of, editor, article, base):
    assert ask(client_of(editor), article, base)["newer"] is None


def test_strangers_and_unknown_articles_get_nothing(client, client_of, editor, make_user, article):
    address = reverse("admin:articles_article_beat", args=[article.pk])
    assert client.get(address).status_code == 302
    assert client_of(make_user("nobody")).get(address).status_code == 403
    assert client_of(editor).get(reverse("admin:articles_article_beat", args=[999])).status_code == 404
    assert client_of(editor).post(address).status_code == 405
    assert not Presence.objects.exists()


def test_the_form_tells_of_both_without_reloading(new_page, sign_in, live_server, editor, anna, transactional_db):
    article = record(None, content()).article
    page, other = new_page(), new_page()
    sign_in(page, editor)
    sign_in(other, anna)
    page.goto(change_address(article))
    with other.expect_response(lambda answer: "/beat/" in answer.url):
        other.goto(change_address(article))
    other.get_by_text("editor is editing this article too.").wait_for()
    record(article, content(title="Battle of the pass"), author=anna)
    # What happens when one comes back to the tab.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("Anna Petrosyan is editing this article too.").wait_for()
    page.get_by_text("Anna Petrosyan saved revision 2").wait_for()
    page.get_by_role("link", name="See what changed").wait_for()


def test_two_minutes_after_text_was_removed_the_note_does_not_say_it(client_of, editor, article, monkeypatch):
    record(article, content(short_description="Anna Petrosyan of Mill Road"))
    record(article, content())
    desk = client_of(editor)
    assert "Petrosyan" in ask(desk, article, base=2)["newer"]["said"]
    remove_passage(article, "Anna Petrosyan of Mill Road", user=None, reason="Court")
    later = time() + 120
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: later)
    assert "short description: [removed] → none" in ask(desk, article, base=2)["newer"]["said"]
