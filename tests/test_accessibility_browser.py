"""Every kind of public page for everybody: axe-core, forced colours, the keyboard, tables line by line, languages."""

import pytest

from .articles_for_tests import edit, load_demo, make_article

BATTLE = "/articles/battle-of-kalbajar/"
NOT_LATIN = r"[\u0370-\u058f\u10a0-\u10ff\u0590-\u06ff]"
FOREIGN = f"""() => {{
  const found = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {{
    const {{data, parentElement}} = walker.currentNode;
    const named = parentElement.closest("h1, .references li, .names, .work");
    if (named && /{NOT_LATIN}/.test(data) && parentElement.closest("[lang]").lang === "en") found.push(data);
  }}
  return found;
}}"""
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getClientRects()[0], style = getComputedStyle(one);
  return {
    nothing: one === document.body,
    key: one.id || one.href || one.name || one.className || one.textContent,
    name: one.outerHTML.slice(0, 80),
    seen: !!box && box.width > 0 && box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== "none",
  };
}"""
WANTED = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest("[popover], .report.here"))
  .map((one) => one.id || one.href || one.name || one.className || one.textContent)"""


@pytest.fixture
def addresses(live_server):
    """Return an address of every kind of public page."""
    battle = load_demo()
    load_demo("capture-of-lachin")
    make_article("lachin-river", "Lachin river", names=[{"name": "Kalbajar battle"}])
    make_article("lachin-hill", "Lachin hill", names=[{"name": "Kalbajar battle"}])
    edit(battle, body="Fought anew.", summary="Shorten", published=True)
    edit(battle, body=battle.body, summary="Take the text back", published=True)
    source = battle.references.exclude(source=None).first().source_id
    below = ("", "claims/", "cite/", "report/", "history/", "revisions/1/", "compare/1/2/",
             "compare/1/2/?view=columns", "compare/1/2/?view=rendered")  # fmt: skip
    return [
        "/",
        *(BATTLE + one for one in below),
        "/search/?q=Kelbecer",
        "/search/?q=nothing+of+this+name",
        f"/sources/{source}/",
        "/categories/mountain-warfare/",
        "/articles/kalbajar-battle/",
        "/articles/kalbaja/",
    ]


@pytest.fixture
def battle(live_server):
    return load_demo()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(new_page, addresses, axe, scheme):
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    for address in addresses:
        page.goto(address)
        assert (address, axe(page)) == (address, [])


def test_every_page_names_itself_and_sets_nothing_on_a_reader(new_page, addresses):
    page = new_page()
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for address in addresses:
        page.goto(address)
        assert (address, page.locator("h1").count(), page.locator("main").count()) == (address, 1, 1)
        assert page.title().strip() not in ("", "· Kalbajar")
    assert len(hosts) == 1
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_a_page_comes(new_page, battle, width):
    page = new_page(viewport={"width": width, "height": 800})
    for address in ("/", BATTLE):
        page.goto(address, wait_until="networkidle")
        assert (address, page.evaluate(SHIFTS)) == (address, 0)


def test_the_keyboard_reaches_everything_and_is_seen_everywhere(new_page, battle):
    page = new_page(reduced_motion="reduce")
    page.goto(BATTLE)
    # A preview at every mark would make the way three times as long.
    page.evaluate("localStorage.reading = JSON.stringify({previews: 'off'})")
    page.reload()
    wanted, reached = set(page.evaluate(WANTED)), set()
    for _ in range(600):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["nothing"]:
            break
        assert focused["seen"], focused["name"]
        reached.add(focused["key"])
    assert focused["nothing"], "the keyboard is caught"
    assert wanted - reached == set()


def test_without_colours_of_ours_everything_is_told_apart(new_page, battle, axe):
    page = new_page(forced_colors="active", reduced_motion="reduce")
    page.goto(BATTLE)
    # The colours are the system's, which axe-core does not know.
    assert [one for one in axe(page) if not one.startswith("color-contrast")] == []
    link = page.locator(".references a.external").first
    assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "underline"
    mark = page.locator("sup.citation a").first
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    preview = page.locator(".preview")
    preview.wait_for()
    assert preview.evaluate("box => getComputedStyle(box).borderTopStyle") == "solid"
    assert mark.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"


def test_nothing_moves_by_itself(new_page, battle):
    page = new_page(reduced_motion="reduce")
    page.goto(BATTLE)
    page.locator("sup.citation a").first.hover()
    page.locator(".preview").wait_for()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", [BATTLE, f"{BATTLE}claims/"])
def test_tables_stay_tables_for_those_who_listen(new_page, battle, width, address):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [node["role"]["value"] for node in tree if not node["ignored"]]
    for role, tags in (("table", "table"), ("row", "tr"), ("cell", "td"), ("rowheader", "th[scope=row]"),
                       ("columnheader", "th[scope=col]")):  # fmt: skip
        count = page.locator(f"main :is({tags})" if role != "cell" else "main td:not([aria-hidden])").count()
        assert (role, heard.count(role) + (heard.count("gridcell") if role == "cell" else 0)) == (role, count)


def test_every_cell_of_the_infobox_says_its_row_and_its_side(new_page, battle):
    page = new_page()
    page.goto(BATTLE)
    lines = page.evaluate(
        "[...document.querySelectorAll('.infobox td[headers]')].map(cell => [...cell.headers.split(' ')]"
        ".map(id => document.getElementById(id).textContent.trim()))"
    )
    assert lines
    assert all(all(line) for line in lines)
    sides = page.locator(".infobox td[data-side='1']")
    assert all(len(line) == 2 for line in lines[-sides.count() * 2 :])


def test_names_titles_and_quotations_in_other_scripts_say_their_language(new_page, addresses):
    page = new_page()
    for address in addresses[:2] + [one for one in addresses if "/sources/" in one]:
        page.goto(address)
        assert (address, page.evaluate(FOREIGN)) == (address, [])


def test_at_four_times_its_size_a_page_still_needs_no_scrolling_sideways(new_page, addresses):
    """400 % zoom of a desktop window leaves 320 CSS pixels."""
    page = new_page(viewport={"width": 320, "height": 256})
    for address in addresses:
        page.goto(address)
        assert (address, page.evaluate("document.documentElement.scrollWidth") <= 320) == (address, True)
