"""The pages of history and review in a real browser: axe finds nothing, nothing is cut off, and no script is needed."""

import pytest
from playwright.sync_api import expect

from articles.content import Source as SourceContent
from articles.models import Source
from articles.reviewing import add_comment, protect, submit, watch
from articles.revisions import newest_content, record_shared_change

from .articles_for_tests import edit, load_demo, make_article

BATTLE = "/articles/battle-of-kalbajar/"
SIZES = {"desktop": (1440, 900), "tablet": (960, 900), "phone": (390, 844), "narrow": (320, 640)}
COMPARE = f"{BATTLE}compare/1/2/"
PAGES = [
    f"{BATTLE}history/",
    f"{COMPARE}?view=columns",
    f"{COMPARE}?view=rendered",
    f"{COMPARE}?view=inline",
    f"{COMPARE}?view=inline&reflow=hide",
    f"{BATTLE}compare/2/2/",
    f"{BATTLE}revisions/1/",
    "/articles/heights/revisions/1/",
    "/articles/lachin/compare/1/2/",
    "/review/",
    "/review/notices/",
]
LONG = "Battle for the heights between the upper Tartar valley and the Murov range in the winter of 1993 to 1994"

_TOO_WIDE = """document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 100))"""


@pytest.fixture
def reviewed(live_server, make_user, reviewer, administrator):
    """A demo article edited in every way and submitted, a long-named first draft, a corrected source; all wait."""
    editor = make_user("editor.of.a.very.long.name@encyclopedia.example", "Editors")
    article = load_demo()
    text = newest_content(article).to_json()
    paragraphs = [one.replace(" the ", " that ", 3) for one in text["body"].split("\n\n")]
    paragraphs.insert(3, paragraphs.pop(8))
    box = text["infobox"]["rows"]
    box[2]["value"] += "; district occupied"
    box += [{"field": "commander", "side": 1, "value": f"General Number {n} of a Long Name"} for n in range(9)]
    body = "\n\n".join([*paragraphs, f"https://example.org/{'x' * 120}"])
    newest = edit(
        article, author=editor, body=body, infobox=text["infobox"], notes=text["notes"][1:], summary="As " * 90
    )
    submit(newest, user=editor, comment="Please.")
    add_comment(newest, user=reviewer, text="Whose words?", change="", label="")
    protect(article, user=administrator)
    commanders = {"kind": "military-conflict", "rows": box}
    submit(
        make_article("heights", LONG, author=editor, published=False, infobox=commanders).revisions.newest(),
        user=editor,
    )
    book = {"type": "book", "title": "Black Garden, corrected"}
    make_article("lachin", "Lachin", body="[@w]", references=[{"key": "w", "source": book}])
    source = Source.objects.get(title=book["title"])
    source.set_content(SourceContent.of(book | {"title": "Black Garden"}))
    record_shared_change(source, author=editor)
    watch(article, user=reviewer)
    return article


@pytest.fixture
def open_at(new_page, sign_in, reviewed, reviewer):
    """Return a function that opens an address in a window of a named size, as a reviewer."""

    def open_at(address, size="desktop", **options):
        width, height = SIZES[size]
        page = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        sign_in(page, reviewer)
        page.goto(address)
        return page

    return open_at


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_nothing(open_at, axe, size, scheme):
    page = open_at("/", size, color_scheme=scheme)
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert (address, axe(page)) == (address, [])


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_the_window(open_at, size):
    page = open_at("/", size)
    for address in PAGES:
        page.goto(address)
        assert (address, page.evaluate(_TOO_WIDE)) == (address, [])


def test_what_is_to_click_is_large_enough(open_at):
    """Links in running text excepted, as WCAG 2.2 does."""
    page = open_at("/", "phone")
    small = """[...document.querySelectorAll('main :is(a, button, select, summary, input:not([type=hidden]))')]
        .filter(one => one.checkVisibility() && !one.closest('article, p:not(.along), q'))
        .map(one => [one.closest('label') || one, one.textContent.trim()])
        .map(([one, text]) => [one.getBoundingClientRect(), text])
        .filter(([box]) => box.height && box.height < 23.9 && box.width).map(([box, text]) => [text, box.height])"""
    for address in PAGES:
        page.goto(address)
        assert (address, page.evaluate(small)) == (address, [])


def test_comments_stand_beside_their_change_and_below_it_on_a_phone(open_at):
    page = open_at(f"{COMPARE}?view=inline")
    change = page.locator("[data-part=infobox] .change").first
    text, talk = (change.locator(one).first.bounding_box() for one in (".block", ".talk"))
    assert text["x"] + text["width"] <= talk["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    text, talk = (change.locator(one).first.bounding_box() for one in (".block", ".talk"))
    assert text["y"] + text["height"] <= talk["y"]


def test_what_stands_on_one_line_has_one_baseline(open_at):
    page = open_at(f"{COMPARE}?view=inline")

    def baseline(words):
        return page.locator(words).first.evaluate(
            """(one) => {
              const mark = document.createElement("span");
              mark.style.cssText = "display: inline-block; inline-size: 0; block-size: 0";
              one.append(mark);
              const {bottom} = mark.getBoundingClientRect();
              mark.remove();
              return bottom;
            }"""
        )

    assert abs(baseline(".change .what h3 a") - baseline(".change .margin summary")) < 1
    assert abs(baseline(".standing .state") - baseline(".standing .buttons a")) < 1
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{COMPARE.split('compare', maxsplit=1)[0]}history/")
    assert abs(baseline(".choose .measures .size") - baseline(".choose .measures a")) < 1


def test_the_list_of_changes_stays_in_sight_and_leads_to_each(open_at):
    page = open_at(f"{COMPARE}?view=inline")
    link = page.locator(".outline ol a").nth(5)
    link.click()
    target = page.locator(".change:target")
    assert f"#{target.get_attribute('id')}" == link.get_attribute("href")
    assert 0 <= target.bounding_box()["y"] < 120
    assert 0 <= page.locator(".outline > ul").bounding_box()["y"] < 60


def test_columns_stand_side_by_side_and_the_rendered_page_has_its_whole_width(open_at):
    page = open_at(f"{COMPARE}?view=columns")
    left, right = (one.bounding_box() for one in page.locator(".change .pair").first.locator("> *").all())
    assert left["y"] == right["y"]
    assert abs(left["width"] - right["width"]) < 1
    page.goto(f"{COMPARE}?view=rendered")
    widths = [page.locator(".infobox").bounding_box()["width"], page.locator(".lead-opening").bounding_box()["width"]]
    page.goto(BATTLE)
    assert widths == [
        page.locator(".infobox").bounding_box()["width"],
        page.locator(".lead-opening").bounding_box()["width"],
    ]


def test_a_review_needs_no_script(open_at, reviewed):
    page = open_at("/review/", "phone", java_script_enabled=False)
    page.get_by_role("link", name="Battle of Kalbajar", exact=True).first.click()
    page.get_by_role("button", name="I am looking at it").click()
    expect(page.get_by_text("You have been looking at it")).to_be_visible()
    change = page.locator(".change").nth(1)
    change.locator(".talk > summary").click()
    change.locator("textarea").fill("Which source says so?")
    change.get_by_role("button", name="Store the comment").click()
    expect(page.locator(".change:target").get_by_text("Which source says so?")).to_be_visible()
    page.get_by_role("link", name="As readers see it").click()
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Compare the two").click()
    assert "/compare/1/2/" in page.url
    page.get_by_label("Your words to the editors").fill("Good.")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("one more reviewer must approve it")).to_be_visible()


def test_corrections_are_ticked_when_they_were_seen(open_at):
    page = open_at("/review/")
    tick = page.get_by_label("Approve Lachin")
    assert tick.is_disabled()
    page.get_by_role("link", name="Lachin", exact=True).click()
    page.goto("/review/")
    tick.check()
    page.get_by_role("button", name="Approve and publish those ticked").click()
    expect(page.get_by_text("Lachin: revision 2 is published.")).to_be_visible()


def test_on_paper_stands_what_differs_and_nothing_to_press(open_at):
    page = open_at(f"{COMPARE}?view=inline")
    page.emulate_media(media="print")
    expect(page.locator("ins.addition").first).to_be_visible()
    for hidden in (".steps", ".outline", ".talk", "main button"):
        expect(page.locator(hidden).first).to_be_hidden()
    decoration = "getComputedStyle(document.querySelector('del.deletion')).textDecorationLine"
    assert page.evaluate(decoration) == "line-through"
