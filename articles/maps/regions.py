"""The map of a region: the window about some marks, or the whole world where they lie far apart."""

from dataclasses import dataclass
from functools import lru_cache
from math import atan2, degrees

from .cutting import COARSE, FINE, cut_ring, path, runs
from .earth import angle, earth, unit, vector
from .furniture import Letter, ScaleBar, graticule, scale_bar
from .lettering import country_names
from .projecting import EARTH_KM, Window, World, frame_at
from .spots import Spot, spots

_WIDTH, _HEIGHT = 1200, 840
_ALONE_KM, _LEAST_KM = 480, 200
"""Half the width of a map about one mark, and the least about several."""
_ROOM = 1.3
"""A window is so much wider than its marks need."""
_WORLD_FROM = 0.95
"""Radians from the middle to a mark from which on the whole world is drawn."""
_NEAR = 34


@dataclass(frozen=True)
class RegionMap:
    """A map in units of its sheet: paths, letters and spots. ``bar`` is None on a map of the world."""

    width: int
    height: int
    land: str
    borders: str
    lakes: str
    net: str
    parallels: tuple[Letter, ...]
    meridians: tuple[Letter, ...]
    countries: tuple[Letter, ...]
    spots: tuple[Spot, ...]
    bar: ScaleBar | None
    corners: tuple[tuple[float, float, float], ...]
    """The corners of the sheet as unit vectors, for the globe; empty on a map of the world."""


@lru_cache(maxsize=32)
def region_map(marks, around=()):
    """Return the ``RegionMap`` about ``marks``, a tuple of at least one ``Mark``.

    Marks ``around`` show where they fall on it; ``marks`` then stand out.
    """
    places = [vector(mark.latitude, mark.longitude) for mark in marks]
    sheet = _sheet(places)
    spotted = _spots(sheet, marks, around)
    is_world = isinstance(sheet, World)
    net, parallels, meridians = ("", (), ()) if is_world else graticule(sheet)
    rings, step = _rings(sheet), COARSE if is_world else FINE
    return RegionMap(
        width=sheet.width,
        height=sheet.height,
        land="".join(path(ring, closed=True, step=step) for own in rings.values() for ring in own),
        borders=_lines(sheet, earth().borders, step),
        lakes="".join(path(ring, closed=True, step=step) for ring in _cut(sheet, earth().lakes)),
        net=net,
        parallels=parallels,
        meridians=meridians,
        countries=() if is_world else country_names(rings, sheet.width, sheet.height, [one.box for one in spotted]),
        spots=spotted,
        bar=None if is_world else scale_bar(sheet),
        corners=() if is_world else _corners(sheet),
    )


def _spots(sheet, marks, around):
    placed = [(mark, sheet.project([vector(mark.latitude, mark.longitude)])[0][0]) for mark in (*marks, *around)]
    shown = [
        (mark, (x, y)) for mark, (x, y) in placed if 0 <= x <= sheet.width and 0 <= y <= sheet.height or mark in marks
    ]
    found, points = zip(*shown, strict=True)
    return spots(found, points, sheet.width, _NEAR, len(marks) if around else 0)


def middle(places):
    """Return the middle of unit vectors, as one."""
    return unit(*(sum(one) for one in zip(*places, strict=True)))


def _sheet(places):
    """Return the ``Window`` or the ``World`` on which all places show."""
    centre = middle(places)
    for _ in range(2):
        if max(angle(centre, place) for place in places) > _WORLD_FROM:
            return _world(centre, places)
        [points] = Window(centre, 1.0, 0, 0).project(places)
        xs, ys = zip(*points, strict=True)
        centre = _moved(centre, (min(xs) + max(xs)) / 2, -(min(ys) + max(ys)) / 2)
    [points] = Window(centre, 1.0, 0, 0).project(places)
    reach = max(max(abs(x), abs(y) * _WIDTH / _HEIGHT) for x, y in points) * _ROOM
    least = (_ALONE_KM if reach < 1e-6 else _LEAST_KM) / EARTH_KM
    return Window(centre, _WIDTH / 2 / max(reach, least), _WIDTH, _HEIGHT)


def _world(centre, places):
    latitudes = [degrees(atan2(z, (x * x + y * y) ** 0.5)) for x, y, z in places]
    south, north = min(-56, *latitudes) - 2, max(78, *latitudes) + 2
    return World(degrees(atan2(centre[1], centre[0])), max(south, -90), min(north, 90), _WIDTH)


def _moved(centre, right, up):
    east, north = frame_at(centre)
    return unit(*(c + right * e + up * n for c, e, n in zip(centre, east, north, strict=True)))


def _corners(sheet):
    wide, tall = (side / 2 / sheet.scale for side in (sheet.width, sheet.height))
    return tuple(_moved(sheet.centre, x * wide, y * tall) for x, y in ((-1, 1), (1, 1), (1, -1), (-1, -1)))


def _rings(sheet):
    """Return {country: its rings, cut to the sheet}."""
    found = {}
    for line in earth().countries:
        if own := _cut(sheet, [line]):
            found.setdefault(line.name, []).extend(own)
    return found


def _cut(sheet, lines):
    pieces = (piece for line in lines if sheet.shows(line) for piece in sheet.project(line.points))
    cut = (cut_ring(piece, sheet.width, sheet.height) for piece in pieces)
    return [ring for ring in cut if len(ring) > 2]


def _lines(sheet, lines, step):
    pieces = (piece for line in lines if sheet.shows(line) for piece in sheet.project(line.points))
    return "".join(path(run, step=step) for piece in pieces for run in runs(piece, sheet.width, sheet.height))
