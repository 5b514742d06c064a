"""The public pages in a real browser: nothing axe-core objects to, nothing cut off, everything in its place."""

import pytest
from playwright.sync_api import expect

from .articles_for_tests import load_demo, make_article
from .waiting import until

BATTLE = "/articles/battle-of-kalbajar/"
SIZES = {"desktop": (1440, 900), "tablet": (960, 900), "phone": (390, 844), "narrow": (320, 640)}
PAGES = [
    "/",
    BATTLE,
    f"{BATTLE}map/",
    "/sources/1/",
    "/articles/first-nagorno-karabakh-war/campaign/",
    f"{BATTLE}history/",
    f"{BATTLE}revisions/1/",
    "/categories/mountain-warfare/",
    "/search/?q=Kelbecer",
    "/search/?q=nothing+of+this+name",
    "/articles/kalbaja/",
]


@pytest.fixture
def battle(live_server):
    """The demo article, published."""
    return load_demo()


@pytest.fixture
def open_at(new_page, battle):
    """Return a function that opens an address in a window of a named size."""

    def open_at(address, size="desktop", **options):
        width, height = SIZES[size]
        page = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        page.goto(address)
        return page

    return open_at


def box(page, selector):
    """Return the box of the first element that matches: x, y, width, height."""
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_nothing(open_at, axe, size, scheme):
    page = open_at("/", size, color_scheme=scheme)
    for address in PAGES:
        page.goto(address)
        assert (address, axe(page)) == (address, [])


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_the_window(open_at, size):
    page = open_at("/", size)
    for address in PAGES:
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (address, width <= SIZES[size][0]) == (address, True)


@pytest.mark.parametrize("width", [1280, 600, 390])
def test_words_without_a_break_stay_within_the_page(new_page, live_server, width):
    word = "Kalbajar" * 11
    rows = [{"id": f"r{side}", "field": "combatant", "side": side, "value": f"{word} {side}"} for side in (1, 2)]
    infobox = {"kind": "military-conflict", "rows": rows}
    for slug in ("one", "two", "three"):
        box = {"infobox": infobox} if slug != "three" else {}
        make_article(slug, f"The river {slug}", categories=[word], event_date="1993", **box)
    page = new_page(viewport={"width": width, "height": 800})
    for address in ("/articles/one/", "/articles/one/revisions/1/", "/search/?q=river"):
        page.goto(address)
        inside = page.evaluate("document.documentElement.scrollWidth")
        assert (address, inside <= width) == (address, True)
    ends = [one.bounding_box()["width"] for one in page.locator(".narrowing dd a").all()]
    assert 0 < max(ends, default=0) <= min(width, 700)


def test_the_infobox_stands_at_the_right_and_the_contents_at_the_left(open_at):
    page = open_at(BATTLE)
    lead, infobox, contents = (box(page, name) for name in (".lead-opening", ".infobox", ".contents-list"))
    assert contents["x"] + contents["width"] <= lead["x"]
    assert lead["x"] + lead["width"] <= infobox["x"]
    assert 300 <= infobox["width"] <= 340
    assert abs(lead["y"] - infobox["y"]) < 20


def test_text_keeps_its_distance_from_a_title_without_a_description(open_at):
    make_article("bare", "Bare", body="Its text.")
    page = open_at("/articles/bare/")
    for address, words in (("/articles/bare/", ".lead-opening"), ("/search/", "h1 + p"), ("/none/", "h1 + p")):
        page.goto(address)
        title, text = box(page, "h1"), box(page, words)
        assert (address, text["y"] - title["y"] - title["height"] >= 15) == (address, True)


def test_the_contents_stay_in_sight(open_at):
    page = open_at(BATTLE)
    page.locator("#references").scroll_into_view_if_needed()
    assert 0 <= box(page, ".contents-list")["y"] < 100


def test_on_a_phone_the_infobox_stands_below_the_opening_paragraph(open_at):
    page = open_at(BATTLE, "phone")
    opening, infobox, rest = (box(page, name) for name in (".lead-opening", ".infobox", ".lead-rest"))
    assert opening["y"] < infobox["y"] < rest["y"]


def test_side_by_side_a_blank_cell_keeps_its_width(open_at):
    page = open_at(BATTLE)
    first, second = (box(page, f"[data-field=strength][data-side='{side}']") for side in (1, 2))
    assert first["y"] == second["y"]
    assert abs(first["width"] - second["width"]) < 1


def test_on_a_phone_each_side_is_a_block_under_its_name(open_at):
    page = open_at(BATTLE, "phone")
    tops = {
        side: [one.bounding_box()["y"] for one in page.locator(f".sides [data-side='{side}']").all()]
        for side in ("1", "2", "all")
    }
    assert all(tops[side] == sorted(tops[side]) for side in tops)
    assert max(tops["1"]) < min(tops["2"])
    assert max(tops["2"]) < min(tops["all"])
    label = "getComputedStyle(document.querySelector('td[data-side]'), '::before').content"
    assert "Commanders" in page.evaluate(label)


def test_on_a_phone_the_ways_to_narrow_a_search_leave_room_for_what_was_found(new_page, live_server):
    for number in range(24):
        rows = [{"id": f"r{side}", "field": "combatant", "side": side, "value": f"Army of the river {number} {side}"}
                for side in (1, 2)]  # fmt: skip
        infobox = {"kind": "military-conflict", "rows": rows}
        make_article(f"river-{number}", f"Battle of the River {number}", infobox=infobox, event_date=str(1900 + number))
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("/search/?q=river")
    ways = page.locator(".narrowing div")
    assert ways.count() >= 2
    assert all(one.bounding_box()["height"] < 60 for one in ways.all())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    last = ways.first.locator("dd a").last
    last.focus()
    assert last.bounding_box()["x"] + last.bounding_box()["width"] <= 391


def test_marks_are_large_enough_to_hit_and_do_not_open_the_line(open_at):
    page = open_at(BATTLE)
    sizes = page.evaluate(
        "[...document.querySelectorAll('a[role=doc-noteref]')].map(a => a.getClientRects()[0])"
        ".map(box => [box.width, box.height])"
    )
    assert min(width for width, _ in sizes) >= 23.9
    assert min(height for _, height in sizes) >= 23.9
    lines = page.evaluate(
        "[...document.querySelectorAll('.lead-rest > p')].map("
        "p => p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight))"
    )
    assert all(abs(count - round(count)) < 0.05 for count in lines)


def test_a_mark_leads_to_its_entry_and_back(open_at):
    page = open_at(BATTLE)
    mark = page.locator(".lead-opening sup.citation").first
    anchor = mark.get_attribute("id")
    mark.locator("a").click()
    entry = page.locator("li:target")
    expect(entry).to_be_visible()
    entry.locator(f"a[role=doc-backlink][href='#{anchor}']").click()
    assert page.evaluate("document.querySelector(':target').id") == anchor
    expect(mark.locator("a")).to_be_visible()


def test_the_keyboard_skips_to_the_text(open_at):
    page = open_at(BATTLE)
    page.keyboard.press("Tab")
    assert box(page, ".skip")["y"] >= 0
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'main'")


def test_print_shows_the_lists_without_what_is_to_click(open_at):
    page = open_at(BATTLE)
    page.emulate_media(media="print")
    expect(page.locator(".references li").first).to_be_visible()
    for hidden in ("nav.contents", ".search-form", ".backlinks", ".infobox .who", "a[href$='/cite/']"):
        expect(page.locator(hidden).first).to_be_hidden()
    address = "getComputedStyle(document.querySelector('.references a.external'), '::after').content"
    assert "http" in page.evaluate(address)
    assert page.locator(".published").inner_text().endswith("revision 1.")
    address = "getComputedStyle(document.querySelector('.published'), '::after').content"
    assert page.evaluate(address).endswith(f'{BATTLE}"')


def test_in_print_the_names_of_the_sides_stand_on_every_page_that_the_sides_fill(open_at):
    page = open_at(BATTLE)
    page.emulate_media(media="print")
    names = page.locator(".infobox .sides tr").first
    assert names.evaluate("row => getComputedStyle(row).display") == "table-header-group"
    assert names.evaluate("row => getComputedStyle(row).breakAfter") == "avoid"
    label, cell = (names.locator(one).bounding_box() for one in ("th[scope=row]", ".side-2"))
    assert label["y"] + label["height"] <= cell["y"]
    first, second = (page.locator(f".infobox .sides td[data-side='{side}']").first.bounding_box() for side in (1, 2))
    assert (first["y"], first["width"]) == (second["y"], second["width"])


def test_in_print_more_than_two_sides_are_columns_as_wide_as_the_page(open_at):
    rows = [{"field": field, "side": side, "value": f"{field} {side}"}
            for field in ("combatant", "units") for side in (1, 2, 3)]  # fmt: skip
    infobox = {"kind": "military-conflict", "rows": rows}
    make_article("three-sides", infobox=infobox)
    page = open_at("/articles/three-sides/")
    page.emulate_media(media="print")
    names = page.locator(".infobox .sides tr").first
    assert names.evaluate("row => getComputedStyle(row).display") == "table-header-group"
    cells = [page.locator(f".infobox .sides td[data-side='{side}']").bounding_box() for side in (1, 2, 3)]
    assert len({(cell["y"], cell["width"]) for cell in cells}) == 1
    assert sum(cell["width"] for cell in cells) >= box(page, "article")["width"] - 2


def test_words_of_a_script_from_right_to_left_keep_what_stands_beside_them_in_order(open_at):
    page = open_at(BATTLE)
    page.evaluate(
        """() => {
        const mark = '<sup class="citation"><a href="#ref-a">[1]</a><span class="locator">p. 5</span></sup>';
        const text = "معركة كلبجر معركة وقعت";
        document.querySelector("article > p").innerHTML = `${text}${mark} ${text}`;
        const neighbour = `<a>${text}</a> <span class="date">27 March</span>`;
        document.querySelector("article").insertAdjacentHTML("beforeend",
            `<nav class="campaign"><ol><li>${neighbour}</li></ol></nav>`);
        document.querySelector("article > p").insertAdjacentHTML("afterend", `<blockquote><p>${text}</p></blockquote>`);
        }"""
    )
    mark, locator = box(page, "article > p a"), box(page, "article > p .locator")
    assert abs(locator["x"] - mark["x"] - mark["width"]) < 20
    name, date = box(page, ".campaign li a"), box(page, ".campaign .date")
    assert (date["height"], date["x"] >= name["x"] + name["width"]) == (name["height"], True)
    assert page.evaluate(
        """() => { const words = new Range(), quoted = document.querySelector("blockquote p");
        words.selectNodeContents(quoted);
        return quoted.getBoundingClientRect().right - words.getBoundingClientRect().right < 2; }"""
    )


def test_text_at_twice_its_size_fits(open_at):
    """200 % zoom of a desktop window leaves 640 CSS pixels."""
    page = open_at(BATTLE, "desktop")
    page.set_viewport_size({"width": 640, "height": 450})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


INDENT = """(block) => {
  const text = document.createRange();
  text.selectNodeContents(block);
  const one = block.getBoundingClientRect(), other = text.getBoundingClientRect();
  return document.dir === "rtl" ? one.right - other.right : other.left - one.left;
}"""


def test_sides_stand_as_far_from_their_rules_where_one_writes_from_right_to_left(open_at):
    page = open_at(BATTLE, "phone")
    side = page.locator(".infobox .side").first
    indent = side.evaluate(INDENT)
    page.evaluate("document.dir = 'rtl'")
    assert side.evaluate(INDENT) == pytest.approx(indent, abs=1)
    assert indent > 10


_LEFT_OF = """([element, word]) => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = new Range();
  while (texts.nextNode()) {
    const at = texts.currentNode.data.indexOf(word);
    if (at < 0) continue;
    range.setStart(texts.currentNode, at);
    range.setEnd(texts.currentNode, at + word.length);
    return range.getBoundingClientRect().left;
  }
}"""


@pytest.mark.parametrize(
    ("address", "selector", "order"),
    [
        (f"{BATTLE}history/", ".revision .size", ("+", "3", "−")),
        (BATTLE, ".infobox .geo", ("40", "46")),
    ],
)
def test_signs_and_numbers_keep_their_order_where_one_writes_from_right_to_left(open_at, address, selector, order):
    page = open_at(address)
    page.evaluate("document.dir = 'rtl'")
    element = page.locator(selector).first.element_handle()
    places = [page.evaluate(_LEFT_OF, [element, word]) for word in order]
    assert places == sorted(places)
