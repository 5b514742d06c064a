"""The preview of an unsaved form: the page that readers would get, what is wrong with it, and nothing written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Revision

from .articles_for_tests import load_demo, make_article
from .desk import ADD, add_row, form_fields, open_form, send
from .making import content, figure, picture, record
from .page_tree import read_page

pytestmark = pytest.mark.django_db
PREVIEW = "/admin/articles/article/preview/"


def preview(client, article, fields, **changes):
    return client.post(f"{PREVIEW}?article={article.pk}" if article else PREVIEW, fields | changes)


def test_an_untouched_form_shows_what_its_revision_shows(desk):
    article = load_demo()
    html = preview(desk, article, open_form(desk, article)).json()["html"]
    page = desk.get(f"/articles/{article.public_slug()}/").content.decode()
    assert html.strip() in page
    assert preview(desk, article, open_form(desk, article)).json()["summary"] == ""


def test_what_was_typed_is_shown_and_summed_up(desk, article):
    answer = preview(desk, article, open_form(desk, article), title="Renamed", body="A **new** text.[@hrw]").json()
    assert "<h1>Renamed</h1>" in answer["html"]
    assert "<strong>new</strong>" in answer["html"]
    assert "title: Battle of Kalbajar → Renamed" in answer["summary"]


def test_a_row_added_is_shown_and_summed_up(desk, article):
    fields = add_row(open_form(desk, article), "infobox", field="result", value="A result.[@hrw]")
    answer = preview(desk, article, fields).json()
    assert "A result." in answer["html"]
    assert answer["summary"] == "Result: “A result.” added; 1 citation added"


def test_problems_lead_to_their_line(desk, article):
    answer = preview(desk, article, open_form(desk, article), body="Cited.[@hrw]\n\nWrong.[@nobody]").json()
    problem = next(one for one in answer["problems"] if one["kind"] == "undefined_reference")
    assert (problem["level"], problem["anchor"], problem["line"], problem["column"]) == ("error", "id_body", 3, 7)
    assert problem["words"] == "Text, line 3"


def test_what_cannot_be_read_is_told_without_a_page(desk, article):
    response = preview(desk, article, open_form(desk, article), **{"notes-0-key": "two words"})
    answer = response.json()
    assert (response.status_code, answer["html"]) == (422, None)
    assert answer["problems"][0]["anchor"] == "id_notes-0-key"


def test_blocks_stand_for_the_elements_of_the_body(desk):
    picture("a")
    article = record(None, content(figures=[figure("a")])).article
    body = (
        "Lead.\n\n\nSecond\nlong.\n\n![[map-a]]\n\n## Head\n\n- one\n- two\n\n> Said.\n\n![[map-a]]\n\n"
        "![[none]]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[x]: /y\n\n    code\n\n---\n\nEnd."
    )
    answer = preview(desk, article, open_form(desk, article), body=body).json()
    page = read_page(answer["html"])
    parts = [page.one("div", class_=name) for name in ("lead-opening", "lead-rest", "sections")]
    assert sum(len(part.elements) for part in parts) == len(answer["blocks"])
    lines = body.split("\n")
    assert [lines[block["line"] - 1] for block in answer["blocks"]] == [
        "Lead.", "Second", "![[map-a]]", "## Head", "- one", "> Said.", "![[none]]", "| a | b |", "    code", "---",
        "End."]  # fmt: skip


def test_a_new_article_is_previewed(desk):
    answer = preview(desk, None, form_fields(desk.get(ADD)), title="A siege", body="Text.").json()
    assert "<h1>A siege</h1>" in answer["html"]
    assert answer["summary"] == "New article"
    assert not Article.objects.exists()


def test_nothing_is_written(desk, article):
    fields = open_form(desk, article)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        preview(desk, article, fields, body="Another text.")
    written = [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
    assert written == []
    assert Revision.objects.count() == 1


def test_only_those_who_may_edit_preview(client_of, view_only, client, article, editor):
    fields = open_form(client_of(editor), article)
    for address in (f"{PREVIEW}?article={article.pk}", PREVIEW, f"{PREVIEW}page/?article={article.pk}"):
        assert client_of(view_only).post(address, fields).status_code == 403
        assert client.post(address, fields).status_code == 302
    assert client_of(editor).get(PREVIEW).status_code == 405
    assert client_of(editor).post(f"{PREVIEW}?article=999999", fields).status_code == 404


def test_the_preview_on_a_page_of_its_own(desk, article):
    fields = open_form(desk, article)
    page = desk.post(f"{PREVIEW}page/?article={article.pk}", fields | {"body": "Unsaved."})
    text = page.content.decode()
    assert "Unsaved." in text
    assert "Nothing of them is saved" in text
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    refused = desk.post(f"{PREVIEW}page/?article={article.pk}", fields | {"title": ""})
    assert refused.status_code == 422
    assert "your text is in the form you came from" in refused.content.decode()


def test_the_preview_names_the_links_of_the_published_world(desk, article):
    make_article("siege", "Siege")
    answer = preview(desk, article, open_form(desk, article), body="See [[Siege]] and [[Nowhere]].[@hrw]").json()
    assert '<a href="/articles/siege/">Siege</a>' in answer["html"]
    assert "missing_link" in {one["kind"] for one in answer["problems"]}


def test_a_preview_does_not_stand_in_the_way_of_saving(desk, article):
    fields = open_form(desk, article)
    preview(desk, article, fields, body="First thought.")
    send(desk, article, fields, body="Second thought.[@hrw]")
    assert article.revisions.newest().number == 2
