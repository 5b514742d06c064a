"""Draw the two maps of the Kalbajar articles from natural_earth.json, offline.

Out: ../images/kalbajar-map.png (locator) and ../images/kalbajar-routes.png (sketch of directions), palette PNG, with
the SVG of each beside this file.  Needs Chromium (any headless one; CHROMIUM names it) and Pillow.

    python make_maps.py

Coastlines, lakes and borders are those of Natural Earth; places are set by their coordinates, the Omar Pass, the
line of the Murov range and all arrows by eye.
"""
import json
import math
import os
import subprocess
import tempfile
from html import escape
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
IMAGES = HERE.parent / "images"
CHROMIUM = os.environ.get("CHROMIUM", "chromium")
WIDTH = 1600
PARALLEL = 40.1  # degrees north at which both scales agree

LAND, NEIGHBOUR, WATER, SHORE = "#faf4e4", "#ebe3d0", "#c3d3d8", "#8fa8b0"
BORDER, INK, QUIET, ACCENT, PASS = "#857862", "#2b2620", "#6d6352", "#8a2f1d", "#1f5563"

PLACES = {
    "Kalbajar": (46.0383, 40.1067), "Vardenis": (45.72, 40.18), "Lachin": (46.546, 39.637), "Stepanakert": (46.752, 39.815),
    "Yerevan": (44.513, 40.181), "Baku": (49.867, 40.395), "Tbilisi": (44.793, 41.716), "Ganja": (46.36, 40.683),
    "Aghdam": (46.93, 39.991), "Omar Pass": (46.10, 40.335),
}


class Sheet:
    """One map: a window on the earth, and the SVG drawn on it so far."""

    def __init__(self, west, south, east, north):
        self.west, self.north = west, north
        self.scale = WIDTH / (east - west)
        self.stretch = 1 / math.cos(math.radians(PARALLEL))
        self.height = round((north - south) * self.scale * self.stretch)
        self.items = []

    def xy(self, point):
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale * self.stretch

    def add(self, svg):
        self.items.append(svg)

    def path(self, points, closed=False):
        return "M" + "L".join("%.1f %.1f" % self.xy(p) for p in points) + ("Z" if closed else "")

    def curve(self, points):
        """A smooth line through the points (Catmull-Rom as cubic Béziers)."""
        xy = [self.xy(p) for p in points]
        out = "M%.1f %.1f" % xy[0]
        for i in range(len(xy) - 1):
            before, a, b, after = xy[max(i - 1, 0)], xy[i], xy[i + 1], xy[min(i + 2, len(xy) - 1)]
            out += "C%.1f %.1f %.1f %.1f %.1f %.1f" % (
                a[0] + (b[0] - before[0]) / 6, a[1] + (b[1] - before[1]) / 6,
                b[0] - (after[0] - a[0]) / 6, b[1] - (after[1] - a[1]) / 6, *b)
        return out

    def ground(self, data):
        """Sea, land, borders and lakes."""
        self.add(f'<rect width="{WIDTH}" height="{self.height}" fill="{WATER}"/>')
        for name, rings in data["countries"].items():
            path = "".join(self.path(ring, closed=True) for ring in rings)
            fill = LAND if name in ("Armenia", "Azerbaijan") else NEIGHBOUR
            self.add(f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{BORDER}" stroke-width="3.5" stroke-linejoin="round"/>')
        for ring in data["lakes"]:
            self.add(f'<path d="{self.path(ring, closed=True)}" fill="{WATER}" stroke="{SHORE}" stroke-width="2.5"/>')

    def text(self, at, words, size, dx=0, dy=0, anchor="start", colour=INK, style="", spacing=0, halo=LAND, turn=0):
        x, y = self.xy(at)
        turned = f' transform="rotate({turn} {x + dx:.1f} {y + dy:.1f})"' if turn else ""
        self.add(f'<text x="{x + dx:.1f}" y="{y + dy:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" letter-spacing="{spacing}" '
                 f'stroke="{halo}" style="{style}"{turned}>{escape(words)}</text>')

    def dot(self, name, radius=11):
        x, y = self.xy(PLACES[name])
        self.add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{INK}" stroke="{LAND}" stroke-width="4"/>')

    def target(self, name):
        x, y = self.xy(PLACES[name])
        self.add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="27" fill="{LAND}" fill-opacity=".75" stroke="{ACCENT}" stroke-width="8"/>'
                 f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" fill="{ACCENT}"/>')

    def range(self, points, size=17):
        """A mountain range as a row of small peaks, the way old school atlases drew it."""
        for point in points:
            x, y = self.xy(point)
            self.add(f'<path d="M{x - size:.1f} {y + size * .8:.1f}L{x:.1f} {y - size * .8:.1f}L{x + size:.1f} {y + size * .8:.1f}" fill="none" '
                     f'stroke="{QUIET}" stroke-width="4.5" stroke-linejoin="round" stroke-linecap="round"/>')

    def bar(self, x, y, kilometres, size, halo):
        length = kilometres / 111.32 * self.scale * self.stretch
        half = length / 2
        self.add(f'<rect x="{x}" y="{y}" width="{length:.1f}" height="13" fill="{LAND}" stroke="{INK}" stroke-width="3"/>'
                 f'<rect x="{x}" y="{y}" width="{half:.1f}" height="13" fill="{INK}"/>')
        for offset, words in ((0, "0"), (half, f"{kilometres // 2}"), (length, f"{kilometres} km")):
            self.add(f'<text x="{x + offset:.1f}" y="{y - 16}" font-size="{size}" text-anchor="middle" fill="{INK}" stroke="{halo}">{words}</text>')

    def svg(self):
        frame = f'<rect x="3" y="3" width="{WIDTH - 6}" height="{self.height - 6}" fill="none" stroke="{INK}" stroke-width="6"/>'
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" viewBox="0 0 {WIDTH} {self.height}">'
                "<style>text{font-family:'Noto Serif','Liberation Serif','DejaVu Serif',serif;paint-order:stroke;stroke-width:9px;stroke-linejoin:round}</style>"
                + "\n".join(self.items) + frame + "</svg>\n")

    def save(self, name):
        """Write the SVG here and its picture, in 64 colours, to images/."""
        source = HERE / f"{name}.svg"
        source.write_text(self.svg(), encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            shot = Path(folder) / "shot.png"
            subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
                            f"--user-data-dir={folder}/profile", f"--window-size={WIDTH},{self.height}", f"--screenshot={shot}", source.as_uri()],
                           check=True, capture_output=True)
            picture = Image.open(shot).convert("RGB").crop((0, 0, WIDTH, self.height))
            picture.quantize(64, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def locator(data):
    sheet = Sheet(43.35, 38.5, 50.25, 42.05)
    sheet.ground(data)
    italic, bold = "font-style:italic", "font-weight:700"
    for words, at, halo in (("GEORGIA", (43.5, 41.84), NEIGHBOUR), ("ARMENIA", (43.78, 40.86), LAND), ("AZERBAIJAN", (47.42, 40.62), LAND),
                            ("IRAN", (46.9, 38.72), NEIGHBOUR), ("RUSSIA", (47.15, 41.82), NEIGHBOUR)):
        sheet.text(at, words, 50, colour=QUIET, spacing=9, halo=halo)
    sheet.text((43.43, 39.64), "TURKEY", 46, colour=QUIET, spacing=4, halo=NEIGHBOUR)
    sheet.text((49.68, 41.36), "Caspian", 54, anchor="middle", colour=PASS, style=italic, halo=WATER)
    sheet.text((49.68, 41.15), "Sea", 54, anchor="middle", colour=PASS, style=italic, halo=WATER)
    sheet.text((44.93, 40.51), "Lake Sevan", 46, anchor="end", colour=PASS, style=italic)
    sheet.range([(45.95, 40.36), (46.12, 40.345), (46.29, 40.32), (46.46, 40.315), (46.63, 40.32)], 15)
    sheet.text((46.06, 40.47), "Murov range", 46, colour=QUIET, style=italic)
    for name, dx, dy, anchor in (("Yerevan", -20, 22, "end"), ("Baku", -20, 54, "end"), ("Tbilisi", 20, 12, "start"), ("Vardenis", -2, 64, "end"), ("Lachin", -24, 34, "end")):
        sheet.dot(name)
        sheet.text(PLACES[name], name, 52, dx, dy, anchor)
    sheet.dot("Stepanakert")
    sheet.text(PLACES["Stepanakert"], "Stepanakert /", 50, 24, 6)
    sheet.text(PLACES["Stepanakert"], "Khankendi", 50, 24, 60)
    sheet.target("Kalbajar")
    sheet.text(PLACES["Kalbajar"], "Kalbajar", 76, 42, 26, colour=ACCENT, style=bold)
    sheet.bar(262, sheet.height - 50, 100, 42, NEIGHBOUR)
    return sheet


def routes(data):
    sheet = Sheet(45.2, 39.46, 47.32, 40.82)
    sheet.ground(data)
    italic, bold = "font-style:italic", "font-weight:700"
    for name, colour in (("head", INK), ("out", PASS)):
        sheet.add(f'<defs><marker id="{name}" viewBox="0 0 10 10" refX="6" refY="5" markerWidth="4" markerHeight="4" orient="auto">'
                  f'<path d="M0 0L10 5L0 10Z" fill="{colour}"/></marker></defs>')
    sheet.text((45.38, 39.87), "ARMENIA", 50, colour=QUIET, spacing=12)
    sheet.text((46.55, 40.53), "AZERBAIJAN", 50, colour=QUIET, spacing=12)
    sheet.text((46.66, 40.115), "NAGORNO-", 42, colour=QUIET, spacing=5)
    sheet.text((46.66, 40.062), "KARABAKH", 42, colour=QUIET, spacing=5)
    sheet.text((45.24, 40.30), "Lake", 48, colour=PASS, style=italic, halo=WATER)
    sheet.text((45.24, 40.245), "Sevan", 48, colour=PASS, style=italic, halo=WATER)
    sheet.range([(45.86, 40.375), (45.95, 40.365), (46.25, 40.33), (46.34, 40.31), (46.43, 40.305), (46.52, 40.31), (46.61, 40.315), (46.70, 40.32)], 26)
    sheet.text((46.28, 40.375), "Murov range", 50, colour=QUIET, style=italic)
    for points in ([(45.77, 40.175), (45.86, 40.16), (45.965, 40.125)], [(46.51, 39.68), (46.37, 39.79), (46.20, 39.93), (46.085, 40.04)],
                   [(46.63, 40.085), (46.46, 40.07), (46.30, 40.07), (46.125, 40.088)]):
        sheet.add(f'<path d="{sheet.curve(points)}" fill="none" stroke="{INK}" stroke-width="13" stroke-linecap="round" marker-end="url(#head)"/>')
    sheet.add(f'<path d="{sheet.curve([(46.042, 40.16), (46.06, 40.25), (46.10, 40.335), (46.16, 40.44), (46.24, 40.56)])}" fill="none" stroke="{PASS}" '
              f'stroke-width="12" stroke-linecap="round" stroke-dasharray="1 24" marker-end="url(#out)"/>')
    x, y = sheet.xy(PLACES["Omar Pass"])
    sheet.add(f'<path d="M{x - 44:.1f} {y - 24:.1f}q26 32 6 66M{x + 40:.1f} {y - 40:.1f}q-26 32 -6 66" fill="none" stroke="{INK}" stroke-width="7" stroke-linecap="round"/>')
    for name, dx, dy, anchor in (("Vardenis", -6, 74, "end"), ("Lachin", 26, 18, "start"), ("Ganja", 24, 16, "start"), ("Aghdam", 22, 18, "start")):
        sheet.dot(name, 13)
        sheet.text(PLACES[name], name, 54, dx, dy, anchor)
    sheet.dot("Stepanakert", 13)
    sheet.text(PLACES["Stepanakert"], "Stepanakert /", 54, 26, 12)
    sheet.text(PLACES["Stepanakert"], "Khankendi", 54, 26, 74)
    sheet.target("Kalbajar")
    sheet.text(PLACES["Kalbajar"], "Kalbajar", 78, 40, -10, colour=ACCENT, style=bold)
    sheet.text((46.12, 40.245), "Omar Pass", 54, colour=PASS, style=bold)
    return sheet


def legend(sheet):
    """The key of the sketch, in its lower left corner."""
    x, y, width, height = 40, sheet.height - 330, 660, 290
    sheet.add(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{LAND}" stroke="{INK}" stroke-width="3"/>')
    sheet.add(f'<path d="M{x + 34} {y + 62}h110" stroke="{INK}" stroke-width="13" stroke-linecap="round" marker-end="url(#head)"/>'
              f'<path d="M{x + 34} {y + 136}h110" stroke="{PASS}" stroke-width="12" stroke-linecap="round" stroke-dasharray="1 24" marker-end="url(#out)"/>')
    for row, words in ((78, "direction of attack"), (152, "flight of civilians")):
        sheet.add(f'<text x="{x + 190}" y="{y + row}" font-size="46" fill="{INK}" stroke="none">{words}</text>')
    sheet.add(f'<text x="{x + 34}" y="{y + 256}" font-size="44" font-style="italic" fill="{QUIET}" stroke="none">Schematic</text>')
    sheet.bar(x + 300, y + 242, 30, 38, LAND)


def main():
    data = json.loads((HERE / "natural_earth.json").read_text(encoding="utf-8"))
    IMAGES.mkdir(exist_ok=True)
    locator(data).save("kalbajar-map")
    sketch = routes(data)
    legend(sketch)
    sketch.save("kalbajar-routes")


if __name__ == "__main__":
    main()
