"""Errors that readers report: sent without account, cookie or script, counted, and settled at the desk."""

from unicodedata import normalize
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.core.cache import cache

from articles.models import ReaderReport
from articles.publishing import withdraw

from .articles_for_tests import edit, load_demo, make_article
from .page_tree import read_page
from .query_plans import plan_of

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/battle-of-kalbajar/report/"


@pytest.fixture
def article():
    return make_article(body="Sixty thousand fled.")


def filled(client, address=ADDRESS, **fields):
    """Return the fields of the form at an address as a browser would send them."""
    page = read_page(client.get(address).content.decode())
    hidden = {one["name"]: one["value"] for one in page.all("input", type="hidden")}
    return hidden | {"text": "It was forty thousand.", "excerpt": page.one("textarea", id="excerpt").text} | fields


def test_a_report_reaches_the_desk_with_the_revision_that_was_read(client, client_of, editor, article):
    (link,) = [one["href"] for one in read_page(client.get("/articles/battle-of-kalbajar/").content.decode()).all("a")
               if "/report/" in one["href"]]  # fmt: skip
    edit(article, body="Forty thousand fled.", published=True)
    fields = filled(client, f"{link}&at=lead&text=Sixty+thousand")
    answer = client.post(ADDRESS, fields)
    assert answer.status_code == 302
    assert b"Thank you" in client.get(answer["Location"]).content
    report = ReaderReport.objects.get()
    assert (report.article, report.revision.number, report.anchor, report.excerpt, report.text) == (
        article, 1, "lead", "Sixty thousand", "It was forty thousand.",
    )  # fmt: skip
    desk = client_of(editor)
    listed = desk.get("/review/reports/").content.decode()
    assert "It was forty thousand." in listed
    assert "/articles/battle-of-kalbajar/revisions/1/#lead" in listed
    (entry,) = [
        one for one in read_page(desk.get("/admin/").content.decode()).all("a") if one["href"] == "/review/reports/"
    ]
    assert entry.text.split() == ["Reader", "reports", "1"]


def test_no_cookie_is_set_and_the_article_stays_the_same_for_everybody(client, article):
    client.post(ADDRESS, filled(client))
    client.get("/articles/battle-of-kalbajar/")
    assert not client.cookies


def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(client, article):
    for fields, said in (({"text": "x" * 2_001}, "2001"), ({"text": " ", "excerpt": "kept words"}, "Please say")):
        answer = client.post(ADDRESS, filled(client, **fields))
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert max(fields.values(), key=len) in answer.content.decode()
    page = read_page(client.post(ADDRESS, filled(client, text="x" * 2_001, excerpt="y" * 501)).content.decode())
    excerpt, text = [one.text for one in page.one("ul", class_="errors").all("li")]
    assert excerpt.startswith("The words of the article can be 500 characters at most; there are 501.")
    assert text.startswith("What is wrong can be told in 2000 characters at most; there are 2001.")
    old = signing.dumps("battle-of-kalbajar", salt="another")
    answer = client.post(ADDRESS, filled(client, token=old))
    assert (answer.status_code, b"more than a day" in answer.content) == (400, True)
    assert b"It was forty thousand." in answer.content
    assert not ReaderReport.objects.exists()


GROWS = "\u0958"
"""A letter of Hindi that is two in the one text form."""


@pytest.mark.parametrize("fields", [{"excerpt": GROWS * 500}, {"excerpt": GROWS * 251}, {"text": GROWS * 2_000}])
def test_a_report_is_measured_as_it_is_stored(client, article, fields):
    ((name, text),) = fields.items()
    refused = client.post(ADDRESS, filled(client, **fields))
    assert (refused.status_code, f"there are {2 * len(text)}" in refused.content.decode()) == (400, True)
    half = text[: len(text) // 2 - 1]
    assert client.post(ADDRESS, filled(client, **{name: half})).status_code == 302
    assert getattr(ReaderReport.objects.get(), name) == normalize("NFC", half)


def test_what_a_reader_marked_is_cut_to_what_can_be_sent(client, article):
    assert client.post(ADDRESS, filled(client, f"{ADDRESS}?text={GROWS * 500}")).status_code == 302
    assert ReaderReport.objects.get().excerpt == normalize("NFC", GROWS * 250)


HIDES = "\u202e\x1b\x01\ufdd0"


def test_what_hides_or_turns_round_other_text_is_left_out(client, client_of, editor, article):
    fields = filled(client, f"{ADDRESS}?text=Sixty%E2%80%AE%1B")
    assert fields["excerpt"] == "Sixty"
    fields |= {"text": f"It was\n{HIDES}forty.{HIDES}", "excerpt": f"{HIDES} Sixty"}
    assert client.post(ADDRESS, fields | {"anchor": f"lead{HIDES}"}).status_code == 400
    assert client.post(ADDRESS, fields | {"text": f" {HIDES} "}).status_code == 400
    assert client.post(ADDRESS, fields).status_code == 302
    report = ReaderReport.objects.get()
    assert (report.text, report.excerpt) == ("It was\nforty.", "Sixty")


def test_a_form_of_another_article_is_not_taken(client, article):
    make_article("another", "Another")
    fields = filled(client, "/articles/another/report/")
    answer = client.post(ADDRESS, fields)
    assert (answer.status_code, b"for another article" in answer.content) == (400, True)
    assert b"It was forty thousand." in answer.content
    assert client.post(ADDRESS, fields | {"token": filled(client)["token"]}).status_code == 302


def test_what_readers_wrote_has_a_direction_of_its_own(client, client_of, editor, article):
    client.post(ADDRESS, filled(client, text="Սա", excerpt="שלום"))
    page = read_page(client_of(editor).get("/review/reports/").content.decode())
    assert page.one("blockquote")["dir"] == page.one("div", class_="said")["dir"] == "auto"


def test_text_is_shown_as_text(client, client_of, editor, article):
    attack = "<script>alert(1)</script>"
    client.post(ADDRESS, filled(client, text=attack, excerpt=f"\"'>{attack}", anchor='"><b>'))
    client.post(ADDRESS, filled(client, text=attack, excerpt=f"\"'>{attack}"))
    assert ReaderReport.objects.count() == 1
    for page in (client_of(editor).get("/review/reports/"), client.get(ADDRESS, {"text": attack, "at": attack})):
        assert attack not in page.content.decode()


def test_programs_that_fill_in_everything_are_thanked_and_not_heard(client, article):
    assert client.post(ADDRESS, filled(client, website="http://spam.example")).status_code == 302
    assert not ReaderReport.objects.exists()


def test_one_network_sends_only_so_many_and_others_go_on(client, article):
    statuses = [
        client.post(ADDRESS, filled(client), REMOTE_ADDR=f"2001:db8:1:2::{count}").status_code for count in range(8)
    ]
    assert statuses == [302] * 6 + [429] * 2
    refused = client.post(ADDRESS, filled(client), REMOTE_ADDR="2001:db8:1:2::1")
    assert b"It was forty thousand." in refused.content
    assert client.post(ADDRESS, filled(client), REMOTE_ADDR="192.0.2.7").status_code == 302
    assert ReaderReport.objects.count() == 7
    cache.clear()
    assert client.post(ADDRESS, filled(client), REMOTE_ADDR="2001:db8:1:2::1").status_code == 302


def test_the_whole_site_takes_only_so_many(client, article):
    fields = filled(client)
    statuses = [client.post(ADDRESS, fields, REMOTE_ADDR=f"192.0.2.{count}").status_code for count in range(202)]
    assert statuses == [302] * 200 + [429] * 2


def test_only_published_articles_take_reports(client, article, superuser):
    fields = filled(client)
    make_article("hidden", "Hidden", published=False)
    assert client.get("/articles/hidden/report/").status_code == 404
    draft = edit(article, body="A secret draft.")
    client.post(ADDRESS, fields | {"revision": draft.number})
    assert ReaderReport.objects.get().revision.number == 1
    withdraw(article, user=superuser, comment="Doubts.")
    assert client.get(ADDRESS).status_code == client.post(ADDRESS, fields).status_code == 404


def test_editors_settle_reports_and_those_who_only_look_do_not(client, client_of, editor, view_only, article):
    client.post(ADDRESS, filled(client))
    report = ReaderReport.objects.get()
    settle = f"/review/reports/{report.pk}/settle/"
    onlooker = client_of(view_only)
    assert b"It was forty" in onlooker.get("/review/reports/").content
    assert onlooker.post(settle).status_code == 403
    desk = client_of(editor)
    assert b"settled" in desk.post(settle, follow=True).content
    desk.post(settle)
    report.refresh_from_db()
    assert report.settled_by == editor
    page = read_page(desk.get("/review/reports/").content.decode())
    assert not page.all("form", action=settle)
    assert "Settled last" in page.text


def test_with_script_the_report_names_the_paragraph_where_the_reader_is(new_page):
    load_demo()
    page = new_page()
    page.goto("/articles/battle-of-kalbajar/")
    paragraph = page.locator(".sections > p").first
    for _ in range(2):  # the first movement brings the script
        paragraph.hover()
        page.mouse.move(5, 5)
    paragraph.hover()
    paragraph.locator("a.report").click()
    page.wait_for_url("**/report/**")
    words = page.locator("#excerpt").input_value()
    assert "oblast" in words
    assert "[" not in words
    assert parse_qs(urlsplit(page.url).query)["revision"] == ["1"]
    page.locator("#text").fill("A source says otherwise.")
    page.get_by_role("button", name="Send to the editors").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert ReaderReport.objects.get().excerpt == words


def test_the_reports_settled_last_are_read_in_their_order_and_not_sorted(client_of, editor):
    client = client_of(editor)
    plan, page = plan_of(lambda: client.get("/review/reports/"), 'ORDER BY "articles_readerreport"."settled_at"')
    assert page.status_code == 200
    assert "reader_report_settled" in plan
