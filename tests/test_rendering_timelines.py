"""Timelines: bars where the dates say, in lanes that do not overlap, on a scale with round ticks."""

from itertools import pairwise

import pytest

from articles.rendering import timeline


def shares(span):
    return tuple(float(one.rstrip("%")) for one in (span.start, span.end))


def test_bars_lie_in_proportion_to_their_dates():
    drawn = timeline([("1", "1990-01-01"), ("2", "1995-01-01"), ("3", "2000-01-01")])
    starts = [shares(span)[0] for span in drawn.spans]
    assert starts[1] - starts[0] == pytest.approx(starts[2] - starts[1], abs=0.3)
    assert [tick.words for tick in drawn.ticks] == ["1990", "1995", "2000"]


@pytest.mark.parametrize(
    ("date", "vague", "before", "after"),
    [("1993-04-01", False, False, False), ("1993-03-27/1993-04-03", False, False, False), ("1993", True, False, False),
     ("1993-04~", True, False, False), ("1993-04-01?", True, False, False), ("../1993-04-01", False, True, False),
     ("1993-04-01/..", False, False, True), ("199X", True, False, False)],
)  # fmt: skip
def test_what_is_uncertain_or_open_is_drawn_so(date, vague, before, after):
    drawn = timeline([("1", date), ("2", "1980-01-01"), ("3", "2000-01-01")])
    span = next(one for one in drawn.spans if one.label == "1")
    assert (span.vague, span.opens_before, span.opens_after) == (vague, before, after)
    start, end = shares(span)
    assert (start == 0) is before
    assert (end == 100) is after


def test_bars_of_one_lane_leave_room_for_each_other():
    drawn = timeline([(str(number), f"1993-0{1 + number % 9}") for number in range(60)])
    by_lane = {}
    for span in drawn.spans:
        by_lane.setdefault(span.lane, []).append(shares(span))
    assert len(by_lane) == drawn.lanes > 1
    for bars in by_lane.values():
        assert all(one[1] < other[0] for one, other in pairwise(bars))


@pytest.mark.parametrize(
    "dates",
    [("-0431", "1945-05-08"), ("1914-08", "1918-11-11"), ("1993-03-27", "1993-04-03"), ("1815-06-15", "1815-06-18"),
     ("1337", "1453"), ("9999-12-31", "0001"), ("1993-04-01", "1993-04-01")],
)  # fmt: skip
def test_the_scale_has_a_few_ticks_whatever_its_length(dates):
    drawn = timeline([(str(number), date) for number, date in enumerate(dates)])
    assert len(drawn.ticks) <= 4
    assert all(0 <= float(tick.at.rstrip("%")) <= 100 for tick in drawn.ticks)


def test_what_has_no_date_has_no_bar():
    assert timeline([("1", ""), ("2", "1993"), ("3", "XXXX")]) is None
    assert len(timeline([("1", ""), ("2", "1993"), ("3", "1994")]).spans) == 2
