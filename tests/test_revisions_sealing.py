"""The chain of seals: whoever changes recorded history, even by SQL, is found out at article and revision."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from articles.models import Article, Image, Note, Publication, Revision, Seal, Source
from articles.models.append_only import triggers_lifted
from articles.publishing import publish
from articles.revisions import first_broken

from .making import BOOK, change_source, content, figure, picture, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor):
    """An article with four revisions, the last by a shared change of its source."""
    picture("a")
    article = record(None, content(figures=[figure("a")]), author=editor).article
    record(article, content(figures=[figure("a")], body="Second.[@hrw]"), summary="Shorter")
    record(article, content(figures=[figure("a")], body="Third.[@hrw]", notes=[]))
    change_source(Source.objects.get(), BOOK)
    return article


def verify():
    """Run the command; return its exit status and all that it said."""
    said = StringIO()
    try:
        call_command("verify_history", stdout=said, stderr=said)
    except SystemExit as end:
        return end.code, said.getvalue()
    return 0, said.getvalue()


def change(model, where, **values):
    """Change stored rows by SQL, as somebody with the database in hand would."""
    table = model._meta.db_table
    assignments = ", ".join(f"{column} = %s" for column in values)
    with triggers_lifted(connection, model), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {assignments} WHERE {where}", [*values.values()])
        assert cursor.rowcount == 1


def test_every_revision_is_sealed_as_it_is_made(article):
    assert Seal.objects.count() == article.revisions.count() == 4
    assert verify() == (0, "1 articles: every revision is what was recorded.\n")


@pytest.mark.parametrize("forged", ["replace(content, 'Third.', 'Forged')", "replace(content, '{', '')"])
def test_a_publication_that_was_changed_is_told_with_its_revision(article, superuser, forged):
    publish(article.revisions.get(number=2), user=superuser)
    publish(article.revisions.get(number=3), user=superuser)
    assert verify()[0] == 0
    with triggers_lifted(connection, Publication), connection.cursor() as cursor:
        cursor.execute(f"UPDATE articles_publication SET content = {forged} WHERE content LIKE '%%Third.%%'")
        assert cursor.rowcount == 1
    status, said = verify()
    assert status == 1
    assert "battle-of-kalbajar: what was published of revision 3 is not what it holds\n" in said
    assert "revision 2" not in said


def test_a_publication_of_which_an_older_release_let_in_more_is_no_other_one(article, superuser):
    row = Note.history.filter(history_type="+").get()
    change(Note.history.model, f"history_id = {row.pk}", text="Also\ufffe.")
    publication = publish(article.revisions.get(number=1), user=None)
    assert "\ufffe" in publication.content
    assert "what was published" not in verify()[1]


def test_a_publication_at_another_address_is_told(article, superuser):
    publish(article.revisions.newest(), user=superuser)
    change(Publication, "id > 0", slug="elsewhere")
    assert "elsewhere: what was published of revision 4 is not what it holds\n" in verify()[1]


@pytest.mark.parametrize("lost", [Article, Source, Image])
def test_a_row_that_was_lost_stops_no_check_of_the_others(article, superuser, lost):
    publish(article.revisions.newest(), user=superuser)
    with triggers_lifted(connection, lost.history.model), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {lost.history.model._meta.db_table}")
    status, said = verify()
    assert status == 1
    assert "battle-of-kalbajar: what was published of revision 4 is not what it holds\n" in said
    # The last line: it went on to its end.
    assert said.endswith("1 of 1 articles are not what was recorded.\n")


CHANGES = {
    "a body": (Article.history.model, "body = 'Second.[@hrw]'", {"body": "Forged."}, 2),
    "a note": (Note.history.model, "history_type = '+'", {"text": "Forged."}, 1),
    "a deletion": (Note.history.model, "history_type = '-'", {"history_type": "~"}, 3),
    "a summary": (Revision, "number = 2", {"summary": "Forged"}, 2),
    "an author": (Revision, "number = 1", {"author_id": None}, 1),
    "a version of a source": (Source.history.model, "history_type = '~'", {"csl": "{}"}, 4),
    "a picture's credit": (Image.history.model, "history_type = '+'", {"credit": "Forged"}, 1),
    "a seal": (Seal, "digest = (SELECT max(digest) FROM articles_seal)", {"digest": "0" * 64}, None),
    "a seal's content": (Seal, "content = (SELECT max(content) FROM articles_seal)", {"content": "0" * 64}, None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_what_was_recorded_is_told_with_article_and_revision(article, name):
    model, where, values, number = CHANGES[name]
    change(model, where, **values)
    status, said = verify()
    assert status == 1
    assert f"{article.slug}: broken at revision {number or ''}" in said


def test_a_row_that_was_slipped_in_or_taken_out_is_told(article):
    history = Article.history.model
    row = Article.history.get(body="Second.[@hrw]")
    with triggers_lifted(connection, history), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {history._meta.db_table} WHERE history_id = %s", [row.pk])
    assert first_broken(article.pk)[0] == 2


def test_another_article_stays_whole(article):
    other = record(None, content(slug="other")).article
    change(Revision, "number = 2", summary="Forged")
    assert first_broken(other.pk) is None
    assert "1 of 2 articles are not what was recorded" in verify()[1]


def test_revisions_of_an_older_version_are_sealed_by_the_command_or_by_the_next_save(article):
    other = record(None, content(slug="other")).article
    with triggers_lifted(connection, Seal), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_seal")
    status, said = verify()
    assert (status, said.endswith("run: python manage.py sealhistory\n"), "broken" in said) == (1, True, False)
    record(other, content(slug="other", body="Newer."))
    assert first_broken(other.pk) is None
    said = StringIO()
    call_command("sealhistory", stdout=said)
    assert (said.getvalue(), verify()[0]) == ("4 revisions sealed.\n", 0)
    call_command("sealhistory", stdout=said)
    assert said.getvalue() == "4 revisions sealed.\n"


def test_an_article_whose_seals_were_all_taken_away_is_told_by_name(article):
    record(None, content(slug="other"))
    with triggers_lifted(connection, Seal), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_seal WHERE revision_id IN (SELECT id FROM articles_revision "
                       "WHERE article_id = %s)", [article.pk])  # fmt: skip
    status, said = verify()
    assert status == 1
    assert f"{article.slug}: broken at revision 1: it has no seal" in said
    assert "sealhistory" not in said


def test_a_save_that_is_taken_back_leaves_no_seal(article):
    with transaction.atomic():
        record(article, content(figures=[figure("a")], body="Fifth.[@hrw]"))
        transaction.set_rollback(True)
    assert Seal.objects.count() == 4
    assert verify()[0] == 0
