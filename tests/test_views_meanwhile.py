"""Restoring and undoing name the newest revision that was looked at: nothing is written over unseen."""

import re

import pytest
from django.urls import reverse

from articles.comparison import compare
from articles.models import Revision
from articles.revisions import content_at, newest_content

from .desk import words_of
from .making import content, record


@pytest.fixture
def article(db):
    return record(record(None, content(title="First")).article, content(title="Second")).article


@pytest.fixture
def anna(make_user):
    return make_user("anna", "Editors", first_name="Anna", last_name="Petrosyan")


def base_on(page):
    (base,) = set(re.findall(r'name="base" value="(\d+)"', page.content.decode()))
    return base


def test_a_restore_waits_where_somebody_saved_since_the_page_was_shown(client_of, editor, anna, article):
    client = client_of(editor)
    base = base_on(client.get(reverse("revision", args=[article.slug, 1])))
    record(article, content(title="Third"), author=anna)
    address = reverse("restore", args=[article.slug, 1])
    response = client.post(address, {"base": base}, follow=True)
    assert (Revision.objects.count(), newest_content(article).title) == (3, "Third")
    assert "Anna Petrosyan saved revision 3 at" in words_of(response)
    assert "Nothing was restored" in words_of(response)
    client.post(address, {"base": base_on(response)})
    assert newest_content(article).title == "First"


def test_an_undo_goes_on_top_of_what_was_saved_meanwhile_and_says_so(client_of, editor, anna, article):
    client = client_of(editor)
    base = base_on(client.get(reverse("compare", args=[article.slug, 1, 2])))
    record(article, content(title="Second", short_description="Theirs"), author=anna)
    (change,) = compare(*(content_at(article.revisions.get(number=number)) for number in (1, 2))).changes
    address = reverse("undo", args=[article.slug, 1, 2])
    response = client.post(address, {"base": base, "change": change.id}, follow=True)
    newest = newest_content(article)
    assert (newest.title, newest.short_description) == ("First", "Theirs")
    assert "Anna Petrosyan saved revision 3 at" in words_of(response)
    assert "Undone, as revision 4." in words_of(response)


@pytest.mark.parametrize("base", ["", "x", "-1", "99", "9" * 20])
def test_a_base_that_is_none_does_not_stand_in_the_way(client_of, editor, article, base):
    client_of(editor).post(reverse("restore", args=[article.slug, 1]), {"base": base})
    assert newest_content(article).title == "First"
