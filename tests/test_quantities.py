"""Figures in words: what a claim states."""

import pytest
from hypothesis import given, strategies as st

from articles.quantities import quantities
from tests.growth import is_linear
from tests.rendering_for_tests import cases


def told(quantity):
    """Return a quantity as the case file writes it."""
    low, high = ("…" if end is None else str(end) for end in (quantity.low, quantity.high))
    ends = "unknown" if not quantity.is_known else low if low == high else f"{low} to {high}"
    return f"{'about ' * quantity.approximate}{ends}" + (f" | {quantity.counted}" if quantity.counted else "")


@pytest.mark.parametrize(("given", "expected"), cases("quantities"))
def test_figures_are_understood_as_they_are_meant(given, expected):
    assert ("\n".join(told(one) for one in quantities(given)) or "nothing") == expected.strip()


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_number_is_read_with_and_without_separators(low, high):
    for text in (f"{low:,} killed", f"about {low:,} killed", f"{low:,}+ killed"):
        assert quantities(text)[0].low == low
    low, high = sorted((low, high))
    (found,) = quantities(f"{low:,}–{high:,} killed")
    assert (found.low, found.high, found.counted) == (low, high, "killed")


@given(st.text(st.sampled_from("0123456789 ,.–-+~()abcdefhlnoprstuv hundred thousand killed"), max_size=300))
def test_any_text_gives_quantities_in_order_with_ends_that_fit(text):
    found = quantities(text)
    assert [one.start for one in found] == sorted({one.start for one in found})
    assert all(one.low <= one.high for one in found if None not in (one.low, one.high))


def test_a_number_longer_than_any_army_is_no_figure():
    assert quantities("9" * 5000 + " killed") == ()


@pytest.mark.parametrize(
    "number",
    ["1 {}", "half a {}", "two {}", "2–3 {}", "2 to 3 {}", "1 {}–2 {}", "about 1 {}", "over 1 {}", "up to 1 {}"],
)
def test_a_number_of_endless_words_is_no_figure(number):
    for scales in (["billion"] * 2, ["dozen"] * 15, ["billion"] * 500, ["billion"] * 20_000):
        assert quantities(number.replace("{}", " ".join(scales)) + " men") == ()
    assert [one.low or one.high for one in quantities(number.replace("{}", "hundred thousand million") + " men")]


@pytest.mark.parametrize("unit", [", ", " ", " and"])
def test_what_is_loose_behind_a_figure_takes_no_time_beyond_its_length(unit):
    assert is_linear(lambda count: quantities(f"5 dead{unit * count}x"), 2_500)
