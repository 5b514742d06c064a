"""A timeline: when things happened, as bars in shares of its width, in as many lanes as they need."""

import re
from dataclasses import dataclass
from itertools import pairwise

from ..dates import bounds, starts_key
from .dates_in_words import day_words

_YEAR = 365.2425
_MOST_TICKS = 4
_TICK = 16
"""Per cent that the words of a tick take."""
_LABEL = 7
"""Per cent that the number behind a bar takes."""
_LEAST = 0.8
_HEAD, _LANE, _FOOT = 22, 20, 4
"""Pixels: words of the scale, a lane, and what is left below."""
_VAGUE = re.compile(r"[?~%X\[{]")
_DAY = re.compile(r"-?\d{4,}-\d\d-\d\d(/-?\d{4,}-\d\d-\d\d)?\Z")
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_MONTHS = (1, 2, 3, 6)
_DAYS = (1, 2, 5, 10, 15)


@dataclass(frozen=True)
class Tick:
    """A stroke on the scale: ``at`` in per cent, and its words."""

    at: str
    words: str
    last: bool
    """So far at the end that its words stand before it."""


@dataclass(frozen=True)
class Span:
    """A bar: ``start``, ``width`` and ``end`` in per cent, its ``lane`` from 0, the ``label`` behind it.

    ``vague``: the day lies somewhere in it, or is uncertain. An open end runs to the edge.
    """

    label: str
    start: str
    width: str
    end: str
    lane: int
    vague: bool
    opens_before: bool
    opens_after: bool
    label_before: bool

    @property
    def y(self):
        """Its upper edge in pixels."""
        return _HEAD + self.lane * _LANE


@dataclass(frozen=True)
class Timeline:
    """The scale and its bars; ``lanes`` is how many lie below each other."""

    ticks: tuple[Tick, ...]
    spans: tuple[Span, ...]
    lanes: int

    @property
    def height(self):
        """Height of the drawing in pixels."""
        return _HEAD + self.lanes * _LANE + _FOOT


def timeline(events):
    """Return the ``Timeline`` of (label, EDTF) pairs; without a date there is no bar, without two bars None."""
    dated = [(label, edtf, bounds(edtf)) for label, edtf in events if starts_key(edtf)]
    if len(dated) < 2:
        return None
    days = [_number(*day, end) for _, _, pair in dated for day, end in zip(pair, (0, 1), strict=True) if day]
    least, most = min(days), max(days)
    room = max((most - least) * 0.03, 1)
    scale = _Scale(least - room, most + room)
    spans, lanes = [], []
    for label, edtf, (first, last) in sorted(dated, key=lambda one: _order(one[2])):
        start = scale.share(_number(*first)) if first else 0.0
        end = scale.share(_number(*last, 1)) if last else 100.0
        start, end = (start, max(end, start + _LEAST)) if start < 100 - _LEAST else (100 - _LEAST, 100.0)
        before = end + _LABEL > 100
        taken = (start - _LABEL, end) if before else (start, end + _LABEL)
        lane = next((place for place, until in enumerate(lanes) if until <= taken[0]), len(lanes))
        lanes[lane : lane + 1] = [taken[1]]
        vague = bool(_VAGUE.search(edtf)) or not ("/" in edtf or ".." in edtf or _DAY.match(edtf))
        shares = (f"{one:.4g}%" for one in (start, end - start, end))
        spans.append(Span(label, *shares, lane, vague, not first, not last, before and start > _LABEL))
    return Timeline(tuple(scale.ticks()), tuple(spans), len(lanes))


def _order(pair):
    first, last = pair
    return (first or last, last or first)


def _number(year, month, day, end=0):
    """Return a day as a number of days; near enough for a drawing, and good for years before our era too."""
    return year * _YEAR + (month - 1) * _YEAR / 12 + day - 1 + end


class _Scale:
    def __init__(self, least, most):
        self.least, self.most = least, most

    def share(self, number):
        return (number - self.least) / (self.most - self.least) * 100

    def ticks(self):
        """Yield the ticks at round days, else months, else years: as many as there is room for."""
        for at, date in next(filter(_is_airy, map(self._within, self._choices())), []):
            yield Tick(f"{at:.4g}%", day_words(*date), at > 82)

    def _choices(self):
        """Yield lists of round dates about the scale, the densest first."""
        first, last = int(self.least // _YEAR), int(self.most // _YEAR) + 1
        if last - first <= 3:
            months = [(year, month) for year in range(first, last + 1) for month in range(1, 13)]
            if self.most - self.least < 100:
                for step in _DAYS:
                    yield [(*one, day) for one in months for day in range(1, 29, step)]
            for step in _MONTHS:
                yield [one for one in months if (one[1] - 1) % step == 0]
        for step in _YEARS:
            start = first // step * step
            if (last - start) / step <= 2 * _MOST_TICKS:
                yield [(year,) for year in range(start, last + 1, step)]

    def _within(self, dates):
        shares = [(self.share(_number(*[*date, 1, 1][:3])), date) for date in dates]
        return [(at, date) for at, date in shares if 0 <= at <= 99]


def _is_airy(shares):
    return len(shares) <= _MOST_TICKS and all(after[0] - one[0] > _TICK for one, after in pairwise(shares))
