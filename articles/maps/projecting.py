"""From the sphere to a sheet: a window that is true about its middle, the whole world, and a globe seen from afar."""

from dataclasses import dataclass
from math import asin, atan2, degrees, pi, sqrt

from .earth import angle, dot, unit

EARTH_KM = 6371.0
_SAME = 0.99999
"""Cosine of a quarter of a degree: on a map of the world nearer points are one."""


def frame_at(centre):
    """Return the directions to the east and to the north at a unit vector; at the poles as on longitude 0."""
    x, y, z = centre
    east = unit(-y, x, 0.0) if x * x + y * y > 1e-12 else (0.0, 1.0, 0.0)
    north = (y * 0 - z * east[1], z * east[0] - x * 0, x * east[1] - y * east[0])
    return east, north


def degrees_of(point):
    """Return latitude and longitude of a unit vector in degrees."""
    return degrees(asin(max(-1.0, min(1.0, point[2])))), degrees(atan2(point[1], point[0]))


@dataclass(frozen=True)
class Window:
    """Lambert's equal-area azimuthal projection about ``centre``; ``scale`` is units of the sheet per radian.

    True at any place of the earth, on the poles and the antimeridian too; only the antipode has no place.
    """

    centre: tuple
    scale: float
    width: int
    height: int

    @property
    def reach(self):
        """How far from the centre, in radians, something may lie that shows on the sheet."""
        return min(sqrt(self.width**2 + self.height**2) / 2 / self.scale * 1.15, pi)

    def shows(self, line):
        """Tell whether a ``Line`` may show on the sheet."""
        return angle(line.centre, self.centre) < line.radius + self.reach

    def project(self, points):
        """Return the points of the sheet for unit vectors, y downwards."""
        east, north = frame_at(self.centre)
        middle, half = self.width / 2, self.height / 2
        out = []
        for point in points:
            k = self.scale * sqrt(2 / max(1 + dot(point, self.centre), 1e-6))
            out.append((middle + k * dot(point, east), half - k * dot(point, north)))
        return [out]


@dataclass(frozen=True)
class World:
    """The whole world in degrees, ``middle`` the longitude at its centre; and all between two latitudes."""

    middle: float
    south: float
    north: float
    width: int

    @property
    def scale(self):
        """Units of the sheet per degree."""
        return self.width / 360

    @property
    def height(self):
        """Units from top to bottom."""
        return round((self.north - self.south) * self.scale)

    def shows(self, line):
        """Tell whether a ``Line`` may show on the sheet: everything may."""
        return True

    def project(self, points):
        """Return the points of the sheet, once for each time that a ring which crosses the edge is to be drawn."""
        flat, kept, last = [], None, len(points) - 1
        for place, point in enumerate(points):
            if kept and dot(point, kept) > _SAME and place < last:
                continue
            kept = point
            latitude, longitude = degrees_of(point)
            longitude = (longitude - self.middle + 180) % 360 - 180
            if flat:
                longitude += 360 * round((flat[-1][0] - longitude) / 360)
            flat.append((longitude, latitude))
        if abs(flat[-1][0] - flat[0][0]) > 180:  # around a pole
            pole = 90 if sum(latitude for _, latitude in flat) > 0 else -90
            flat += [(flat[-1][0], pole), (flat[0][0], pole)]
        least, most = min(x for x, _ in flat), max(x for x, _ in flat)
        shifts = [turn for turn in (-360, 0, 360) if least + turn <= 180 and most + turn >= -180]
        return [[((x + turn + 180) * self.scale, (self.north - y) * self.scale) for x, y in flat] for turn in shifts]
