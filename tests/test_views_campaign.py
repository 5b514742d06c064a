"""The page of a war with its map, timeline and table, the map of one place, and the way from battle to battle."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.publishing import withdraw

from .articles_for_tests import edit, load_demo, make_article
from .page_tree import read_page

pytestmark = pytest.mark.django_db
WAR = "/articles/long-war/campaign/"


def battle(slug, date="", part_of="long-war", at=None, published=True, **members):
    """Make a small article that is part of a war."""
    coordinates = {"latitude": at[0], "longitude": at[1]} if at else None
    members |= {"coordinates": coordinates} if at else {}
    return make_article(slug, slug.replace("-", " ").capitalize(), part_of=part_of, event_date=date,
                        published=published, **members)  # fmt: skip


def rows(client, address=WAR):
    """Return the table of a war's page as lists of words."""
    page = read_page(client.get(address).content.decode())
    return [[cell.text for cell in row.elements] for row in page.one("tbody").all("tr")]


def test_the_parts_of_a_war_stand_in_order_of_time_whatever_is_known_of_it(client):
    make_article("long-war", "Long War")
    for slug, date in (("siege", "1993-04-03/1993-05"), ("unknown", ""), ("raid", "1992~"),
                       ("retreat", "../1993-04-01"), ("peace", "1994/.."), ("landing", "1993-04-02")):  # fmt: skip
        battle(slug, date)
    assert [row[1:3] for row in rows(client)] == [
        ["Raid", "c. 1992"], ["Retreat", "until 1 April 1993"], ["Landing", "2 April 1993"],
        ["Siege", "3 April – May 1993"], ["Peace", "since 1994"], ["Unknown", "no date"],
    ]  # fmt: skip


def test_result_and_losses_are_told_as_claimed(client):
    sides = [
        {"field": "result", "value": "Red **victory**[@a]"},
        {"field": "combatant", "side": 1, "value": "Red"},
        {"field": "casualties", "side": 1, "value": "~400 killed[@a]", "attribution": "per Blue"},
        {"field": "casualties", "side": "all", "value": "<b>many</b> fled"},
    ]
    battle("raid", "1992", infobox={"kind": "military-conflict", "rows": sides},
           references=[{"key": "a", "text": "A report."}])  # fmt: skip
    [row] = rows(client)
    assert row[3] == "Red victory"
    assert "Red~400 killed (per Blue)" in row[4]
    assert "<b>many</b> fled" in row[4]


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_a_long_word_in_a_title_pushes_no_column_out_of_sight(new_page, width):
    make_article("long-war", "Long War")
    losses = {"field": "casualties", "side": 1, "value": "about four hundred killed or wounded in seven days"}
    battle("word", "1993", infobox={"kind": "military-conflict", "rows": [losses]})
    make_article("b", "Battle of " + "Kelbecer" * 8, part_of="long-war", event_date="1992")
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(WAR)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".losses dl").bounding_box()["width"] > 150


def test_numbers_in_table_map_and_timeline_are_the_same(client):
    make_article("long-war", "Long War")
    battle("second", "1993", at=(40.1, 46.0))
    battle("first", "1992", at=(39.6, 46.6))
    battle("third", "1994")
    page = read_page(client.get(WAR).content.decode())
    assert [row[:2] for row in rows(client)] == [["1", "First"], ["2", "Second"], ["3", "Third"]]
    [region] = page.all("svg", class_="region")
    assert sorted(one.text for one in region.one("g", class_="spots").all("text")) == ["1", "2"]
    labels = [one.text for one in page.one("figure", class_="timeline").all("text")]
    assert labels[-3:] == ["1", "2", "3"]
    for drawing in (region, page.one("figure", class_="timeline").all("svg")[0]):
        named = {one["id"] for one in drawing.walk() if one.get("id")}
        assert drawing["role"] == "img"
        assert set(drawing["aria-labelledby"].split()) <= named


def test_parts_of_parts_stand_under_theirs_and_a_circle_ends(client):
    make_article("long-war", "Long War", part_of="raid")
    battle("later", "1995")
    battle("offensive", "1993")
    battle("raid", "1993-02", part_of="offensive")
    assert [row[1] for row in rows(client)] == ["Offensive", "Raid part of Offensive", "Later"]
    assert [row[1] for row in rows(client, "/articles/raid/campaign/")] == [
        "Long War", "Offensive part of Long War", "Later part of Long War",
    ]  # fmt: skip


def test_a_war_without_an_article_has_its_page_while_something_is_part_of_it(client):
    lonely = battle("raid", "1992")
    assert rows(client) == [["1", "Raid", "1992", ""]]
    assert read_page(client.get(WAR).content.decode()).one("h1").text == "Long war"
    withdraw(lonely, user=None)
    assert client.get(WAR).status_code == 404


def test_only_what_is_published_is_shown(client):
    make_article("long-war", "Long War")
    shown = battle("raid", "1992")
    battle("secret-siege", "1993", published=False)
    edit(shown, title="Secret title", event_date="1999", coordinates={"latitude": 1, "longitude": 1})
    page = client.get(WAR).content.decode()
    assert "ecret" not in page
    assert "1999" not in page
    assert "<svg class" not in page
    assert client.get("/articles/raid/map/").status_code == 404


def test_a_war_that_was_renamed_keeps_its_battles_and_its_former_address(client):
    war = make_article("old-war", "Old War", names=[{"name": "Great Struggle"}])
    battle("raid", "1992", part_of="old-war")
    battle("siege", "1993", part_of="great-struggle")
    edit(war, slug="long-war", published=True)
    assert [row[1] for row in rows(client)] == ["Raid", "Siege"]
    moved = client.get("/articles/old-war/campaign/")
    assert (moved.status_code, moved["Location"]) == (301, WAR)
    assert client.get("/articles/great-struggle/campaign/")["Location"] == WAR


def test_a_battle_leads_to_the_one_before_and_the_one_after_and_a_long_war_is_cut_short(client):
    for day in range(1, 21):
        battle(f"day-{day}", f"1993-03-{day:02}")
    page = read_page(client.get("/articles/day-10/").content.decode())
    nav = page.one("nav", class_="campaign")
    assert nav.one("a", rel="prev")["href"] == "/articles/day-9/"
    assert nav.one("a", rel="next")["href"] == "/articles/day-11/"
    assert [one.text for one in nav.one("ol").all("a")] == [f"Day {day}" for day in range(8, 13)]
    assert nav.one("p", class_="all").one("a")["href"] == WAR
    assert "All 20" in nav.one("p", class_="all").text
    battle("night", "1993-03-10/1993-03-11")
    nav = read_page(client.get("/articles/day-10/").content.decode()).one("nav", class_="campaign")
    assert nav.one("a", rel="next").text == "Night"


def test_a_campaign_within_a_war_leads_to_its_own_parts(client):
    battle("offensive", "1993")
    own = "/articles/offensive/campaign/"
    battle("siege", "1994")
    assert own not in client.get("/articles/offensive/").content.decode()
    raid = battle("raid", "1993-02", part_of="offensive")
    assert f'href="{own}"' in client.get("/articles/offensive/").content.decode()
    withdraw(raid, user=None)
    assert own not in client.get("/articles/offensive/").content.decode()


def test_the_map_of_a_place_shows_what_happened_nearby(client):
    battle("here", "1993", at=(40.1, 46.0))
    battle("near", "1992", at=(40.2, 46.1))
    battle("same-place", "1994", at=(40.1, 46.0))
    battle("far", "1994", at=(10, 10))
    page = read_page(client.get("/articles/here/map/").content.decode())
    near = [one.text for one in page.one("ol", class_="near").all("li")]
    assert near == ["Same place 1994, at the same place", "Near 1992, 14 km"]
    article = client.get("/articles/here/").content.decode()
    assert 'href="/articles/here/map/"' in article
    assert "<svg" not in article


def test_neighbours_are_found_across_the_antimeridian_and_at_the_pole(client):
    battle("west", at=(52, 179.9))
    battle("east", at=(52, -179.9))
    battle("pole", at=(89.9, 0))
    battle("other-side", at=(89.9, 180))
    assert "14 km" in client.get("/articles/west/map/").content.decode()
    assert "22 km" in client.get("/articles/pole/map/").content.decode()


def test_an_article_without_a_place_has_no_map(client):
    battle("here")
    assert client.get("/articles/here/map/").status_code == 404
    assert "/map/" not in client.get("/articles/here/").content.decode()
    assert client.get("/articles/here/campaign/").status_code == 404


def test_the_demo_war_has_its_battles(client):
    for name in ("first-nagorno-karabakh-war", "capture-of-shusha", "battle-of-kalbajar"):
        load_demo(name)
    found = rows(client, "/articles/first-nagorno-karabakh-war/campaign/")
    assert [row[1] for row in found] == ["Capture of Shusha", "Battle of Kalbajar"]


def test_parts_are_read_in_the_order_of_their_index_and_not_by_walking_over_all_pages(client):
    make_article("long-war", "Long War")
    battle("siege")
    with CaptureQueriesContext(connection) as asked:
        assert rows(client)
    orders = [one["sql"].partition(" ORDER BY ")[2] for one in asked if '"part_of" IN (' in one["sql"]]
    assert len(orders) == 4
    assert all(not order or order.startswith('"articles_renderedpage"."part_of"') for order in orders)
