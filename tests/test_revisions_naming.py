"""Which source or image is meant by a row: by its ids, its version, or its data."""

import pytest

from articles.content import Source as SourceContent
from articles.models import Article, Image, Reference, Source
from articles.problems import Refused
from articles.revisions import content_at, newest_content, record_shared_change, restored_content

from .making import BOOK, REPORT, change_source, content, figure, picture, record
from .sources_for_tests import (
    CORRECTED,
    another,
    source_of_article,  # noqa: F401 - a fixture
    texts,
    versions,
)

pytestmark = pytest.mark.django_db


def test_equal_data_are_the_same_source_in_all_articles(article, source):
    another("lachin")
    assert Source.objects.count() == 1


def test_equal_new_data_within_one_article_make_one_source():
    references = [{"key": "a", "source": BOOK}, {"key": "b", "source": dict(reversed(BOOK.items()))}]
    article = record(None, content(references=references)).article
    assert Source.objects.count() == 1
    assert len(set(versions(article).values())) == 1


def test_an_older_version_of_the_paired_source_is_taken_as_it_is(article, source):
    first = source.history.latest().history_id
    change_source(source, CORRECTED)
    duplicate = Source()
    duplicate.set_content(SourceContent.of(REPORT))
    record_shared_change(duplicate, author=None)
    record(article, content(references=[{"key": "hrw", "source": REPORT}]))
    assert versions(article) == {"hrw": first}
    assert texts(article)["hrw"] == REPORT


def test_of_other_sources_only_the_newest_version_counts(article, source):
    change_source(source, CORRECTED)
    second = another("lachin", references=[{"key": "hrw", "source": REPORT}])
    assert Source.objects.count() == 2
    third = another("shusha", references=[{"key": "hrw", "source": CORRECTED}])
    assert versions(third)["hrw"] == source.history.latest().history_id
    assert Source.objects.count() == 2
    assert Reference.objects.get(article=second, key="hrw").source_id != source.pk


def test_of_equal_versions_of_another_source_the_newest_is_taken(article, source):
    change_source(source, CORRECTED)
    change_source(source, REPORT)
    assert versions(another("lachin"))["hrw"] == source.history.latest().history_id


def test_data_found_nowhere_make_a_new_source_and_change_none(article, source):
    record(article, content(references=[{"id": "f1", "key": "hrw", "source": BOOK}]))
    assert source.history.count() == 1
    assert Source.objects.count() == 2


def test_an_older_version_follows_the_next_change_of_its_source(article, source):
    change_source(source, CORRECTED)
    record(article, content(references=[{"key": "hrw", "source": REPORT}]))
    change_source(source, BOOK)
    assert texts(article)["hrw"] == BOOK


def test_a_row_that_names_a_version_takes_that_very_one(article, source):
    old = content_at(article.revisions.newest())
    change_source(source, CORRECTED)
    record(article, content(references=[]))
    record(article, old)
    assert content_at(article.revisions.newest()) == old
    assert versions(article)["hrw"] == old.references[0].source_version


def test_a_row_that_names_only_a_source_takes_its_newest_version(article, source):
    chosen = newest_content(article).references[0]
    change_source(source, CORRECTED)
    fresh = type(chosen)(**vars(chosen) | {"id": "f9", "key": "again", "source_version": None})
    record(article, newest_content(article).replace(references=(fresh,)))
    assert texts(article) == {"again": CORRECTED}


def test_a_row_that_names_another_source_with_equal_data_takes_that_one(article, source):
    duplicate = Source()
    duplicate.set_content(SourceContent.of(REPORT))
    record_shared_change(duplicate, author=None)
    row, other = newest_content(article).references
    moved = type(row)(**vars(row) | {"source_id": duplicate.pk, "source_version": None})
    assert record(article, newest_content(article).replace(references=(moved, other)))
    assert Reference.objects.get(key="hrw").source_id == duplicate.pk


def test_a_source_that_says_the_same_again_makes_no_difference(article, source):
    first = content_at(article.revisions.newest())
    change_source(source, CORRECTED)
    change_source(source, REPORT)
    assert record(article, first) is None
    assert record(article, restored_content(article.revisions.get(number=1))) is None


def test_a_name_that_fits_no_stored_source_falls_back_on_the_data(article, source):
    row, other = newest_content(article).references
    lost = type(row)(**vars(row) | {"id": "f9", "key": "lost", "source_id": 999, "source_version": 999})
    record(article, newest_content(article).replace(references=(row, other, lost)))
    assert Reference.objects.get(key="lost").source_id == source.pk


@pytest.mark.parametrize(("words", "images"), [({}, 1), ({"credit": "Other"}, 2), ({"licence": "CC0"}, 2)])
def test_a_picture_joins_an_image_only_with_equal_words(words, images):
    picture("a")
    article = record(None, content(figures=[figure("a", **words)])).article
    assert Image.objects.count() == images
    assert newest_content(article).figures[0].file.name == "a.png"


def test_a_picture_is_found_by_the_hash_of_the_bytes_received():
    image = Image(credit="Survey", licence="CC0")
    image.set_file(picture("a").file_facts().__class__("b" * 64, "c" * 64, "b.png", 1, 1, "b.jpg"))
    record_shared_change(image, author=None)
    article = record(None, content(figures=[figure("c", licence="CC0")])).article
    assert newest_content(article).figures[0].image == f"sha256:{'b' * 64}"
    assert record(article, content(figures=[figure("c", licence="CC0")])) is None


def test_a_picture_that_is_not_in_the_library_is_refused_at_its_place():
    picture("a")
    with pytest.raises(Refused) as refused:
        record(None, content(figures=[figure("a"), figure("d")]))
    assert [problem.place for problem in refused.value.problems] == ["figures[1].image"]
    assert Article.objects.count() == 0


def test_saving_unchanged_references_asks_nothing_per_reference(django_assert_max_num_queries):
    references = [{"key": f"k{i}", "source": BOOK | {"title": f"Volume {i}"}} for i in range(30)]
    article = record(None, content(references=references)).article
    read = newest_content(article)
    with django_assert_max_num_queries(44):
        record(article, read.replace(body="New."))
    loaded = content(references=references, body="Newer.")
    with django_assert_max_num_queries(44):
        record(article, loaded)
