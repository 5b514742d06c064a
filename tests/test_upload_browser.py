"""Pictures dropped onto the article's form and onto the page of images, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Image
from articles.revisions import newest_content

from .desk import change_address
from .making import content, record
from .making_pictures import drawing, file

pytestmark = pytest.mark.django_db(transaction=True)


def picture(name="Road map.png", size=(800, 600)):
    return {"name": name, "mimeType": "image/png", "buffer": file(drawing(size), "PNG")}


@pytest.fixture
def article(live_server):
    return record(None, content()).article


@pytest.fixture
def desk(page, sign_in, superuser):
    sign_in(page, superuser)
    return page


def test_pictures_become_figures_of_the_article(desk, article):
    desk.goto(change_address(article))
    desk.set_input_files(".drop-files", [picture(), picture("Road map.png", (700, 500))])
    cards = desk.locator(".drop-card")
    expect(cards).to_have_count(2)
    for card in (cards.nth(0), cards.nth(1)):
        card.locator("[data-word=alt]").fill("A map of the road.")
        card.locator("[data-word=credit]").fill("Survey")
        card.locator("[data-word=licence]").fill("CC0 1.0")
    desk.click(".drop-send button")
    expect(cards).to_have_count(0)
    expect(desk.locator(".drop-said")).to_contain_text("In the article under the key road-map-2.")
    desk.click(".drop-place >> nth=0")
    assert "![[road-map]]" in desk.input_value("#id_body")
    desk.click("[name=_continue]")
    desk.wait_for_selector("ul.messagelist")
    rows = newest_content(article).figures
    assert [(row.key, row.alt, row.credit, row.licence) for row in rows] == [
        ("road-map", "A map of the road.", "Survey", "CC0 1.0"),
        ("road-map-2", "A map of the road.", "Survey", "CC0 1.0"),
    ]
    assert [row.file.width for row in rows] == [800, 700]


def test_saving_takes_pictures_along_that_wait_on_their_cards(desk, article):
    desk.goto(change_address(article))
    desk.set_input_files(".drop-files", [picture()])
    desk.fill(".drop-card [data-word=alt]", "A map of the road.")
    desk.click("[name=_continue]")
    desk.wait_for_selector("ul.messagelist")
    assert [(row.key, row.alt) for row in newest_content(article).figures] == [("road-map", "A map of the road.")]


def test_nothing_is_saved_while_a_picture_is_refused(desk, article):
    desk.goto(change_address(article))
    desk.set_input_files(".drop-files", [{"name": "a.png", "mimeType": "image/png", "buffer": b"%PDF-1.7"}])
    desk.fill(".drop-card [data-word=alt]", "Typed words.")
    desk.click("[name=_continue]")
    expect(desk.locator(".drop-card .errorlist")).to_contain_text("The file is a PDF")
    expect(desk.locator(".drop-card [data-word=alt]")).to_have_value("Typed words.")
    assert article.revisions.count() == 1
    desk.click(".drop-away")


def test_what_is_no_picture_is_told_and_the_words_stay(desk, article):
    desk.goto(change_address(article))
    desk.set_input_files(".drop-files", [{"name": "a.png", "mimeType": "image/png", "buffer": b"%PDF-1.7"}])
    desk.fill(".drop-card [data-word=credit]", "Survey")
    desk.click(".drop-send button")
    expect(desk.locator(".drop-card .errorlist")).to_contain_text("The file is a PDF, which is not taken.")
    expect(desk.locator(".drop-card [data-word=credit]")).to_have_value("Survey")
    desk.click(".drop-away")
    expect(desk.locator(".drop-card")).to_have_count(0)
    assert not Image.objects.exists()


def test_a_file_that_is_dropped_beside_its_place_does_not_take_the_page_away(desk, article):
    desk.goto(change_address(article))
    taken = desk.evaluate(
        """() => { const files = new DataTransfer(); files.items.add(new File(["x"], "a.png"));
        const drop = (place) => !place.dispatchEvent(new DragEvent("drop",
          { bubbles: true, cancelable: true, dataTransfer: files }));
        return [drop(document.body), drop(document.querySelector("#figures-group"))]; }"""
    )
    assert taken == [True, True]
    expect(desk.locator(".drop-card")).to_have_count(1)


def test_several_pictures_come_into_the_library(desk, live_server):
    desk.goto("/admin/articles/image/add/")
    desk.set_input_files(".drop-files", [picture("one.png"), picture("two.png", (90, 60))])
    desk.click(".drop-send button")
    expect(desk.locator(".drop-said a")).to_have_count(2)
    assert sorted(Image.objects.values_list("uploaded_as", flat=True)) == ["one.png", "two.png"]


def test_the_place_for_pictures_shuts_nobody_out(new_page, sign_in, superuser, article, axe):
    page = new_page(bypass_csp=True)  # axe styles the page while it looks
    sign_in(page, superuser)
    page.goto(change_address(article))
    page.set_input_files(".drop-files", [picture()])
    expect(page.locator(".drop-card img")).to_be_visible()
    assert axe(page) == []


def test_the_focus_goes_to_a_refused_picture_and_what_is_wrong_with_it_is_said_there(desk, live_server):
    desk.goto("/admin/articles/image/add/")
    wrong = {"name": "a.png", "mimeType": "image/png", "buffer": b"%PDF-1.7"}
    desk.set_input_files(".drop-files", [picture(), wrong])
    desk.click(".drop-send button")
    credit = desk.locator(".drop-card [data-word=credit]")
    expect(credit).to_have_count(1)
    expect(credit).to_be_focused()
    expect(credit).to_have_accessible_description(re.compile("The file is a PDF"))
    desk.click(".drop-away")
    expect(desk.locator(".drop-files")).to_be_focused()


def test_after_all_pictures_went_the_focus_is_where_others_are_chosen(desk, live_server):
    desk.goto("/admin/articles/image/add/")
    desk.set_input_files(".drop-files", [picture()])
    desk.click(".drop-send button")
    expect(desk.locator(".drop-card")).to_have_count(0)
    expect(desk.locator(".drop-files")).to_be_focused()


def test_a_card_whose_picture_cannot_be_shown_keeps_its_columns(desk, live_server):
    desk.goto("/admin/articles/image/add/")
    desk.set_input_files(".drop-files", [picture(), {"name": "a.png", "mimeType": "image/png", "buffer": b"no"}])
    expect(desk.locator(".drop-card img").nth(1)).to_be_hidden()
    words = desk.locator(".drop-words")
    assert words.nth(0).bounding_box()["width"] == words.nth(1).bounding_box()["width"]
