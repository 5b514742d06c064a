"""A source or an image in a row is chosen without scripts too: by its number in the library."""

import pytest

from articles.revisions import newest_content

from .desk import add_row, open_form, send
from .making import BOOK, content, record
from .source_desk import make_source

pytestmark = pytest.mark.django_db


def test_a_number_chooses_the_source_of_a_row(desk, article):
    source = make_source(BOOK)
    fields = add_row(open_form(desk, article), "references", key="garden", source_number=f"#{source.pk}")
    send(desk, article, fields, **{"references-0-source_number": str(source.pk)})
    rows = newest_content(article).references
    assert [(row.key, row.source_id) for row in rows] == [("hrw", source.pk), ("dewaal", None), ("garden", source.pk)]


def test_a_number_that_is_none_is_told_and_kept(desk, article):
    page = send(desk, article, open_form(desk, article), **{"references-0-source_number": "999"})
    assert "no such source" in page.content.decode()
    assert 'name="references-0-source_number" id="id_references-0-source_number" value="999"' in page.content.decode()
    assert article.revisions.count() == 1


def test_in_a_browser_without_scripts(new_page, sign_in, editor, transactional_db, live_server):
    source = make_source(BOOK)
    article = record(None, content()).article
    page = new_page(java_script_enabled=False)
    sign_in(page, editor)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.fill("[name=references-2-key]", "garden")
    page.fill("[name=references-2-source_number]", str(source.pk))
    page.click("[name=_continue]")
    page.wait_for_selector("ul.messagelist")
    assert newest_content(article).references[-1].source_id == source.pk
