"""Kept through sessions that end and tokens that change, and for nobody but its writer: the text of a form."""

from django.contrib.sessions.models import Session
from django.test import Client

from articles.models import Revision, Stash
from articles.revisions import newest_content
from articles.stashes import new_form_id

from .desk import change_address, form_fields, open_form, words_of
from .stashes_for_tests import own_stash

PASSWORD = "a password of tests"


def sign_in(client, response, password=PASSWORD, name="editor", address=None):
    fields = form_fields(response, None) | {"sign_in_name": name, "sign_in_password": password}
    return client.post(address, fields, follow=True)


def test_after_the_session_ended_one_signs_in_and_the_text_is_saved(desk, article):
    fields = open_form(desk, article)
    Session.objects.all().delete()
    response = desk.post(change_address(article), fields | {"body": "Mine\r\n\r\n<b>", "_continue": "Save"})
    assert response.status_code == 403
    assert "Your text is here. Sign in and it will be saved." in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert not Stash.objects.exists()
    wrong = sign_in(desk, response, "wrong", address=change_address(article))
    assert not Stash.objects.exists()
    saved = sign_in(desk, wrong, address=change_address(article))
    assert "Revision 2 saved." in words_of(saved)
    assert newest_content(article).body == "Mine\n\n<b>"
    assert own_stash().state == Stash.RECORDED


def test_the_password_is_kept_nowhere(desk, article, caplog):
    fields = open_form(desk, article)
    Session.objects.all().delete()
    response = desk.post(change_address(article), fields | {"title": "", "_continue": "Save"})
    refused = sign_in(desk, response, "my secret password", address=change_address(article))
    assert "my secret password" not in refused.content.decode()
    sign_in(desk, refused, address=change_address(article))
    assert own_stash().data()["title"] == ""
    assert PASSWORD not in own_stash().fields
    assert "my secret password" not in caplog.text


def test_who_guesses_is_locked_out_and_keeps_the_text(client, article, settings, editor):
    response = client.post(change_address(article), {"body": "Mine"})
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        response = sign_in(client, response, "wrong", address=change_address(article))
        assert form_fields(response, None)["body"] == "Mine"
    assert "Too many wrong passwords" in response.content.decode()
    response = sign_in(client, response, address=change_address(article))
    assert "Too many wrong passwords" in response.content.decode()
    assert form_fields(response, None)["body"] == "Mine"
    assert (Revision.objects.count(), Stash.objects.count()) == (1, 0)


def test_another_person_signs_in_with_their_own_rights(desk, article, view_only, reviewer):
    fields = open_form(desk, article) | {"body": "Mine"}
    Session.objects.all().delete()
    response = desk.post(change_address(article), fields)
    refused = sign_in(Client(), response, name="view_only", address=change_address(article))
    assert refused.status_code == 403
    assert "Mine" in refused.content.decode()
    saved = sign_in(Client(), response, name="reviewer", address=change_address(article))
    assert "Revision 2 saved." in words_of(saved)
    assert article.revisions.newest().author == reviewer


def test_a_changed_token_gives_the_text_back_with_a_fresh_one(article, editor):
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(editor, "django.contrib.auth.backends.ModelBackend")
    fields = open_form(desk, article)
    desk.cookies["csrftoken"] = "x" * 32
    response = desk.post(change_address(article), fields | {"body": "Mine", "_continue": "Save"})
    assert response.status_code == 403
    assert "Please send your text again" in response.content.decode()
    assert own_stash().data()["body"] == "Mine"
    saved = desk.post(change_address(article), form_fields(response, None), follow=True)
    assert "Revision 2 saved." in words_of(saved)
    assert newest_content(article).body == "Mine"


def test_what_another_site_sends_is_neither_saved_nor_kept(article, editor, reviewer):
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(editor, "django.contrib.auth.backends.ModelBackend")
    forged = {"title": "Forged", "body": "Forged", "base_revision": "1", "form_id": new_form_id(reviewer)}
    for fields in (forged, {name: value for name, value in forged.items() if name != "form_id"}):
        assert desk.post(change_address(article), fields).status_code == 403
    assert (Revision.objects.count(), Stash.objects.count()) == (1, 0)


def test_a_form_of_somebody_else_asks_before_it_saves_as_mine(desk, article, client_of, reviewer):
    fields = open_form(client_of(reviewer), article) | {"body": "Theirs", "_continue": "Save"}
    response = desk.post(change_address(article), fields)
    assert response.status_code == 403
    assert "Save this as yours?" in response.content.decode()
    assert (Revision.objects.count(), Stash.objects.count()) == (1, 0)
    saved = desk.post(change_address(article), form_fields(response, None), follow=True)
    assert "Revision 2 saved." in words_of(saved)
