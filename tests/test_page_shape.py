"""The stable hooks of the battle page (outside contract, Page shape), on pages put together without a database."""

import datetime
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from articles.rendered import Link, Links
from articles.rendering import render

from .page_tree import read_page
from .rendering_for_tests import content

PUBLICATION = SimpleNamespace(
    created=datetime.datetime(2025, 11, 20, 12, tzinfo=datetime.UTC),
    slug="battle",
    revision=SimpleNamespace(number=7),
)
HEAD = {"slug": "battle", "title": "Battle"}
ROWS = [
    {"field": "date", "value": "27 March 1993[@a]"},
    {"field": "combatant", "side": 1, "value": "Armenia[@a]"},
    {"field": "combatant", "side": 2, "value": "Azerbaijan"},
    {"field": "commander", "side": 1, "value": "One"},
    {"field": "commander", "side": 1, "value": "Two[^n]"},
    {"field": "strength", "side": 2, "value": "400", "attribution": "per Azerbaijan"},
    {"field": "casualties", "side": 2, "value": "400 killed[@a, p. 12; @b]", "attribution": "per Azerbaijan"},
    {"field": "casualties", "side": "all", "value": "60,000 displaced[@b]"},
    {"field": "notes", "value": "See below"},
]

BODY = """\
Opening[@b][^n] and [@nowhere].

Rest of the lead.

## Background

Text.[^n]

### Detail

More.[@a]
"""


def article(rows=ROWS, **members):
    """Return the tree of the page of an article with these infobox rows."""
    members = {
        "short_description": "A battle",
        "body": BODY,
        "notes": [{"key": "n", "text": "A note.[@c]"}],
        "references": [{"key": key, "text": f"Work {key}"} for key in "abc"],
    } | members
    if rows:
        members["infobox"] = {"kind": "military-conflict", "rows": rows}
    return tree_of(render(content(**HEAD | members), Links()))


def tree_of(page, **context):
    context = {"page": page, "publication": PUBLICATION, "canonical": "https://example.org/articles/battle/"} | context
    return read_page(render_to_string("articles/article_detail.html", context))


@pytest.fixture(scope="module")
def page():
    return article()


def values(cell):
    return [[li.text for li in ul.elements] for ul in cell.elements if ul.tag == "ul"]


def cell(page, field, side=None):
    return page.one(data_field=field, **({} if side is None else {"data_side": side}))


# --- The whole --------------------------------------------------------------------------------------------------------


def test_main_holds_the_article_and_its_title(page):
    main = page.one("main")
    (found,) = main.elements
    assert found.tag == "article"
    assert page.one("h1").parent is found
    assert page.one("h1").text == "Battle"


def test_the_reading_order_is_infobox_lead_contents_text_notes_references(page):
    parts = [one.get("class") or one.tag for one in page.one("article").elements]
    lead = ["h1", "short-description", "infobox", "lead-opening", "lead-rest"]
    assert parts == [*lead, "contents", "sections", "notes", "references"]


def test_ids_are_unique_and_every_fragment_leads_somewhere(page):
    ids = [one["id"] for one in page.all(id=True)]
    assert len(ids) == len(set(ids))
    leads = {one["href"][1:] for one in page.all("a", href=True) if one["href"].startswith("#")}
    assert leads <= set(ids)


def own_scripts(page):
    """Tell whether every script of a page is a file of ours: nothing stands inline, nothing comes from elsewhere."""
    return all(one["src"].startswith("/static/js/") and not one.text for one in page.all("script"))


def test_the_page_has_no_inline_script_and_no_inline_style(page):
    assert own_scripts(page)
    assert page.all("style") == page.all(style=True) == []
    assert not [name for one in page.walk() for name in one.attributes if name.startswith("on")]


def test_what_is_empty_is_absent():
    bare = article(rows=None, body="Only this.", notes=[], references=[], short_description="")
    for part in ("infobox", "lead-rest", "contents", "sections", "notes", "references", "names", "campaign",
                 "categories", "short-description"):  # fmt: skip
        assert bare.all(class_=part) == []


# --- The infobox ------------------------------------------------------------------------------------------------------


def test_the_infobox_is_one_table_with_a_caption(page):
    box = page.one("aside", class_="infobox")
    assert [one.tag for one in box.elements] == ["table"]
    assert box.one("caption").text == "Battle"
    assert len(page.all("table")) == 1


def test_a_fact_has_its_field_and_no_side(page):
    date = cell(page, "date")
    assert values(date) == [["27 March 1993[1]"]]
    assert date.get("data-side") is None
    assert values(cell(page, "notes")) == [["See below"]]


def test_values_of_one_cell_are_one_list(page):
    assert values(cell(page, "commander", "1")) == [["One", "Two[a]"]]


def test_blank_cells_stay(page):
    blank = cell(page, "commander", "2")
    assert values(blank) == []
    assert blank.text == ""
    assert blank.get("colspan") is None
    assert values(cell(page, "strength", "1")) == []


def test_attribution_stands_in_the_item_behind_the_value(page):
    item = cell(page, "strength", "2").one("li")
    assert item.text == "400 per Azerbaijan"
    assert item.elements[-1].get("class") == "attribution"
    assert item.one("span", class_="attribution").text == "per Azerbaijan"


def test_the_joint_cell_stands_under_a_label_of_its_own(page):
    joint = cell(page, "casualties", "all")
    assert values(joint) == [["60,000 displaced[3]"]]
    labels = [page.one(id=one).text for one in joint["headers"].split()]
    assert labels == ["Casualties and losses", "Civilians and both sides"]


def test_the_cells_of_the_combatants_head_the_columns(page):
    head = cell(page, "combatant", "2")
    assert (head.tag, head["scope"], values(head)) == ("th", "col", [["Azerbaijan"]])


@pytest.mark.parametrize("rows", [ROWS, [row for row in ROWS if row["field"] != "combatant"]], ids=["named", "unnamed"])
def test_every_cell_is_tied_to_its_row_and_its_side(rows):
    page = article(rows)
    for one in page.one("aside").all("td"):
        heads = [page.one(id=name) for name in one["headers"].split()]
        assert heads[0]["scope"] == "row"
        if one.get("data-side", "all") != "all":
            assert heads[1]["scope"] == "col"
            assert heads[1]["id"] == f"infobox-side-{one['data-side']}"


def test_sides_without_combatants_are_numbered():
    page = article([row for row in ROWS if row["field"] != "combatant"])
    assert [one.text for one in page.all("th", scope="col")] == ["Side 1", "Side 2"]


def test_a_side_without_a_name_keeps_its_column():
    page = article([row for row in ROWS if row["field"] != "combatant" or row["side"] == 1])
    head = cell(page, "combatant", "2")
    assert (head.text, head["aria-label"]) == ("", "Side 2")


def test_every_row_has_as_many_columns_as_the_table():
    five = [*ROWS, {"field": "strength", "side": 5, "value": "5"}]
    for rows, columns in ((ROWS, 3), (five, 6)):
        for row in article(rows).one("aside").all("tr"):
            assert sum(int(one.get("colspan", 1)) for one in row.elements) == columns


def test_a_side_used_by_any_field_is_a_column_everywhere():
    page = article([*ROWS, {"field": "strength", "side": 3, "value": "3"}])
    for field in ("combatant", "commander", "strength", "casualties"):
        sides = [one["data-side"] for one in page.all(data_field=field) if one["data-side"] != "all"]
        assert sides == ["1", "2", "3"]
    assert page.one("aside").one("table")["data-sides"] == "3"


def test_where_sides_are_blocks_each_cell_says_its_label(page):
    for one in page.one("aside").all("td", data_side=True):
        assert one["data-label"] == page.one(id=one["headers"].split()[0]).text


# --- Marks and lists --------------------------------------------------------------------------------------------------


def test_marks_lead_to_entries_and_backlinks_to_marks(page):
    for part, kind in (("notes", "note"), ("references", "ref")):
        section = page.one("section", class_=part)
        assert section["role"] == "doc-endnotes"
        for entry in section.one("ol").elements:
            assert entry["id"].startswith(f"{kind}-")
            marks = [one.parent["id"] for one in page.all("a", role="doc-noteref") if one["href"] == f"#{entry['id']}"]
            back = [one["href"][1:] for one in entry.all("a", role="doc-backlink")]
            assert sorted(marks) == sorted(back)
            assert back


def test_backlinks_have_letters_and_names_that_tell_them_apart(page):
    links = page.one(id="ref-a").all("a", role="doc-backlink")
    assert [one.text for one in links] == ["a", "b", "c", "d"][: len(links)]
    assert links[0].parent["aria-label"] == "Back to the text"
    (only,) = page.one(id="ref-c").all("a", role="doc-backlink")
    assert (only.text, only["aria-label"]) == ("↑", "Back to the text")


def test_the_locator_stands_in_its_mark(page):
    (locator,) = page.all("span", class_="locator")
    assert locator.text == "p. 12"
    assert locator.parent.text == "[1]p. 12"


def test_an_undefined_mark_is_an_error_without_number(page):
    error = page.one("sup", class_="error")
    assert error.all("a") == []
    assert not any(sign.isdigit() for sign in error.text)


def test_notes_are_lettered_and_references_numbered(page):
    assert page.one("section", class_="notes").one("ol")["type"] == "a"
    assert page.one("section", class_="references").one("ol").get("type") is None


def test_the_contents_list_shows_the_tree_and_ends_with_the_lists(page):
    contents = page.one("nav", class_="contents")
    assert [one["href"] for one in contents.all("a")] == [
        "#section-background", "#section-detail", "#notes", "#references",
    ]  # fmt: skip
    assert contents.all("ol")[1].parent.tag == "li"


# --- Around the text --------------------------------------------------------------------------------------------------


def test_names_carry_their_language():
    page = article(names=[{"name": "Kəlbəcər", "language": "az"}, {"name": "Քարվաճառ", "language": "hy"}])
    assert {one.text: one["lang"] for one in page.one("dl").all("span")} == {"Kəlbəcər": "az", "Քարվաճառ": "hy"}


def test_the_campaign_is_a_landmark_that_marks_this_article():
    links = Links(campaign=(Link("/articles/a/", "Earlier", "1992"), Link("/articles/battle/", "Battle", "1993")))
    page = tree_of(render(content(**HEAD, body="Text."), links))
    campaign = page.one("nav", class_="campaign")
    assert page.one(id=campaign["aria-labelledby"]).tag == "h2"
    assert [one.text for one in campaign.all("a", aria_current="page")] == ["Battle"]


def test_the_foot_tells_revision_and_licence(page):
    foot = page.all("footer")[-1]
    assert "revision 7" in foot.text
    assert "CC BY-SA 4.0" in foot.text


def test_the_banner_stands_above_the_page_and_leads_on():
    banner = {"text": "This is revision 3.", "links": [{"address": "/articles/battle/", "title": "The published page"}]}
    page = render(content(**HEAD, body="Text."), Links())
    context = {"page": page, "publication": None, "banner": banner}
    tree = read_page(render_to_string("articles/revision_detail.html", context))
    assert tree.one(class_="banner").one("a").text == "The published page"
    assert tree.one("meta", name="robots")["content"] == "noindex"


def test_plain_text_is_escaped():
    nasty = '"><script>alert(1)</script>'
    page = article(
        [{"field": "strength", "side": 1, "value": nasty, "attribution": nasty}],
        title=nasty, short_description=nasty, names=[{"name": nasty, "language": "az"}], categories=[nasty],
    )  # fmt: skip
    assert own_scripts(page)
    assert page.one("h1").text == nasty
