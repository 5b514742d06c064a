"""A source's form filled in: what was typed is read, or told at its field."""

import pytest

from articles.admin.contributors import Contributors
from articles.models import Source

from .making import BOOK
from .source_desk import ADD, EXOTIC, address, as_browser, errors, make_source

pytestmark = pytest.mark.django_db


FILLED = {
    "type": "report",
    "title": " Seven Years of Conflict ",
    "issued": "December 1994",
    "language": "en",
    "publisher": "Human Rights Watch",
    "ISBN": "1-56432-142-8",
    "DOI": "https://doi.org/10.1093/ehr/cew052",
    "ISSN": "03178471",
    "URL": "https://example.org/a",
    "accessed": "2020-05-05",
    "archive-url": "https://web.archive.org/x",
    "archive-date": "5 May 2010",
    "url-status": "dead",
    "contributors-0-role": "author",
    "contributors-0-literal": "Human Rights Watch/Helsinki",
    "contributors-1-role": "translator",
    "contributors-1-family": "Doe",
    "contributors-1-given": "Jane",
    "contributors-7-role": "author",
    "contributors-7-family": "Cornell",
}


def test_a_work_is_added_from_its_fields(desk, editor):
    response = desk.post(ADD, FILLED)
    assert response.status_code == 302
    source = Source.objects.get()
    assert source.content.csl == {
        "type": "report",
        "title": "Seven Years of Conflict",
        "issued": {"date-parts": [[1994, 12]]},
        "language": "en",
        "publisher": "Human Rights Watch",
        "ISBN": "1-56432-142-8",
        "ISSN": "0317-8471",
        "DOI": "10.1093/ehr/cew052",
        "URL": "https://example.org/a",
        "accessed": {"date-parts": [[2020, 5, 5]]},
        "custom": {"archive-url": "https://web.archive.org/x", "archive-date": "2010-05-05", "url-status": "dead"},
        "author": [{"literal": "Human Rights Watch/Helsinki"}, {"family": "Cornell"}],
        "translator": [{"family": "Doe", "given": "Jane"}],
    }
    assert source.history.get().history_user_id == editor.pk


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1994", {"date-parts": [[1994]]}),
        ("1994-12", {"date-parts": [[1994, 12]]}),
        ("1994-12-05", {"date-parts": [[1994, 12, 5]]}),
        ("1994-12/1995-01", {"date-parts": [[1994, 12], [1995, 1]]}),
        ("1994–1995", {"date-parts": [[1994], [1995]]}),
        ("5 december 1994", {"date-parts": [[1994, 12, 5]]}),
        ("-0480-08", {"date-parts": [[-480, 8]]}),
        ("1996-02-29", {"date-parts": [[1996, 2, 29]]}),
        ("Spring 1994", {"literal": "Spring 1994"}),
    ],
)
def test_dates_are_read(desk, text, date):
    assert desk.post(ADD, {"type": "book", "title": "A", "issued": text}).status_code == 302
    assert Source.objects.get().content.csl["issued"] == date


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("issued", "12.5.1994"),
        ("issued", "1994-13"),
        ("issued", "1995-02-29"),
        ("issued", "1995/1994"),
        ("issued", "1994/1995/1996"),
        ("accessed", "yesterday"),
        ("archive-date", "some day"),
        ("ISBN", "1-56432-142-9"),
        ("ISBN", "978-1-56432-142-9"),
        ("ISBN", "12345"),
        ("ISSN", "0317-8472"),
        ("DOI", "11.1093/x"),
        ("URL", "javascript:alert(1)"),
        ("URL", "example.org"),
        ("archive-url", "https://user@host/"),
        ("language", "English, mostly"),
        ("type", "novel"),
        ("type", ""),
        ("title", "nul\x00"),
        ("title", "\u202eesrever"),
        ("title", ""),
        ("summary", "s" * 501),
        ("publisher", "p" * 50_001),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(desk, field, text):
    response = desk.post(ADD, {"type": "book", "title": "A", field: text})
    assert response.status_code == 200
    assert list(errors(response)) == [field if field != "publisher" else "__all__"]
    assert not Source.objects.exists()
    assert response.context["form"][field].value() == text


@pytest.mark.parametrize(
    "isbn", ["978-1-56432-142-9", "9781564321428", "0-8147-1944-9, 978-0-8147-1944-2", "0 8147 1944 9"]
)
def test_check_digits_of_isbns_are_verified(desk, isbn):
    digits = [one.replace("-", "").replace(" ", "") for one in isbn.split(",")]
    fits = all(_isbn_fits(one) for one in digits)
    response = desk.post(ADD, {"type": "book", "title": "A", "ISBN": isbn})
    assert (response.status_code == 302) == fits


def _isbn_fits(digits):
    values = [10 if one == "X" else int(one) for one in digits]
    if len(values) == 10:
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return sum(value * (3 if place % 2 else 1) for place, value in enumerate(values)) % 10 == 0


@pytest.mark.parametrize(
    "row",
    [
        {"contributors-0-role": "author", "contributors-0-family": "A", "contributors-0-literal": "B"},
        {"contributors-0-role": "chief", "contributors-0-family": "A"},
        {"contributors-0-role": "author", "contributors-0-family": "A\x00"},
        {"contributors-0-role": "author", "contributors-0-family": "A\nB"},
    ],
)
def test_a_wrong_contributor_is_told_at_the_row(desk, row):
    response = desk.post(ADD, {"type": "book", "title": "A"} | row)
    assert response.status_code == 200
    assert errors(response)["rows"]
    assert not Source.objects.exists()


def test_contributors_are_moved_changed_and_taken_out(desk):
    names = [{"family": "A", "suffix": "Jr."}, {"family": "B"}, {"family": "C"}]
    source = make_source(BOOK | {"author": names})
    page = as_browser(desk.get(address(source)))
    rows = {name: value for name, value in page.items() if name.startswith("contributors-")}
    others = {name: value for name, value in page.items() if name not in rows}
    moved = {name: value for index in "201" for name, value in rows.items() if f"-{index}-" in name}
    moved |= {"contributors-1-family": "", "contributors-0-role": "editor"}
    desk.post(address(source), others | moved)
    now = Source.objects.get(pk=source.pk).content.csl
    assert (now["author"], now["editor"]) == ([{"family": "C"}], [{"family": "A", "suffix": "Jr."}])


def test_without_script_there_are_always_three_blank_rows(desk):
    response = desk.post(ADD, FILLED | {"title": "", "ISBN": "1"})
    blank = [row for row in response.context["form"].contributors.forms if not row.is_bound]
    assert len(blank) == 3
    assert [row["role"].value() for row in blank] == ["author"] * 3
    prefixes = [row.prefix for row in response.context["form"].contributors.forms]
    assert len(set(prefixes)) == len(prefixes) == 6


def test_a_form_that_leaves_fields_out_leaves_them_alone(desk):
    source = make_source(EXOTIC)
    version = source.history.latest().history_id
    desk.post(address(source), {"version": version, "title": "New"})
    assert Source.objects.get(pk=source.pk).content.csl == EXOTIC | {"title": "New"}


def test_rows_read_from_a_post_need_no_order_of_numbers():
    data = {"contributors-5-family": "A", "contributors-5-role": "author", "contributors-2-family": "B"}
    csl = {}
    rows = Contributors.of_post(data | {"contributors-2-role": "author"})
    rows.put(csl)
    assert csl == {"author": [{"family": "A"}, {"family": "B"}]}
