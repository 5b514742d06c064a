"""The list of sources, its search, pop-ups, versions, rights, and the form in a browser."""

import json
import re

import pytest
from playwright.sync_api import expect

from articles.content import Source as SourceContent
from articles.models import Article, Source

from .making import BOOK, REPORT, content, record
from .source_desk import ADD, EXOTIC, LIST, address, as_browser, make_source, posted

pytestmark = pytest.mark.django_db


def test_the_list_counts_articles_without_a_query_for_each(desk, django_assert_max_num_queries):
    for index in range(12):
        rows = [
            {"key": "a", "source": REPORT},
            {"key": "b", "source": REPORT},
            {"key": "c", "source": BOOK | {"volume": index}},
        ]
        record(None, content(slug=f"battle-{index}", title=f"Battle {index}", references=rows))
    with django_assert_max_num_queries(8):
        page = desk.get(LIST)
    uses = {row.title: row.uses for row in page.context["cl"].result_list}
    assert uses == {"Seven Years of Conflict": 12, "Black Garden": 1}
    assert '<span class="in-words">in 12 articles</span>' in page.content.decode()


def test_a_list_that_was_not_searched_says_how_long_it_is_and_offers_no_longer_one(desk):
    for source in (REPORT, BOOK):
        make_source(source)
    whole, searched = (desk.get(LIST, asked).content.decode() for asked in ({}, {"q": "garden"}))
    assert ">2 in all</span>" in whole
    assert "Show all" not in whole
    assert re.search(r">1 result \(<a [^>]*>Show all", searched)


def test_on_a_narrow_screen_a_source_says_in_how_many_articles_it_is_and_draws_no_dash(new_page, sign_in, superuser):
    make_source(REPORT | {"author": []})
    page = new_page(viewport={"width": 820, "height": 800})
    sign_in(page, superuser)
    page.goto(LIST)
    row = page.locator("#result_list tbody tr").inner_text()
    assert "in 0 articles" in row
    assert "—" not in row


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("garden", True),
        ("waal 2003", True),
        ("waal 2004", False),
        ("0-8147-1944-9", True),
        ("978 0 8147 1944 2", True),
        ("ISBN 9780814719442", True),
        ("https://doi.org/10.1234/ABC", True),
        ("10.1234/abcd", False),
        ("чёрный САД", True),
        ("", True),
    ],
)
def test_sources_are_found_by_words_and_numbers(desk, words, found):
    identified = {"ISBN": "0-8147-1944-9", "DOI": "10.1234/Abc", "issued": {"date-parts": [[2003]]}}
    make_source(BOOK | identified | {"title": "Black Garden: Чёрный сад"})
    page = desk.get(LIST, {"q": words})
    assert bool(page.context["cl"].result_list) == found
    answer = desk.get(
        "/admin/autocomplete/",
        {"term": words, "app_label": "articles", "model_name": "reference", "field_name": "source"},
    )
    assert bool(answer.json()["results"]) == found


@pytest.mark.parametrize("kind", ["articles/source", "articles/image", "auth/user"])
def test_a_search_that_finds_nothing_says_so(client_of, superuser, kind):
    client = client_of(superuser)
    assert "Nothing is like that." in client.get(f"/admin/{kind}/", {"q": "zzz"}).content.decode()
    assert "Nothing is like that." not in client.get(f"/admin/{kind}/").content.decode()


def test_a_pop_up_hands_the_new_source_back(desk):
    page = desk.get(ADD, {"_popup": "1", "_to_field": "id"})
    data = as_browser(page, type="book", title="</script><script>alert(1)</script>")
    response = desk.post(f"{ADD}?_popup=1&_to_field=id", data)
    source = Source.objects.get()
    assert response.template_name[-1] == "admin/popup_response.html"
    answer = json.loads(response.context_data["popup_response_data"])
    assert answer == {"value": str(source.pk), "obj": "</script><script>alert(1)</script>"}
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("changes", [{}, {"title": "Changed"}])
def test_a_pop_up_hands_the_changed_source_back(desk, changes):
    source = make_source(BOOK)
    page = desk.get(address(source), {"_popup": "1", "_to_field": "id"})
    response = desk.post(address(source), as_browser(page, **changes))
    answer = json.loads(response.context_data["popup_response_data"])
    assert (answer["action"], answer["value"]) == ("change", str(source.pk))
    assert answer["obj"] == f"de Waal. {changes.get('title', 'Black Garden')}"


def test_versions_tell_who_changed_what(desk, editor):
    source = make_source(BOOK)
    posted(desk, source, title="<b>Garden</b>", publisher="Hurst")
    page = desk.get(address(source, "history"))
    newest, oldest = page.context["versions"]
    assert (newest.number, newest.who) == (2, "editor")
    assert newest.changes == (("Title", "Black Garden", "<b>Garden</b>"), ("Publisher", "", "Hurst"))
    assert ("Contributors", "", "Author: de Waal, Thomas") in oldest.changes
    assert "&lt;b&gt;Garden" in page.content.decode()
    assert desk.post(address(source, "history")).status_code == 405


def test_nobody_deletes_a_source(client_of, superuser):
    source = make_source(BOOK)
    client = client_of(superuser)
    assert client.post(address(source, "delete"), {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"})
    assert Source.objects.filter(pk=source.pk).exists()


def test_who_only_views_changes_nothing(client_of, view_only):
    source = make_source(BOOK)
    client = client_of(view_only)
    page = client.get(address(source))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert client.post(address(source), as_browser(page, title="Mine")).status_code == 403
    assert client.post(ADD, {"type": "book", "title": "A"}).status_code == 403
    assert client.get(ADD).status_code == 403
    assert Source.objects.get().content.csl == BOOK


def test_strangers_see_nothing(client):
    source = make_source(BOOK)
    for where in (LIST, ADD, address(source), address(source, "history")):
        assert client.get(where).status_code == 302


def test_a_source_that_is_not_there_leads_home(desk):
    assert desk.get("/admin/articles/source/77/change/").status_code == 302
    assert desk.post("/admin/articles/source/77/change/", {}).status_code == 302
    assert desk.get("/admin/articles/source/77/history/").status_code == 302


def test_nothing_breaks_out_of_the_page(desk):
    evil = '"><img src=x onerror=alert(1)>'
    csl = {"type": "book", "title": evil, "author": [{"family": evil, evil: evil}], "note": "</textarea>" + evil,
           "custom": {evil: evil, "url-status": evil}, evil: {evil: evil}}  # fmt: skip
    source = make_source(csl)
    record(None, content(title=evil, references=[{"key": "k", "source": csl, "pages": evil}]))
    for where in (address(source), address(source, "history"), LIST):
        assert b"<img src=x" not in desk.get(where).content
    posted(desk, source, title=evil + "2")
    assert b"<img src=x" not in desk.get(LIST).content
    assert Article.objects.get().revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_script_adds_moves_and_folds(page, sign_in, superuser, live_server):
    source = make_source(EXOTIC | {"type": "article-journal"})
    sign_in(page, superuser)
    page.goto(address(source))
    assert not page.locator("[name=edition]").is_hidden()  # it says something
    assert page.locator("[name=publisher]").is_hidden()
    page.select_option("[name=type]", "book")
    assert page.locator("[name=publisher]").is_visible()
    assert page.locator("[name=ISSN]").is_hidden()
    page.click("text=Show all fields")
    assert page.locator("[name=ISSN]").is_visible()
    page.click("text=Add a contributor")
    page.locator("#contributors tbody tr").last.locator("[name$=family]").fill("Last")
    for _ in range(20):
        page.locator("#contributors tbody tr").last.scroll_into_view_if_needed()
        page.locator("tr:has(input[name*='-100'])").locator("[data-up]").first.click()
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    assert [name.get("family") for name in Source.objects.get().content.csl["author"]] == ["Last", "Gogh", None]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_one_blank_row_waits_for_a_contributor(new_page, sign_in, superuser, live_server, width):
    page = new_page(viewport={"width": width, "height": 844})
    sign_in(page, superuser)
    rows = page.locator("#contributors tbody tr")
    page.goto(ADD)
    page.locator("[data-add]").wait_for()
    assert rows.count() == 1
    assert rows.first.bounding_box()["height"] < 220
    page.goto(address(make_source(BOOK)))
    page.locator("[data-add]").wait_for()
    assert [row.locator("[name$=family]").input_value() != "" for row in rows.all()] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_an_untouched_form_changes_nothing_in_a_browser(page, sign_in, superuser, live_server):
    source = make_source(EXOTIC)
    sign_in(page, superuser)
    page.goto(address(source))
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist")
    assert Source.objects.get().csl == SourceContent.of(EXOTIC).canonical
    assert source.history.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["article", "image", "source"])
def test_the_search_of_each_list_has_a_name(page, sign_in, editor, live_server, kind):
    sign_in(page, editor)
    page.goto(f"/admin/articles/{kind}/")
    expect(page.locator("#searchbar")).to_have_accessible_name("Search")
