"""What scripts add to reading, in a real browser: previews, words on the ways back, choices, contents, suggestions."""

import pytest
from playwright.sync_api import expect

from .articles_for_tests import load_demo, make_article
from .waiting import until

BATTLE = "/articles/battle-of-kalbajar/"
MARK = ".lead-opening sup.citation:has(.locator) a, .lead-rest sup.citation:has(.locator) a"
BROUGHT_OVER = "getComputedStyle(document.documentElement).colorScheme"


@pytest.fixture
def battle(live_server):
    return load_demo()


@pytest.fixture
def open_battle(new_page, battle):
    """Return a function that opens the battle page; with ``touch`` on a phone."""

    def open_page(address=BATTLE, *, touch=False, **options):
        size = {"width": 390, "height": 800} if touch else {"width": 1280, "height": 900}
        page = new_page(viewport=size, has_touch=touch, reduced_motion="reduce", **options)
        page.goto(address)
        return page

    return open_page


# --- Previews ---------------------------------------------------------------------------------------------------------


def test_a_mark_pointed_at_shows_its_entry_and_place_and_the_reader_stays(open_battle):
    page = open_battle()
    mark = page.locator(MARK).first
    mark.hover()
    preview = page.locator(".preview")
    preview.wait_for()
    entry = page.locator(mark.get_attribute("href"))
    assert entry.locator("cite, a").first.inner_text() in preview.inner_text()
    locator = mark.evaluate("mark => mark.parentElement.querySelector('.locator').textContent")
    assert locator in preview.locator(".label").inner_text()
    expect(preview.locator("[id], .backlinks")).to_have_count(0)
    assert page.evaluate("location.hash") == ""
    preview.hover()
    page.locator("h1").hover()
    preview.wait_for(state="detached")


def test_the_keyboard_opens_a_preview_reaches_its_links_and_closes_it(open_battle):
    page = open_battle()
    mark = page.locator(MARK).first
    page.keyboard.press("Tab")
    mark.focus()
    page.locator(".preview").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.preview')")
    page.keyboard.press("Escape")
    page.locator(".preview").wait_for(state="detached")
    assert mark.evaluate("mark => mark === document.activeElement")


def test_a_note_is_shown_with_what_it_cites(open_battle):
    page = open_battle()
    key = page.evaluate("document.querySelector('.notes li:has(.citation)').id")
    page.locator(f"article a[role=doc-noteref][href='#{key}']").first.hover()
    preview = page.locator(".preview")
    preview.wait_for()
    cited = page.locator(f"#{key} .citation a").first
    number = cited.inner_text().strip("[]")
    assert preview.locator("ol > li").first.get_attribute("value") == number


def test_the_first_tap_shows_the_preview_at_the_bottom_and_the_next_leads_on(open_battle):
    page = open_battle(touch=True)
    mark = page.locator(MARK).first
    mark.scroll_into_view_if_needed()
    mark.tap()
    preview = page.locator(".preview")
    preview.wait_for()
    assert page.evaluate("location.hash") == ""
    box = preview.bounding_box()
    assert (box["x"], round(box["y"] + box["height"])) == (0, 800)
    page.locator("h1").tap()
    preview.wait_for(state="detached")
    mark.tap()
    preview.wait_for()
    preview.locator(".end a").tap()
    assert page.evaluate("location.hash") == mark.get_attribute("href")
    expect(page.locator("li:target")).to_be_visible()


def test_one_switch_turns_previews_off_for_good(open_battle):
    page = open_battle()
    page.locator(MARK).first.hover()
    page.locator(".preview button").click()
    page.locator(".preview").wait_for(state="detached")
    page.goto(BATTLE)
    assert page.evaluate("document.documentElement.dataset.previews") == "off"
    page.locator(".reading").click()
    expect(page.locator("#reading input[name=previews][value=off]")).to_be_checked()
    page.locator("#reading input[name=previews][value='']").check()
    page.keyboard.press("Escape")
    page.locator(MARK).first.hover()
    page.locator(".preview").wait_for()


def test_a_way_back_says_the_words_around_its_mark(open_battle):
    page = open_battle()
    back = page.locator(".references li:has(a[role=doc-backlink] + a) a[role=doc-backlink]").first
    back.scroll_into_view_if_needed()
    back.hover()
    preview = page.locator(".preview")
    preview.wait_for()
    mark = page.locator(back.get_attribute("href"))
    words = mark.evaluate("mark => mark.closest('p, li, td, th').textContent.replace(/\\s+/g, ' ')")
    said = preview.locator("p").first.evaluate("p => p.firstChild.textContent").strip()
    assert said
    assert said[:20] in words
    assert said[-20:] in back.get_attribute("aria-label")
    back.click()
    assert page.evaluate("document.querySelector(':target').id") == mark.get_attribute("id")


# --- What the reader chooses ------------------------------------------------------------------------------------------


def test_what_is_chosen_holds_at_once_and_on_the_next_page(open_battle):
    page = open_battle()
    size = "parseFloat(getComputedStyle(document.querySelector('.lead-rest p')).fontSize)"
    before = page.evaluate(size)
    page.locator(".reading").click()
    panel = page.locator("#reading")
    expect(panel.locator("input:checked")).to_have_count(4)
    panel.locator("[name=size][value=large]").check()
    panel.locator("[name=colours][value=dark]").check()
    panel.locator("[name=width][value=narrow]").check()
    for _ in range(2):
        assert page.evaluate(size) > before
        assert page.evaluate(BROUGHT_OVER) == "dark"
        assert page.evaluate("document.querySelector('.lead-rest').clientWidth") < 620
        page.reload()
    assert page.context.cookies() == []


def test_what_is_chosen_before_the_script_came_holds(open_battle):
    page = open_battle()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/js/comfort*", hold)
    with page.expect_request("**/js/comfort*"):
        page.locator(".reading").click()
    page.locator("#reading [name=colours][value=dark]").check()
    for route in held:
        route.continue_()
    until(page, f"{BROUGHT_OVER} == 'dark'")
    expect(page.locator("#reading input:checked")).to_have_count(4)


def test_without_script_nothing_is_offered_that_does_not_work(open_battle):
    page = open_battle(java_script_enabled=False)
    expect(page.locator(".reading")).to_be_hidden()
    expect(page.locator("#reading")).to_be_hidden()
    form = page.locator(".site-header .search-form").bounding_box()
    assert form["x"] + form["width"] >= page.viewport_size["width"] * 0.95


@pytest.mark.parametrize("size", ["largest", "small"])
@pytest.mark.parametrize("width", [320, 960, 1280])
def test_every_text_size_fits(open_battle, size, width):
    page = open_battle()
    page.set_viewport_size({"width": width, "height": 700})
    page.evaluate(f"localStorage.reading = JSON.stringify({{size: '{size}', width: 'wide'}})")
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_contents_follow_the_reading(open_battle):
    page = open_battle()
    # What comes into sight may still push the page.
    until(
        page,
        """() => {
            const heading = document.querySelectorAll(".sections > h2")[2];
            heading.scrollIntoView({ block: "start" });
            return document.querySelector(".contents a[aria-current]")?.textContent === heading.textContent;
        }""",
    )
    expect(page.locator(".contents a[aria-current]")).to_have_count(1)


def test_the_contents_follow_a_leap_over_everything_between(open_battle):
    page = open_battle()
    page.set_viewport_size({"width": 1280, "height": 300})
    until(
        page,
        """() => {
            scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
            const links = [...document.querySelectorAll(".contents a")];
            const above = links.filter(
                (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))
                    .getBoundingClientRect().top < innerHeight / 3
            );
            return links.at(-1) === above.at(-1) && above.at(-1).getAttribute("aria-current") === "true";
        }""",
    )


# --- Suggestions ------------------------------------------------------------------------------------------------------


def test_titles_are_suggested_while_somebody_types(open_battle, axe):
    make_article("kalbajar-pass", "Kalbajar pass")
    page = open_battle("/")
    field = page.locator("#search")
    field.press_sequentially("Kelbec")
    option = page.locator("[role=option]", has_text="Battle of Kalbajar")
    option.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    assert page.locator("[aria-selected=true]").get_attribute("id") == field.get_attribute("aria-activedescendant")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    assert field.input_value() == "Kelbec"
    field.press_sequentially("e")
    option.wait_for()
    option.click()
    page.wait_for_url(f"**{BATTLE}")


def test_enter_without_a_choice_is_a_plain_search(open_battle):
    page = open_battle("/")
    page.locator("#search").press_sequentially("Kelbecer")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Kelbecer")
