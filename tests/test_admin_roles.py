"""Who may do what with the article's form: view, save, submit, publish."""

import pytest

from articles.models import Revision
from articles.reviewing import approve
from articles.revisions import newest_content as newest

from .desk import ADD, change_address, form_fields, open_form, send, words_of


def test_view_only_staff_read_the_form_and_cannot_send_it(client_of, view_only, article):
    client = client_of(view_only)
    page = client.get(change_address(article))
    assert page.status_code == 200
    assert "The battle[^spelling]" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    left = {name for name in form_fields(page) if not name.endswith(("_FORMS", "-row_id", "csrfmiddlewaretoken"))}
    assert left == set()
    assert client.post(change_address(article), {"title": "x", "base_revision": "1"}).status_code == 403
    assert client.get(ADD).status_code == client.post(ADD, {"title": "x", "body": ""}).status_code == 403
    assert Revision.objects.count() == 1


def test_a_post_without_token_is_refused(desk, article):
    desk.handler.enforce_csrf_checks = True
    response = desk.post(change_address(article), {"title": "x", "base_revision": "1"})
    assert response.status_code == 403
    assert Revision.objects.count() == 1


def test_strangers_are_sent_to_the_log_in(client, article):
    assert client.get(change_address(article)).status_code == 302
    assert client.post(change_address(article), {"title": "x", "base_revision": "1"}).status_code == 403
    assert Revision.objects.count() == 1


def test_an_editor_who_sends_publish_saves_a_draft_and_is_told(desk, article):
    assert 'name="_publish"' not in desk.get(change_address(article)).content.decode()
    response = send(desk, article, open_form(desk, article), "_publish", body="Mine.")
    assert "Your text is saved as a draft and was not published." in words_of(response)
    assert (newest(article).body, article.publications.count()) == ("Mine.", 0)


def test_a_superuser_saves_and_publishes(client_of, superuser, article):
    client = client_of(superuser)
    response = send(client, article, open_form(client, article), "_publish", body="Mine.[@hrw] [@dewaal] [^spelling]")
    assert "Revision 2 saved." in words_of(response)
    assert "Published." in words_of(response)
    assert article.publications.get().revision.number == 2


def test_a_reviewer_publishes_the_work_of_others_without_changing_it(client_of, reviewer, article):
    client = client_of(reviewer)
    response = send(client, article, open_form(client, article), "_publish")
    assert "Published." in words_of(response)
    assert article.publications.get().revision.number == 1


@pytest.mark.parametrize("name", ["editor", "reviewer", "administrator", "superuser"])
def test_a_new_article_is_own_work(client_of, request, name, settings):
    client = client_of(request.getfixturevalue(name))
    offered = 'name="_publish"' in client.get(ADD).content.decode()
    assert offered == (name == "superuser")
    settings.REVIEW_OWN_WORK = True
    assert ('name="_publish"' in client.get(ADD).content.decode()) == (name != "editor")


def test_errors_stop_the_publication_and_not_the_save(client_of, superuser, article):
    client = client_of(superuser)
    response = send(client, article, open_form(client, article), "_publish", body="See [@nowhere].")
    assert "was not published" in words_of(response)
    assert newest(article).body == "See [@nowhere]."
    page = response.content.decode()
    assert 'data-kind="undefined_reference"' in page
    assert "Text, line 1" in page
    assert 'href="#id_body"' in page


def test_an_editor_submits(desk, article):
    response = send(desk, article, open_form(desk, article), "_submit", body="For review.")
    assert "Submitted for review." in words_of(response)
    assert article.revisions.newest().review_events.get().kind == "submitted"


def test_submitting_without_a_change_says_one_thing(desk, client_of, reviewer, article):
    send(desk, article, open_form(desk, article), body="For review.")
    number = article.revisions.newest().number
    response = send(desk, article, open_form(desk, article), "_submit")
    assert words_of(response).startswith(f"Revision {number} is submitted for review. <a ")
    assert "Nothing differs" not in words_of(response)
    approve(article.revisions.newest(), user=reviewer)
    response = send(desk, article, open_form(desk, article), "_submit")
    assert f"Nothing differs from revision {number}, which is published." in words_of(response)
    assert "submitted" not in words_of(response)


def test_what_is_submitted_with_errors_says_what_stands_in_the_way(desk, article):
    response = send(desk, article, open_form(desk, article), "_submit", body="See [@nowhere].")
    assert "Submitted for review." in words_of(response)
    assert "The article cannot be published yet: one problem must be mended." in words_of(response)


def test_who_takes_an_article_out_of_the_queue_by_saving_is_told(desk, client_of, reviewer, article):
    send(desk, article, open_form(desk, article), "_submit", body="For review.")
    other = client_of(reviewer)
    response = send(other, article, open_form(other, article), body="Mended by the reviewer.")
    assert "was waiting for review" in words_of(response)
    response = send(other, article, open_form(other, article), body="Mended once more.")
    assert "was waiting for review" not in words_of(response)
    response = send(other, article, open_form(other, article), "_submit", body="And submitted.")
    assert "was waiting for review" not in words_of(response)


def test_history_leads_to_the_page_of_revisions(desk, article):
    response = desk.get(f"/admin/articles/article/{article.pk}/history/")
    assert response.headers["Location"] == "/articles/battle-of-kalbajar/history/"


@pytest.mark.parametrize("verb", ["delete"])
def test_nothing_is_deleted(client_of, superuser, article, verb):
    client = client_of(superuser)
    assert client.get(f"/admin/articles/article/{article.pk}/{verb}/").status_code == 403
    assert client.post(f"/admin/articles/article/{article.pk}/{verb}/", {"post": "yes"}).status_code == 403
