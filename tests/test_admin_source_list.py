"""The list of sources when it is long: read by an index, a page at a time."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.key_paging import KeyPaginator
from articles.admin.source import SourceAdmin

from .making import BOOK
from .query_plans import is_sorted, plan_of
from .source_desk import LIST, make_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("backwards", ["", "-"])
@pytest.mark.parametrize(("index", "column"), [
    ("source_standing_list", "authors_shown"), ("source_standing_years", "year"),
    ("source_standing_titles", "title_shown"),
])  # fmt: skip
def test_the_list_is_read_in_its_order_and_not_sorted(desk, index, column, backwards):
    make_source(BOOK)
    query = {"o": f"{backwards}{SourceAdmin.list_display.index(column)}"}
    if column == "authors_shown" and not backwards:
        query = {}
    plan, page = plan_of(lambda: desk.get(LIST, query), "ORDER BY", "uses")
    assert page.status_code == 200
    assert index in plan
    assert not is_sorted(plan)


def test_uses_are_counted_for_the_sources_of_one_page_alone(desk):
    for number in range(120):
        make_source(BOOK | {"title": f"Volume {number:03}"})
    with CaptureQueriesContext(connection) as asked:
        page = desk.get(LIST, {"q": "volume", "p": 2}).content.decode()
    assert re.findall(r"Volume \d+", page)[:2] == ["Volume 100", "Volume 101"]
    (counting,) = [one["sql"] for one in asked if "COUNT(DISTINCT" in one["sql"]]
    assert "articles_sourceword" not in counting


def test_very_many_are_not_sorted_by_their_uses(desk, monkeypatch):
    make_source(BOOK)
    sorted_by = f"?o={SourceAdmin.list_display.index('article_count')}"
    assert sorted_by in desk.get(LIST).content.decode()
    assert _orders(desk, sorted_by) != _orders(desk, "")
    monkeypatch.setattr(KeyPaginator, "counted_most", 0)
    assert sorted_by not in desk.get(LIST).content.decode()
    # Nor by an address that was kept from when there were few.
    assert _orders(desk, sorted_by) == _orders(desk, "") != ""


def _orders(desk, query):
    """Return by what the keys of a page are ordered."""
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(f"{LIST}{query}").status_code == 200
    return "".join(one["sql"].partition("ORDER BY")[2] for one in asked if '"articles_source"' in one["sql"])


def test_very_many_that_hold_a_word_are_found_in_the_order_of_the_list(desk, monkeypatch):
    monkeypatch.setattr("articles.admin.source_finding._MANY", 1)
    monkeypatch.setattr(KeyPaginator, "counted_most", 2)
    for title in ("Volume 2 of all", "Volume 1 of all", "Volume 3 of few", "Another"):
        make_source(BOOK | {"title": title})
    page = desk.get(LIST, {"q": "vol al"}).content.decode()
    assert re.findall(r"Volume \d", page) == ["Volume 1", "Volume 2"]
    assert "2 sources" in page
    page = desk.get(LIST, {"q": "volume"}).content.decode()
    assert "The first 2 sources; narrow the list to see others" in page
