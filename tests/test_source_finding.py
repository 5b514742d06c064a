"""The picker's search for sources, and likely copies, through the desk's addresses."""

import pytest

from articles.models import SourceWord

from .growth import is_linear
from .making import BOOK, REPORT, change_source, content, record
from .source_desk import ADD, address, make_source

pytestmark = pytest.mark.django_db
FIND = "/admin/articles/source/find/"


def found(client, words):
    """Return the titles that the picker would list."""
    answer = client.get(FIND, {"q": words})
    assert answer.status_code == 200
    return [one["title"] for one in answer.json()["results"]]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("garden", True),
        ("gard wa", True),
        ("waal 2003", True),
        ("waal 2004", False),
        ("ГАРДЕН", True),
        ("cherny sad", True),
        ("Чёрный", True),
        ("nyu york univ", True),
        ("new york university", True),
        ("0-8147-1944-9", True),
        ("ISBN 978 0 8147 1944 2", True),
        ("https://doi.org/10.1234/ABC", True),
        ("10.1234/abcd", False),
        ("", False),
        ("  —  ", False),
        ("\x00", False),
        ("garden " * 200, True),
        ("%", False),
    ],
)
def test_sources_are_found_by_any_word_in_any_spelling(desk, words, is_found):
    more = {"ISBN": "0-8147-1944-9", "DOI": "10.1234/Abc", "issued": {"date-parts": [[2003]]}}
    csl = BOOK | more | {"title": "Black Garden: Чёрный сад", "publisher": "New York University Press, Нью-Йорк"}
    make_source(csl)
    assert bool(found(desk, words)) == is_found


def test_the_nearest_come_first_and_no_more_than_twenty(desk):
    for number in range(25):
        make_source({"type": "book", "title": f"Waalwijk and the war, volume {number}"})
    make_source(BOOK)
    titles = found(desk, "waal")
    assert (len(titles), titles[0]) == (20, "Black Garden")


def test_an_answer_tells_what_the_picker_shows(desk):
    source = make_source(BOOK | {"publisher": "Hurst", "issued": {"date-parts": [[2003]]}})
    assert desk.get(FIND, {"q": "waal"}).json()["results"] == [
        {"id": source.pk, "label": "de Waal (2003). Black Garden", "authors": "de Waal", "title": "Black Garden",
         "year": "2003", "container": "Hurst", "key": "dewaal2003"}
    ]  # fmt: skip


def test_words_follow_the_source_wherever_it_is_stored(desk):
    article = record(None, content()).article  # makes REPORT
    assert found(desk, "seven years") == ["Seven Years of Conflict"]
    source = article.references.get(key="hrw").source
    change_source(source, REPORT | {"title": "Eight Years"})
    assert (found(desk, "seven"), found(desk, "eight")) == ([], ["Eight Years"])
    assert {bytes(word) for word in SourceWord.objects.values_list("word", flat=True)} == {b"eight", b"years", b"1994"}


@pytest.mark.parametrize("role", ["view_only", "no_rights", "stranger"])
def test_only_editors_ask(client, make_user, view_only, role):
    make_source(BOOK)
    if role != "stranger":
        client.force_login(view_only if role == "view_only" else make_user("no_rights"))
    answer = client.get(FIND, {"q": "waal"})
    assert answer.status_code == (302 if role == "stranger" else 403)
    assert b"Garden" not in answer.content


def test_only_get(desk):
    assert desk.post(FIND, {"q": "waal"}).status_code == 405


@pytest.mark.parametrize(
    ("change", "is_copy"),
    [
        ({"title": "The Black Gardens"}, True),
        ({"title": "BLACK GARDENS"}, True),
        ({"title": "Black Garden: Peace and War", "contributors-0-family": "Waal"}, True),
        ({"title": "Black Garden: Peace and War"}, False),
        ({"title": "Qara bağ"}, False),
        ({"title": "Black Garden", "issued": "2013"}, False),
        ({"title": "Black Garden", "contributors-0-family": "Smith"}, False),
        ({"title": "Black Garden", "contributors-0-family": "de Vaal"}, False),
        ({"title": "Black Gerden", "contributors-0-family": "Waal"}, True),
    ],
)
def test_a_like_title_is_told_before_a_second_copy_is_made(desk, change, is_copy):
    make_source(BOOK | {"title": "The Black Garden", "issued": {"date-parts": [[2003]]}})
    filled = {"type": "book", "issued": "2003", "contributors-0-role": "author", **change}
    answer = desk.post(ADD, filled)
    assert (answer.status_code == 200) == is_copy
    if is_copy:
        assert "The Black Garden" in answer.content.decode()
        assert desk.post(ADD, filled | {"another": "on"}).status_code == 302


def test_copies_of_a_title_with_a_wide_gap_are_looked_for_at_once(desk):
    def look(count):
        source = make_source({"type": "book", "title": f"Black{count}{' ' * count}Garden{count}"})
        assert desk.get(address(source)).status_code == 200

    assert is_linear(look, 10_000)
