"""The earth as the maps draw it: countries, borders and lakes, read once."""

import json
from dataclasses import dataclass
from functools import lru_cache
from math import acos, cos, radians, sin
from pathlib import Path

_DATA = Path(__file__).with_name("natural_earth.json")


@dataclass(frozen=True)
class Line:
    """A ring or a line on the sphere: its points as unit vectors, in a cap of ``radius`` radians about ``centre``."""

    name: str
    points: tuple
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
    lines = [_vectors(flat, data["unit"]) for flat in data["lines"]]
    return Earth(
        countries=tuple(_line(name, _ring(ring, lines)) for name, rings in data["countries"] for ring in rings),
        lakes=tuple(_line("", _vectors(flat, data["unit"])) for flat in data["lakes"]),
        borders=tuple(_line("", lines[place]) for place in data["borders"]),
    )


def _vectors(flat, in_degree):
    x = y = 0
    points = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append(vector(y / in_degree, x / in_degree))
    return points


def _ring(ring, lines):
    points = []
    for place in ring:
        line = lines[place] if place >= 0 else lines[~place][::-1]
        points += line[1:] if points else line
    return points


def _line(name, points):
    centre = unit(*(sum(one) for one in zip(*points, strict=True)))
    nearest = min(dot(centre, point) for point in points)
    return Line(name, tuple(points), centre, acos(max(-1.0, min(1.0, nearest))))
