"""Cite this page: styles for people, formats for programs, and the structured data of the page itself."""

import json
import re

import pytest
from django.utils import timezone

from articles.models import Publication, Revision
from articles.pages.linked_data import linked_data

from .articles_for_tests import content, edit, load_demo, make_article
from .growth import is_linear
from .page_tree import read_page

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/battle-of-kalbajar/cite/"


def linked(client, address="/articles/battle-of-kalbajar/"):
    """Return the JSON-LD of a page by @type."""
    html = client.get(address).content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {one["@type"]: one for one in json.loads(data)["@graph"]}


def test_styles_name_title_revision_day_and_permanent_address(client):
    article = make_article()
    edit(article, title="What now?", published=True)
    page = read_page(client.get(ADDRESS).content.decode())
    entries = {one.one("dt").text: one.one("dd").text for one in page.one("dl").elements}
    for name in ("APA", "Chicago", "MLA"):
        assert "What now?" in entries[name]
        assert "/articles/battle-of-kalbajar/revisions/2/" in entries[name]
        assert "?." not in entries[name]
        assert "revision 2" in entries[name]


def test_an_older_publication_is_cited_as_what_it_was_and_a_draft_not_at_all(client):
    article = make_article(title="First title")
    edit(article, title="Second title", published=True)
    edit(article, title="Secret title")
    assert "First title" in client.get(ADDRESS, {"revision": 1}).content.decode()
    assert "Secret" not in client.get(ADDRESS).content.decode()
    for number in ("3", "99", "x", "1" * 30, "-1", "²"):
        assert client.get(ADDRESS, {"revision": number}).status_code == 404, number


def test_bibtex_escapes_what_tex_would_read(client):
    make_article(title=r"Kalbajar & 100% {of} \it_")
    answer = client.get(ADDRESS, {"format": "bibtex"})
    assert answer["Content-Type"].startswith("application/x-bibtex")
    assert r"title = {{Kalbajar \& 100\% \{of\} \textbackslash{}it\_}}" in answer.content.decode()


def test_csl_data_is_an_entry_of_an_encyclopedia(client):
    make_article()
    answer = client.get(ADDRESS, {"format": "csl"})
    (entry,) = json.loads(answer.content)
    assert (entry["type"], entry["title"]) == ("entry-encyclopedia", "Battle of Kalbajar")
    assert entry["URL"].endswith("/articles/battle-of-kalbajar/revisions/1/")


def test_structured_data_tells_article_and_event(client):
    load_demo("first-nagorno-karabakh-war")
    load_demo()
    data = linked(client)
    event, article = data["Event"], data["Article"]
    assert (event["startDate"], event["endDate"]) == ("1993-03-27", "1993-04-03")
    assert event["location"]["geo"]["latitude"].startswith("40.10")
    assert event["location"]["name"] == "Kalbajar District, Azerbaijan"
    assert event["superEvent"]["@id"].endswith("/articles/first-nagorno-karabakh-war/#event")
    assert article["about"] == {"@id": event["@id"]}
    assert any(work["name"].startswith("Azerbaijan: Seven Years") for work in article["citation"])


def test_structured_data_cannot_end_its_element(client):
    make_article(title="A</script><script>alert(1)</script>", event_date="1993~/..")
    html = client.get("/articles/battle-of-kalbajar/").content.decode()
    assert "<script>alert" not in html
    data = linked(client)
    assert data["Article"]["headline"] == "A</script><script>alert(1)</script>"
    assert "endDate" not in data["Event"]
    assert data["Event"]["startDate"] == "1993"


def test_reference_managers_find_their_tags(client):
    make_article()
    page = read_page(client.get("/articles/battle-of-kalbajar/").content.decode())
    tags = {one["name"]: one["content"] for one in page.all("meta", name=True)}
    assert tags["citation_title"] == "Battle of Kalbajar"
    assert tags["citation_public_url"].endswith("/articles/battle-of-kalbajar/revisions/1/")
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", tags["citation_publication_date"])


def test_a_former_slug_leads_on(client):
    article = make_article()
    edit(article, slug="fall-of-kalbajar", published=True)
    moved = client.get(ADDRESS)
    assert (moved.status_code, moved["Location"]) == (301, "/articles/fall-of-kalbajar/cite/")


def box(*values):
    """Return an infobox with losses of side 2."""
    rows = [{"id": f"r{at}", "field": "casualties", "side": 2, "value": value} for at, value in enumerate(values)]
    return {"kind": "military-conflict", "rows": rows}


def test_an_old_address_tells_what_was_published_since_and_which_figures_changed(client):
    article = make_article(infobox=box("400 killed"))
    edit(article, infobox=box("400–450 killed"), published=True)
    edit(article, body="Another text.", published=True)
    edit(article, infobox=box("999 killed"))
    html = client.get("/articles/battle-of-kalbajar/revisions/1/").content.decode()
    assert "2 publications followed" in html
    assert "Casualties and losses, side 2: 400 → 400–450" in html
    assert "999" not in html
    html = client.get("/articles/battle-of-kalbajar/revisions/2/").content.decode()
    assert "One publication followed" in html
    assert "No figure and no result changed" in html
    assert "followed since" not in client.get("/articles/battle-of-kalbajar/revisions/3/").content.decode()


@pytest.mark.parametrize("signs", ["[", "[[a|", "[@"])
def test_structured_data_of_a_place_takes_no_time_beyond_its_length(signs):
    def place(count):
        rows = [{"field": "place", "value": signs * (count // len(signs))}]
        what = content(infobox={"kind": "military-conflict", "rows": rows}, event_date="1993")
        publication = Publication(created=timezone.now(), revision=Revision(number=1))
        linked_data(what, publication, "https://x.example/", "")

    assert is_linear(place, 2_500)
