"""Rows in the form as it comes from the server: whole without scripts, and each with who wrote it."""

import re

import pytest

from articles.revisions import newest_content

from .desk import add_row, change_address, open_form, send, words_of
from .making import content, record

pytestmark = pytest.mark.django_db


def row_of(page, row):
    """Return the HTML of a row of a page."""
    return page.content.decode().split(f'id="{row}"')[1].split('class="inline-related')[0]


def test_a_closed_row_is_one_line_with_all_its_fields_behind_it(desk, article):
    row = row_of(desk.get(change_address(article)), "references-0")
    assert re.search(r'<details class="row"[^>]*><summary>.*hrw.*Seven Years of Conflict.*p\. 19.*</summary>', row)
    assert 'name="references-0-pages"' in row


def test_a_row_with_an_error_is_open(desk, article):
    page = send(desk, article, open_form(desk, article), **{"notes-0-key": "two words"})
    is_open = r'<details class="row"[^>]* open>'
    assert [bool(re.search(is_open, row_of(page, one))) for one in ("notes-0", "references-0")] == [True, False]


def test_a_row_says_which_revision_made_it_what_it_is(desk, article, editor):
    send(desk, article, open_form(desk, article), **{"notes-0-text": "Another text."})
    page = desk.get(change_address(article))
    assert f"r2 {editor.username}" in row_of(page, "notes-0")
    assert f"/articles/{article.slug}/revisions/2/" in row_of(page, "notes-0")
    assert f"/articles/{article.slug}/revisions/1/" in row_of(page, "infobox-0")


def test_a_deleted_new_row_that_comes_back_is_still_deleted(desk, article):
    fields = add_row(open_form(desk, article), "notes", key="unwanted", text="Unwanted.", DELETE="on")
    page = send(desk, article, fields, title="")
    assert page.context["refused"]
    assert re.search(r'name="notes-\d-DELETE"[^>]* checked', page.content.decode())
    send(desk, article, fields)
    assert [note.key for note in newest_content(article).notes] == ["spelling"]


def test_words_are_checked_in_their_own_language(desk, article):
    source = {"type": "book", "title": "Qarabağ", "language": "az"}
    record(article, content(references=[{"id": "f1", "key": "hrw", "source": source}], notes=[], body="", infobox={}))
    page = desk.get(change_address(article)).content.decode()
    for name, language in (("body", "en"), ("names-0-name", "az"), ("references-0-quotation", "az")):
        field = re.search(rf"<[^>]*name=\"{name}\"[^>]*>", page)[0]
        assert f'lang="{language}"' in field


def test_the_newest_revisions_stand_beside_the_text(desk, article):
    send(desk, article, open_form(desk, article), body="New text.", summary="Rewritten")
    page = desk.get(change_address(article))
    assert [one["summary"] for one in page.context["recent"]] == ["Rewritten", ""]
    assert f"/articles/{article.slug}/compare/1/2/" in page.content.decode()


def test_a_value_that_was_begun_and_left_empty_is_no_value(desk, article):
    before = newest_content(article)
    fields = add_row(open_form(desk, article), "infobox", field="strength", side="2", ORDER="90")
    response = send(desk, article, fields)
    assert "Nothing differs from revision 1" in words_of(response)
    assert newest_content(article) == before


def test_the_line_of_a_value_leaves_out_its_marks_and_brackets(desk):
    rows = [
        {"id": "r1", "field": "casualties", "side": 2, "value": "400 killed[@hrw, p. 2][^spelling]"},
        {"id": "r2", "field": "commander", "side": 1, "value": "[[Surat Huseynov]], [[Lachin|of Lachin]]"},
    ]
    article = record(None, content(infobox={"kind": "military-conflict", "rows": rows})).article
    page = desk.get(change_address(article))
    rows = row_of(page, "infobox-0") + row_of(page, "infobox-1")
    assert all(f'<span class="row-text">{one}</span>' in rows for one in ("400 killed", "Surat Huseynov, of Lachin"))


def test_the_line_of_a_work_without_authors_begins_with_its_title(desk):
    work = {"type": "webpage", "title": "Resolution 822", "issued": {"date-parts": [[1993]]}}
    article = record(None, content(references=[{"key": "hrw", "source": work}])).article
    assert '<span class="row-text">Resolution 822 (1993)</span>' in row_of(
        desk.get(change_address(article)), "references-0"
    )


def test_labels_of_names_are_one_word_and_their_fields_show_what_is_meant(desk, article):
    names = desk.get(change_address(article)).content.decode().split('id="names-group"')[1]
    assert re.search(r'>Language</label><input[^>]* placeholder="az"', names)
    assert re.search(r'>Script</label><input[^>]* placeholder="Cyrl"', names)
