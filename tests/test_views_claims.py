"""Who says what: the page of claims about the figures of an article."""

import pytest

from .articles_for_tests import edit, load_demo, make_article
from .page_tree import read_page

pytestmark = pytest.mark.django_db
BOX = {
    "kind": "military-conflict",
    "rows": [
        {"field": "combatant", "side": 1, "value": "Red"},
        {"field": "combatant", "side": 2, "value": "**Blue**"},
        {"field": "casualties", "side": 2, "value": "400–450 servicemen killed[@b, p. 7], 150+ captured[@a]",
         "attribution": "per Blue"},
        {"field": "casualties", "side": 2, "value": "~1,000 dead[@a][^n]", "attribution": "per Red"},
        {"field": "casualties", "side": 1, "value": "Minimal"},
        {"field": "strength", "side": 1, "value": "unknown", "attribution": "<script>alert(1)</script>"},
    ],
}  # fmt: skip
MEMBERS = {
    "infobox": BOX,
    "notes": [{"key": "n", "text": "Counted later."}],
    "references": [
        {"key": "a", "source": {"type": "book", "title": "Black Garden", "author": [{"family": "de Waal"}],
                                "issued": {"date-parts": [[2003]]}}},
        {"key": "b", "text": "A statement."},
    ],
}  # fmt: skip


def tables(client, address="/articles/battle-of-kalbajar/claims/"):
    """Return {caption: rows of cells as text} of the page."""
    page = read_page(client.get(address).content.decode())
    return {
        table.one("caption").text: [[cell.text for cell in row.elements] for row in table.one("tbody").all("tr")]
        for table in page.all("table")
    }


def test_claims_about_one_figure_stand_together_with_claimant_and_source(client):
    make_article(**MEMBERS)
    found = tables(client)
    assert [row[:3] for row in found["Blue: killed"]] == [
        ["400–450 servicemen killed", "per Blue", "A statement., p. 7"],
        ["~1,000 dead", "per Red", "de Waal 2003"],
    ]
    assert [row[:3] for row in found["Blue: captured"]] == [["150+ captured", "per Blue", "de Waal 2003"]]
    assert found["Red: losses"] == [["Minimal", "not named", "no source"]]


def test_what_an_editor_wrote_stays_text(client):
    make_article(**MEMBERS)
    html = client.get("/articles/battle-of-kalbajar/claims/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_ranges_lie_on_one_scale_and_open_ends_are_shown_as_open(client):
    make_article(**MEMBERS)
    page = read_page(client.get("/articles/battle-of-kalbajar/claims/").content.decode())
    killed = next(table for table in page.all("table") if "killed" in table.one("caption").text)
    first, second = killed.all("rect")
    assert (first["x"], first["width"]) == ("40%", "5%")
    assert "approximate" in second["class"]
    captured = next(table for table in page.all("table") if "captured" in table.one("caption").text)
    assert "open" in captured.one("rect")["class"]


def test_the_infobox_leads_to_the_claims(client):
    make_article(**MEMBERS)
    html = client.get("/articles/battle-of-kalbajar/").content.decode()
    assert 'href="/articles/battle-of-kalbajar/claims/#casualties"' in html
    assert 'id="casualties"' in client.get("/articles/battle-of-kalbajar/claims/").content.decode()


def test_only_published_claims_are_shown_and_a_former_slug_leads_on(client):
    article = make_article(**MEMBERS)
    edit(article, infobox=BOX | {"rows": [*BOX["rows"], {"field": "casualties", "side": 1, "value": "77 killed"}]})
    assert "77 killed" not in client.get("/articles/battle-of-kalbajar/claims/").content.decode()
    edit(article, slug="fall-of-kalbajar", published=True)
    moved = client.get("/articles/battle-of-kalbajar/claims/")
    assert (moved.status_code, moved["Location"]) == (301, "/articles/fall-of-kalbajar/claims/")
    assert client.get("/articles/nothing/claims/").status_code == 404


def test_an_article_without_figures_says_so(client):
    make_article()
    assert "states no figures" in client.get("/articles/battle-of-kalbajar/claims/").content.decode()


def test_the_demo_article_sets_two_death_tolls_side_by_side(client):
    load_demo()
    killed = next(rows for caption, rows in tables(client).items() if caption == "Azerbaijan: killed")
    assert [row[0] for row in killed] == ["400 servicemen killed", "55 servicemen killed"]


def test_a_number_too_large_to_print_is_a_claim_in_words_alone(client):
    rows = [{"field": "combatant", "side": 1, "value": "Red"}] + [
        {"field": "strength", "side": 1, "value": f"{number}{' billion' * 500} men"}
        for number in ("1", "2–3", "half a", "up to 1")
    ]
    make_article(infobox={"kind": "military-conflict", "rows": rows})
    (found,) = tables(client).values()
    assert len(found) == 4
    assert "2–3 billion billion" in found[1][0]


def test_a_value_of_hundreds_of_figures_and_citations_is_one_claim(client):
    value = "5 dead. " * 300 + "[@a]" * 300
    make_article(**MEMBERS | {"infobox": BOX | {"rows": [{"field": "casualties", "side": 1, "value": value}]}})
    [rows] = tables(client).values()
    assert len(rows) == 1


def test_of_thousands_of_claims_the_first_are_shown_and_said_to_be_the_first(client):
    rows = [{"field": "casualties", "side": 1, "value": "5 dead. " * 900} for _ in range(20)]
    make_article(infobox={"kind": "military-conflict", "rows": rows})
    html = client.get("/articles/battle-of-kalbajar/claims/").content.decode()
    assert 4_000 <= html.count('class="stated"') <= 5_000
    assert "These are the first claims only" in html
    make_article(slug="battle-of-agdam", **MEMBERS)
    assert "first claims" not in client.get("/articles/battle-of-agdam/claims/").content.decode()


def test_values_long_beyond_measure_are_not_all_read_for_figures(client):
    rows = [
        {"field": "casualties", "side": 1, "value": f"{5 + row} dead. {'So it is told. ' * 600}"} for row in range(20)
    ]
    make_article(infobox={"kind": "military-conflict", "rows": rows})
    html = client.get("/articles/battle-of-kalbajar/claims/").content.decode()
    assert html.count('class="stated"') == 11
    assert "These are the first claims only" in html


def test_what_every_table_and_claim_repeats_is_short(client):
    long = "Coalition " * 900
    rows = [{"field": "combatant", "side": 1, "value": long}, {"field": "casualties", "side": 1, "value": "5 dead[@a]"}]
    references = [{"key": "a", "source": {"type": "book", "title": "History", "author": [{"literal": long}]}}]
    make_article(infobox={"kind": "military-conflict", "rows": rows}, references=references)
    [(caption, [row])] = tables(client).items()
    assert caption.startswith("Coalition Coalition")
    assert row[2].startswith("Coalition Coalition")
    assert max(len(caption), len(row[2])) < 200
