"""A source made from the article's form: pasted, looked at, told of copies, stored."""

import pytest

from articles.models import Source

from .desk import form_fields
from .making import BOOK
from .source_desk import ADD, make_source

pytestmark = pytest.mark.django_db
QUICK = "/admin/articles/source/quick/"
ENTRY = """@book{waal, title = {Black Garden}, author = {de Waal, Thomas}, year = 2003, isbn = {0-8147-1944-9},
 abstract = {An abstract.}}"""


def ask(client, **fields):
    answer = client.post(QUICK, fields)
    assert answer.status_code == 200
    return answer.json()


def filled(answer):
    """Return the fields of the form in an answer, as a browser would send them."""

    class _Page:
        content = f'<form id="quick">{answer["html"]}</form>'.encode()

    return form_fields(_Page, "quick")


def test_a_pasted_entry_fills_the_form_and_is_stored_as_it_was_shown(desk):
    form = filled(ask(desk, text=ENTRY))
    assert (form["title"], form["issued"], form["contributors-0-family"], form["key"]) == (
        "Black Garden", "2003", "de Waal", "waal")  # fmt: skip
    assert Source.objects.count() == 0
    answer = ask(desk, **form, create="1")
    source = Source.objects.get()
    assert answer["source"]["id"] == source.pk
    assert answer["source"]["key"] == "waal"
    assert source.content.csl == BOOK | {
        "issued": {"date-parts": [[2003]]}, "ISBN": "0-8147-1944-9", "abstract": "An abstract."}  # fmt: skip


def test_copies_are_shown_before_anything_is_stored_and_again_before_a_second_is(desk):
    first = make_source(BOOK | {"ISBN": "9780814719442"})
    answer = ask(desk, text=ENTRY)
    assert f'data-use="{first.pk}"' in answer["html"]
    again = ask(desk, **filled(answer), create="1")
    assert f'data-use="{first.pk}"' in again["html"]
    assert Source.objects.count() == 1
    made = ask(desk, **filled(again), create="1", another="on")
    assert made["source"]["id"] != first.pk
    assert Source.objects.count() == 2


def test_an_empty_text_gives_an_empty_form_and_the_form_alone_makes_a_source(desk):
    form = filled(ask(desk, text=" "))
    fields = {"type": "book", "title": "Qara bağ", "contributors-0-literal": "Human Rights Watch", "issued": "1994"}
    assert ask(desk, **form | fields, create="1")["source"]["key"] == "humanrights1994"
    assert Source.objects.get().authors == "Human Rights Watch"


def test_what_is_wrong_is_told_and_everything_stays(desk):
    assert "brace" in ask(desk, text="@book{a, title = {Black")["error"]
    form = filled(ask(desk, text=ENTRY))
    answer = ask(desk, **form | {"ISBN": "0-8147-1944-8", "title": "<b>Garden"}, create="1")
    assert "mistyped" in answer["html"]
    assert "<b>" not in answer["html"]
    assert filled(answer)["title"] == "<b>Garden"
    assert filled(answer)["contributors-0-family"] == "de Waal"
    assert Source.objects.count() == 0


@pytest.mark.parametrize("pasted", ["{", "[]", '{"type": 5}', '{"author": [1]}', '{"type":"book","type":"x"}'])
def test_a_form_that_was_meddled_with_breaks_nothing(desk, pasted):
    answer = ask(desk, create="1", pasted=pasted, type="book", title="A title")
    assert answer["source"]["title"] == "A title"
    assert Source.objects.get().content.csl == {"type": "book", "title": "A title"}


@pytest.mark.parametrize("pasted", ["@book{a, title={" + "\\frac" * 900 + "}}", "@book{a, title={x" * 90])
def test_nothing_of_what_is_pasted_fills_the_log(desk, pasted, caplog):
    ask(desk, text=pasted)
    assert [one.name for one in caplog.records] == []


def test_only_editors_make_sources(client, view_only):
    assert client.post(QUICK, {"text": ENTRY}).status_code == 302
    client.force_login(view_only)
    assert client.post(QUICK, {"text": ENTRY}).status_code == 403
    assert client.post(QUICK, {"create": "1", "type": "book", "title": "A"}).status_code == 403
    assert Source.objects.count() == 0


def test_only_posts_with_a_token(desk, editor):
    from django.test import Client

    assert desk.get(QUICK).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor, "django.contrib.auth.backends.ModelBackend")
    assert strict.post(QUICK, {"text": ENTRY}).status_code == 403


# --- The same box on the page of a new source, which works without scripts ---


def test_the_page_of_a_new_source_is_filled_from_what_is_pasted(desk):
    page = desk.post(ADD, {"text": ENTRY, "_fill": "1"})
    form = form_fields(page, "source_form")
    assert (form["title"], form["contributors-0-family"]) == ("Black Garden", "de Waal")
    assert Source.objects.count() == 0
    assert desk.post(ADD, form | {"_save": "1"}).status_code == 302
    assert Source.objects.get().content.csl["abstract"] == "An abstract."


def test_copies_and_errors_are_told_on_that_page_with_the_text_kept(desk):
    first = make_source(BOOK | {"ISBN": "9780814719442"})
    page = desk.post(ADD, {"text": ENTRY, "_fill": "1"})
    assert page.context["form"].duplicates == [first]
    page = desk.post(ADD, {"text": "@book{<b>", "_fill": "1"})
    assert "brace" in page.context["form"].paste["error"]
    assert form_fields(page, "fill_form")["text"] == "@book{<b>"
    assert "<b>" not in page.content.decode()
