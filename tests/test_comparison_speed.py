"""Comparing stays linear: the pairs of bodies that would betray a quadratic step, twice as long, in twice the time."""

import pytest

from tests.benchmarks.bench_compare import PAIRS, measure

HOSTILE = [
    "all different",
    "all shuffled and edited",
    "all paragraphs merged",
    "one paragraph, edited",
    "one paragraph of two words",
    "numbers in a row",
    "Chinese without a space",
    "every second line another",
    "one word a paragraph, sorted",
    "one paragraph in pieces of eight words",
    "citations of another source",
    "brackets",
    "heading of spaces",
    "line breaks",
]
QUADRATIC = 3.4
"""Twice and what a busy machine adds; a quadratic step gives four."""


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_twice_the_time(name):
    assert name in PAIRS
    ratios = []
    for _ in range(3):
        half, whole = measure(name, (40_000, 80_000))
        ratios.append(whole / max(half, 1))
        if ratios[-1] < QUADRATIC:
            return
    pytest.fail(f"{name}: {ratios}")
