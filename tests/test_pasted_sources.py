"""Pasted descriptions of works: BibTeX, RIS, CSL-JSON, addresses and numbers, in ``cases/pasted_sources.txt``."""

import json

import pytest
from hypothesis import given, strategies as st

from articles.admin.pasted import Unreadable, read_pasted
from articles.content import Source

from .rendering_for_tests import cases


def said(text):
    """Return what the text says as the case file writes it."""
    try:
        pasted = read_pasted(text)
    except Unreadable as error:
        return f"refused: {error}"
    return pasted.csl, pasted.key


@pytest.mark.parametrize(("text", "expected"), cases("pasted_sources"))
def test_pasted_text_says(text, expected):
    if not expected.startswith("refused: "):
        csl, _key, key = expected.partition("\nkey: ")
        expected = json.loads(csl), key
    assert said(text) == expected


_PIECES = """@book{ } { , = a title " \\ \n TY-- BOOK ER-- [ ] : 10.1/ and é ~ $ % author={ AU-- \\v \\url{ ,, others"""


@given(
    st.lists(st.sampled_from([*_PIECES.split(" "), "\x00", "\ud800", " "]), max_size=25).map(" ".join), st.booleans()
)
def test_whatever_is_pasted_is_read_or_refused_in_words(text, entry):
    found = said(f"@book{{a, {text.replace('--', '  - ')} }}" if entry else text.replace("--", "  - "))
    if isinstance(found, str):
        assert len(found) > 20
    else:
        Source.read(found[0])
