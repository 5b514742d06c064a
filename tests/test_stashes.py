"""What is typed is kept: through errors, ended sessions, changed tokens and second clicks; seen by its writer alone."""

from urllib.parse import parse_qsl, urlencode

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, Revision, Stash
from articles.revisions import newest_content, record_merged
from articles.stashes import new_form_id, open_stashes

from .desk import ADD, add_row, change_address, form_fields, open_form, send, words_of
from .making import content, record

AUTOSAVE = "/admin/articles/article/stash/"
PASSWORD = "a password of tests"


@pytest.fixture
def article(db):
    return record(None, content()).article


@pytest.fixture
def desk(client_of, editor):
    return client_of(editor)


def encoded(fields):
    return {"data": urlencode(fields), "content_type": "application/x-www-form-urlencoded"}


def autosave(client, article, fields, **changes):
    address = f"{AUTOSAVE}?article={article.pk}" if article else AUTOSAVE
    return client.post(address, **encoded(fields | changes))


def own_stash():
    (stash,) = Stash.objects.all()
    return stash


# --- Autosave ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_raw_and_offered(desk, article):
    fields = open_form(desk, article)
    pairs = [*fields.items(), ("body", "Twice"), ("summary", "Þ & <b>")]
    response = desk.post(f"{AUTOSAVE}?article={article.pk}", **encoded(pairs))
    stash = own_stash()
    assert response.json() == {"kept": stash.updated.isoformat(), "stash": stash.pk, "state": "open"}
    machinery = ("csrfmiddlewaretoken", "form_id", "form_step", "taken_from")
    assert parse_qsl(stash.fields, keep_blank_values=True) == [one for one in pairs if one[0] not in machinery]
    assert (stash.article, stash.base, stash.state) == (article, 1, Stash.OPEN)
    page = desk.get(change_address(article)).content.decode()
    assert f"?stash={stash.pk}" in page
    assert Revision.objects.count() == 1


def test_typing_on_writes_over_the_same_stash(desk, article):
    fields = open_form(desk, article)
    autosave(desk, article, fields, body="One", form_step="1")
    autosave(desk, article, fields, body="One and two", form_step="2")
    assert own_stash().data()["body"] == "One and two"


def test_a_message_overtaken_by_the_next_changes_nothing(desk, article):
    fields = open_form(desk, article)
    autosave(desk, article, fields, body="One and two", form_step="2")
    autosave(desk, article, fields, body="One", form_step="1")
    assert own_stash().data()["body"] == "One and two"


def test_a_message_overtaken_by_the_form_itself_opens_nothing_again(desk, article):
    fields = open_form(desk, article)
    send(desk, article, fields, body="One and two", form_step="2")
    autosave(desk, article, fields, body="One", form_step="2")
    assert own_stash().state == Stash.RECORDED
    assert open_stashes(own_stash().user) == []


def test_going_back_and_typing_on_is_kept(desk, article):
    fields = open_form(desk, article)
    send(desk, article, fields, body="One", form_step="1")
    autosave(desk, article, fields, body="One and more", form_step="2")
    assert (own_stash().state, own_stash().data()["body"]) == (Stash.OPEN, "One and more")


def test_a_new_article_is_kept_too(desk, editor):
    fields = form_fields(desk.get(ADD))
    autosave(desk, None, fields, title="A new battle", body="Three small words")
    (kept,) = open_stashes(editor)
    assert (kept.title, kept.article, kept.words, kept.address) == (
        "A new battle", None, 3, f"{ADD}?stash={own_stash().pk}")  # fmt: skip


def test_nothing_is_stored_for_strangers_or_for_those_who_may_not_edit(client, client_of, make_user, view_only, desk,
                                                                         article):  # fmt: skip
    fields = open_form(desk, article)
    plain = make_user("plain", is_staff=False)
    for visitor in (client, client_of(view_only), client_of(make_user("no_rights")), client_of(plain)):
        response = autosave(visitor, article, fields)
        assert (response.status_code, response.json()["kept"]) == (403, None)
    assert not Stash.objects.exists()


def test_a_form_that_somebody_else_opened_is_not_stored_as_mine(desk, client_of, reviewer, article):
    fields = open_form(client_of(reviewer), article)
    assert autosave(desk, article, fields).status_code == 403
    assert autosave(desk, article, fields | {"form_id": "forged"}).status_code == 403
    assert not Stash.objects.exists()


def test_autosave_without_the_token_stores_nothing(desk, article):
    fields = open_form(desk, article)
    desk.handler.enforce_csrf_checks = True
    assert autosave(desk, article, fields | {"csrfmiddlewaretoken": "x"}).status_code == 403
    assert not Stash.objects.exists()


def test_there_is_an_end_to_what_is_kept(desk, article, editor, monkeypatch):
    monkeypatch.setattr("articles.stashes._MOST_STASHES", 1)
    assert autosave(desk, article, open_form(desk, article)).status_code == 200
    response = autosave(desk, article, open_form(desk, article))
    assert (response.status_code, response.json()["reason"]) == (413, "full")
    assert Stash.objects.count() == 1
    assert "Revision 2 saved." in words_of(send(desk, article, open_form(desk, article), body="Saved all the same."))


# --- Going on with it -------------------------------------------------------------------------------------------------


def test_the_form_opens_with_the_kept_text_on_its_own_base(desk, article):
    fields = add_row(open_form(desk, article), "notes", key="new", text="A new note")
    autosave(desk, article, fields, body="Mine")
    record(article, content(body="Theirs"))
    again = form_fields(desk.get(f"{change_address(article)}?stash={own_stash().pk}"))
    assert (again["body"], again["notes-2-text"], again["base_revision"]) == ("Mine", "A new note", "1")
    assert again["form_id"] != fields["form_id"]


def test_a_text_that_was_taken_up_is_offered_once(desk, article):
    autosave(desk, article, open_form(desk, article), body="Mine")
    first = own_stash()
    again = form_fields(desk.get(f"{change_address(article)}?stash={first.pk}"))
    other_window = form_fields(desk.get(f"{change_address(article)}?stash={first.pk}"))
    autosave(desk, article, again, body="Mine and more")
    assert own_stash().data()["body"] == "Mine and more"
    autosave(desk, article, other_window, body="Mine, differently")
    assert {stash.data()["body"] for stash in Stash.objects.all()} == {"Mine and more", "Mine, differently"}
    page = desk.get(f"{change_address(article)}?stash={first.pk}")
    assert "not waiting any more" in words_of(page)


def test_saving_lets_go_of_the_text(desk, article):
    autosave(desk, article, open_form(desk, article), body="Mine")
    again = form_fields(desk.get(f"{change_address(article)}?stash={own_stash().pk}"))
    assert "Revision 2 saved." in words_of(send(desk, article, again))
    stash = own_stash()
    assert (stash.state, stash.recorded_as, stash.fields) == (Stash.RECORDED, 2, "")
    assert "?stash=" not in desk.get(change_address(article)).content.decode()
    assert newest_content(article).body == "Mine"


def test_text_from_before_my_last_save_is_left_to_the_desk(desk, article, editor):
    autosave(desk, article, open_form(desk, article), body="Older")
    send(desk, article, open_form(desk, article), body="Newer")
    assert "?stash=" not in desk.get(change_address(article)).content.decode()
    assert [kept.article for kept in open_stashes(editor)] == [article]


def test_the_difference_is_shown_as_between_revisions(desk, article):
    autosave(desk, article, open_form(desk, article), body="The battle[^spelling] never took place.[@hrw]")
    response = desk.get(reverse("admin:articles_article_stash_difference", args=[own_stash().pk]))
    assert '<ins class="addition">never ' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_what_makes_no_article_is_shown_as_text(desk, article):
    autosave(desk, article, open_form(desk, article), title="", body="Mine </textarea><script>alert(1)</script>")
    page = desk.get(reverse("admin:articles_article_stash_difference", args=[own_stash().pk])).content.decode()
    assert "Mine &lt;/textarea&gt;&lt;script&gt;" in page


def test_a_new_article_is_compared_with_nothing(desk, article):
    autosave(desk, None, form_fields(desk.get(ADD)), title="A new battle", body="Fresh words.")
    page = desk.get(reverse("admin:articles_article_stash_difference", args=[own_stash().pk])).content.decode()
    assert '<ins class="addition">Fresh words.</ins>' in page


def test_it_is_thrown_away_at_its_owners_wish_alone(desk, article, client_of, superuser):
    autosave(desk, article, open_form(desk, article), body="Mine")
    pages = [f"{AUTOSAVE}{own_stash().pk}/", f"{AUTOSAVE}{own_stash().pk}/throw-away/"]
    other = client_of(superuser)
    assert [other.get(pages[0]).status_code, other.post(pages[1]).status_code] == [404, 404]
    assert "Mine" not in other.get(f"{change_address(article)}?stash={own_stash().pk}").content.decode()
    assert desk.get(pages[1]).status_code == 405
    assert desk.post(pages[1], {"next": "form"}).url == change_address(article)
    assert not Stash.objects.exists()


# --- The post of the form ---------------------------------------------------------------------------------------------


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


# --- Sessions and tokens ----------------------------------------------------------------------------------------------


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
