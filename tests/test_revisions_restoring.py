"""Restoring: an old revision comes back whole, rows as themselves, shared text as it stands today."""

import pytest

from articles.models import Image, Note, Source
from articles.revisions import content_at, newest_content, record_shared_change, restored_content

from .making import BOOK, REPORT, change_source, content, figure, picture, record

pytestmark = pytest.mark.django_db

EMPTY = {"names": [], "categories": [], "infobox": {}, "notes": [], "references": [], "figures": [], "body": "Nothing."}
CORRECTED = REPORT | {"publisher": "Human Rights Watch"}


@pytest.fixture
def article():
    picture("a")
    return record(None, content(figures=[figure("a")])).article


def restore(article, number):
    return record(article, restored_content(article.revisions.get(number=number)))


def test_deleted_rows_come_back_as_themselves(article):
    before = newest_content(article)
    record(article, content(**EMPTY))
    restore(article, 1)
    assert newest_content(article) == before
    ids = [row.id for row in (*before.names, *before.infobox.rows, *before.notes, *before.references, *before.figures)]
    assert ids == ["n1", "r1", "r2", "k1", "f1", "f2", "ga"]


def test_a_restore_is_a_new_revision_and_can_be_restored_from(article):
    record(article, content(**EMPTY))
    assert restore(article, 1).number == 3
    assert restore(article, 2).number == 4
    assert newest_content(article).body == "Nothing."
    assert restore(article, 3).number == 5
    assert newest_content(article) == content_at(article.revisions.get(number=1))
    assert content_at(article.revisions.get(number=2)).notes == ()


def test_restoring_what_is_there_writes_nothing(article):
    assert restore(article, 1) is None
    record(article, content(body="Second.", figures=[figure("a")]))
    record(article, content(figures=[figure("a")]))
    assert restore(article, 1) is None


def test_sources_and_images_come_in_their_present_versions(article):
    record(article, content(**EMPTY))
    change_source(Source.objects.get(), CORRECTED)
    image = Image.objects.get()
    image.credit = "Survey of Armenia"
    record_shared_change(image, author=None)
    restore(article, 1)
    now = newest_content(article)
    assert now.references[0].source.csl == CORRECTED
    assert now.references[0].source_version == Source.objects.get().history.latest().history_id
    assert now.figures[0].credit == "Survey of Armenia"
    assert content_at(article.revisions.get(number=1)).references[0].source.csl == REPORT


def test_a_source_that_changes_between_reading_and_recording_comes_in_its_newest_version(article):
    record(article, content(**EMPTY))
    read = restored_content(article.revisions.get(number=1))
    change_source(Source.objects.get(), BOOK)
    record(article, read)
    assert newest_content(article).references[0].source.csl == BOOK


def test_order_and_keys_come_back(article):
    notes = [{"id": f"m{i}", "key": f"n{i}", "text": str(i)} for i in range(5)]
    record(article, content(notes=notes))
    swapped = [{**notes[4], "key": "n0"}, notes[2], {**notes[0], "key": "n4"}]
    record(article, content(notes=swapped))
    restore(article, 2)
    assert [(note.id, note.key) for note in newest_content(article).notes] == [(f"m{i}", f"n{i}") for i in range(5)]
    assert Note.objects.filter(article=article).count() == 5


def test_an_old_slug_comes_back_to_its_article(article):
    record(article, content(slug="kalbajar-1993", figures=[figure("a")]))
    restore(article, 1)
    assert newest_content(article).slug == "battle-of-kalbajar"


def test_restoring_asks_as_much_for_many_references_as_for_one(article, django_assert_max_num_queries):
    record(article, content(references=[{"key": f"k{i}", "source": BOOK | {"title": str(i)}} for i in range(30)]))
    with django_assert_max_num_queries(15):
        restored_content(article.revisions.get(number=2))
