"""Two editors at one article in two browsers: every word that either typed is found again."""

import pytest
from playwright.sync_api import expect

from articles.models import Revision
from articles.revisions import newest_content

from .desk import change_address
from .making import content, record

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "The first day of the battle was quiet.\n\nThe second day of the battle was loud."


@pytest.fixture
def article(live_server):
    return record(None, content(body=BODY)).article


@pytest.fixture
def desks(new_page, sign_in, make_user, article):
    """Return the pages of Anna and of Levon, who both have the form open; Levon's browser runs no scripts."""
    pages = []
    for name, scripts in (("Anna", True), ("Levon", False)):
        page = new_page(java_script_enabled=scripts, bypass_csp=True)  # axe styles the page while it looks
        sign_in(page, make_user(name.lower(), "Editors", first_name=name))
        page.goto(change_address(article))
        pages.append(page)
    return pages


def fill(page, name, text):
    """Type into a field of the form as a script of the form does, wherever it is shown."""
    page.locator(f"[name='{name}']").evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }", text
    )


def save(page, name="_continue"):
    page.locator(f"[name='{name}']").evaluate("(button) => button.click()")
    page.wait_for_load_state()
    page.wait_for_selector("ul.messagelist, #settle_form")


def let_titles_clash(anna, levon):
    """Let both write another title, and Anna save last."""
    fill(anna, "title", "Anna's title")
    fill(levon, "title", "Levon's title")
    save(levon)
    save(anna)


def choose(page, words, nth=0):
    page.get_by_role("radio", name=words).nth(nth).check()


def test_each_side_of_a_clash_says_its_text_to_a_listener(desks):
    anna, levon = desks
    fill(anna, "body", BODY.replace("quiet", "calm"))
    fill(levon, "body", BODY.replace("quiet", "still"))
    save(levon)
    save(anna)
    for way, word in (("Mine", "calm"), ("Theirs", "still")):
        radio = anna.get_by_role("radio", name=way, exact=True)
        expect(radio).to_have_accessible_description(f"The first day of the battle was {word}.")


def test_what_goes_together_in_interleaved_saves(desks, article):
    anna, levon = desks
    fill(anna, "body", BODY.replace("quiet", "calm"))
    fill(levon, "body", f"{BODY}\n\nThe third day was Levon's.")
    fill(levon, "notes-0-text", "Levon's note.")
    save(levon)
    fill(levon, "short_description", "Levon's description")
    save(anna)
    assert "Levon saved revision 2" in anna.inner_text("ul.messagelist")
    save(levon)
    assert "Anna saved revision 3" in levon.inner_text("ul.messagelist")
    newest = newest_content(article)
    assert newest.body == f"{BODY.replace('quiet', 'calm')}\n\nThe third day was Levon's."
    assert (newest.notes[0].text, newest.short_description) == ("Levon's note.", "Levon's description")
    assert Revision.objects.count() == 4


def test_a_row_deleted_while_the_other_edits_it_and_a_paragraph_of_both(desks, article, axe):
    anna, levon = desks
    fill(anna, "notes-0-text", "Anna's long work on the note.")
    fill(anna, "body", BODY.replace("loud", "terrible"))
    levon.locator("[name='notes-0-DELETE']").evaluate("(box) => { box.checked = true; }")
    fill(levon, "body", BODY.replace("loud", "noisy"))
    save(levon)
    save(anna)
    assert Revision.objects.count() == 2
    assert axe(anna) == []
    anna.click("[name=_continue]")
    waiting = anna.locator(".clash.open")
    expect(waiting).to_have_count(2)
    edges = "found => found.map((one) => getComputedStyle(one).borderInlineStartWidth)"
    assert waiting.evaluate_all(edges) == ["4px", "4px"]
    choose(anna, "Both, mine first")
    assert sorted(waiting.evaluate_all(edges)) == ["0px", "4px"]
    save(anna, "_keep")
    assert Revision.objects.count() == 2
    anna.goto(change_address(article))
    anna.get_by_role("link", name="Go on with it").click()
    expect(anna.get_by_role("radio", name="Both, mine first")).to_be_checked()
    anna.get_by_role("group", name="Note “spelling”").get_by_role("radio", name="Mine").check()
    save(anna)
    newest = newest_content(article)
    assert newest.notes[0].text == "Anna's long work on the note."
    assert all(word in newest.body for word in ("terrible", "noisy"))


def test_choices_are_kept_before_anything_is_pressed(desks, article):
    anna, levon = desks
    fill(anna, "body", BODY.replace("loud", "terrible"))
    fill(levon, "body", BODY.replace("loud", "noisy"))
    save(levon)
    save(anna)
    choose(anna, "Written anew:")
    anna.fill("#settle_form textarea", "The second day is written anew.")
    anna.wait_for_selector("#settle-state:has-text('Your choices are kept.')")
    anna.reload()
    expect(anna.get_by_role("radio", name="Written anew:")).to_be_checked()
    assert anna.input_value("#settle_form textarea") == "The second day is written anew."
    assert Revision.objects.count() == 2


def test_a_choice_is_seen_without_colours_of_ours(desks, article):
    anna, levon = desks
    let_titles_clash(anna, levon)
    anna.emulate_media(forced_colors="active")
    outlines = "() => [...document.querySelectorAll('.settle .side')].map((one) => getComputedStyle(one).outlineStyle)"
    assert anna.evaluate(outlines) == ["none", "none"]
    choose(anna, "Mine")
    assert anna.evaluate(outlines) == ["solid", "none"]


def test_what_is_too_much_to_keep_is_told_and_stays_in_the_page(desks, article, monkeypatch):
    anna, levon = desks
    let_titles_clash(anna, levon)
    monkeypatch.setattr("articles.stashes._MOST_CHOSEN", 300)
    anna.locator("#settle_form textarea").first.fill("long " * 100)
    anna.wait_for_selector("#settle-state:has-text('Not kept: this is more text than the site keeps.')")
    anna.locator("#settle_form textarea").first.fill("Short")
    anna.wait_for_selector("#settle-state:has-text('Your choices are kept.')")


def test_the_page_works_on_a_phone_without_scripts_and_by_keyboard(desks, article):
    anna, levon = desks
    fill(anna, "title", "Anna's title")
    save(anna)
    levon.set_viewport_size({"width": 390, "height": 844})
    fill(levon, "title", "Levon's title")
    save(levon)
    assert levon.evaluate("document.documentElement.scrollWidth") <= 390
    levon.get_by_role("radio", name="Written anew:").focus()
    levon.keyboard.press("Space")
    levon.keyboard.press("Tab")
    levon.keyboard.press("Control+a")
    levon.keyboard.type("A title of both")
    levon.keyboard.press("Tab")
    levon.keyboard.press("Enter")
    levon.wait_for_selector("ul.messagelist")
    assert newest_content(article).title == "A title of both"


def test_who_writes_a_place_anew_chooses_it_by_writing(desks, article):
    anna, levon = desks
    let_titles_clash(anna, levon)
    anna.locator("#settle_form textarea").first.fill("The title of both")
    expect(anna.get_by_role("radio", name="Written anew")).to_be_checked()
    save(anna)
    assert newest_content(article).title == "The title of both"


def test_all_that_is_left_is_chosen_at_once_and_counted(desks, article):
    anna, levon = desks
    for page, whose in ((anna, "Anna's"), (levon, "Levon's")):
        for name in ("title", "short_description", "notes-0-text"):
            fill(page, name, f"{whose} {name}")
    save(levon)
    save(anna)
    count = anna.locator("#settle-count")
    expect(count).to_have_text("0 of 3 chosen")
    choose(anna, "Theirs", nth=1)
    expect(count).to_have_text("1 of 3 chosen")
    anna.get_by_role("button", name="Mine wherever nothing is chosen yet").click()
    expect(count).to_have_text("3 of 3 chosen")
    anna.wait_for_selector("#settle-state:has-text('Your choices are kept.')")
    save(anna)
    newest = newest_content(article)
    told = [newest.title, newest.short_description, newest.notes[0].text]
    assert sorted(one.split()[0] for one in told) == ["Anna's", "Anna's", "Levon's"]


def test_the_count_of_choices_is_said_anew_only_where_it_changed(desks, article):
    anna, levon = desks
    let_titles_clash(anna, levon)
    anna.evaluate("""() => {
      window.said = 0;
      new MutationObserver(() => { window.said += 1; }).observe(
        document.getElementById("settle-count"), { childList: true, characterData: true, subtree: true });
    }""")
    anna.locator("#settle_form textarea").first.press_sequentially("A title of both")
    expect(anna.locator("#settle-count")).to_have_text("1 of 1 chosen")
    assert anna.evaluate("() => window.said") == 1
