"""The article's form by keys alone, on phones and enlarged, in a real browser."""

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from articles.revisions import newest_content

from .articles_for_tests import load_demo
from .desk import ADD, change_address
from .making import content, record
from .waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

COVERED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), bar = document.querySelector(".save-bar");
  const free = box.height > 100 || bar.contains(one) || !document.querySelector("#article_form").contains(one);
  const above = document.querySelector(".workbar").getBoundingClientRect().bottom;
  if (free || box.bottom <= bar.getBoundingClientRect().top + 1 && box.top >= above - 1) return null;
  return one.name || one.id || one.className || one.textContent;
}"""
"""Names the control that has the focus, if one of the bars lies on it."""

SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.fixture
def article(live_server):
    return record(None, content()).article


def test_a_new_article_begins_in_its_title_and_is_written_by_keys_alone(page, sign_in, editor, article):
    desk, cited = page, newest_content(article).references[0]
    sign_in(desk, editor)
    desk.goto(ADD)
    until(desk, "document.activeElement.name === 'title'")
    desk.keyboard.type("Battle of the Murov Pass")
    while not desk.evaluate("document.activeElement.closest('.markup-body .cm-content') !== null"):
        desk.keyboard.press("Tab")
    desk.keyboard.type("Snow closed the road.")
    desk.keyboard.press("Alt+c")
    desk.wait_for_selector("#citation-picker[open]")
    desk.keyboard.type(cited.source.title)
    desk.wait_for_selector("#picker-option-0")
    desk.keyboard.press("Enter")
    until(desk, "document.activeElement.closest('.markup-body .cm-content') !== null")
    desk.keyboard.press("Alt+n")
    desk.wait_for_selector(".markup-note .cm-focused")
    desk.keyboard.type("Accounts differ.")
    desk.keyboard.press("Alt+w")
    until(desk, "document.activeElement.closest('.markup-body .cm-content') !== null")
    desk.keyboard.type(" It held.")
    desk.keyboard.press("Control+s")
    desk.wait_for_selector("ul.messagelist")
    made = newest_content(Article.objects.get(slug="battle-of-the-murov-pass"))
    key = made.references[0].key
    assert made.body == f"Snow closed the road.[@{key}][^{made.notes[0].key}] It held."
    assert made.notes[0].text == "Accounts differ."


@pytest.mark.parametrize(("width", "height"), [(390, 800), (640, 450)])
def test_every_way_of_saving_is_in_reach_on_phones_and_enlarged(new_page, sign_in, reviewer, article, width, height):
    page = new_page(viewport={"width": width, "height": height})
    sign_in(page, reviewer)
    page.goto(change_address(article))
    buttons = page.locator(".save-bar .buttons input")
    page.locator(".save-bar").scroll_into_view_if_needed()
    for button in buttons.all():
        edges = button.bounding_box()
        assert edges["x"] >= 0
        assert edges["x"] + edges["width"] <= width
    if height < 600:
        page.locator("#id_title").scroll_into_view_if_needed()
        page.locator("#id_title").click()
        expect(page.locator("#id_title")).to_be_focused()


def test_a_refused_form_shows_what_is_wrong_wherever_somebody_went_before(page, sign_in, editor, article):
    sign_in(page, editor)
    page.goto(change_address(article))
    page.click('.workbench a[href="#notes-group"]')
    page.locator("#id_event_date").fill("January 1993")
    page.locator("[name=_continue]").click()
    expect(page.locator(".problems.refused")).to_be_in_viewport()


@pytest.mark.parametrize("group", ["infobox", "references", "names"])
def test_a_link_to_a_list_leads_to_its_heading(page, sign_in, editor, live_server, group):
    sign_in(page, editor)
    article = load_demo()
    page.goto(change_address(article))
    page.click(f'.workbench a[href="#{group}-group"] >> nth=0')
    expect(page.locator(f"#{group}-group h2").first).to_be_in_viewport()
    page.wait_for_timeout(1700)  # what comes in later is there
    heading = page.locator(f"#{group}-group h2").first
    expect(heading).to_be_in_viewport()
    bar = page.locator(".workbar").bounding_box()
    assert heading.bounding_box()["y"] >= bar["y"] + bar["height"] - 1


@pytest.mark.parametrize(("width", "height"), [(1100, 720), (390, 800)])
def test_no_bar_lies_on_what_has_the_focus(new_page, sign_in, reviewer, article, width, height):
    page = new_page(viewport={"width": width, "height": height})
    sign_in(page, reviewer)
    page.goto(change_address(article))
    page.click("#figures-group .add-row a")
    until(page, "document.activeElement.name?.startsWith('figures-')")
    assert page.evaluate(COVERED) is None
    for key in ("Tab", "Shift+Tab"):
        page.focus("#id_title" if key == "Tab" else "#id_summary")
        for _ in range(70):
            page.keyboard.press(key)
            assert page.evaluate(COVERED) is None


def test_a_high_bar_leaves_the_window_to_what_is_written(new_page, sign_in, reviewer, article):
    page = new_page(viewport={"width": 320, "height": 650})
    sign_in(page, reviewer)
    page.goto(change_address(article))
    until(page, "getComputedStyle(document.querySelector('.save-bar')).position === 'static'")
    page.set_viewport_size({"width": 320, "height": 1200})
    until(page, "getComputedStyle(document.querySelector('.save-bar')).position === 'sticky'")


def test_rows_and_their_tools_have_names_of_their_own(page, sign_in, editor, article):
    sign_in(page, editor)
    page.goto(change_address(article))
    page.click("#notes-0 summary")
    row = page.get_by_role("group", name="Notes spelling", exact=True)
    for role, tool in (("button", "Move up"), ("button", "Move down"), ("checkbox", "Remove")):
        expect(row.get_by_role(role, name=f"{tool} spelling", exact=True)).to_be_visible()
    page.click("#notes-group .add-row a")
    page.keyboard.type("names")
    new = page.get_by_role("group", name="Notes names", exact=True)
    expect(new.get_by_role("button", name="Remove names", exact=True)).to_be_visible()
    page.click("#infobox-0 summary")
    expect(page.get_by_role("button", name="Move up Belligerents, side 1", exact=True)).to_be_visible()


@pytest.mark.parametrize("name", ["articles_source_add", "articles_article_change"])
def test_nothing_moves_far_when_scripts_of_the_desk_are_late(page, sign_in, superuser, live_server, name):
    sign_in(page, superuser)
    arguments = [load_demo().pk] if name.endswith("change") else []
    page.route(re.compile(r"/js/(nav_sidebar|panels)\b"), lambda route: (time.sleep(0.7), route.continue_()))
    page.goto(reverse(f"admin:{name}", args=arguments), wait_until="load")
    until(page, "document.querySelector('#nav-sidebar[aria-expanded], .has-tabs') !== null")
    assert page.evaluate(SHIFTS) < 0.02
