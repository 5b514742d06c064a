"""What was recorded stays, whoever asks the database itself; and a start without that guard is refused."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.checks import check_sqlite_place, check_sqlite_version, check_triggers, file_system
from articles.models import Article, Publication, Removal, ReviewEvent, Revision
from articles.models.append_only import (
    append_only_models,
    drop_triggers,
    make_triggers,
    missing_triggers,
    triggers_lifted,
)

from .making import content, figure, picture, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor):
    """An article with a row in every table of history."""
    picture("a")
    article = record(None, content(figures=[figure("a")]), author=editor).article
    facts = {"article": article, "revision": article.revisions.get(), "user": editor}
    ReviewEvent.objects.create(kind=ReviewEvent.SUBMITTED, time=timezone.now(), **facts)
    Publication.objects.create(created=timezone.now(), slug=article.slug, content="{}", **facts)
    Removal.objects.create(revision=facts["revision"], time=timezone.now(), reason="Court", content="0" * 64)
    return article


def run(sql):
    """Run one statement; return the database's complaint, or None."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return str(error)
    return None


def test_sql_neither_changes_nor_deletes_what_was_recorded(article):
    for model in append_only_models():
        table, key = model._meta.db_table, model._meta.pk.column
        assert model._base_manager.exists(), f"nothing to try in {table}"
        assert "never changed" in run(f"UPDATE {table} SET {key} = {key}"), table
        assert "never changed" in run(f"DELETE FROM {table}"), table


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a word of SQLite")
def test_sqlite_puts_nothing_in_the_place_of_what_was_recorded(article):
    for model in append_only_models():
        table = model._meta.db_table
        assert "never changed" in run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"), table
    # By what else no two rows have in common: the new row has a key of its own.
    columns = ", ".join(field.column for field in Revision._meta.concrete_fields if not field.primary_key)
    taken = f"REPLACE INTO articles_revision ({columns}) SELECT {columns} FROM articles_revision"
    assert "never changed" in run(taken)


@pytest.mark.postgres
def test_postgresql_does_not_empty_the_tables_either():
    assert "never changed" in run("TRUNCATE articles_publication CASCADE")


def test_all_history_is_guarded_and_other_rows_are_not(article):
    tables = {model._meta.db_table for model in append_only_models()}
    assert {"articles_historicalarticle", "articles_historicalsource", "articles_revision", "articles_reviewevent",
            "articles_publication", "articles_articleslug"} <= tables  # fmt: skip
    assert run("UPDATE articles_article SET title = 'x'") is None


def test_a_user_who_wrote_nothing_can_still_be_deleted(make_user):
    make_user("nobody").delete()
    assert not User.objects.filter(username="nobody").exists()


def test_they_are_lifted_for_a_block_and_come_back(article):
    with triggers_lifted(connection, Publication):
        assert run("UPDATE articles_publication SET slug = 'x'") is None
        assert "never changed" in run("DELETE FROM articles_revision")
    assert "never changed" in run("DELETE FROM articles_publication")
    assert missing_triggers(connection) == []


def test_they_come_back_when_a_block_fails(article):
    with pytest.raises(ZeroDivisionError), triggers_lifted(connection, Publication):
        raise ZeroDivisionError
    assert missing_triggers(connection) == []


def test_a_missing_trigger_is_told_with_its_table_and_made_anew_by_migrate():
    drop_triggers(connection, [Article.history.model])
    (error,) = check_triggers(databases=["default"])
    assert (error.id, "articles_historicalarticle" in error.msg) == ("articles.E001", True)
    with pytest.raises(SystemCheckError, match="python manage"):
        call_command("check", databases=["default"], stderr=StringIO())
    call_command("migrate", verbosity=0, skip_checks=False)  # as from the command line
    assert check_triggers(databases=["default"]) == []


def test_making_them_twice_changes_nothing():
    make_triggers(connection)
    assert missing_triggers(connection) == []


@pytest.mark.django_db(transaction=True)
def test_the_database_of_a_test_that_commits_is_emptied_and_guarded_again():
    record(None, content())
    assert missing_triggers(connection) == []


def test_the_type_of_a_mount_is_that_of_the_nearest_folder(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"a / ext4 rw 0 0\nb {tmp_path} nfs4 rw 0 0\nc {tmp_path}/own\\040disk xfs rw 0 0\n")
    assert file_system(tmp_path / "database", mounts) == "nfs4"
    assert file_system(tmp_path / "own disk" / "database", mounts) == "xfs"
    assert file_system(tmp_path.parent, mounts) == "ext4"
    assert file_system(tmp_path, tmp_path / "no such file") is None


def test_sqlite_on_a_network_file_system_is_refused(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text("a / nfs4 rw 0 0\n")
    monkeypatch.setattr("articles.checks.MOUNTS", mounts)
    found = check_sqlite_place(databases=["default"])
    assert [error.id for error in found] == (["articles.E002"] if connection.vendor == "sqlite" else [])


def test_an_old_sqlite_is_named_without_stopping_anything(monkeypatch):
    monkeypatch.setattr("articles.checks.SQLITE_WITHOUT_THE_RESET_BUG", (9, 0, 0))
    found = check_sqlite_version(databases=["default"])
    assert [(note.id, note.is_serious()) for note in found] == (
        [("articles.I001", False)] if connection.vendor == "sqlite" else []
    )


def test_a_media_folder_that_cannot_be_written_is_told(tmp_path, settings):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file"
    with pytest.raises(SystemCheckError, match=r"articles\.E003"):
        call_command("check", stderr=StringIO())


def test_a_disk_that_is_mounted_for_reading_only_is_told_as_that(tmp_path, settings, monkeypatch):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file"
    monkeypatch.setattr("articles.checks.is_mounted_read_only", lambda folder: True)
    with pytest.raises(SystemCheckError, match=r"is mounted for reading only.\n\tHINT: Mount it"):
        call_command("check", stderr=StringIO())
