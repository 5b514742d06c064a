"""Sources and images: changed once, moved in every article that uses them, and while somebody edits."""

import pytest

from articles.content import Source as SourceContent
from articles.models import Image, Publication, Reference, Revision, Source
from articles.problems import Refused
from articles.revisions import RevisionConflict, content_at, newest_content, record_shared_change

from .making import BOOK, REPORT, change_source, content, figure, picture, record
from .sources_for_tests import (
    CORRECTED,
    another,
    source_of_article,  # noqa: F401 - a fixture
    texts,
    versions,
)

pytestmark = pytest.mark.django_db


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
