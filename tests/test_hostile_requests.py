"""Requests that no browser sends: each gets a clear answer of ours, soon, and none an error of the server."""

from unicodedata import normalize

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.urls import reverse

from articles import allowance
from articles.comparison import compare
from articles.models import ReviewComment, ReviewEvent, Revision
from articles.publishing import publish
from articles.reviewing import hide
from articles.revisions import content_at, record_revision
from articles.shown_changes import MOST_SHOWN
from kalbajar_site.wsgi import application

from .articles_for_tests import content, edit, make_article
from .desk import ADD, change_address, form_fields

pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"
PAGE = "/articles/battle-of-kalbajar/"
TOO_LONG = "9" * 20
"""More than any database holds in a column of numbers."""
GROWS = "\u0958"
"""A letter of Hindi that is two in the one text form."""


@pytest.fixture
def article():
    return make_article(body="A text.")


@pytest.fixture
def desk(client, superuser):
    client.force_login(superuser, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def one_connection():
    """Keep the test's connection, with its open transaction, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_stranger_s_giant_post_is_refused_unread(client, db, monkeypatch):
    read = []
    monkeypatch.setattr("articles.admin.sent._read", lambda *asked: read.append(asked))
    for body in (b"&" * 15_000_000, b"a%41b&" * 3_000_000):
        answer = client.post(ADD, body, content_type=URLENCODED)
        assert (answer.status_code, b"too much" in answer.content) == (413, True)
    assert read == []


def test_an_editor_s_giant_post_is_given_back(desk):
    answer = desk.post(ADD, b"body=My+text&" + b"&" * 3_000_000, content_type=URLENCODED)
    assert answer.status_code == 413
    assert b"My text" in answer.content


@pytest.mark.parametrize("lookup", ["body__regex=^(a", "title__regex=[", "part_of__regex=[", "id__range=1", "slug=x"])
def test_a_list_is_narrowed_by_its_own_filters_alone(desk, article, lookup):
    assert desk.get(f"/admin/articles/article/?{lookup}").status_code == 400
    assert desk.get("/admin/articles/source/?title__regex=[").status_code == 400
    assert desk.get("/admin/articles/image/?id__range=1").status_code == 400
    assert desk.get("/admin/auth/user/?username__regex=(a").status_code == 400
    assert desk.get("/admin/auth/user/?is_active__exact=1").status_code == 200


def test_no_list_of_the_desk_takes_a_lookup_on_its_own_columns(desk, article):
    Group.objects.get_or_create(name="Editors")
    for model in site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for column in (field.name for field in model._meta.get_fields() if field.concrete):
            for lookup in (f"{column}__regex=^(.|.)*x$", f"{column}__in={TOO_LONG}", f"{column}__pk__gt=1"):
                assert desk.get(f"{address}?{lookup}").status_code == 400, lookup
        for lookup in (f"pk__in={TOO_LONG}", "pk__regex=^(.|.)*x$"):
            assert desk.get(f"{address}?{lookup}").status_code == 400, lookup


def test_no_filter_of_the_desk_fails_at_an_overlong_number(desk, article):
    for model, model_admin in site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        filters = [one[0] if isinstance(one, tuple) else one for one in model_admin.list_filter]
        names = [getattr(one, "parameter_name", None) or f"{one}__exact" for one in filters]
        names += [f"{one}__id__exact" for one in filters if isinstance(one, str)]
        for name in (*names, "p", "o", "q", "all"):
            assert desk.get(f"{address}?{name}={TOO_LONG}").status_code < 500, (address, name)


def test_no_filter_of_the_desk_takes_a_number_longer_than_python_reads(desk):
    for name in ("groups__id__exact", "is_active__exact"):
        assert desk.get(f"/admin/auth/user/?{name}={'9' * 5_000}").status_code == 400


@pytest.mark.parametrize("charset", ["base64", "hex", "utf-16", "idna", "rot13", "latin-1", "nothing", "'"])
def test_a_foreign_charset_changes_nothing(client, article, charset, one_connection):
    # Through the whole application: Django decodes an address before its first middleware.
    client.handler = _Server()
    for address in ("/search/?q=a", "/health/?a=b", "/?page=2", f"{PAGE}?a=%E9"):
        answer = client.get(address, headers={"Content-Type": f"text/plain; charset={charset}"})
        assert answer.status_code == 200, address
    for address in ("/admin/login/", ADD, f"{PAGE}report/"):
        answer = client.generic("POST", address, b"username=a&text=b", f"{URLENCODED}; charset={charset}")
        assert answer.status_code < 500
        assert answer.headers["Content-Security-Policy"]


class _Server:
    """Asks the WSGI application as a server does; stands where the test client has its handler."""

    def __call__(self, environ):
        answer = []
        parts = application(environ, lambda status, headers, error=None: answer.extend((status, headers)))
        body = b"".join(parts)
        response = HttpResponse(body, status=int(answer[0].split()[0]), headers=dict(answer[1]))
        response.wsgi_request, response.json = None, None
        return response


def test_what_is_too_large_or_not_understood_is_answered_by_pages_of_ours(client, article):
    answer = client.post(f"{PAGE}report/", {"text": "x" * 17_000_000})
    assert (answer.status_code, b"too much" in answer.content) == (413, True)
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, b"not understood" in answer.content) == (400, True)
    assert answer.headers["Content-Security-Policy"]


def test_a_nul_is_no_part_of_an_address(client, desk, article):
    for address in ("/search/?q=a%00b", "/admin/articles/article/?q=%00", f"{PAGE}history/?author=%00", "/?page=%00",
                    "/admin/autocomplete/?app_label=articles&model_name=figure&field_name=image&term=%00"):  # fmt: skip
        assert desk.get(address).status_code == 200, address
    for address in ("/categories/%00/", "/articles/a%00/", "/media/%00", "/admin/articles/article/%00/change/"):
        assert desk.get(address).status_code == 404, address


@pytest.mark.parametrize(
    "value", ['"abcdefghijkl\\000"', '"\\000"', '"abcdefghijkl\\012"', "abcdefghijkl\udcff", "é" * 40]
)
def test_a_cookie_that_no_server_of_ours_set_is_none(client, article, value):
    for name in ("sessionid", "csrftoken", "messages", "compare-view"):
        # As servers hand it over: bytes, each as a letter of Latin-1.
        cookie = f"{name}={value}; other=1".encode(errors="surrogateescape").decode("latin-1")
        for address in ("/admin/login/", f"{PAGE}history/", f"{PAGE}compare/1/1/", PAGE, "/", "/search/?q=a"):
            assert client.get(address, HTTP_COOKIE=cookie).status_code == 200, address
        for address in ("/review/", "/admin/"):
            assert client.get(address, HTTP_COOKIE=cookie).status_code in (302, 403), address
        assert client.post("/admin/login/", {"username": "a", "password": "b"}, HTTP_COOKIE=cookie).status_code == 200


def test_cookies_longer_than_those_of_any_browser_are_refused_unread(client):
    assert client.get("/search/?q=a", HTTP_COOKIE='a="' + "\\" * 60_000 + '"').status_code == 400


@pytest.mark.parametrize("name", ["a" * 256, "a" * 5_000, GROWS * 254, "\ufdfa" * 150, "\U0002a6d6" * 255])
def test_names_that_nobody_can_have_are_locked_out_like_others(client, superuser, name):
    def try_once(name):
        answer = client.post("/admin/login/", {"username": name, "password": "b"}, headers={"User-Agent": "a" * 5_000})
        return answer.status_code

    assert [try_once(name) for _ in range(6)] in ([200] * 5 + [429], [200] * 6)
    assert try_once("superuser") == 200


@pytest.mark.parametrize("path", [
    "compare/?old=-5&new=1", "compare/?old=1", f"compare/{'9' * 30}/{'9' * 30}/", f"compare/1/{'9' * 30}/",
    f"revisions/{'9' * 30}/", f"cite/?revision={'9' * 30}", f"history/?before={'9' * 30}", "compare/?old=x&new=1",
])  # fmt: skip
def test_numbers_beyond_all_revisions_are_not_found(client, article, path):
    assert client.get(PAGE + path).status_code in (200, 404)


@pytest.mark.parametrize("number", ["0", "9" * 30])
@pytest.mark.parametrize(
    "verb", ["submit", "approve", "return", "restore", "take-up", "comment", f"comments/{'9' * 30}/resolve"]
)
def test_no_verb_is_done_to_a_revision_that_is_none(desk, article, verb, number):
    assert desk.post(f"{PAGE}revisions/{number}/{verb}/", {"comment": "a", "text": "a"}).status_code == 404
    assert desk.post(f"{PAGE}compare/{number}/1/undo/").status_code == 404
    assert desk.post(f"{PAGE}compare/1/{number}/undo/").status_code == 404
    assert desk.get(f"{PAGE}cite/?revision={number}").status_code in (200, 404)


@pytest.mark.parametrize(
    "after", ["foo", "front", "//elsewhere.example/", "https://elsewhere.example/", "javascript:x"]
)
def test_a_verb_leads_to_addresses_of_this_site_alone(desk, article, after):
    answer = desk.post(f"{PAGE}watch/", {"next": after})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}history/")


@pytest.mark.parametrize("verb", ["submit", "return", "approve", "comment"])
@pytest.mark.parametrize("text", ["z" * 6_000, "a\0b", "a\u202eb", "\x1b[31m"])
def test_no_comment_holds_what_is_too_long_or_cannot_be_seen(desk, article, verb, text):
    edit(article, body="Another text.")
    before = ReviewEvent.objects.count()
    answer = desk.post(f"{PAGE}revisions/2/{verb}/", {"comment": text, "text": text}, follow=True)
    assert answer.status_code == 200
    assert (ReviewEvent.objects.count(), ReviewComment.objects.count()) == (before, 0)
    assert b"The comment" in answer.content


@pytest.mark.parametrize("field", ["title", "short_description", "summary", "names-0-name", "categories-0-name"])
def test_what_grows_beyond_its_limit_is_refused_and_given_back(desk, article, field):
    page = desk.get(change_address(article))
    rows = {"names-TOTAL_FORMS": "1", "categories-TOTAL_FORMS": "1", "names-0-name": "Another"}
    text = GROWS * (500 if field == "summary" else 200)
    answer = desk.post(change_address(article), form_fields(page) | rows | {field: text, "_save": "1"})
    assert (answer.status_code, text in answer.content.decode()) == (200, True)
    assert Revision.objects.count() == 1


def test_verbs_take_words_that_grow_in_the_one_text_form(desk, article):
    edit(article, body="Another text.")
    desk.post(f"{PAGE}revisions/1/restore/", {"summary": GROWS * 500})
    assert Revision.objects.count() == 2
    (change,) = compare(*(content_at(one) for one in article.revisions.order_by("number"))).changes
    desk.post(f"{PAGE}compare/1/2/undo/", {"change": change.id, "label": GROWS * 500})
    assert GROWS not in article.revisions.get(number=3).summary
    for verb in ("submit", "return", "comment"):
        text = f"One\r\ntwo {GROWS}."
        desk.post(f"{PAGE}revisions/3/{verb}/", {"comment": text, "text": text})
    said = [one.comment for one in ReviewEvent.objects.filter(revision__number=3)] + [ReviewComment.objects.get().text]
    assert said == [normalize("NFC", f"One\ntwo {GROWS}.")] * 3
    desk.post(f"{PAGE}revisions/3/return/", {"comment": GROWS * 5_000})
    assert ReviewEvent.objects.filter(kind="returned").count() == 1


@pytest.mark.parametrize("verb", ["withdraw", "protect"])
def test_no_comment_on_an_article_is_too_long(desk, article, verb):
    before = ReviewEvent.objects.count()
    desk.post(f"{PAGE}{verb}/", {"comment": "z" * 6_000})
    assert ReviewEvent.objects.count() == before


def test_more_rows_are_told_than_sent_and_nothing_is_made_of_them(desk):
    names = ("infobox", "notes", "references", "figures", "names", "categories")
    fields = {f"{name}-{what}_FORMS": "99999" for name in names for what in ("TOTAL", "INITIAL")}
    answer = desk.post(ADD, fields | {"title": "", "body": ""})
    assert answer.status_code == 200
    assert len(answer.content) < 16_000_000


def test_who_saves_without_end_is_stopped_with_the_text_in_hand(desk, article, monkeypatch):
    monkeypatch.setattr(allowance, "_SAVES", 2)
    for number in range(3):
        fields = form_fields(desk.get(change_address(article))) | {"body": f"Text {number}.", "_continue": "1"}
        answer = desk.post(change_address(article), fields)
    assert (answer.status_code, b"Text 2." in answer.content) == (429, True)
    assert Revision.objects.count() == 3


def test_hidden_publications_are_not_counted_to_readers(client, superuser, article):
    for number in (2, 3):
        edit(article, body=f"Text {number}.", published=True)
    hide(article.revisions.get(number=2), user=superuser, reason="Private.")
    assert b"One publication followed" in client.get(f"{PAGE}revisions/1/").content


@pytest.mark.parametrize("text", [
    "@book{a, title={x}, year={2000}, month={" + "1" * 5000 + "}}",
    "@book{a, title={x}, author={" + " and ".join(["A"] * 3000) + "}}",
    "@book{a, title={" + "%" * 80_000 + "}}",
    "@book{a, title={" + "{" * 20_000 + "}}",
])  # fmt: skip
def test_what_no_work_has_is_not_taken_up(desk, text):
    answer = desk.post("/admin/articles/source/quick/", {"text": text})
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000


def test_a_difference_of_more_changes_than_a_page_holds_is_shown_in_part(client, article):
    first = record_revision(article, content(body="x y\n\n" * 4_000), base=1, author=None, summary="")
    second = record_revision(article, content(body="x z\n\n" * 4_000), base=2, author=None, summary="")
    publish(first, user=None)
    publish(second, user=None)
    for view in ("inline", "columns", "rendered"):
        page = client.get(f"{PAGE}compare/2/3/?view={view}").content.decode()
        assert "5,000 more changes are left out" in page or "5000 more changes are left out" in page
        assert page.count('id="change-') == MOST_SHOWN
    assert client.get(f"{PAGE}compare/2/3/?format=json").content.count(b'"deletion"') >= 4_000


def test_refusals_are_in_the_security_log(client_of, editor, article, caplog, django_capture_on_commit_callbacks):
    with caplog.at_level("INFO", "security"), django_capture_on_commit_callbacks(execute=True):
        assert client_of(editor).post(f"{PAGE}protect/").status_code == 403
        client_of(User.objects.create_superuser("chief")).post(f"{PAGE}protect/")
    told = [(one.message, one.levelname) for one in caplog.records if one.name == "security"]
    assert ("denied", "WARNING") in told
    assert ("protected", "INFO") in told
