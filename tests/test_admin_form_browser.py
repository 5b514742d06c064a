"""The article's form as a workbench, in a real browser: rows, the infobox as a grid, keys, and coming back."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Revision
from articles.revisions import newest_content

from .desk import change_address
from .editor_page import try_to_save as save
from .making import content, record
from .waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = [{"id": f"k{one}", "key": f"n{one}", "text": f"Note {one}."} for one in range(1, 21)]


@pytest.fixture
def desk(page, sign_in, superuser):
    sign_in(page, superuser)
    return page


def infobox(article):
    return [(row.field, row.side, row.value, row.attribution) for row in newest_content(article).infobox.rows]


def said(page, words):
    page.wait_for_selector(f"#said:has-text('{words}')", state="attached")


# --- Rows -------------------------------------------------------------------------------------------------------------


def test_a_closed_row_says_what_is_in_it_while_one_types(desk, article):
    desk.goto(change_address(article))
    line = desk.locator("#notes-0 summary")
    assert line.inner_text().split("\n")[0].startswith("spelling")
    assert "Also Kelbajar." in line.inner_text()
    line.click()
    desk.fill("[name=notes-0-key]", "names")
    expect(desk.locator("#notes-0 .row-head")).to_have_text("names", use_inner_text=True)


def test_a_row_says_how_often_the_text_uses_it(desk, article):
    desk.goto(change_address(article))
    desk.wait_for_selector("#references-0 .row-uses:has-text('2 uses')")
    expect(desk.locator("#references-1 .row-uses")).to_have_text("1 use")


def test_a_new_row_has_the_cursor_in_its_first_field(desk, article):
    desk.goto(change_address(article))
    desk.click("#notes-group .add-row a")
    until(desk, "document.activeElement.name === 'notes-1-key'")


def test_a_deleted_row_is_struck_until_it_is_saved_and_can_be_taken_back(desk, article):
    desk.goto(change_address(article))
    desk.click("#notes-0 summary")
    desk.check("#id_notes-0-DELETE")
    until(desk, "document.activeElement.className === 'undo'")
    said(desk, "spelling will be removed")
    desk.click("#notes-0 .undo")
    expect(desk.locator("#notes-0.is-struck")).to_have_count(0)
    desk.click("#notes-0 summary")
    desk.check("#id_notes-0-DELETE")
    save(desk)
    assert newest_content(article).notes == ()


def test_a_new_row_with_words_in_it_is_not_lost_by_removing_it(desk, article):
    desk.goto(change_address(article))
    desk.click("#notes-group .add-row a")
    desk.fill("[name=notes-1-key]", "kept")
    desk.fill("[name=notes-1-text]", "Kept.")
    desk.click("#notes-1 .inline-deletelink")
    desk.click("#notes-1 .undo")
    save(desk)
    assert [note.key for note in newest_content(article).notes] == ["spelling", "kept"]


def test_rows_are_moved_by_key(desk, live_server):
    article = record(None, content(notes=NOTES[:3], body="")).article
    desk.goto(change_address(article))
    desk.focus("#notes-2 summary")
    desk.keyboard.press("Alt+ArrowUp")
    desk.keyboard.press("Alt+ArrowUp")
    said(desk, "n3 is now 1 of 3.")
    until(desk, "document.activeElement.closest('.inline-related')?.id === 'notes-2'")
    save(desk)
    assert [note.key for note in newest_content(article).notes] == ["n3", "n1", "n2"]


def test_rows_are_moved_by_dragging(desk, live_server):
    article = record(None, content(notes=NOTES[:3], body="")).article
    desk.goto(change_address(article))
    desk.locator("#notes-0 summary").scroll_into_view_if_needed()
    desk.drag_and_drop("#notes-0 summary", "#notes-2 summary", target_position={"x": 40, "y": 24})
    save(desk)
    assert [note.key for note in newest_content(article).notes] == ["n2", "n3", "n1"]


def test_a_long_list_is_filtered(desk, live_server):
    article = record(None, content(notes=NOTES, body="")).article
    desk.goto(change_address(article))
    desk.fill("#notes-group .row-filter input", "note 17")
    desk.wait_for_selector("#notes-0", state="hidden")
    assert [desk.is_visible(row) for row in ("#notes-16", "#notes-0")] == [True, False]
    desk.keyboard.press("Enter")
    assert Revision.objects.count() == 1


def test_a_refused_row_comes_back_open(desk, article):
    desk.goto(change_address(article))
    desk.click("#notes-0 summary")
    desk.fill("[name=notes-0-key]", "two words")
    save(desk)
    expect(desk.locator("[name=notes-0-key]")).to_be_visible()


# --- The infobox as a grid --------------------------------------------------------------------------------------------


def test_a_value_is_added_under_a_field_and_side_with_one_click(desk, article):
    desk.goto(change_address(article))
    desk.click("[aria-label='Add a value: Strength, side 2' i]")
    until(desk, "document.activeElement.closest('.cell-value') !== null")
    desk.keyboard.type("1,000 men")
    desk.fill("[name=infobox-2-attribution]", "per Armenia")
    save(desk)
    assert ("strength", 2, "1,000 men", "per Armenia") in infobox(article)
    assert len(infobox(article)) == 3


def test_a_value_is_moved_to_another_side_by_key(desk, article):
    desk.goto(change_address(article))
    desk.focus("#infobox-0 summary")
    desk.keyboard.press("Alt+Shift+ArrowRight")
    said(desk, "Belligerents, Side 2 is now 1 of 1.")
    save(desk)
    assert infobox(article)[0] == ("combatant", 2, "Armenia", "")


def test_a_value_is_dragged_to_another_side(desk, article):
    desk.goto(change_address(article))
    desk.drag_and_drop("#infobox-0 summary", ".grid-cell[data-field=combatant][data-side='2']")
    save(desk)
    assert infobox(article)[0] == ("combatant", 2, "Armenia", "")


def test_a_side_is_added(desk, article):
    desk.goto(change_address(article))
    desk.click(".add-side")
    until(desk, "document.activeElement.closest('.grid-cell')?.dataset.side === '3'")
    desk.click("[aria-label='Add a value: Commanders and leaders, side 3' i]")
    desk.keyboard.type("Somebody")
    save(desk)
    assert ("commander", 3, "Somebody", "") in infobox(article)


def test_the_plain_list_is_a_switch_away(desk, article):
    desk.goto(change_address(article))
    desk.click(".as-list")
    expect(desk.locator(".infobox-grid")).to_have_count(0)
    desk.click("#infobox-0 summary")
    desk.select_option("[name=infobox-0-side]", "2")
    desk.click(".as-list")
    expect(desk.locator(".grid-cell[data-field=combatant][data-side='2'] #infobox-0")).to_have_count(1)
    save(desk)
    assert infobox(article)[0] == ("combatant", 2, "Armenia", "")


def test_a_value_without_a_place_in_the_kind_stays_in_sight(desk, article):
    desk.goto(change_address(article))
    desk.select_option("#id_infobox_kind", "military-person")
    expect(desk.locator(".elsewhere #infobox-0")).to_be_visible()


# --- Panels and keys --------------------------------------------------------------------------------------------------


def test_panels_are_tabs_with_keys(desk, article):
    desk.goto(change_address(article))
    desk.click("#tab-history")
    assert [desk.is_visible(f"#panel-{one}") for one in ("history", "problems")] == [True, False]
    desk.keyboard.press("ArrowLeft")
    expect(desk.locator("#panel-references")).to_be_visible()


def test_on_a_phone_text_and_panels_take_turns(new_page, sign_in, superuser, article):
    page = new_page(viewport={"width": 390, "height": 800})
    sign_in(page, superuser)
    page.goto(change_address(article))
    page.click("#tab-history")
    assert [page.is_visible(one) for one in ("#panel-history", "#id_title")] == [True, False]
    page.click("#tab-writing")
    expect(page.locator("#id_title")).to_be_visible()


def test_the_text_is_saved_by_key(desk, article):
    desk.goto(change_address(article))
    desk.fill("#id_title", "Another title")
    desk.keyboard.press("Control+s")
    desk.wait_for_selector("ul.messagelist")
    assert newest_content(article).title == "Another title"
    assert desk.url.split("#")[0].endswith(change_address(article))


def test_a_note_is_added_by_key_where_one_writes(desk, article):
    desk.goto(change_address(article))
    desk.click(".markup-body .cm-content")
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Alt+n")
    desk.wait_for_selector("#notes-1 details[open]")
    expect(desk.locator("[name=notes-1-key]")).to_have_value("note-1")
    desk.keyboard.type("By key.")
    save(desk)
    assert newest_content(article).body.endswith("[^note-1]")
    assert newest_content(article).notes[-1].text == "By key."


def test_keys_are_listed_under_a_question_mark(desk, article, axe):
    desk.goto(change_address(article))
    desk.focus("#tab-problems")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()


def test_a_problem_is_gone_to_in_a_closed_row(desk, live_server):
    article = record(None, content(notes=[{"id": "k1", "key": "spelling", "text": "See.[@nobody]"}])).article
    desk.goto(change_address(article))
    desk.evaluate("document.dispatchEvent(new CustomEvent('desk:go', {detail: {anchor: 'id_notes-0-key'}}))")
    until(desk, "document.activeElement.name === 'notes-0-key'")


def test_a_proposed_summary_is_taken_and_never_forced(desk, article):
    desk.route(re.compile("/article/preview/"), lambda route: route.abort())
    desk.goto(change_address(article))
    answer = "{html: '', blocks: [], problems: [], summary: words}"
    check = f"words => document.dispatchEvent(new CustomEvent('desk:checked', {{detail: {answer}}}))"
    desk.evaluate(check, "Text: one paragraph reworded")
    expect(desk.locator("#id_summary")).to_have_value("")
    desk.focus("#id_summary")
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("#id_summary")).to_have_value("Text: one paragraph reworded")
    desk.fill("#id_summary", "Mine")
    desk.evaluate(check, "Another")
    expect(desk.locator("#id_summary")).to_have_value("Mine")


# --- Coming back ------------------------------------------------------------------------------------------------------


def test_the_form_comes_back_as_it_was_left(desk, live_server):
    article = record(None, content(notes=NOTES, body="Text.\n\n" * 60)).article
    desk.goto(change_address(article))
    desk.click("#tab-history")
    desk.click("#notes-14 summary")
    desk.fill("[name=notes-14-key]", "changed")
    # What comes in late pushes the rows of the first page as well.
    expect(desk.locator(".markup-body .cm-content")).to_be_visible()
    before = desk.evaluate("document.getElementById('notes-14').getBoundingClientRect().top")
    desk.keyboard.press("Control+s")
    desk.wait_for_selector("ul.messagelist")
    desk.wait_for_load_state()
    # The editor of the text takes its place first; what moves with it is put back behind it.
    until(desk, "document.activeElement.name === 'notes-14-key'")
    expect(desk.locator("[name=notes-14-text]")).to_be_visible()
    expect(desk.locator("#panel-history")).to_be_visible()
    until(
        desk,
        "before => Math.abs(document.getElementById('notes-14').getBoundingClientRect().top - before) < 20",
        before,
    )


def test_a_key_leads_back_to_the_text(desk, article):
    desk.goto(change_address(article))
    desk.click(".markup-body .cm-content")
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Alt+n")
    until(desk, "document.activeElement.closest('#notes-group')")
    desk.keyboard.type("A note.")
    desk.keyboard.press("Alt+w")
    desk.keyboard.type(" And on.")
    assert desk.input_value("#id_body").endswith("[^note-1] And on.")
