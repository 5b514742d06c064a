"""Rendering takes linear time, whatever is written (security.md, Blow-up)."""

import pytest

from tests.benchmarks.bench_render import PATTERNS, body, content, milliseconds

SMALL, LARGE = 5_000, 20_000


def _growth(name):
    small, large = (milliseconds(content(body(name, size)), repeats=2) for size in (SMALL, LARGE))
    return large / max(small, 1)


@pytest.mark.parametrize("name", PATTERNS)
def test_four_times_the_text_takes_about_four_times_as_long(name):
    """Quadratic time would be sixteen times as long; the rest is grace for a busy machine, and a second chance."""
    assert _growth(name) < 8 or _growth(name) < 8


def test_a_megabyte_of_ampersands_is_no_exception():
    quarter, whole = (milliseconds(content("a & b " * count), repeats=1) for count in (43_000, 172_000))
    assert whole < 8 * quarter
