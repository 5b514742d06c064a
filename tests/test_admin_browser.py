"""The article's form in a real browser, under the site's policy: with its scripts, and without any."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Revision, Source
from articles.revisions import newest_content

from .articles_for_tests import load_demo, make_article
from .desk import ADD, change_address
from .editor_page import try_to_save as save
from .making import BOOK, content, record
from .source_desk import address as source_address, make_source

pytestmark = pytest.mark.django_db(transaction=True)
LISTEN = """document.addEventListener("securitypolicyviolation",
  (event) => console.error("Content Security Policy", event.violatedDirective, event.sourceFile));"""


@pytest.fixture
def desk(page, sign_in, superuser):
    """A page whose user may do everything; a breach of the policy fails the test."""
    sign_in(page, superuser)
    page.add_init_script(LISTEN)
    return page


def test_an_untouched_form_makes_no_revision(desk, live_server):
    article = load_demo()
    before = newest_content(article)
    desk.goto(change_address(article))
    save(desk)
    assert "Nothing differs from revision 1" in desk.inner_text("ul.messagelist")
    assert (Revision.objects.count(), newest_content(article)) == (1, before)


def test_an_untouched_form_makes_no_revision_without_scripts(new_page, sign_in, superuser, live_server):
    page = new_page(java_script_enabled=False)
    sign_in(page, superuser)
    article = load_demo()
    page.goto(change_address(article))
    save(page)
    assert "Nothing differs from revision 1" in page.inner_text("ul.messagelist")
    assert Revision.objects.count() == 1


def test_the_heading_of_a_list_counts_its_rows_while_they_are_written(desk, article):
    desk.goto(change_address(article))
    count = desk.locator("#notes-heading .count")
    expect(count).to_have_text("1")
    desk.click("#notes-group .add-row a")
    desk.fill("[name=notes-1-key]", "second")
    expect(count).to_have_text("2")
    desk.fill("[name=notes-1-key]", "")
    expect(count).to_have_text("1")


def test_rows_are_added_by_the_script_and_removed_again(desk, article):
    desk.goto(change_address(article))
    desk.click("#notes-group .add-row a")
    desk.click("#notes-group .add-row a")
    desk.fill("[name=notes-1-key]", "unwanted")
    desk.fill("[name=notes-2-key]", "second")
    desk.fill("[name=notes-2-text]", "The second note.\n\nWith two paragraphs.")
    desk.click("#notes-1 .inline-deletelink")
    save(desk)
    assert [(note.key, note.text) for note in newest_content(article).notes] == [
        ("spelling", "Also Kelbajar.[@dewaal]"), ("second", "The second note.\n\nWith two paragraphs.")]  # fmt: skip


def test_a_row_is_added_without_scripts(new_page, sign_in, superuser, article):
    page = new_page(java_script_enabled=False)
    sign_in(page, superuser)
    page.goto(change_address(article))
    page.fill("[name=categories-1-name]", "Sieges")
    page.fill("[name=categories-1-ORDER]", "5")
    save(page)
    assert newest_content(article).categories == ("Sieges", "Battles of 1993")


def test_a_source_is_found_by_searching(desk, article):
    record(None, content(slug="other", references=[{"key": "a", "source": BOOK}], notes=[], infobox={}, body=""))
    desk.goto(change_address(article))
    desk.click("#references-group .add-row a")
    desk.click("#references-2 .select2-selection")
    desk.fill(".select2-search__field", "garden")
    desk.click(".select2-results__option:has-text('Black Garden')")
    desk.fill("[name=references-2-key]", "garden")
    save(desk)
    row = newest_content(article).references[-1]
    assert (row.key, row.source.title) == ("garden", "Black Garden")


def test_a_source_is_added_in_a_popup(desk, article):
    desk.goto(change_address(article))
    desk.click("#references-group .add-row a")
    with desk.expect_popup() as opened:
        desk.click("#add_id_references-2-source")
    popup = opened.value
    popup.select_option("#id_type", "book")
    popup.fill("#id_title", "A work of its own")
    popup.click("[name=_save]")
    desk.wait_for_selector("#references-2 .select2-selection__rendered:has-text('A work of its own')")
    desk.fill("[name=references-2-key]", "own")
    save(desk)
    row = newest_content(article).references[-1]
    assert (row.key, row.source.title) == ("own", "A work of its own")
    assert Source.objects.filter(title="A work of its own").count() == 1


def test_problems_lead_to_their_field(desk, article):
    desk.goto(change_address(article))
    desk.click("#notes-0 summary")
    desk.fill("[name=notes-0-key]", "two words")
    desk.fill("#id_body", "Kept.")
    save(desk)
    desk.click(".problems.refused a")
    assert desk.url.endswith("#id_notes-0-key")
    expect(desk.locator("#id_body")).to_have_value("Kept.")
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_runs_out_of_the_page(new_page, sign_in, superuser, live_server, width):
    page = new_page(viewport={"width": width, "height": 800})
    sign_in(page, superuser)
    article = load_demo()
    for address in (change_address(article), ADD, "/admin/articles/article/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 1024, 768, 390])
def test_words_without_a_break_stay_within_the_page(new_page, sign_in, superuser, live_server, width):
    word = "Kalbajar" * 23
    source = make_source({"type": "book", "title": word, "author": [{"literal": word}]})
    article = make_article("long", word, author=superuser)
    page = new_page(viewport={"width": width, "height": 800})
    sign_in(page, superuser)
    for address in (
        change_address(article),
        "/admin/articles/article/",
        "/admin/articles/source/",
        source_address(source),
    ):
        page.goto(address)
        inside = page.evaluate(
            "Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('.results')]"
            ".map((box) => innerWidth - box.clientWidth + box.scrollWidth))"
        )
        assert (address, inside <= width) == (address, True)


def test_without_colours_of_ours_one_sees_where_one_is_and_which_button_is_first(new_page, sign_in, superuser, article):
    page = new_page(viewport={"width": 1280, "height": 800}, forced_colors="active")
    sign_in(page, superuser)
    page.goto(change_address(article))
    page.wait_for_selector(".panel-tabs [aria-selected=true]")
    line = "found => found.map((one) => getComputedStyle(one).borderBottomColor)"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    others = ".workbar .parts a:not([aria-current=true]), .panel-tabs button:not([aria-selected=true]), .show-keys"
    assert set(page.locator(others).evaluate_all(line)) == {ground}
    assert ground not in page.locator(".panel-tabs [aria-selected=true]").evaluate_all(line)
    save = page.locator(".save-bar input.default")
    assert save.evaluate("(button) => getComputedStyle(button).borderTopWidth") == "2px"
    ink = page.evaluate("getComputedStyle(document.body).color")
    colours = "found => found.map((one) => getComputedStyle(one).color)"
    assert set(page.locator(".row-fold > summary").evaluate_all(colours)) == {ink}, "what opens is no link"
    page.goto(reverse("revision", args=[article.public_slug(), 1]))
    assert set(page.locator(".desk summary, .talk > summary").evaluate_all(colours)) == {ink}


def test_on_a_phone_no_label_of_two_copies_breaks_inside_a_word(new_page, sign_in, superuser, live_server):
    one, other = (make_source({"type": "book", "title": "The war", "ISBN": isbn, "author": [{"literal": "A"}]})
                  for isbn in ("978-3-16-148410-0", "978-0-306-40615-7"))  # fmt: skip
    page = new_page(viewport={"width": 390, "height": 800})
    sign_in(page, superuser)
    page.goto(f"{source_address(one, 'merge')}?with={other.pk}")
    lines = page.locator(".merge-table tbody :is(th, td)").evaluate_all(
        "(cells) => cells.filter((cell) => cell.firstChild?.data && !/\\s/.test(cell.textContent)).map((cell) => {"
        "const range = document.createRange(); range.selectNodeContents(cell);"
        "return [cell.textContent, range.getClientRects().length]})"
    )
    assert ["Contributors", 1] in lines
    assert [text for text, count in lines if count > 1 and "-" not in text] == []
    starts = page.locator(".merge-table tbody tr td:nth-child(2)").evaluate_all(
        "(cells) => cells.map((cell) => getComputedStyle(cell).paddingInlineStart)"
    )
    assert len(set(starts)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_shuts_nobody_out(new_page, sign_in, superuser, article, axe, scheme):
    page = new_page(color_scheme=scheme, bypass_csp=True)  # axe styles the page while it looks
    sign_in(page, superuser)
    page.goto(change_address(article))
    page.click("#infobox-0 summary")
    page.click("#references-0 summary")
    page.wait_for_selector("#references-0 .select2-selection")
    page.locator("#categories-0").scroll_into_view_if_needed()
    assert axe(page) == []
