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


@pytest.mark.parametrize("unit", ["a & b ", "\u00a0"])
@pytest.mark.parametrize("around", ["{}", '[a](/a "{}")'], ids=["text", "title"])
def test_what_the_cleaner_writes_as_references_is_no_exception(unit, around):
    quarter, whole = (
        milliseconds(content(around.format(unit * (size // len(unit)) + "a")), repeats=1) for size in (100_000, 400_000)
    )
    assert whole < 8 * quarter


def test_a_paragraph_of_missing_links_is_no_exception():
    """What they cost together shows late: at a hundred thousand characters."""
    small, large = (milliseconds(content(body("[[a]] different", size)), repeats=1) for size in (100_000, 400_000))
    assert large < 8 * small
