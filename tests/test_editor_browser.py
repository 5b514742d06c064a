"""The editor of marked-up text in a real browser: it writes into the form's field and shuts nobody out."""

import pytest
from playwright.sync_api import expect

from articles.models import Revision
from articles.revisions import newest_content

from .articles_for_tests import load_demo
from .desk import change_address
from .editor_page import (
    BODY,
    PASTE,
    body_of,
    click_into,
    open_at_end,
    save,
    watched_desk,  # noqa: F401 - a fixture
)
from .waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


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
    click_into(desk, "notes-0", "text")
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
    expect(page.locator(".markup-editor")).to_have_count(0)
    page.fill("#id_body", "Plain.")
    save(page)
    assert newest_content(article).body == "Plain."


# --- Plain text ---


def test_plain_text_is_a_switch_away_and_remembered(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" Edited.")
    desk.click("[data-command=plain]")
    expect(desk.locator(BODY)).to_be_hidden()
    desk.keyboard.type(" Plainly.")
    assert body_of(desk).endswith(" Edited. Plainly.")
    desk.click("[data-command=plain]")
    assert desk.inner_text(BODY).endswith(" Edited. Plainly.")
    for _undo in " Edited. Plainly.":
        desk.keyboard.press("Control+z")
    assert body_of(desk).endswith("[@hrw]")
    desk.click("[data-command=plain]")
    save(desk)
    desk.wait_for_selector("[data-command=plain][aria-pressed=true]")
    expect(desk.locator(BODY)).to_be_hidden()
    expect(desk.locator("#id_body")).to_be_visible()
    click_into(desk, "notes-0", "text")
    expect(desk.locator(".markup-note")).to_have_count(0)


# --- Fields of rows ---


def test_a_value_of_the_infobox_is_one_line_with_suggestions(desk, article):
    desk.goto(change_address(article))
    click_into(desk, "infobox-1", "value")
    desk.wait_for_selector(".markup-line .cm-focused")
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Enter")
    desk.keyboard.type(" or more[@dew")
    desk.wait_for_selector(".cm-tooltip-autocomplete li:has-text('dewaal')")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_infobox-1-value")).to_have_value("60,000 displaced[@hrw] or more[@dewaal]")
    desk.keyboard.press("Tab")
    expect(desk.locator(".markup-line")).to_have_count(0)
    save(desk)
    assert newest_content(article).infobox.rows[1].value == "60,000 displaced[@hrw] or more[@dewaal]"


def test_only_the_field_in_use_has_an_editor(desk, live_server):
    desk.goto(change_address(load_demo()))
    desk.wait_for_selector(BODY)
    for row, cell in (("infobox-0", "value"), ("infobox-1", "value"), ("notes-0", "text"), ("notes-1", "text")):
        click_into(desk, row, cell)
        desk.wait_for_selector(f"#id_{row}-{cell} + .markup-editor .cm-focused")
        expect(desk.locator(".cm-editor")).to_have_count(2)


def test_words_go_where_the_cursor_was_last(desk, article):
    desk.goto(change_address(article))
    click_into(desk, "notes-0", "text")
    desk.keyboard.press("Control+Home")
    desk.locator("#id_title").click()
    desk.evaluate("""() => document.dispatchEvent(
        new CustomEvent("desk:insert", {detail: {text: "[@hrw, p. 1] "}}))""")
    expect(desk.locator("#id_notes-0-text")).to_have_value("[@hrw, p. 1] Also Kelbajar.[@dewaal]")


# --- Hands and eyes ---


def test_the_toolbar_marks_what_is_selected(desk, article):
    open_at_end(desk, article)
    desk.keyboard.press("Enter")
    desk.keyboard.type("siege")
    desk.keyboard.press("Shift+Home")
    desk.click("[data-command=bold]")
    desk.keyboard.press("Control+i")
    assert body_of(desk).endswith("\n***siege***")
    desk.keyboard.press("Control+i")
    desk.click("[data-command=bold]")
    desk.click("[data-command=heading]")
    assert body_of(desk).endswith("\n## siege")


def test_words_are_found_and_replaced(desk, article):
    open_at_end(desk, article)
    desk.keyboard.press("Control+f")
    desk.keyboard.type("battle")
    desk.fill("[name=replace]", "siege")
    desk.click("button[name=replaceAll]")
    assert body_of(desk).startswith("The siege[^spelling]")
    desk.keyboard.press("Escape")
    save(desk)
    assert newest_content(article).body.startswith("The siege")


def test_the_keyboard_is_never_trapped(desk, article):
    desk.goto(change_address(article))
    desk.locator("#id_short_description").focus()
    seen = []
    for _step in range(3):
        desk.keyboard.press("Tab")
        seen.append(desk.evaluate("document.activeElement.dataset.command ?? document.activeElement.className"))
    assert (seen[0], "cm-content" in seen[1], "cm-content" in seen[2]) == ("bold", True, False)
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("ArrowRight")
    until(desk, "document.activeElement.dataset.command === 'italic'")


def test_the_editor_bears_the_name_of_its_field(desk, article):
    desk.goto(change_address(article))
    desk.wait_for_selector(BODY)
    assert desk.get_by_role("textbox", name="Text", exact=True).first.get_attribute("class") == desk.locator(
        BODY
    ).get_attribute("class")
    desk.click("label[for=id_body]")
    until(desk, "document.activeElement.closest('.markup-body') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_shuts_nobody_out(new_page, sign_in, editor, article, axe, scheme):
    page = new_page(color_scheme=scheme, bypass_csp=True)  # axe styles the page while it looks
    sign_in(page, editor)
    open_at_end(page, article)
    page.keyboard.type(" [@x] [[y]] ![z](https://example.org/) `code`\n\n## Heading\n\n> quote\n\n- list [@")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.evaluate(PASTE, [BODY, "https://example.org/report.pdf"])
    page.click(".problem-undefined")
    page.wait_for_selector(".markup-card button")
    assert axe(page) == []
    page.keyboard.press("Control+f")
    page.wait_for_selector(".cm-search")
    click_into(page, "infobox-1", "value")
    page.wait_for_selector(".markup-line .cm-focused")
    assert axe(page) == []
