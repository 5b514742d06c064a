"""The list of sources when it is long: read by an index, a page at a time."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.source import SourceAdmin

from .making import BOOK
from .source_desk import LIST, make_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("backwards", ["", "-"])
@pytest.mark.parametrize(("index", "column"), [
    ("source_standing_list", "authors_shown"), ("source_standing_years", "year"),
    ("source_standing_titles", "title_shown"),
])  # fmt: skip
def test_the_list_is_read_in_its_order_and_not_sorted(desk, index, column, backwards):
    make_source(BOOK)
    with CaptureQueriesContext(connection) as asked:
        query = {"o": f"{backwards}{SourceAdmin.list_display.index(column)}"}
        assert desk.get(LIST, query if column != "authors_shown" or backwards else {}).status_code == 200
    (listing,) = [one["sql"] for one in asked if "ORDER BY" in one["sql"] and "uses" in one["sql"]]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Though the base knows nothing of its own size, as one that has just grown.
            cursor.execute(f"EXPLAIN QUERY PLAN {listing}")
        else:
            # For so few rows it would read and sort them all.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {listing}")
        plan = str(cursor.fetchall())
    assert index in plan
    assert ("TEMP B-TREE FOR ORDER BY" not in plan) if connection.vendor == "sqlite" else ("Presorted Key" in plan)


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
    monkeypatch.setattr("articles.admin.shared_admin._SORTED_MOST", 0)
    assert sorted_by not in desk.get(LIST).content.decode()
