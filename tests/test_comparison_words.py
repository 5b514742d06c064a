"""Words: what is marked inside a text, to the letter."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from articles.comparison.tokens import Tokens, count_words
from articles.comparison.words import mirrored, word_spans
from tests.comparison_edits import sentence, wild, words
from tests.comparison_for_tests import cases, inline, source

texts = st.lists(sentence, max_size=6).map(" ".join) | wild | st.text(max_size=40)


@pytest.mark.parametrize(("old", "new", "expected"), cases("words"))
def test_case(old, new, expected):
    assert inline(word_spans(old, new)) == expected


@given(texts, texts)
def test_spans_hold_both_texts_to_the_letter(old, new):
    spans = word_spans(old, new)
    assert source(spans, "same", "deletion") == old
    assert source(spans, "same", "addition") == new


@given(texts, texts)
def test_backwards_the_same_words_are_marked(old, new):
    assert word_spans(new, old) == mirrored(word_spans(old, new))


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert all(span.kind == "same" for span in word_spans(text, text))


@given(texts, texts)
def test_no_two_neighbours_are_of_one_kind_and_none_is_empty(old, new):
    spans = word_spans(old, new)
    assert all(text for _, text in spans)
    assert all(one.kind != other.kind for one, other in pairwise(spans))


@given(st.lists(words, min_size=1, max_size=30), st.data())
def test_an_added_word_is_all_that_is_marked(before, data):
    at = data.draw(st.integers(0, len(before)))
    after = [*before[:at], "Unheard-of", *before[at:]]
    spans = word_spans(" ".join(before), " ".join(after))
    assert source(spans, "addition").strip() == "Unheard-of"
    assert source(spans, "deletion") == ""


@given(st.lists(words, min_size=1, max_size=30, unique=True), st.data())
def test_a_replaced_word_is_all_that_is_marked(before, data):
    at = data.draw(st.integers(0, len(before) - 1))
    after = [*before[:at], "Unheard-of", *before[at + 1 :]]
    spans = word_spans(" ".join(before), " ".join(after))
    assert source(spans, "addition").strip() == "Unheard-of"
    assert Counter(source(spans, "deletion").split()) == Counter(before[at].split())


@given(texts, texts)
def test_every_word_is_accounted_for(old, new):
    """What was taken out and put in is the whole difference between the words of both texts."""
    spans = word_spans(old, new)
    cores = {kind: Counter() for kind in ("same", "addition", "deletion")}
    for kind, text in spans:
        cores[kind].update(filter(str.strip, text))
    assert Counter(filter(str.strip, new)) - Counter(filter(str.strip, old)) <= cores["addition"]
    assert cores["same"] + cores["addition"] == Counter(filter(str.strip, new))
    assert cores["same"] + cores["deletion"] == Counter(filter(str.strip, old))


@given(texts | st.text(max_size=80))
def test_tokens_are_the_text_to_the_letter(text):
    tokens = Tokens(text)
    assert "".join(core + space for core, space in zip(tokens.cores, tokens.spaces, strict=True)) == text
    assert not any(map(str.strip, tokens.spaces))
    assert all(tokens.cores[1:])
    assert [text[start:end] for start, end in pairwise(tokens.offsets)] == [
        core + space for core, space in zip(tokens.cores, tokens.spaces, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("The town fell.", 3), ("1,900 km² – gone", 3), ("Nagorno-Karabakh’s", 1), ("战役", 2), ("** – …", 0)],
)
def test_words_are_counted_as_readers_do(text, count):
    assert count_words(text) == count


def test_a_text_nobody_could_read_marked_is_shown_as_written_anew():
    old = " ".join("ab"[number * number % 7 % 2] for number in range(20_000))
    new = " ".join("ab"[number * number % 11 % 2] for number in range(20_000))
    assert [kind for kind, _ in word_spans(old, new)] in (["deletion", "addition"], ["same", "deletion", "addition"])
