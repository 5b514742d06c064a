"""Marks in the editor, in a real browser: what is offered, underlined, told and mended."""

import re

import pytest
from playwright.sync_api import expect

from articles.revisions import newest_content

from .articles_for_tests import make_article
from .desk import ADD, change_address
from .editor_page import (
    BODY,
    body_of,
    open_at_end,
    save,
    watched_desk,  # noqa: F401 - a fixture
)
from .making import content, figure, picture, record
from .waiting import until

OFFERED = ".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li"

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_figure_that_is_there_is_not_underlined(desk, live_server):
    picture("a")
    body = "A battle.[@hrw][@dewaal][^spelling]\n\n![[map-a]]\n\n![[map-b]]"
    article = record(None, content(figures=[figure("a")], body=body)).article
    desk.goto(change_address(article))
    expect(desk.locator(".problem-undefined")).to_have_text(["map-b"])


def test_a_mark_whose_key_is_none_is_underlined_and_told(desk, live_server):
    body = "A battle.[@hrw] Others[@de Waal, p. 5] say [@so they](https://example.org), \\[@not so] and[^ here].[^a b]"
    desk.goto(change_address(record(None, content(body=body)).article))
    expect(desk.locator(".problem-undefined")).to_have_text(["[@de Waal, p. 5]", "[^a b]"])
    desk.locator(".problem-undefined").first.hover()
    expect(desk.locator(".markup-card .message")).to_contain_text("readers will see it as text")


def test_a_long_citation_that_lost_its_bracket_does_not_hold_the_editor(desk, live_server):
    body = "A battle.[@hrw" + ", p. 5; @dewaal" * 40 + "\n\n" + "[@hrw, p. 5 [@de Waal " * 20_000
    open_at_end(desk, record(None, content(body=body)).article)
    desk.keyboard.type("It ended.")
    assert body_of(desk).endswith("It ended.")


# --- Suggestions ---


def test_a_mark_that_is_broken_off_leaves_nothing_behind(desk, article):
    open_at_end(desk, article)
    before = body_of(desk)
    desk.keyboard.press("Alt+l")
    assert body_of(desk) == f"{before}[[]]"
    desk.keyboard.press("Escape")
    assert body_of(desk) == before
    desk.keyboard.press("Alt+l")
    desk.keyboard.type("Lachin")
    desk.keyboard.press("Escape")
    assert "[[Lachin]]" in body_of(desk)


def test_an_empty_mark_that_the_cursor_left_stays(desk, article):
    open_at_end(desk, article)
    before = body_of(desk)
    desk.keyboard.press("Alt+l")
    desk.keyboard.press("Home")
    desk.keyboard.press("Escape")
    assert body_of(desk) == f"{before}[[]]"
    desk.keyboard.press("End")
    for _bracket in "]]":
        desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Escape")
    assert body_of(desk) == f"{before}[[]]", "it was left once, and is text now"


def test_white_space_that_gave_way_to_a_mark_comes_back(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type("  ")
    before = body_of(desk)
    for _space in "  ":
        desk.keyboard.press("Shift+ArrowLeft")
    desk.keyboard.press("Alt+l")
    assert body_of(desk).endswith("][[]]")
    desk.keyboard.press("Escape")
    assert body_of(desk) == before


def test_a_reference_is_cited_by_a_word_of_it(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" So[@waal")
    desk.wait_for_selector(f"{OFFERED}:has-text('dewaal')")
    desk.keyboard.press("Enter")
    desk.keyboard.type(", p. 3")
    assert body_of(desk).endswith(" So[@dewaal, p. 3]")


def test_an_article_is_linked_by_any_spelling_of_its_name(desk, article):
    make_article("aghdam", "Battle of Aghdam", names=[{"name": "Ağdam döyüşü"}], published=False)
    open_at_end(desk, article)
    desk.keyboard.type(" [[agdam")
    desk.wait_for_selector(f"{OFFERED}:has-text('Battle of Aghdam')")
    desk.keyboard.press("Enter")
    desk.keyboard.type(".")
    assert body_of(desk).endswith((" [[Battle of Aghdam]].", " [[Ağdam döyüşü]]."))


def test_a_mark_begun_by_a_key_is_gone_on_with(desk, article):
    open_at_end(desk, article)
    desk.evaluate("() => document.dispatchEvent(new CustomEvent('desk:insert', {detail: {text: '[^'}}))")
    desk.wait_for_selector(f"{OFFERED}:has-text('Also Kelbajar')")
    desk.keyboard.press("Enter")
    assert body_of(desk).endswith("[@hrw][^spelling]")


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
    expect(desk.locator(".problem-undefined")).to_have_count(0)


def test_the_missing_note_is_made_with_one_click_and_written_at_once(desk, article):
    open_at_end(desk, article)
    desk.keyboard.type(" So[^name].")
    desk.click(".problem-undefined:has-text('name')")
    desk.click(".markup-card button:has-text('Make the note “name”')")
    desk.wait_for_selector(".markup-note .cm-focused")
    desk.keyboard.type("In Azeri too.")
    expect(desk.locator(".markup-body .problem-undefined")).to_have_count(0)
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
    expect(desk.locator(".problem-undefined")).to_have_count(0)
    until(desk, "document.activeElement.closest('.markup-body') !== null")


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
    expect(desk.locator(".markup-card")).to_have_count(0)


def test_what_the_check_finds_is_underlined_at_its_place(desk, article):
    desk.route(re.compile("/article/preview/"), lambda route: route.abort())
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
