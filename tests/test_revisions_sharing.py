"""Sources and images: changed once, moved in every article that uses them, named by version everywhere."""

import pytest

from articles.content import Source as SourceContent
from articles.models import Article, Image, Publication, Reference, Revision, Source
from articles.problems import Refused
from articles.revisions import RevisionConflict, content_at, newest_content, record_shared_change, restored_content

from .making import BOOK, REPORT, change_source, content, figure, picture, record

pytestmark = pytest.mark.django_db

CORRECTED = REPORT | {"publisher": "Human Rights Watch"}


@pytest.fixture
def article():
    return record(None, content()).article


@pytest.fixture
def source(article):
    return Source.objects.get()


def another(slug, **members):
    """Return another article: with the same source, unless ``members`` say otherwise."""
    return record(None, content(slug=slug, title=slug.title(), **members)).article


def texts(article):
    """Return what the sources of an article's references say, by key."""
    return {row.key: row.source and row.source.csl for row in newest_content(article).references}


def versions(article):
    return {row.key: row.source_version for row in Reference.objects.filter(article=article)}


# --- A change ---------------------------------------------------------------------------------------------------------


def test_a_change_makes_one_revision_in_every_article_that_uses_the_source(article, source, editor):
    second = another("lachin")
    record(second, content(slug="lachin", title="Lachin", body="Newer."))
    revisions = change_source(source, CORRECTED, author=editor, summary="Add the publisher")
    assert [(one.article_id, one.number) for one in revisions] == [(article.pk, 2), (second.pk, 3)]
    assert {(one.author, one.summary, one.shared) for one in revisions} == {(editor, "Add the publisher", True)}
    assert [one.base for one in revisions] == [1, 2]
    assert texts(article)["hrw"] == texts(second)["hrw"] == CORRECTED
    assert source.history.count() == 2
    assert source.history.latest().history_user_id == editor.pk


def test_all_rows_of_an_article_that_use_the_source_move_in_one_revision(article, source):
    rows = [{"id": f"f{i}", "key": f"k{i}", "source": REPORT, "pages": str(i)} for i in range(3)]
    record(article, content(references=rows))
    (revision,) = change_source(source, CORRECTED)
    assert Reference.history.filter(revision=revision).count() == 3
    assert set(versions(article).values()) == {source.history.latest().history_id}


def test_old_revisions_still_say_what_they_said(article, source):
    change_source(source, CORRECTED)
    change_source(source, BOOK)
    said = [content_at(revision).references[0].source.csl for revision in article.revisions.order_by("number")]
    assert said == [REPORT, CORRECTED, BOOK]


def test_articles_that_do_not_use_the_source_are_left_alone(article, source):
    never = another("lachin", references=[{"key": "hrw", "source": BOOK}])
    dropped = another("shusha")
    record(dropped, content(slug="shusha", title="Shusha", references=[]))
    change_source(source, CORRECTED)
    assert [never.revisions.count(), dropped.revisions.count()] == [1, 2]


def test_publications_do_not_move(article, source, editor):
    revision = article.revisions.newest()
    facts = {
        "article": article,
        "revision": revision,
        "user": editor,
        "created": revision.created,
        "slug": article.slug,
    }
    Publication.objects.create(content=content_at(revision).canonical_json(), **facts)
    change_source(source, CORRECTED)
    assert Publication.objects.get().article_content() == content()


def test_what_is_stored_already_writes_nothing(article, source):
    assert change_source(source, REPORT) == []
    assert (Revision.objects.count(), source.history.count()) == (1, 1)


def test_a_new_source_is_only_stored(article):
    source = Source()
    source.set_content(SourceContent.of(BOOK))
    assert record_shared_change(source, author=None) == []
    assert source.history.count() == 1
    assert Revision.objects.count() == 1


def test_a_change_of_an_image_moves_its_figures():
    picture("a")
    article = record(None, content(figures=[figure("a")])).article
    image = Image.objects.get()
    image.credit = "Survey of Armenia"
    (revision,) = record_shared_change(image, author=None)
    assert [content_at(one).figures[0].credit for one in (article.revisions.get(number=1), revision)] == [
        "Survey",
        "Survey of Armenia",
    ]
    assert newest_content(article).figures[0].image_version == image.history.latest().history_id


def test_words_of_an_image_come_into_the_one_form():
    picture("a", credit="  Cafe\u0301 ")
    assert Image.objects.get().credit == "Café"
    article = record(None, content(figures=[figure("a", credit="Café")])).article
    assert Image.objects.count() == 1
    assert record(article, newest_content(article)) is None


@pytest.mark.parametrize("csl", ["[]", '{"type": "novel"}', '{"type": "book", "title": "a\\u0000"}', "{"])
def test_a_source_that_never_gets_in_is_refused(source, csl):
    source.csl = csl
    with pytest.raises(Refused):
        record_shared_change(source, author=None)
    assert Source.objects.get().content.csl == REPORT


@pytest.mark.parametrize("summary", ["s" * 501, "two\nlines", "\x00"])
def test_a_summary_that_never_gets_in_is_refused(source, summary):
    with pytest.raises(Refused, match="summary"):
        change_source(source, CORRECTED, summary=summary)
    assert Revision.objects.count() == 1


# --- A change while somebody edits ------------------------------------------------------------------------------------


def test_a_save_made_before_the_source_moved_takes_the_move_over(article, source):
    change_source(source, CORRECTED)
    revision = record(article, content(body="Another text.[@hrw] [^spelling]"), base=1)
    assert (revision.number, revision.base) == (3, 1)
    assert newest_content(article).body == "Another text.[@hrw] [^spelling]"
    assert texts(article)["hrw"] == CORRECTED
    assert versions(article)["hrw"] == source.history.latest().history_id


def test_several_moves_are_taken_over_at_once(article, source):
    change_source(source, BOOK)
    change_source(source, CORRECTED)
    record(article, content(body="New."), base=1)
    assert texts(article)["hrw"] == CORRECTED


def test_a_save_that_changed_the_reference_otherwise_keeps_both_changes(article, source):
    seen = content_at(article.revisions.newest())
    change_source(source, CORRECTED)
    first, second = seen.references
    edited = seen.replace(references=(type(first)(**vars(first) | {"pages": "20–21"}), second))
    record(article, edited, base=1)
    row = newest_content(article).references[0]
    assert (row.pages, row.source.csl) == ("20–21", CORRECTED)


def test_a_save_that_replaced_the_source_keeps_the_new_one(article, source):
    change_source(source, CORRECTED)
    references = [{"id": "f1", "key": "hrw", "source": BOOK}, {"id": "f2", "key": "dewaal", "text": "De Waal."}]
    record(article, content(references=references), base=1)
    assert texts(article) == {"hrw": BOOK, "dewaal": None}


def test_a_save_that_gave_free_text_instead_keeps_it(article, source):
    change_source(source, CORRECTED)
    record(article, content(references=[{"id": "f1", "key": "hrw", "text": "A report."}]), base=1)
    assert texts(article) == {"hrw": None}


def test_a_save_that_deleted_the_reference_leaves_it_deleted(article, source):
    change_source(source, CORRECTED)
    record(article, content(references=[]), base=1)
    assert texts(article) == {}


def test_a_file_without_ids_is_paired_with_what_its_author_saw(article, source):
    change_source(source, CORRECTED)
    record(article, content(references=[{"key": "hrw", "source": REPORT, "pages": "20"}]), base=1)
    assert texts(article)["hrw"] == CORRECTED
    assert Source.objects.count() == 1


def test_a_save_without_changes_before_the_move_writes_nothing(article, source):
    change_source(source, CORRECTED)
    assert record(article, content(), base=1) is None


def test_an_edit_among_the_moves_is_a_conflict(article, source):
    change_source(source, CORRECTED)
    record(article, newest_content(article).replace(body="Theirs."))
    change_source(source, BOOK)
    with pytest.raises(RevisionConflict):
        record(article, content(body="Mine."), base=1)


def test_moved_images_are_taken_over_too():
    picture("a")
    article = record(None, content(figures=[figure("a")])).article
    image = Image.objects.get()
    image.licence = "CC0"
    record_shared_change(image, author=None)
    record(article, content(figures=[figure("a", caption="New.")]), base=1)
    row = newest_content(article).figures[0]
    assert (row.caption, row.licence, row.image_version) == ("New.", "CC0", image.history.latest().history_id)
    assert Image.objects.count() == 1


# --- Which source is meant --------------------------------------------------------------------------------------------


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
