"""Dates in words."""

import pytest

from articles.rendering.dates_in_words import csl_date_words, event_date_words
from tests.rendering_for_tests import cases, content, page


@pytest.mark.parametrize(("given", "expected"), cases("dates"))
def test_event_dates_are_told_in_words(given, expected):
    rendered = page(content(event_date=given, infobox={"kind": "military-conflict"}))
    assert rendered.infobox.facts[0].values[0].html == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [["1994", "12"]]}, "December 1994"),
        ({"date-parts": [[1994]], "season": 1}, "Spring 1994"),
        ({"date-parts": [[1994]], "season": "Autumn"}, "Autumn 1994"),
        ({"date-parts": [[1993, 3, 27], [1993, 4, 3]]}, "27 March – 3 April 1993"),
        ({"date-parts": [[1990]], "circa": True}, "c. 1990"),
        ({"raw": "some day"}, "some day"),
        ({"literal": "Easter 1990"}, "Easter 1990"),
        ({"date-parts": [[99999, 1]]}, "January 99999"),
        ({"date-parts": [[1]]}, "1"),
        (None, ""),
    ],
)
def test_dates_of_works_are_told_in_words(date, expected):
    assert csl_date_words(date) == expected


def test_one_of_several_dates_and_what_has_no_words():
    assert event_date_words("[1667, 1668]") == "1667 or 1668"
    assert event_date_words("Y-17E7") == "Y-17E7"


@pytest.mark.parametrize("text", ["", "/", "..", "x", "[", "[]", "{1990..}", "1990-13", "2004-06~-11", "Y", "X"])
def test_any_text_has_words(text):
    assert isinstance(event_date_words(text), str)
