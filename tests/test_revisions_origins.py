"""Who wrote this: the revision that made a row what it is."""

import pytest

from articles.revisions.origins import origins

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
NOTES = [{"id": "k1", "key": "one", "text": "One."}, {"id": "k2", "key": "two", "text": "Two."}]


def numbers(revision):
    return {row: made.number for row, made in origins(revision)["notes"].items()}


def test_a_row_is_of_the_revision_that_last_changed_its_words():
    article = make_article(notes=NOTES, published=False)
    edit(article, body="Another text.")
    edit(article, notes=[NOTES[0] | {"text": "Uno."}, NOTES[1]])
    moved = edit(article, notes=[NOTES[1], NOTES[0] | {"text": "Uno."}])
    assert numbers(moved) == {"k1": 3, "k2": 1}
    assert numbers(article.revisions.get(number=2)) == {"k1": 1, "k2": 1}


def test_a_row_that_came_back_is_of_the_revision_that_brought_it():
    article = make_article(notes=NOTES, published=False)
    edit(article, notes=NOTES[:1])
    assert numbers(edit(article, notes=NOTES)) == {"k1": 1, "k2": 3}
