"""The one write function: what it writes, what it refuses, and that all is written or nothing."""

import pytest

from articles.models import Article, ArticleSlug, InfoboxField, Note, Revision
from articles.problems import Refused
from articles.revisions import RevisionConflict, content_at, newest_content

from .making import content, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return record(None, content(), 0).article


def test_a_new_article_is_read_back_as_it_was_recorded(article):
    revision = Revision.objects.get()
    assert (revision.number, revision.base, revision.article_id) == (1, 0, article.pk)
    assert content_at(revision) == content() == newest_content(article)


def test_recording_what_is_stored_makes_no_revision(article):
    assert record(article, content(), 1) is None
    assert Revision.objects.count() == 1


def test_browser_line_ends_and_decomposed_accents_are_no_change(article):
    record(article, content(body="Première ligne\nzweite"), 1)
    same = content().replace(body="Premie\u0300re ligne\r\nzweite")
    assert record(article, same, 2) is None


def test_only_changed_rows_get_history(article):
    revision = record(article, content(body="Another text.[@hrw] [^spelling]"), 1)
    assert Article.history.filter(revision=revision).count() == 1
    assert Note.history.filter(revision=revision).count() == 0
    assert InfoboxField.history.filter(revision=revision).count() == 0


def test_a_newer_revision_is_a_conflict_and_nothing_is_written(article):
    record(article, content(body="Second."), 1)
    with pytest.raises(RevisionConflict) as conflict:
        record(article, content(body="Third."), 1)
    assert conflict.value.newest.number == 2
    assert newest_content(article).body == "Second."
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("base", [0, 7])
def test_a_base_that_is_not_there_is_a_conflict(article, base):
    with pytest.raises(RevisionConflict):
        record(article, content(body="Third."), base)


def test_two_keys_may_be_swapped_in_one_save(article):
    notes = [{"id": "k1", "key": "one", "text": "1"}, {"id": "k2", "key": "two", "text": "2"}]
    record(article, content(notes=notes), 1)
    swapped = [notes[0] | {"key": "two"}, notes[1] | {"key": "one"}]
    record(article, content(notes=swapped), 2)
    assert [(note.id, note.key) for note in newest_content(article).notes] == [("k1", "two"), ("k2", "one")]


def test_a_duplicate_key_made_by_hand_never_gets_in(article):
    note = content().notes[0]
    with pytest.raises(Refused) as refused:
        record(article, content().replace(notes=(note, note)), 1)
    assert "duplicate_key" in {problem.kind for problem in refused.value.problems}
    assert Revision.objects.count() == 1


def test_rows_without_id_are_the_stored_rows_with_their_key(article):
    record(article, content(notes=[{"key": "spelling", "text": "New text."}]), 1)
    assert newest_content(article).notes[0].id == "k1"


def test_an_unknown_id_is_taken_over_and_a_missing_one_is_made(article):
    rows = [{"id": "mine", "field": "date", "value": "1993"}, {"field": "place", "value": "Kalbajar"}]
    record(article, content(infobox={"kind": "military-conflict", "rows": rows}), 1)
    first, second = newest_content(article).infobox.rows
    assert first.id == "mine"
    assert second.id


def test_a_moved_row_writes_one_history_row(article):
    notes = [{"id": f"k{i}", "key": f"n{i}", "text": str(i)} for i in range(20)]
    record(article, content(notes=notes), 1)
    revision = record(article, content(notes=[notes[-1], *notes[:-1]]), 2)
    assert Note.history.filter(revision=revision).count() == 1
    assert [note.id for note in newest_content(article).notes][:2] == ["k19", "k0"]


def test_a_slug_belongs_to_its_article_for_ever(article):
    record(article, content(slug="kalbajar-1993"), 1)
    with pytest.raises(Refused) as refused:
        record(None, content(title="Another"), 0)
    assert "Battle of Kalbajar" in str(refused.value)
    assert {slug.slug for slug in ArticleSlug.objects.all()} == {"battle-of-kalbajar", "kalbajar-1993"}
    assert Article.objects.count() == 1
    record(article, content(), 2)
    assert newest_content(article).slug == "battle-of-kalbajar"


def test_a_failure_in_the_middle_leaves_nothing(article, monkeypatch):
    def fail(self, *args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(Note, "save", fail)
    changed = content(body="Lost.", notes=[{"id": "k1", "key": "spelling", "text": "Lost too."}])
    with pytest.raises(RuntimeError):
        record(article, changed, 1)
    assert newest_content(article) == content()
    assert Article.history.count() == 1
