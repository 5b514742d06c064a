"""Plots of ranges: where each stated figure lies on one scale from nought, in shares of its width."""

from dataclasses import dataclass
from math import floor, log10

_LEAST_WIDTH = 0.6
"""Per cent: an exact figure is a stroke, not nothing."""


@dataclass(frozen=True)
class Bar:
    """A range on the scale: ``start`` and ``width`` in per cent. An open end is drawn up to the edge of the plot."""

    start: str
    width: str
    opens_below: bool
    opens_above: bool
    approximate: bool


def bars(stated):
    """Return a ``Bar`` or None for each ``Quantity`` (or None) and the upper end of the scale that they share."""
    ends = [end for one in stated if one for end in (one.low, one.high) if end is not None]
    if not ends or not max(ends):
        return [None] * len(stated), 0
    is_open = any(one and one.low is not None and one.high is None for one in stated)
    most = _round_up(max(ends) * (5 if is_open else 4) // 4 if is_open else max(ends))
    return [_bar(one, most) if one and one.is_known else None for one in stated], most


def _round_up(value):
    """Return the next number with one figure and noughts behind it, or half of one: 1, 1.5, 2, 2.5 … times ten to n."""
    step = max(10 ** floor(log10(value)) // 2, 1)
    return -(-value // step) * step


def _bar(one, most):
    low = 0 if one.low is None else one.low
    high = most if one.high is None else one.high
    width = max((high - low) / most * 100, _LEAST_WIDTH)
    start = min(low / most * 100, 100 - width)
    return Bar(f"{start:.4g}%", f"{width:.4g}%", one.low is None, one.high is None, one.approximate)
