"""The editor of marked-up text in a real browser: it writes into the form's field, offers, underlines and mends."""

import re

import pytest
from playwright.sync_api import expect

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


def click_into(page, row, cell):
    """Open a row and click into one of its fields."""
    if page.locator(f"#{row} details.row:not([open])").count():
        page.click(f"#{row} summary >> nth=0")
    page.click(f"#id_{row}-{cell}")


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


# --- What marks stand for, and mending those that stand for nothing ---


def test_a_mistyped_key_is_mended_with_one_click(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" So[@dewal].")
    desk.click(".problem-undefined:has-text('dewal')")
    desk.click(".markup-card button:has-text('Did you mean “dewaal”?')")
    assert body_of(desk).endswith(" So[@dewaal].")
    assert desk.locator(".problem-undefined").count() == 0


def test_the_missing_note_is_made_with_one_click_and_written_at_once(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" So[^name].")
    desk.click(".problem-undefined:has-text('name')")
    desk.click(".markup-card button:has-text('Make the note “name”')")
    desk.wait_for_selector(".markup-note .cm-focused")
    desk.keyboard.type("In Azeri too.")
    assert desk.locator(".markup-body .problem-undefined").count() == 0
    save(desk)
    assert [(note.key, note.text) for note in newest_content(article).notes][-1] == ("name", "In Azeri too.")


def test_a_missing_reference_row_is_made_by_keys_alone(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" So[@new2001].")
    for _step in range(4):
        desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Alt+Enter")
    desk.wait_for_selector(".markup-card button:focus")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("[name^=references-][name$=-key]:not([name*=__prefix__]) >> nth=2")
    assert "new2001" in desk.evaluate("[...document.querySelectorAll('[name$=\"-key\"]')].map((one) => one.value)")
    assert desk.locator(".problem-undefined").count() == 0
    assert desk.evaluate("document.activeElement.closest('.markup-body') !== null")


def test_hovering_and_a_key_tell_what_a_mark_stands_for(desk, article):
    make_article("aghdam", "Battle of Aghdam", short_description="Summer of 1993", published=False)
    open_at_end(desk, article)
    desk.keyboard.type(" See [[Battle of Aghdam]]. ")
    desk.hover(".markup-body .mark-note:has-text('spelling')")
    desk.wait_for_selector(".markup-card:has-text('Also Kelbajar.')")
    desk.hover(".markup-body .mark-link")
    desk.wait_for_selector(".markup-card:has-text('Summer of 1993')")
    desk.hover("#id_title")
    desk.keyboard.press("Control+Home")
    for _step in range(14):
        desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Alt+Enter")
    desk.wait_for_selector(".markup-card:has-text('Also Kelbajar.')")
    desk.keyboard.press("Escape")
    assert desk.locator(".markup-card").count() == 0


def test_what_the_check_finds_is_underlined_at_its_place(desk, article):
    open_at_end(desk, article)
    desk.evaluate("""() => document.dispatchEvent(new CustomEvent("desk:checked", {detail: {html: "", blocks: [],
        summary: "", problems: [
        {kind: "missing_link", level: "warning", message: "No article.", anchor: "id_body", line: 1, column: 5},
        {kind: "missing_link", level: "warning", message: "Elsewhere.", anchor: "id_notes-0-text", line: 1, column: 1},
    ]}}))""")
    assert desk.locator(".markup-body .problem").all_inner_texts() == ["battle"]
    desk.hover(".markup-body .problem")
    desk.wait_for_selector(".markup-card:has-text('No article.')")


def test_a_place_is_gone_to(desk, article):
    open_at_end(desk, article)
    desk.keyboard.press("Enter")
    desk.keyboard.type("Zwölf Kämpfer.")
    desk.evaluate("""() => document.dispatchEvent(
        new CustomEvent("desk:go", {detail: {anchor: "id_body", line: 2, column: 7}}))""")
    desk.wait_for_selector(".markup-body .cm-focused")
    desk.keyboard.type("!")
    expect(desk.locator("#id_body")).to_have_value(re.compile("Zwölf !Kämpfer"))


# --- Pasting ---

PASTE = """([selector, text]) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", text);
    const target = document.querySelector(selector);
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
ASKED = """() => {
    window.asked = [];
    document.addEventListener("desk:make-source", (event) => {
        event.stopImmediatePropagation();
        asked.push(event.detail.text);
        document.dispatchEvent(new CustomEvent("desk:insert", {detail: {text: "[@made]"}}));
    }, true);
}"""


@pytest.mark.parametrize(
    "text",
    [
        "10.1017/S0020743800012345",
        "https://doi.org/10.1017/S0020743800012345",
        "978-0-8147-1945-9",
        "https://example.org/report.pdf",
        "@book{dewaal, title = {Black Garden}, year = {2003}}",
        '{"type": "book", "title": "Black Garden"}',
    ],
)
def test_a_pasted_work_can_become_a_source_and_its_citation(desk, article, text):
    open_at_end(desk, article)
    desk.evaluate(ASKED)
    desk.evaluate(PASTE, [BODY, text])
    assert body_of(desk).endswith("[@hrw]" + text)
    desk.click(".paste-offer button >> nth=0")
    assert desk.evaluate("asked") == [text]
    assert body_of(desk).endswith("[@hrw][@made]")
    assert desk.locator(".paste-offer").count() == 0


def test_an_offer_that_is_ignored_leaves_what_was_pasted(desk, article):
    open_at_end(desk, article)
    desk.evaluate(ASKED)
    desk.evaluate(PASTE, [BODY, "https://example.org/report.pdf"])
    desk.wait_for_selector(".paste-offer")
    desk.keyboard.press("Escape")
    desk.keyboard.type(" kept")
    assert desk.locator(".paste-offer").count() == 0
    assert body_of(desk).endswith("https://example.org/report.pdf kept")
    assert desk.evaluate("asked") == []


@pytest.mark.parametrize(
    "text", ["Plain words.", "978-0-8147-1945-8", "See https://example.org/ for more", "{}", "10.1"]
)
def test_other_pasted_text_is_no_matter(desk, article, text):
    open_at_end(desk, article)
    desk.evaluate(PASTE, [BODY, text])
    assert body_of(desk).endswith("[@hrw]" + text)
    assert desk.locator(".paste-offer").count() == 0


# --- Plain text ---


def test_plain_text_is_a_switch_away_and_remembered(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" Edited.")
    desk.click("[data-command=plain]")
    assert desk.locator(BODY).is_hidden()
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
    assert desk.locator(BODY).is_hidden()
    assert desk.locator("#id_body").is_visible()
    click_into(desk, "notes-0", "text")
    assert desk.locator(".markup-note").count() == 0


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
    assert desk.input_value("#id_infobox-1-value") == "60,000 displaced[@hrw] or more[@dewaal]"
    desk.keyboard.press("Tab")
    assert desk.locator(".markup-line").count() == 0
    save(desk)
    assert newest_content(article).infobox.rows[1].value == "60,000 displaced[@hrw] or more[@dewaal]"


def test_only_the_field_in_use_has_an_editor(desk, live_server):
    desk.goto(change_address(load_demo()))
    desk.wait_for_selector(BODY)
    for row, cell in (("infobox-0", "value"), ("infobox-1", "value"), ("notes-0", "text"), ("notes-1", "text")):
        click_into(desk, row, cell)
        desk.wait_for_selector(f"#id_{row}-{cell} + .markup-editor .cm-focused")
        assert desk.locator(".cm-editor").count() == 2


def test_words_go_where_the_cursor_was_last(desk, article):
    desk.goto(change_address(article))
    click_into(desk, "notes-0", "text")
    desk.keyboard.press("Control+Home")
    desk.locator("#id_title").click()
    desk.evaluate("""() => document.dispatchEvent(
        new CustomEvent("desk:insert", {detail: {text: "[@hrw, p. 1] "}}))""")
    assert desk.input_value("#id_notes-0-text") == "[@hrw, p. 1] Also Kelbajar.[@dewaal]"


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
    assert desk.evaluate("document.activeElement.dataset.command") == "italic"


def test_the_editor_bears_the_name_of_its_field(desk, article):
    desk.goto(change_address(article))
    desk.wait_for_selector(BODY)
    assert desk.get_by_role("textbox", name="Text", exact=True).first.get_attribute("class") == desk.locator(
        BODY
    ).get_attribute("class")
    desk.click("label[for=id_body]")
    assert desk.evaluate("document.activeElement.closest('.markup-body') !== null")


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


# --- With the picker ---


def test_a_pasted_entry_becomes_a_source_and_is_cited_where_it_was_pasted(desk, article):
    open_at_end(desk, article)
    desk.evaluate(PASTE, [BODY, "@book{broers, title = {Anatomy of a Rivalry}, author = {Broers, L.}, year = {2019}}"])
    desk.keyboard.press("Alt+Enter")
    desk.wait_for_selector("#citation-picker .quick-title input")
    assert desk.input_value("#citation-picker .quick-title input") == "Anatomy of a Rivalry"
    desk.click("#citation-picker [type=submit]")
    desk.wait_for_selector("#citation-picker:not([open])", state="attached")
    expect(desk.locator("#id_body")).to_have_value(re.compile(r"\]$"))
    assert body_of(desk).startswith("The battle[^spelling] took place.[@hrw][@broers")
    assert "Anatomy" not in body_of(desk)
    assert desk.locator(".problem-undefined").count() == 0


def test_the_button_cites_at_the_cursor(desk, article):
    open_at_end(desk, article)
    desk.click("[data-command=cite]")
    desk.wait_for_selector("#citation-picker[open]")
    desk.keyboard.type("waal")
    desk.wait_for_selector("#citation-picker [role=option]:has-text('dewaal')")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_body")).to_have_value(re.compile(r"\[@hrw\]\[@dewaal\]$"))
    desk.keyboard.type(" On.")
    assert body_of(desk).endswith("[@hrw][@dewaal] On.")


def test_a_citation_picked_for_a_value_goes_into_the_value(desk, article):
    desk.goto(change_address(article))
    click_into(desk, "infobox-1", "value")
    desk.wait_for_selector(".markup-line .cm-focused")
    desk.keyboard.press("Control+End")
    desk.evaluate("() => document.dispatchEvent(new CustomEvent('desk:pick', {detail: {}, cancelable: true}))")
    desk.wait_for_selector("#citation-picker[open]")
    desk.keyboard.type("waal")
    desk.wait_for_selector("#citation-picker [role=option]:has-text('dewaal')")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_infobox-1-value")).to_have_value("60,000 displaced[@hrw][@dewaal]")
    desk.keyboard.type("!")
    assert desk.input_value("#id_infobox-1-value") == "60,000 displaced[@hrw][@dewaal]!"
