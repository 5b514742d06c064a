"""The page of a name that several articles share tells them apart."""

import pytest

from .articles_for_tests import edit, make_article
from .page_tree import read_page

pytestmark = pytest.mark.django_db


def box(place):
    """Return an infobox that names a place."""
    return {"kind": "military-conflict", "rows": [{"field": "place", "value": place}]}


def test_date_description_place_and_war_tell_articles_of_one_name_apart(client):
    make_article("long-war", "Long War")
    name = [{"name": "Bədr döyüşü"}]
    make_article("second-badr", "Second Badr", names=name, event_date="0625", short_description="A raid")
    make_article("first-badr", "First Badr", names=name, event_date="0624-03", part_of="long-war",
                 infobox=box("[[Badr]], **Hejaz**"))  # fmt: skip
    page = read_page(client.get("/articles/bedr doyusu/").content.decode())
    assert page.one("h1").text == "Bədr döyüşü"
    entries = [[part.text for part in entry.elements] for entry in page.all("li", class_="entry")]
    assert entries == [
        ["March 624", "First Badr", "Badr, Hejaz · Long War"],
        ["625", "Second Badr", "A raid"],
    ]


def test_nothing_unpublished_tells_them_apart(client):
    name = [{"name": "Badr"}]
    one = make_article("one", "One", names=name, infobox=box("Hejaz"))
    make_article("two", "Two", names=name)
    make_article("three", "Three", names=name, published=False)
    edit(one, infobox=box("Secret place"), part_of="two", event_date="0999")
    html = client.get("/articles/badr/").content.decode()
    assert "Hejaz" in html
    assert not any(word in html for word in ("Secret", "Three", "999"))
