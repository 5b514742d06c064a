"""The one text form is NFC, and to bring text into it takes linear time, as reading dates does, whatever is sent."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from articles.admin.partial_dates import read_date
from articles.plain_text import normalise

from .growth import is_linear

MARKS = [chr(code) for code in range(0x300, 0x3100) if unicodedata.combining(chr(code))]
LETTERS = st.sampled_from([*MARKS, *"\u0f73\u0f75\u0f81", *"eéक가\u1100\u1161\u09c7\u0958 \n"])


@given(st.lists(LETTERS, max_size=100).map("".join))
def test_text_is_brought_into_nfc_however_many_marks_it_has(text):
    assert normalise(text) == unicodedata.normalize("NFC", text)
    assert normalise(normalise(text)) == normalise(text)


def _refused_date(text):
    with pytest.raises(ValueError, match="no date"):
        read_date(text)


@pytest.mark.parametrize(
    ("read", "begin", "unit", "size"),
    [(normalise, "a", "\u0301\u0323", 4_000), (normalise, "\u0f40", "\u0f73", 4_000),
     (_refused_date, "1994", " ", 3_000), (_refused_date, "19", "–", 3_000)],
)  # fmt: skip
def test_four_times_the_text_takes_about_four_times_as_long(read, begin, unit, size):
    assert is_linear(lambda count: read(begin + unit * count + "x"), size)
