"""What makes a drawing a map: the net of meridians and parallels, and a scale bar."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, degrees, floor, radians

from .cutting import path, runs
from .earth import vector
from .projecting import EARTH_KM, degrees_of

_STEPS = (0.5, 1, 2, 5, 10, 15, 30)
_LINES = 5
_EDGE = 6


@dataclass(frozen=True)
class Letter:
    """Words at a place of the sheet."""

    x: int
    y: int
    words: str


@dataclass(frozen=True)
class ScaleBar:
    """A bar of ``kilometres`` that is ``length`` units long."""

    length: int
    kilometres: int


def scale_bar(window):
    """Return the longest round ``ScaleBar`` that takes at most a third of a ``Window``."""
    most = window.width / 3.2 / window.scale * EARTH_KM
    size = 10 ** floor(len(str(int(most))) - 1) if most >= 1 else 1
    kilometres = max(size * first for first in (1, 2, 5) if size * first <= max(most, 1))
    return ScaleBar(round(kilometres / EARTH_KM * window.scale), kilometres)


def graticule(window):
    """Return the path of the net on a ``Window``, the labels of parallels at its left and meridians at its foot."""
    latitude, longitude = degrees_of(window.centre)
    tall, wide = (degrees(side / window.scale) for side in (window.height, window.width))
    poleward = min(abs(latitude) + tall / 2, 90)
    lat_step = _step(tall)
    lon_step = _step(min(wide / max(cos(radians(latitude)), 0.01), 360))
    half = 180 if poleward >= 88 else min(wide / max(cos(radians(poleward)), 0.03) / 2 * 1.2 + lon_step, 180)
    around = sorted({_round_turn(one) for one in _multiples(longitude - half, longitude + half, lon_step)})
    low, high = max(latitude - tall, -90), min(latitude + tall, 90)
    paths, rows, columns = [], [], []
    for one in _multiples(max(low, -85), min(high, 85), lat_step):
        steps = [(one, longitude + half * k / 24) for k in range(-24, 25)]
        line = _line(window, steps, paths)
        _cross(rows, line, 0, 0, window.height, _named(one, "NS"))
    for one in around:
        steps = [(low + (high - low) * k / 24, one) for k in range(25)]
        line = _line(window, steps, paths)
        _cross(columns, line, 1, window.height, window.width, _named(one, "EW") if one % 360 != 180 else "180°")
    return "".join(paths), tuple(rows), tuple(columns)


def _step(span):
    return next((step for step in _STEPS if span / step <= _LINES), _STEPS[-1])


def _multiples(least, most, step):
    return [place * step for place in range(ceil(least / step), floor(most / step) + 1)]


def _round_turn(longitude):
    return (longitude + 180) % 360 - 180


def _line(window, steps, paths):
    line = window.project([vector(*place) for place in steps])[0]
    paths += [path(run) for run in runs(line, window.width, window.height)]
    return line


def _cross(letters, line, axis, edge, length, words):
    """Put ``words`` where the line first crosses the edge of the sheet at which its kind is labelled."""
    for one, other in pairwise(line):
        if (one[axis] - edge) * (other[axis] - edge) < 0:
            t = (edge - one[axis]) / (other[axis] - one[axis])
            along = one[1 - axis] + t * (other[1 - axis] - one[1 - axis])
            if 60 < along < length - 60:
                letters.append(
                    Letter(round(along), edge - _EDGE, words) if axis else Letter(_EDGE, round(along) - _EDGE, words)
                )
                return


def _named(degree, directions):
    return f"{abs(degree):g}°{directions[degree < 0] if degree else ''}"
