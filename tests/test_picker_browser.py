"""The picker of citations in a real browser, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from articles.models import Source
from articles.revisions import newest_content

from .desk import change_address
from .making import BOOK, content, record
from .source_desk import make_source

pytestmark = pytest.mark.django_db(transaction=True)
LISTEN = """document.addEventListener("securitypolicyviolation",
  (event) => console.error("Content Security Policy", event.violatedDirective, event.sourceFile));"""
BODY = ".markup-body .cm-content"
BEFORE = "The battle[^spelling] took place.[@hrw]"
ENTRY = "@book{waal, title={Black Garden}, author={de Waal, Thomas}, year=2003}"


@pytest.fixture
def article(live_server):
    return record(None, content()).article


@pytest.fixture
def desk(page, sign_in, editor, article):
    """The article's form with the picker open, the hands on the keys."""
    sign_in(page, editor)
    open_form(page, article)
    pick(page)
    return page


def open_form(page, article):
    page.add_init_script(LISTEN)
    page.goto(change_address(article))
    page.click(BODY)
    page.keyboard.press("Control+End")


def pick(page):
    page.evaluate("document.dispatchEvent(new CustomEvent('desk:pick', {detail: {}, cancelable: true}))")
    page.wait_for_selector("#picker-words:focus")


def option(page, words):
    page.wait_for_selector(f"[role=option]:has-text('{words}')")


def inserted(page):
    page.wait_for_selector("#picker-said:not(:empty)", state="attached")
    expect(page.locator("#citation-picker")).to_be_hidden()
    body = page.input_value("#id_body")
    assert body.startswith(BEFORE)
    return body.removeprefix(BEFORE)


def save(page):
    page.click("[name=_continue]")
    page.wait_for_selector("ul.messagelist")


def test_a_reference_of_the_article_is_cited_in_a_few_keys(desk):
    option(desk, "hrw")
    desk.keyboard.type("years 1994")
    option(desk, "Seven Years")
    desk.keyboard.press("Tab")
    desk.keyboard.type("12-15")
    expect(desk.locator(".picker-citation")).to_have_text("[@hrw, pp. 12–15]")
    desk.keyboard.press("Enter")
    assert inserted(desk) == "[@hrw, pp. 12–15]"
    assert "Inserted" in desk.inner_text("#picker-said")
    expect(desk.locator("#references-2-key")).to_have_count(0)
    assert desk.evaluate("document.activeElement.closest('dialog')") is None


@pytest.mark.parametrize(
    ("typed", "locator"),
    [("", ""), ("12", ", p. 12"), ("3, 5-7", ", pp. 3, 5–7"), ("xii", ", p. xii"), ("ch. 3", ", ch. 3"),
     ("p. 9]", ", p. 9"), ("a; @b", ", a, b")],
)  # fmt: skip
def test_locators_are_written_as_the_text_wants_them(desk, typed, locator):
    desk.keyboard.type("hrw")
    option(desk, "hrw")
    desk.keyboard.press("Tab")
    desk.keyboard.type(typed)
    desk.keyboard.press("Enter")
    assert inserted(desk) == f"[@hrw{locator}]"


def test_arrows_move_and_the_combobox_tells_which(desk):
    option(desk, "dewaal")
    words = desk.locator("#picker-words")
    assert words.get_attribute("aria-activedescendant") == "picker-option-0"
    desk.keyboard.press("ArrowDown")
    assert words.get_attribute("aria-activedescendant") == "picker-option-1"
    assert desk.locator("#picker-option-1").get_attribute("aria-selected") == "true"
    desk.keyboard.press("Enter")
    assert inserted(desk) == "[@dewaal]"


def test_a_source_of_the_library_becomes_a_reference_with_a_key_of_its_own(page, sign_in, editor, article):
    source = make_source(BOOK | {"title": "The Key Is Taken", "author": [{"family": "Dewaal"}]})
    sign_in(page, editor)
    open_form(page, article)
    pick(page)
    page.keyboard.type("taken")
    page.keyboard.press("Enter")  # before the answer is there: it is waited for
    assert inserted(page) == "[@dewaalb]"
    pick(page)
    page.keyboard.type("taken")
    option(page, "in this article")
    page.keyboard.press("Enter")
    assert inserted(page) == "[@dewaalb][@dewaalb]"
    save(page)
    rows = newest_content(article).references
    assert [(row.key, row.source_id) for row in rows][2:] == [("dewaalb", source.pk)]


def test_where_nothing_is_found_there_is_nothing_to_insert(desk):
    insert = desk.locator("#citation-picker [type=submit]")
    desk.keyboard.type("zzzz nothing")
    expect(desk.locator(".picker-state")).to_contain_text("Nothing found.")
    expect(insert).to_be_disabled()
    desk.click("#citation-picker [data-new]")
    expect(insert).to_be_enabled()
    desk.click("#citation-picker [data-back]")
    expect(insert).to_be_disabled()
    desk.fill("#picker-words", "hrw")
    expect(insert).to_be_enabled()


def test_a_new_source_is_pasted_looked_at_and_cited(desk, article):
    desk.click("#citation-picker [data-new]")
    desk.wait_for_selector(".quick-title")
    desk.keyboard.insert_text(ENTRY)
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".quick-title input[value='Black Garden']")
    desk.fill("#picker-locator", "7")
    desk.keyboard.press("Enter")
    assert inserted(desk) == "[@waal, p. 7]"
    save(desk)
    row = newest_content(article).references[-1]
    assert (row.key, row.source.csl["author"]) == ("waal", BOOK["author"])


def test_a_copy_is_offered_before_a_second_is_made(page, sign_in, editor, article):
    source = make_source(BOOK)
    sign_in(page, editor)
    open_form(page, article)
    page.evaluate("text => document.dispatchEvent(new CustomEvent('desk:make-source', {detail: {text}}))", ENTRY)
    page.wait_for_selector("[data-use]:focus")
    expect(page.locator("#citation-picker [type=submit]")).to_have_text("Make a new one all the same")
    page.keyboard.press("Enter")
    assert inserted(page) == "[@dewaalb]"
    assert [one.pk for one in Source.objects.filter(title="Black Garden")] == [source.pk]


def test_what_cannot_be_read_is_told_and_stays(desk):
    desk.click("#citation-picker [data-new]")
    desk.wait_for_selector(".quick-title")
    desk.keyboard.insert_text("@book{broken, title = {")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".picker-error:has-text('broken off')")
    expect(desk.locator("#picker-text")).to_have_value("@book{broken, title = {")
    desk.keyboard.press("Escape")  # back to the search, not away
    expect(desk.locator("#picker-words")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#citation-picker")).to_be_hidden()
    assert desk.locator(BODY).evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picker_shuts_nobody_out(new_page, sign_in, editor, article, axe, scheme, width):
    page = new_page(color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 800})
    sign_in(page, editor)
    page.goto(change_address(article))
    page.click(BODY)
    pick(page)
    option(page, "hrw")
    assert axe(page) == []
    page.click("#citation-picker [data-new]")
    page.wait_for_selector(".quick-title")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
