"""Public addresses: what is found where, what redirects, and that all visitors get the same."""

import json
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from articles.models import Publication, PublishedCategory, RenderedPage
from articles.publishing import reinstate, withdraw
from articles.views.machines import ArticlesSitemap

from .articles_for_tests import edit, load_demo, make_article

pytestmark = pytest.mark.django_db
NAMES = [
    {"name": "Kəlbəcər döyüşü", "language": "az"},
    {"name": "Քարվաճառի ճակատամարտ", "language": "hy"},
    {"name": "Бой за Кельбаджар", "language": "ru"},
]


@pytest.mark.parametrize("name", ["Battle of Kalbajar", "battle OF kalbajar", "Kəlbəcər döyüşü", "Kelbecer doyusu",
                                  "Քարվաճառի ճակատամարտ", "Бой за Кельбаджар"])  # fmt: skip
def test_a_name_in_any_script_leads_to_the_article(client, name):
    make_article(names=NAMES)
    answer = client.get(reverse("article", args=[name]))
    assert (answer.status_code, answer["Location"]) == (302, "/articles/battle-of-kalbajar/")


def test_a_page_that_comes_back_while_it_is_looked_for_is_shown(client, superuser, monkeypatch):
    shown = make_article()
    withdraw(shown, user=superuser, comment="Doubts.")

    def comes_back(name):
        monkeypatch.undo()
        reinstate(shown, user=superuser)

    monkeypatch.setattr("articles.views.public.former_address", comes_back)
    answer = client.get("/articles/battle-of-kalbajar/")
    assert (answer.status_code, answer.headers.get("Location")) == (200, None)


@pytest.mark.parametrize(
    "address",
    [
        "/articles/nothing-here/",
        "/articles/nothing-here.json",
        "/articles/%00/",
        "/articles/nothing-here/history/",
        "/categories/none/",
        "/categories/%00/",
        "/sources/1/",
        "/nowhere/",
    ],
)
def test_what_is_not_there_is_404(client, address):
    assert client.get(address).status_code == 404


def test_a_404_suggests_what_may_be_meant(client):
    make_article()
    answer = client.get("/articles/battle-of-kelbecer-1993/")
    assert answer.status_code == 404
    assert "/articles/battle-of-kalbajar/" in answer.content.decode()
    assert "There is nothing published under this address." in answer.content.decode()
    assert "nothing published under" not in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize(
    "query", ["Kalbajar", "Kelbajar", "Kəlbəcər", "Kelbecer", "Kelbadzhar", "Кельбаджар", "battle kalb"]
)
def test_spellings_find_each_other(client, query):
    make_article()
    assert "/articles/battle-of-kalbajar/" in client.get("/search/", {"q": query}).content.decode()
    found = client.get("/search/suggest/", {"q": query}).json()
    assert found["suggestions"] == [{"title": "Battle of Kalbajar", "address": "/articles/battle-of-kalbajar/"}]


@pytest.mark.parametrize("query", ["", " ", "%", "_", "'", "x" * 5000, "\x00", "Lachin"])
def test_a_search_that_finds_nothing_says_so(client, query):
    make_article()
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert '<a class="title" href="/articles/battle-of-kalbajar/"' not in answer.content.decode()


def test_drafts_are_in_no_public_answer(client):
    make_article()
    secret = make_article("secret", "Secret plan", body="[[Battle of Kalbajar]]", published=False,
                          categories=["Battles of 1993"])  # fmt: skip
    edit(secret, summary="hidden words")
    addresses = ["/", "/search/?q=secret", "/search/suggest/?q=secret", "/feeds/changes.atom", "/sitemap.xml",
                 "/sitemap-articles.xml", "/articles/battle-of-kalbajar/"]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"secret plan" not in answer.content.lower(), address
        assert b"/secret/" not in answer.content.lower(), address
    for address in ("/articles/secret/", "/articles/secret.json", "/articles/secret/history/",
                    "/articles/secret/revisions/1/", "/categories/battles-of-1993/"):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_public_pages_are_the_same_for_everybody_and_set_no_cookie(client, superuser):
    make_article(categories=["Battles of 1993"])
    addresses = ["/", "/articles/battle-of-kalbajar/", "/categories/battles-of-1993/", "/search/?q=kalbajar",
                 "/feeds/changes.atom", "/sitemap.xml", "/robots.txt", "/articles/battle-of-kalbajar.json"]  # fmt: skip
    stranger = {address: client.get(address) for address in addresses}
    client.force_login(superuser)
    for address in addresses:
        answer = client.get(address)
        assert answer.content == stranger[address].content, address
        assert not stranger[address].cookies, address
        assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate", address
        assert "Cookie" not in answer.get("Vary", ""), address


def test_category_pages_list_published_articles_in_order_of_time(client):
    make_article("b", "B", event_date="1993-04", categories=["Battles of 1993"])
    make_article("a", "A", event_date="1993-01", categories=["Battles of 1993"])
    text = client.get("/categories/battles-of-1993/").content.decode()
    assert "Battles of 1993" in text
    assert text.index("/articles/a/") < text.index("/articles/b/")


def test_json_gives_the_publication_and_not_the_draft(client):
    article = make_article(body="Published.")
    edit(article, body="Draft.")
    data = client.get("/articles/battle-of-kalbajar.json").json()
    assert data["format"] == "kalbajar.article/1"
    assert data["body"] == "Published."


def test_feed_and_sitemap_are_well_formed_and_name_full_addresses(client, settings):
    load_demo()
    feed = ET.fromstring(client.get("/feeds/changes.atom").content)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert [entry.find("{http://www.w3.org/2005/Atom}title").text for entry in entries] == ["Battle of Kalbajar"]
    sitemap = ET.fromstring(client.get("/sitemap-articles.xml").content)
    locations = [one.text for one in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert locations == [f"{settings.SITE_URL}/articles/battle-of-kalbajar/"]
    assert client.get("/health/").content == b"ok"


def test_history_shows_strangers_only_what_was_published(client, view_only, editor):
    article = make_article(body="One.")
    edit(article, body="Two.", summary="a draft")
    text = client.get("/articles/battle-of-kalbajar/history/").content.decode()
    assert 'data-number="1"' in text
    assert 'data-number="2"' not in text
    assert "a draft" not in text
    assert client.get("/articles/battle-of-kalbajar/revisions/1/").status_code == 200
    assert client.get("/articles/battle-of-kalbajar/revisions/2/").status_code == 404
    client.force_login(view_only)
    answer = client.get("/articles/battle-of-kalbajar/history/")
    assert 'data-number="2"' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert "Two." in client.get("/articles/battle-of-kalbajar/revisions/2/").content.decode()
    data = json.loads(client.get("/articles/battle-of-kalbajar/revisions/2/?format=json").content)
    assert data["body"] == "Two."


def test_staff_reach_an_unpublished_article_by_any_slug_it_had(client, view_only):
    article = make_article("first", "Title", published=False)
    edit(article, slug="second")
    client.force_login(view_only)
    for slug in ("first", "second"):
        assert client.get(f"/articles/{slug}/history/").status_code == 200
        assert client.get(f"/articles/{slug}/revisions/2/").status_code == 200
        assert client.get(f"/articles/{slug}/").status_code == 404


def test_only_get_and_head_are_answered(client):
    make_article()
    for address in ("/", "/articles/battle-of-kalbajar/", "/search/", "/health/"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


def test_a_category_has_a_feed_of_its_own(client):
    make_article(categories=["Battles of 1993"])
    make_article("other", "Other", categories=["Battles of 1992"])
    address = "/feeds/categories/battles-of-1993.atom"
    assert address in client.get("/categories/battles-of-1993/").content.decode()
    feed = ET.fromstring(client.get(address).content)
    titles = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == ["Kalbajar: Battles of 1993", "Battle of Kalbajar"]
    for nothing in ("none", "%00"):
        assert client.get(f"/feeds/categories/{nothing}.atom").status_code == 404


def test_the_sitemap_comes_in_parts_and_tells_when_something_was_last_published(client, monkeypatch):
    monkeypatch.setattr(ArticlesSitemap, "limit", 2)
    for slug in ("a", "b", "c"):
        make_article(slug, slug.upper())
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [one.text for one in index.iter(f"{space}loc")]
    told = {one.text[:19] for one in index.iter(f"{space}lastmod")}
    assert told == {Publication.objects.latest("id").created.isoformat()[:19]}
    found = [one.text for part in parts for one in ET.fromstring(client.get(part).content).iter(f"{space}loc")]
    assert [address.rsplit("/", 2)[1] for address in found] == ["a", "b", "c"]
    assert len(parts) == 2


def test_the_feeds_survive_what_xml_cannot_write(client):
    """It was published before it was refused."""
    make_article(categories=["Battles"])
    RenderedPage.objects.update(title="A \ufffe title", short_description="\uffff Words")
    PublishedCategory.objects.update(name="Bat\ufffetles")
    for address in ("/feeds/changes.atom", "/feeds/categories/battles.atom"):
        feed = ET.fromstring(client.get(address).content)
        assert "A  title" in "".join(feed.itertext())


def test_what_tells_of_an_article_bears_its_key(client):
    article = make_article(coordinates={"latitude": 40.1, "longitude": 46})
    for address in (
        "/", ".json", ".md", "/claims/", "/cite/", "/cite/?format=bibtex", "/cite/?format=csl", "/map/", "/history/",
        "/revisions/1/", "/revisions/1/?format=json", "/compare/1/1/", "/compare/1/1/?format=json",
    ):  # fmt: skip
        answer = client.get(f"/articles/battle-of-kalbajar{address}")
        assert (answer.status_code, answer["Surrogate-Key"]) == (200, f"article-{article.pk}"), address
    assert "Surrogate-Key" not in client.get("/")
