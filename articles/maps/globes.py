"""A globe as seen from far above a place: where on earth a region lies."""

from dataclasses import dataclass
from functools import lru_cache
from math import pi

from .cutting import COARSE, path
from .earth import angle, dot, earth, unit, vector
from .projecting import frame_at
from .regions import middle

_RADIUS = 150
_SIZE = 2 * _RADIUS + 4
_HALF = pi / 2
_LEAST = 0.025
"""Radians: what is smaller does not show."""


@dataclass(frozen=True)
class Globe:
    """A globe in units of its square sheet: the disc's ``radius`` about its middle, paths, and the place's spot."""

    size: int
    radius: int
    land: str
    net: str
    outline: str
    """The edge of the region's map, empty where there is none."""
    x: int
    y: int

    @property
    def middle(self):
        """The place of the disc's middle, across and down."""
        return self.size // 2


@lru_cache(maxsize=32)
def globe(marks, corners=()):
    """Return the ``Globe`` turned to the middle of ``marks``; ``corners`` are those of a ``RegionMap``."""
    centre = middle([vector(mark.latitude, mark.longitude) for mark in marks])
    seen = (one for one in earth().countries if one.radius > _LEAST and angle(one.centre, centre) < _HALF + one.radius)
    outline = path(_flat(_densified(corners), centre), closed=True) if corners else ""
    [(x, y)] = _flat([centre], centre)
    return Globe(
        size=_SIZE,
        radius=_RADIUS,
        land="".join(
            path(_flat(_before_horizon(one.points, centre), centre), closed=True, step=COARSE) for one in seen
        ),
        net=_net(centre),
        outline=outline,
        x=round(x),
        y=round(y),
    )


def _flat(points, centre):
    east, north = frame_at(centre)
    half = _SIZE / 2
    return [(half + _RADIUS * dot(point, east), half - _RADIUS * dot(point, north)) for point in points]


def _before_horizon(ring, centre):
    """Return the part of a ring on the near half of the earth; along the horizon it follows the horizon."""
    out, left_at = [], None
    before = ring[-1]
    first_back = None
    for point in ring:
        near, near_before = dot(point, centre) >= 0, dot(before, centre) >= 0
        if near != near_before:
            edge = _at_horizon(before, point, centre)
            if near:
                if left_at is None:
                    first_back = edge
                else:
                    out += _along(left_at, edge)
                    left_at = None
                out.append(edge)
            else:
                out.append(edge)
                left_at = edge
        if near:
            out.append(point)
        before = point
    if left_at is not None and first_back is not None:
        out += _along(left_at, first_back)
    return out


def _at_horizon(a, b, centre):
    one, other = dot(a, centre), dot(b, centre)
    t = one / (one - other)
    return unit(*(p + t * (q - p) for p, q in zip(a, b, strict=True)))


def _along(a, b):
    """Return points on the shorter great circle between two unit vectors."""
    steps = int(angle(a, b) / 0.1)
    return [
        unit(*(p + (q - p) * step / (steps + 1) for p, q in zip(a, b, strict=True))) for step in range(1, steps + 1)
    ]


def _densified(corners):
    return [
        point
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
        for point in (a, *_along(a, b))
    ]  # fmt: skip


def _net(centre):
    circles = [[vector(latitude, step) for step in range(-180, 181, 10)] for latitude in (-60, -30, 0, 30, 60)]
    circles += [[vector(step, longitude) for step in range(-90, 91, 10)] for longitude in range(-180, 180, 30)]
    return "".join(path(_flat(run, centre)) for circle in circles for run in _seen(circle, centre))


def _seen(line, centre):
    run = []
    for point in line:
        if dot(point, centre) > 0:
            run.append(point)
        else:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run
