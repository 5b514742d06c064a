"""The editor of marked-up text in a real browser: it writes into the form's field, offers, underlines and mends."""

import pytest

from articles.models import Revision
from articles.revisions import newest_content

from .articles_for_tests import load_demo, make_article
from .desk import ADD, change_address
from .making import content, record

pytestmark = pytest.mark.django_db(transaction=True)
LISTEN = """document.addEventListener("securitypolicyviolation",
  (event) => console.error("Content Security Policy", event.violatedDirective, event.sourceFile));"""
BODY = ".markup-body .cm-content"


@pytest.fixture
def desk(page, sign_in, editor):
    """A page of an editor; a breach of the policy fails the test."""
    sign_in(page, editor)
    page.context.add_init_script(LISTEN)
    return page


@pytest.fixture
def article(live_server):
    return record(None, content()).article


def open_at_end(page, article):
    """Open the form with the cursor behind the last character of the text."""
    page.goto(change_address(article))
    page.click(BODY)
    page.keyboard.press("Control+End")


def body_of(page):
    return page.input_value("#id_body")


def save(page):
    page.click("[name=_continue]")
    page.wait_for_selector("ul.messagelist")


# --- The field and its editor ---


def test_what_is_typed_stands_in_the_field_at_once_and_is_saved(desk, article):
    open_at_end(desk, article)
    desk.evaluate("""() => {
        window.told = [];
        document.getElementById("article_form").addEventListener("input", (event) => told.push(event.target.value));
    }""")
    desk.keyboard.type(" Ok")
    assert [text[-3:] for text in desk.evaluate("told")] == ["w] ", "] O", " Ok"]
    desk.keyboard.press("Enter")
    desk.keyboard.type("Next line.")
    save(desk)
    assert newest_content(article).body == "The battle[^spelling] took place.[@hrw] Ok\nNext line."


def test_an_editor_that_was_only_looked_at_changes_nothing(desk, live_server):
    article = load_demo()
    before = newest_content(article)
    open_at_end(desk, article)
    desk.click("#notes-0 summary")
    desk.locator("#id_notes-0-text").click()
    desk.wait_for_selector("#notes-0 .markup-note")
    desk.locator("#id_title").click()
    save(desk)
    assert "Nothing differs" in desk.inner_text("ul.messagelist")
    assert (Revision.objects.count(), newest_content(article)) == (Revision.objects.count(), before)


def test_the_editor_takes_over_what_scripts_write_into_the_field(desk, article):
    open_at_end(desk, article)
    desk.evaluate("""() => {
        const field = document.getElementById("id_body");
        field.value = "From elsewhere.";
        field.dispatchEvent(new Event("input", {bubbles: true}));
    }""")
    assert desk.inner_text(BODY) == "From elsewhere."
    desk.click(BODY)
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" And here.")
    assert body_of(desk) == "From elsewhere. And here."


def test_without_scripts_the_plain_field_is_there(new_page, sign_in, editor, article):
    page = new_page(java_script_enabled=False)
    sign_in(page, editor)
    page.goto(change_address(article))
    assert page.locator(".markup-editor").count() == 0
    page.fill("#id_body", "Plain.")
    save(page)
    assert newest_content(article).body == "Plain."


# --- Suggestions ---


def test_a_reference_is_cited_by_a_word_of_it(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" So[@waal")
    desk.wait_for_selector(".cm-tooltip-autocomplete li:has-text('dewaal')")
    desk.keyboard.press("Enter")
    desk.keyboard.type(", p. 3")
    assert body_of(desk).endswith(" So[@dewaal, p. 3]")


def test_an_article_is_linked_by_any_spelling_of_its_name(desk, article):
    make_article("aghdam", "Battle of Aghdam", names=[{"name": "Ağdam döyüşü"}], published=False)
    open_at_end(desk, article)
    desk.keyboard.type(" [[agdam")
    desk.wait_for_selector(".cm-tooltip-autocomplete li:has-text('Battle of Aghdam')")
    desk.keyboard.press("Enter")
    desk.keyboard.type(".")
    assert body_of(desk).endswith((" [[Battle of Aghdam]].", " [[Ağdam döyüşü]]."))


def test_a_new_article_has_the_editor_too(desk, live_server):
    desk.goto(ADD)
    desk.click(BODY)
    desk.keyboard.type("First words.")
    assert body_of(desk) == "First words."
