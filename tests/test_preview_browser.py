"""The preview beside the form, in a real browser: drawn while one types, scrolled along, and never in the way."""

import pytest
from playwright.sync_api import expect

from articles.models import Revision

from .articles_for_tests import load_demo
from .desk import ADD, change_address, open_form, send
from .making import content, record
from .waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "\n\n".join(["Lead.[@hrw]", *(f"## Part {number}\n\nText of part {number}. " + "Words. " * 90 + "[@hrw]"
                                     for number in range(1, 21))])  # fmt: skip


@pytest.fixture
def desk(page, sign_in, superuser):
    sign_in(page, superuser)
    return page


@pytest.fixture
def waiting_desk(new_page, sign_in, superuser):
    """A desk whose page can be asked again and again until something is so, which the site's policy forbids."""
    page = new_page(bypass_csp=True)
    sign_in(page, superuser)
    return page


@pytest.fixture
def article(live_server):
    return record(None, content(body=BODY)).article


def shown(desk, article, tab="preview"):
    """Open the form with a panel shown, and return the page inside the preview."""
    desk.goto(change_address(article))
    desk.click(f"#tab-{tab}")
    return desk.frame_locator(".preview-frame")


def type_body(desk, text):
    """Put a text into the body as other scripts do."""
    desk.evaluate(
        """(text) => { const body = document.getElementById("id_body"); body.value = text;
        body.dispatchEvent(new Event("input", { bubbles: true })); }""", text,
    )  # fmt: skip


def test_what_is_typed_is_shown_without_saving(desk, article):
    preview = shown(desk, article)
    desk.fill("#id_title", "Renamed")
    expect(preview.locator("h1")).to_have_text("Renamed")
    type_body(desk, "A **bold** word.[@hrw]")
    expect(preview.locator("strong")).to_have_text("bold")
    assert Revision.objects.count() == 1


def test_the_preview_looks_as_the_page_does(desk, live_server):
    article = load_demo()
    preview = shown(desk, article)
    expect(preview.locator("#ref-hrw1994")).to_be_visible()
    drawn = preview.locator("article").evaluate("(one) => one.outerHTML")
    family = preview.locator(".infobox").evaluate("(one) => getComputedStyle(one).fontFamily")
    desk.goto(article.get_absolute_url())
    assert drawn == desk.locator("article").evaluate("(one) => one.outerHTML")
    assert family == desk.locator(".infobox").evaluate("(one) => getComputedStyle(one).fontFamily")


def test_what_cannot_be_read_leaves_the_last_page_and_says_so(desk, article):
    preview = shown(desk, article)
    expect(preview.locator("h1")).to_have_text("Battle of Kalbajar")
    desk.fill("#id_title", "")
    expect(desk.locator("#preview-state")).to_contain_text("you see the last that could")
    expect(preview.locator("h1")).to_have_text("Battle of Kalbajar")
    desk.fill("#id_title", "Mended")
    expect(preview.locator("h1")).to_have_text("Mended")
    expect(desk.locator("#preview-state")).to_be_empty()


def test_a_signed_out_editor_is_told_and_keeps_the_text(desk, article):
    shown(desk, article)
    desk.context.clear_cookies(name="sessionid")
    desk.fill("#id_title", "Typed on")
    expect(desk.locator("#preview-state")).to_contain_text("signed out")
    expect(desk.locator("#id_title")).to_have_value("Typed on")


def test_the_preview_scrolls_with_the_text(waiting_desk, article):
    desk = waiting_desk
    preview = shown(waiting_desk, article)
    expect(preview.locator("h2", has_text="Part 20")).to_be_attached()
    desk.mouse.move(300, 400)
    desk.mouse.wheel(0, 3000)
    seen = "() => document.querySelector('.preview-frame').contentDocument.scrollingElement.scrollTop"
    until(desk, f"({seen})() > 300")
    before = desk.evaluate(seen)
    desk.mouse.wheel(0, 1500)
    until(desk, f"({seen})() > {before + 300}")
    desk.mouse.wheel(0, -10000)
    until(desk, f"({seen})() === 0")


def test_the_text_scrolls_with_the_preview(waiting_desk, article):
    desk = waiting_desk
    preview = shown(waiting_desk, article)
    preview.locator("h2", has_text="Part 10").hover()
    desk.mouse.wheel(0, 800)
    until(desk, "scrollY > 300")
    before = desk.evaluate("scrollY")
    desk.mouse.wheel(0, 1500)
    until(desk, f"scrollY > {before + 200}")


def test_a_double_click_leads_to_the_line(waiting_desk, article):
    desk = waiting_desk
    preview = shown(waiting_desk, article)
    preview.locator("h2", has_text="Part 3").dblclick()
    until(desk, "document.activeElement.closest('.cm-content, #id_body')")
    chosen = "() => getSelection().anchorNode?.parentElement?.closest('.cm-line')?.textContent"
    until(desk, f"({chosen})() === '## Part 3'")


def test_links_do_not_lead_away_from_the_form(desk, live_server):
    article = load_demo()
    preview = shown(desk, article)
    address = desk.url
    preview.locator("sup.citation a").first.click()
    with desk.expect_popup() as opened:
        preview.locator("article a.external").first.click()
    opened.value.close()
    assert desk.url == address
    expect(preview.locator("h1")).to_have_text("Battle of Kalbajar")


def test_the_preview_is_a_phone_and_paper_and_light_or_dark(waiting_desk, article):
    desk = waiting_desk
    preview = shown(waiting_desk, article)
    expect(preview.locator("h1")).to_be_visible()
    desk.select_option("#preview-as", "390")
    assert preview.locator("html").evaluate("() => innerWidth") == 390
    desk.select_option("#preview-colours", "dark")
    ground = "(one) => getComputedStyle(one).backgroundColor"
    until(
        desk,
        "getComputedStyle(document.querySelector('.preview-frame').contentDocument.documentElement).backgroundColor"
        " === 'rgb(22, 23, 25)'",
    )
    desk.select_option("#preview-as", "print")
    expect(preview.locator(".contents")).to_be_hidden()
    assert preview.locator("html").evaluate(ground) == "rgb(255, 255, 255)"
    desk.select_option("#preview-as", "")
    expect(preview.locator(".contents")).to_be_visible()


def test_problems_follow_the_text_and_lead_to_their_line(waiting_desk, article):
    desk = waiting_desk
    shown(waiting_desk, article, "problems")
    type_body(waiting_desk, "Cited.[@hrw]\n\nWrong.[@nobody]")
    entry = desk.locator("#panel-problems li[data-kind=undefined_reference]")
    expect(entry).to_contain_text("There is no reference “nobody”")
    expect(desk.locator("#panel-problems h3").first).to_contain_text("One error keeps this from being published")
    number = desk.locator("#panel-problems [data-place]").count()
    expect(desk.locator("#problems-count")).to_have_text(str(number))
    entry.locator("a").click()
    until(desk, "document.activeElement.matches('.cm-content, #id_body')")
    type_body(waiting_desk, "Cited.[@hrw]")
    expect(entry).to_have_count(0)


def test_a_problem_in_many_places_is_said_once(waiting_desk, live_server):
    desk = waiting_desk
    article = record(None, content(body="One.\n\nTwo.\n\nCited.[@hrw]")).article
    # One sees the list as the site wrote it only while nothing checks the text.
    desk.route("**/preview/**", lambda route: route.abort())
    shown(desk, article, "problems")
    written = _grouped(desk)
    assert written == ["This paragraph cites no source; add a citation such as [@key].", "Text, line 1", "Text, line 3"]
    desk.unroute("**/preview/**")
    type_body(desk, "One.\n\nTwo.\n\nThree.\n\nCited.[@hrw]")
    expect(desk.locator("#panel-problems .places a")).to_have_count(3)
    assert _grouped(desk) == [*written, "Text, line 5"]
    expect(desk.locator("#problems-count")).to_have_text(str(desk.locator("#panel-problems [data-place]").count()))
    desk.locator("#panel-problems .places a").last.click()
    until(desk, "document.activeElement.matches('.cm-content, #id_body')")


def _grouped(desk):
    """Return the sentence about paragraphs and its places, which stand in one entry."""
    entry = desk.locator("#panel-problems li[data-kind=uncited_paragraph]")
    sentence = entry.evaluate("(one) => one.firstChild.textContent.trim()")
    return [sentence, *entry.locator(".places a").all_text_contents()]


def test_of_a_new_article_nothing_is_said_before_it_is_written(waiting_desk, live_server):
    desk = waiting_desk
    desk.goto(ADD)
    desk.click("#tab-problems")
    panel = desk.locator("#panel-problems")
    expect(panel.get_by_text("will be listed here")).to_be_visible()
    expect(panel.locator(".none")).to_be_hidden()
    type_body(desk, "Text without a title.[@hrw]")
    expect(panel.locator("li[data-place]").first).to_be_visible()
    expect(panel.locator(".unchecked")).to_have_count(0)
    expect(panel.locator(".none")).to_be_hidden()


def test_a_refused_form_does_not_say_that_nothing_stands_in_the_way(client_of, superuser, article):
    client = client_of(superuser)
    page = send(client, article, open_form(client, article), title="").content.decode()
    assert "Nothing was saved yet" in page
    assert '<p class="none" hidden>' in page


def test_the_problems_of_a_draft_are_there_without_scripts(new_page, sign_in, superuser, live_server):
    article = record(None, content(body="Cited.[@hrw]\n\nWrong.[@nobody]")).article
    page = new_page(java_script_enabled=False)
    sign_in(page, superuser)
    page.goto(change_address(article))
    link = page.locator("#panel-problems li[data-kind=undefined_reference] a")
    expect(link).to_have_attribute("data-line", "3")
    expect(link).to_have_attribute("href", "#id_body")


def test_a_preview_in_a_tab_is_no_save_and_the_form_lives_on(desk, article):
    preview = shown(desk, article)
    desk.fill("#id_title", "Not saved")
    expect(preview.locator("h1")).to_have_text("Not saved")
    desk.evaluate("document.getElementById('article_form').addEventListener('submit', () => { window.taken = true; })")
    with desk.expect_popup() as opened:
        desk.click("text=Preview in a new tab")
    expect(opened.value.locator("h1")).to_have_text("Not saved")
    assert desk.evaluate("window.taken") is None
    desk.fill("#id_title", "Typed on")
    expect(preview.locator("h1")).to_have_text("Typed on")
    assert Revision.objects.count() == 1


def test_the_preview_opens_in_a_tab_without_scripts(new_page, sign_in, superuser, article):
    page = new_page(java_script_enabled=False)
    sign_in(page, superuser)
    page.goto(change_address(article))
    page.fill("#id_title", "Not saved")
    with page.expect_popup() as opened:
        page.click("text=Preview in a new tab")
    expect(opened.value.locator("h1")).to_have_text("Not saved")
    expect(page.locator("#id_title")).to_have_value("Not saved")
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_preview_and_problems_shut_nobody_out(new_page, sign_in, superuser, article, axe, scheme):
    page = new_page(color_scheme=scheme, bypass_csp=True)  # axe styles the page while it looks
    sign_in(page, superuser)
    for tab in ("preview", "problems"):
        preview = shown(page, article, tab)
        if tab == "preview":
            expect(preview.locator("h1")).to_be_visible()
        assert axe(page) == []
