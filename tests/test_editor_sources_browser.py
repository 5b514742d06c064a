"""Sources from the editor, in a real browser: what a paste offers, and the picker."""

import re

import pytest
from playwright.sync_api import expect

from .desk import change_address
from .editor_page import (
    BODY,
    PASTE,
    body_of,
    click_into,
    open_at_end,
    watched_desk,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.django_db(transaction=True)


# --- Pasting ---


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
    expect(desk.locator(".paste-offer")).to_have_count(0)


def test_an_offer_that_is_ignored_leaves_what_was_pasted(desk, article):
    open_at_end(desk, article)
    desk.evaluate(ASKED)
    desk.evaluate(PASTE, [BODY, "https://example.org/report.pdf"])
    desk.wait_for_selector(".paste-offer")
    desk.keyboard.press("Escape")
    desk.keyboard.type(" kept")
    expect(desk.locator(".paste-offer")).to_have_count(0)
    assert body_of(desk).endswith("https://example.org/report.pdf kept")
    assert desk.evaluate("asked") == []


@pytest.mark.parametrize(
    "text", ["Plain words.", "978-0-8147-1945-8", "See https://example.org/ for more", "{}", "10.1"]
)
def test_other_pasted_text_is_no_matter(desk, article, text):
    open_at_end(desk, article)
    desk.evaluate(PASTE, [BODY, text])
    assert body_of(desk).endswith("[@hrw]" + text)
    expect(desk.locator(".paste-offer")).to_have_count(0)


# --- With the picker ---


def test_a_pasted_entry_becomes_a_source_and_is_cited_where_it_was_pasted(desk, article):
    open_at_end(desk, article)
    desk.evaluate(PASTE, [BODY, "@book{broers, title = {Anatomy of a Rivalry}, author = {Broers, L.}, year = {2019}}"])
    desk.keyboard.press("Alt+Enter")
    desk.wait_for_selector("#citation-picker .quick-title input")
    expect(desk.locator("#citation-picker .quick-title input")).to_have_value("Anatomy of a Rivalry")
    desk.click("#citation-picker [type=submit]")
    desk.wait_for_selector("#citation-picker:not([open])", state="attached")
    expect(desk.locator("#id_body")).to_have_value(re.compile(r"\]$"))
    assert body_of(desk).startswith("The battle[^spelling] took place.[@hrw][@broers")
    assert "Anatomy" not in body_of(desk)
    expect(desk.locator(".problem-undefined")).to_have_count(0)


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
    expect(desk.locator("#id_infobox-1-value")).to_have_value("60,000 displaced[@hrw][@dewaal]!")
