"""The earth as the maps draw it: countries, borders and lakes, read once."""

import json
from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import acos, cos, radians, sin
from pathlib import Path

_DATA = Path(__file__).with_name("natural_earth.json")


class Points:
    """Unit vectors in a row, of 24 bytes each: as tuples they would take six times as much, in every process."""

    def __init__(self, vectors):
        self._flat = array("d", (number for vector in vectors for number in vector))

    def __len__(self):
        return len(self._flat) // 3

    def __iter__(self):
        numbers = iter(self._flat)
        return zip(numbers, numbers, numbers, strict=True)

    def __getitem__(self, place):
        first = range(len(self))[place] * 3
        return tuple(self._flat[first : first + 3])


@dataclass(frozen=True)
class Line:
    """A ring or a line on the sphere: its points as unit vectors, in a cap of ``radius`` radians about ``centre``."""

    name: str
    points: Points
    centre: tuple
    radius: float


@dataclass(frozen=True)
class Earth:
    """Rings of countries and lakes, and the lines that two countries share."""

    countries: tuple[Line, ...]
    lakes: tuple[Line, ...]
    borders: tuple[Line, ...]


def vector(latitude, longitude):
    """Return a place in degrees as a unit vector."""
    phi, theta = radians(latitude), radians(longitude)
    return cos(phi) * cos(theta), cos(phi) * sin(theta), sin(phi)


def dot(a, b):
    """Return the scalar product of two vectors."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def unit(x, y, z):
    """Return a vector at the length of one; that of no length points to the north pole."""
    length = (x * x + y * y + z * z) ** 0.5
    return (x / length, y / length, z / length) if length > 1e-9 else (0.0, 0.0, 1.0)


def angle(a, b):
    """Return the angle between two unit vectors in radians."""
    return acos(max(-1.0, min(1.0, dot(a, b))))


@lru_cache(maxsize=1)
def earth():
    """Return the ``Earth``; reading it takes a fraction of a second, once in a process."""
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    lines = [Points(_vectors(text, data["unit"])) for text in data["lines"]]
    return Earth(
        countries=tuple(_line(name, _ring(ring, lines)) for name, rings in data["countries"] for ring in rings),
        lakes=tuple(_line("", _vectors(text, data["unit"])) for text in data["lakes"]),
        borders=tuple(_line("", lines[place]) for place in data["borders"]),
    )


def _vectors(text, in_degree):
    """Yield the points of a line of ``natural_earth.json``: "x y dx dy …" in whole parts of a degree."""
    x = y = 0
    numbers = map(int, text.split())
    for dx, dy in zip(numbers, numbers, strict=True):
        x, y = x + dx, y + dy
        yield vector(y / in_degree, x / in_degree)


def _ring(ring, lines):
    """Yield the points of a ring of lines; each begins where the one before ended."""
    for number, place in enumerate(ring):
        line = lines[place] if place >= 0 else reversed(lines[~place])
        yield from islice(line, 1 if number else 0, None)


def _line(name, points):
    points = Points(points)
    centre = unit(*(sum(one) for one in zip(*points, strict=True)))
    nearest = min(dot(centre, point) for point in points)
    return Line(name, points, centre, acos(max(-1.0, min(1.0, nearest))))
