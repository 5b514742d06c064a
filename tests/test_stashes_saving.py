"""What is typed is kept when its save is refused, breaks, or is sent twice."""

import pytest
from django.db import DatabaseError, OperationalError, connection

from articles.models import Article, Revision
from articles.revisions import newest_content, record_merged
from articles.stashes import open_stashes

from .desk import ADD, change_address, form_fields, open_form, send, words_of
from .making import content, record
from .stashes_for_tests import autosave, encoded, own_stash


def test_a_refused_post_is_kept(desk, article):
    send(desk, article, open_form(desk, article), title="", body="Mine")
    assert own_stash().data()["body"] == "Mine"


def test_the_text_of_a_row_that_somebody_deleted_is_kept(desk, article):
    fields = open_form(desk, article)
    record(article, content(notes=[], body="No note"))
    send(desk, article, fields | {"notes-0-text": "My words in the vanished note"})
    assert own_stash().data()["notes-0-text"] == "My words in the vanished note"


def test_a_conflict_is_kept_as_one(desk, article, editor):
    fields = open_form(desk, article)
    record(article, content(title="Theirs"))
    send(desk, article, fields, title="Mine")
    assert own_stash().data()["title"] == "Mine"
    assert [kept.in_conflict for kept in open_stashes(editor)] == [True]


def test_a_form_too_large_is_kept(desk, article, settings):
    fields = open_form(desk, article)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5000
    response = desk.post(change_address(article), **encoded(fields | {"body": "b" * 9000}))
    assert (response.status_code, own_stash().data()["body"]) == (413, "b" * 9000)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    assert form_fields(desk.get(f"{change_address(article)}?stash={own_stash().pk}"))["body"] == "b" * 9000


def test_a_crash_while_saving_gives_the_text_back(desk, article, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("articles.admin.article.record_merged", crash)
    response = send(desk, article, open_form(desk, article), body="Mine <b>")
    assert response.status_code == 500
    assert "Mine &lt;b&gt;" in response.content.decode()
    assert own_stash().data()["body"] == "Mine <b>"


@pytest.mark.parametrize(("words", "status"), [("database is locked", 503), ("database or disk is full", 507)])
def test_a_database_that_takes_nothing_leaves_the_text_in_the_page(desk, article, words, status):
    fields = open_form(desk, article)

    def refuse(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            raise DatabaseError(words)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        response = desk.post(change_address(article), **encoded(fields | {"body": "Mine", "_continue": "1"}))
        assert response.status_code == status
        assert autosave(desk, article, fields).status_code == 503
    again = form_fields(response, None)
    assert again["body"] == "Mine"
    response = desk.post(change_address(article), again, follow=True)
    assert "Revision 2 saved." in words_of(response)


def test_a_database_that_is_away_leaves_the_text_in_the_page(desk, article):
    fields = open_form(desk, article)

    def fall_silent(execute, sql, params, many, context):
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(fall_silent):
        response = desk.post(change_address(article), **encoded(fields | {"body": "Mine", "_continue": "1"}))
    assert (response.status_code, response["Cache-Control"].split(", ")[-1]) == (503, "private")
    again = form_fields(response, None)
    assert again["body"] == "Mine"
    response = desk.post(change_address(article), again, follow=True)
    assert "Revision 2 saved." in words_of(response)


def test_a_mistake_before_anything_is_saved_gives_the_text_back(desk, article, monkeypatch):
    def crash(user):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("articles.admin.keeping.may_save", crash)
    response = send(desk, article, open_form(desk, article), body="Mine <b>")
    assert response.status_code == 500
    assert "Mine &lt;b&gt;" in response.content.decode()


def test_of_two_clicks_one_makes_a_revision(desk, article):
    fields = open_form(desk, article)
    first = desk.post(change_address(article), fields | {"body": "Mine", "_continue": "Save"})
    second = desk.post(change_address(article), fields | {"body": "Mine", "_continue": "Save"})
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Revision.objects.count() == 2
    assert "Revision 2 saved." in words_of(desk.get(second.url))


def test_a_click_that_waits_for_the_first_tells_what_the_first_made(desk, client_of, editor, article, monkeypatch):
    fields = open_form(desk, article) | {"body": "Mine", "_continue": "Save"}

    def record_behind_the_first(*arguments, **options):
        monkeypatch.undo()
        client_of(editor).post(change_address(article), fields)
        return record_merged(*arguments, **options)

    monkeypatch.setattr("articles.admin.article.record_merged", record_behind_the_first)
    told = words_of(desk.post(change_address(article), fields, follow=True))
    assert "Revision 2 saved." in told
    assert "another window" not in told
    assert Revision.objects.count() == 2


def test_of_two_clicks_one_makes_an_article(desk, db):
    fields = form_fields(desk.get(ADD)) | {"title": "Battle of Lachin", "body": "Mine", "_save": "Save"}
    assert desk.post(ADD, fields).url == desk.post(ADD, fields).url
    assert (Article.objects.count(), Revision.objects.count()) == (1, 1)


def test_the_same_form_with_other_words_is_another_wish(desk, article):
    fields = open_form(desk, article)
    send(desk, article, fields, body="Mine")
    send(desk, article, fields, body="Mine, going back")
    assert "Mine, going back" in (own_stash().data().get("body"), newest_content(article).body)
