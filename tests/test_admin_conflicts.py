"""Two editors at one article: nothing is lost, nothing is written over unseen."""

import pytest

from articles.models import Revision
from articles.revisions import newest_content

from .desk import form_fields, open_form, send, words_of
from .making import content, record


@pytest.fixture
def article(db):
    return record(None, content()).article


@pytest.fixture
def desk(client_of, editor):
    return client_of(editor)


def other_saves(article, **members):
    return record(article, content(**members), summary="Theirs")


def test_a_newer_revision_stops_the_save_and_shows_both_texts(desk, article):
    fields = open_form(desk, article)
    other_saves(article, body="The stored text.[@hrw]", title="Their title")
    response = send(desk, article, fields, body="My whole text.", title="My title")
    page = response.content.decode()
    assert Revision.objects.count() == 2
    assert newest_content(article).body == "The stored text.[@hrw]"
    assert "Your text is safe. Someone saved revision 2 meanwhile" in page
    parts = {str(part.title): part for part in response.context["conflict"].parts}
    (line,) = parts["Text"].lines
    assert (line.mine, line.stored) == ("My whole text.", "The stored text.[@hrw]")
    assert parts["Title and facts"].lines[0].mine == "Title: My title"
    assert not parts["Notes"].differs
    again = form_fields(response)
    assert (again["body"], again["title"], again["base_revision"]) == ("My whole text.", "My title", "1")
    assert "looked_at" not in again


def test_sending_again_without_looking_is_a_conflict_again(desk, article):
    fields = open_form(desk, article)
    other_saves(article, body="Theirs.")
    response = send(desk, article, fields, body="Mine.")
    send(desk, article, form_fields(response))
    assert (Revision.objects.count(), newest_content(article).body) == (2, "Theirs.")


def test_having_looked_mine_is_saved_on_top(desk, article):
    fields = open_form(desk, article)
    other_saves(article, body="Theirs.")
    response = send(desk, article, fields, body="Mine.")
    response = send(desk, article, form_fields(response) | {"looked_at": "2"})
    assert "Revision 3 saved." in words_of(response)
    newest = article.revisions.newest()
    assert (newest.base, newest_content(article).body) == (2, "Mine.")


def test_having_looked_is_remembered_through_a_refusal(desk, article):
    fields = open_form(desk, article)
    other_saves(article, body="Theirs.")
    response = send(desk, article, fields | {"looked_at": "2"}, title="", body="Mine.")
    assert form_fields(response)["base_revision"] == "2"
    response = send(desk, article, form_fields(response), title="A title")
    assert "Revision 3 saved." in words_of(response)


def test_yet_another_revision_is_a_conflict_again(desk, article):
    fields = open_form(desk, article)
    other_saves(article, body="Theirs.")
    send(desk, article, fields, body="Mine.")
    other_saves(article, body="Theirs again.")
    response = send(desk, article, fields | {"looked_at": "2"}, body="Mine.")
    assert "Someone saved revision 3 meanwhile" in response.content.decode()
    assert (Revision.objects.count(), newest_content(article).body) == (3, "Theirs again.")


def test_a_row_that_was_deleted_meanwhile_keeps_my_text(desk, article):
    fields = open_form(desk, article) | {"notes-0-text": "My long work on this note."}
    other_saves(article, notes=[], body="No note.")
    response = send(desk, article, fields)
    parts = {str(part.title): part for part in response.context["conflict"].parts}
    assert ["My long work on this note." in line.mine for line in parts["Notes"].lines] == [True]
    assert form_fields(response)["notes-0-text"] == "My long work on this note."
    send(desk, article, form_fields(response) | {"looked_at": "2"})
    (note,) = newest_content(article).notes
    assert (note.id, note.text) == ("k1", "My long work on this note.")


def test_rows_added_by_the_other_are_shown(desk, article):
    fields = open_form(desk, article)
    other_saves(article, notes=[*content().to_json()["notes"], {"id": "k2", "key": "new", "text": "Their note."}])
    response = send(desk, article, fields, body="Mine.")
    parts = {str(part.title): part for part in response.context["conflict"].parts}
    assert [(line.mine != "", line.stored != "") for line in parts["Notes"].lines] == [(True, True), (False, True)]


@pytest.mark.parametrize("base", ["", "0", "99", "x", "-1"])
def test_a_form_that_lost_its_base_writes_nothing(desk, article, base):
    response = send(desk, article, open_form(desk, article) | {"base_revision": base}, body="Mine.")
    assert "Your text is safe." in response.content.decode()
    assert form_fields(response)["body"] == "Mine."
    assert Revision.objects.count() == 1


def test_publishing_over_a_newer_revision_is_a_conflict_too(client_of, superuser, article):
    client = client_of(superuser)
    fields = open_form(client, article)
    other_saves(article, body="Theirs.")
    send(client, article, fields, "_publish", body="Mine.")
    assert (Revision.objects.count(), article.publications.count()) == (2, 0)
