"""Pages without an article: errors, lists with nothing in them, a search that finds nothing."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from .page_tree import read_page


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429", "500", "503"])
def test_error_pages_need_no_context(name):
    page = read_page(render_to_string(f"{name}.html"))
    assert page.one("h1").text
    assert page.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.parametrize("name", ["front_page", "category_detail", "name_list", "search", "history"])
def test_lists_with_nothing_in_them_are_whole_pages(name):
    page = read_page(render_to_string(f"articles/{name}.html", {"articles": [], "count": 0}))
    assert len(page.all("h1")) == 1


def test_nothing_found_says_so_and_suggests():
    similar = SimpleNamespace(title="Battle of Kalbajar", get_absolute_url="/articles/battle-of-kalbajar/")
    page = read_page(
        render_to_string("articles/search.html", {"query": "<kelb>", "asked": "<kelb>", "suggestions": [similar]})
    )
    assert page.one("h1").text == "Nothing found for “<kelb>”"
    assert page.one(class_="entries").one("a").text == "Battle of Kalbajar"
    assert page.one("input", type="search")["value"] == "<kelb>"
