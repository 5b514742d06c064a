"""What is typed is found again in a real browser: after a killed server, an ended session, a lost connection."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Revision, Stash
from articles.reviewing import submit
from articles.revisions import newest_content

from .desk import ADD, change_address
from .editor_page import IN_BROWSER, KEPT, type_into
from .making import content, record
from .waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a password of tests"
STASH = "**/admin/articles/article/stash/**"


@pytest.fixture
def desk(page, sign_in, editor):
    sign_in(page, editor)
    return page


def words_of(page):
    return page.inner_text("ul.messagelist")


def test_what_is_typed_is_kept_and_said_to_be(desk, article):
    desk.goto(change_address(article))
    type_into(desk, "body", " More words.")
    expect(desk.locator("#saving-state")).to_have_text("Not kept yet…")
    desk.wait_for_selector(KEPT)
    assert desk.inner_text("#saving-state").startswith("Everything typed is kept (")
    assert Stash.objects.get().data()["body"].endswith("took place.[@hrw] More words.")
    assert Revision.objects.count() == 1


def test_an_untouched_form_is_not_kept(desk, article):
    desk.goto(change_address(article))
    desk.evaluate("document.getElementById('id_body').dispatchEvent(new Event('input', {bubbles: true}))")
    type_into(desk, "title", "!")
    desk.wait_for_selector(KEPT)
    assert Stash.objects.get().step == 1


def test_a_closed_tab_is_offered_again(desk, article):
    desk.goto(change_address(article))
    type_into(desk, "body", " Typed and left at once.")
    desk.goto("/")
    desk.goto(change_address(article))
    desk.click(".kept-offer a:has-text('Go on with it')")
    assert desk.input_value("#id_body").endswith(" Typed and left at once.")
    desk.click("[name=_continue]")
    desk.wait_for_selector("ul.messagelist")
    assert "Revision 2 saved." in words_of(desk)
    assert not desk.locator(".kept-offer").count()
    assert newest_content(article).body.endswith(" Typed and left at once.")


def test_without_scripts_a_refused_post_is_offered_again(new_page, sign_in, editor, article):
    page = new_page(java_script_enabled=False)
    sign_in(page, editor)
    page.goto(change_address(article))
    page.fill("#id_body", "Mine")
    page.fill("#id_title", "")
    page.click("[name=_continue]")
    page.goto(change_address(article))
    page.click(".kept-offer a:has-text('See what differs')")
    assert "Mine" in page.inner_text(".kept-texts")
    page.click("a:has-text('Go on with it')")
    assert (page.input_value("#id_body"), page.input_value("#id_title")) == ("Mine", "")


def test_saving_after_the_session_ended(desk, article):
    desk.goto(change_address(article))
    desk.locator("#id_body").evaluate("field => field.value = 'Mine\\n\\n“<b>” &amp; Ա'")
    Session.objects.all().delete()
    desk.click("[name=_continue]")
    desk.wait_for_selector(".given-back")
    desk.fill("#sign-in-name", "editor")
    desk.fill("#sign-in-password", "wrong")
    desk.click("main form button")
    desk.wait_for_selector(".refusal")
    desk.fill("#sign-in-password", PASSWORD)
    desk.click("main form button")
    desk.wait_for_selector("ul.messagelist")
    assert "Revision 2 saved." in words_of(desk)
    assert newest_content(article).body == "Mine\n\n“<b>” &amp; Ա"
    until(desk, "localStorage.length === 0")


def test_autosave_tells_that_the_session_ended_and_goes_on_after_signing_in(desk, article):
    desk.goto(change_address(article))
    Session.objects.all().delete()
    type_into(desk, "body", " Typed while signed out.")
    desk.wait_for_selector(IN_BROWSER)
    assert "You were signed out: kept in this browser." in desk.inner_text("#saving-state")
    assert not Stash.objects.exists()
    with desk.context.expect_page() as opened:
        desk.click("#saving-state a")
    other = opened.value
    other.fill("#id_username", "editor")
    other.fill("#id_password", PASSWORD)
    other.click("[type=submit]")
    other.wait_for_selector("#content-main")
    other.close()
    desk.bring_to_front()
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    desk.wait_for_selector(KEPT)
    desk.click("[name=_continue]")
    desk.wait_for_selector("ul.messagelist")
    assert "Revision 2 saved." in words_of(desk)
    assert newest_content(article).body.endswith(" Typed while signed out.")


def test_another_token_gives_the_text_back(new_page, sign_in, editor, article, live_server):
    page = new_page(java_script_enabled=False)
    sign_in(page, editor)
    page.goto(change_address(article))
    page.fill("#id_body", "Mine")
    page.context.add_cookies([{"name": "csrftoken", "value": "x" * 32, "url": live_server.url}])
    page.click("[name=_continue]")
    page.click("button:has-text('Send again')")
    assert "Revision 2 saved." in words_of(page)
    assert newest_content(article).body == "Mine"


def test_without_a_connection_it_is_kept_here_and_sent_later(desk, article):
    desk.goto(change_address(article))
    desk.context.set_offline(True)
    type_into(desk, "body", " Typed offline.")
    desk.wait_for_selector(IN_BROWSER)
    expect(desk.locator("#saving-state")).to_have_text("No connection: kept in this browser")
    desk.context.set_offline(False)
    desk.wait_for_selector(KEPT)
    assert Stash.objects.get().data()["body"].endswith(" Typed offline.")
    until(desk, "localStorage.length === 0")


def test_what_only_the_browser_has_is_sent_and_offered_when_one_comes_back(desk, article):
    desk.goto(change_address(article))
    desk.route(STASH, lambda route: route.abort())
    type_into(desk, "body", " Typed offline.")
    desk.wait_for_selector(IN_BROWSER)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto("/")
    desk.unroute(STASH)
    desk.goto(change_address(article))
    desk.click(".kept-offer a:has-text('Go on with it')")
    assert desk.input_value("#id_body").endswith(" Typed offline.")
    until(desk, "localStorage.length === 0")


def test_one_is_warned_only_where_the_server_has_not_got_it(desk, article):
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto(change_address(article))
    desk.click("#id_title")
    desk.keyboard.type("!")
    desk.wait_for_selector(KEPT)
    desk.goto("/")
    assert asked == []
    desk.goto(change_address(article))
    desk.route(STASH, lambda route: route.abort())
    desk.click("#id_title")
    desk.keyboard.type("!")
    desk.wait_for_selector(IN_BROWSER)
    desk.goto("/")
    assert asked == ["beforeunload"]


def test_what_saving_did_is_said_where_one_saved_until_one_types_on(desk, live_server, editor):
    revision = record(None, content(body="Text.\n\n" * 60))
    submit(revision, user=editor)
    desk.goto(change_address(revision.article))
    desk.click("#notes-0 summary")
    desk.fill("[name=notes-0-text]", "Changed.")
    desk.click("[name=_continue]")
    said, warning = desk.locator("#saved-words"), "it is a draft again: submit it when it is ready."
    expect(said).to_contain_text("Revision 2 saved.")
    expect(said).to_contain_text(warning)
    expect(said).to_be_in_viewport()
    assert said.get_attribute("role") == "status"
    type_into(desk, "notes-0-text", " Again.")
    expect(said).not_to_contain_text("saved.")
    desk.wait_for_selector(KEPT)
    expect(said).to_contain_text(warning)


def test_two_clicks_make_one_revision(desk, article):
    desk.goto(change_address(article))
    type_into(desk, "body", " Clicked twice.")
    desk.dblclick("[name=_continue]")
    desk.wait_for_selector("ul.messagelist")
    assert "Revision 2 saved." in words_of(desk)
    assert Revision.objects.count() == 2
    desk.reload()
    assert not desk.locator(".kept-offer").count()


def test_two_clicks_make_one_article(desk, live_server):
    desk.goto(ADD)
    desk.fill("#id_title", "Battle of Lachin")
    type_into(desk, "body", "Clicked twice.")
    desk.dblclick("[name=_continue]")
    desk.wait_for_selector("ul.messagelist")
    assert Revision.objects.count() == 1


def test_what_is_typed_after_a_stopped_save_is_kept(desk, article):
    desk.goto(change_address(article))
    desk.evaluate("document.getElementById('article_form').addEventListener('submit', (one) => one.preventDefault())")
    desk.click("[name=_continue]")
    type_into(desk, "body", " After it.")
    desk.wait_for_selector(KEPT)
    assert Stash.objects.get().data()["body"].endswith(" After it.")


def test_back_after_saving_and_typing_on_loses_nothing(desk, article):
    desk.goto(change_address(article))
    type_into(desk, "body", " First.")
    desk.click("[name=_save]")
    desk.wait_for_selector("ul.messagelist")
    record(article, content(body="Somebody else's."))
    desk.go_back()
    desk.wait_for_selector("#id_body", state="attached")
    type_into(desk, "body", " Second.")
    desk.wait_for_selector(KEPT)
    base = desk.input_value("[name=base_revision]")
    body = desk.input_value("#id_body")
    # Either the form as it was left, or a fresh one: never new words on an old base, or old words on a new one.
    assert (base, body) in {
        ("1", "The battle[^spelling] took place.[@hrw] First. Second."), ("3", "Somebody else's. Second.")}  # fmt: skip


def test_a_row_that_somebody_deleted_is_found_again(desk, article):
    desk.goto(change_address(article))
    type_into(desk, "notes-0-text", " My words.")
    record(article, content(notes=[], body="No note."))
    desk.click("[name=_continue]")
    desk.wait_for_load_state()
    assert any("My words." in value for value in Stash.objects.get().data().dict().values()) or any(
        "My words." in note.text for note in newest_content(article).notes)  # fmt: skip


def test_a_thousand_fields_are_kept(desk, live_server):
    notes = [{"key": f"n{index}", "text": f"Note {index}"} for index in range(400)]
    article = record(None, content(notes=notes, body="".join(f"[^n{index}]" for index in range(400)))).article
    desk.goto(change_address(article))
    type_into(desk, "notes-399-text", " and the last words")
    desk.wait_for_selector(KEPT)
    assert Stash.objects.get().data()["notes-399-text"] == "Note 399 and the last words"
    desk.click("[name=_continue]")
    desk.wait_for_selector("ul.messagelist")
    assert newest_content(article).notes[-1].text == "Note 399 and the last words"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_shut_nobody_out(new_page, sign_in, editor, article, axe, scheme):
    page = new_page(color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 800})
    sign_in(page, editor)
    page.goto(change_address(article))
    type_into(page, "body", " More words.")
    page.wait_for_selector(KEPT)
    page.goto(change_address(article))
    page.wait_for_selector(".kept-offer")
    assert axe(page) == []
    for link in ("See what differs", "Go on with it"):
        with page.expect_navigation():
            page.click(f"a:has-text('{link}')")
        page.wait_for_selector("h1")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert axe(page) == []
    Session.objects.all().delete()
    page.click("[name=_save]")
    page.click(".given-back summary")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
