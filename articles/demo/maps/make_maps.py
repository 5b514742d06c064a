"""Draw the two maps of the demo articles from natural_earth.json, offline.

Out: ../images/kalbajar-map.png (locator) and ../images/kalbajar-routes.png (sketch of directions), palette PNG, with
the SVG of each beside this file.  Needs Pillow, a headless Chromium (CHROMIUM names another one) and Noto Serif.

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
ITALIC, BOLD = {"font_style": "italic"}, {"font_weight": 700}
STYLE = (
    "text{font-family:'Noto Serif','Liberation Serif','DejaVu Serif',serif;"
    "paint-order:stroke;stroke-width:9px;stroke-linejoin:round}"
)

PLACES = {
    "Kalbajar": (46.0383, 40.1067),
    "Vardenis": (45.72, 40.18),
    "Lachin": (46.546, 39.637),
    "Stepanakert": (46.752, 39.815),
    "Yerevan": (44.513, 40.181),
    "Baku": (49.867, 40.395),
    "Tbilisi": (44.793, 41.716),
    "Ganja": (46.36, 40.683),
    "Aghdam": (46.93, 39.991),
    "Omar Pass": (46.10, 40.335),
}


def element(tag, content=None, **attributes):
    """Return an SVG element; attribute names with ``_`` for ``-``, numbers to a tenth of a pixel."""
    pairs = "".join(
        f' {name.replace("_", "-")}="{round(value, 1) if isinstance(value, float) else escape(str(value))}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{pairs}/>" if content is None else f"<{tag}{pairs}>{content}</{tag}>"


class Sheet:
    """One map: a window on the earth, and the SVG drawn on it so far. Points are (longitude, latitude)."""

    def __init__(self, west, south, east, north):
        self.west, self.north = west, north
        self.scale = WIDTH / (east - west)
        self.stretch = 1 / math.cos(math.radians(PARALLEL))
        self.height = round((north - south) * self.scale * self.stretch)
        self.items = []

    def add(self, tag, content=None, **attributes):
        self.items.append(element(tag, content, **attributes))

    def xy(self, point):
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale * self.stretch

    def ring(self, points):
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.xy, points)) + "Z"

    def curve(self, points):
        """A smooth line through the points (Catmull-Rom as cubic Béziers)."""
        xy = [self.xy(point) for point in points]
        out = f"M{xy[0][0]:.1f} {xy[0][1]:.1f}"
        for i in range(len(xy) - 1):
            before, a, b, after = xy[max(i - 1, 0)], xy[i], xy[i + 1], xy[min(i + 2, len(xy) - 1)]
            out += f"C{a[0] + (b[0] - before[0]) / 6:.1f} {a[1] + (b[1] - before[1]) / 6:.1f}"
            out += f" {b[0] - (after[0] - a[0]) / 6:.1f} {b[1] - (after[1] - a[1]) / 6:.1f} {b[0]:.1f} {b[1]:.1f}"
        return out

    def ground(self, data):
        """Sea, land, borders and lakes."""
        self.add("rect", width=WIDTH, height=self.height, fill=WATER)
        for name, rings in data["countries"].items():
            fill = LAND if name in ("Armenia", "Azerbaijan") else NEIGHBOUR
            path = "".join(map(self.ring, rings))
            self.add("path", d=path, fill=fill, fill_rule="evenodd", stroke=BORDER, stroke_width=3.5)
        for ring in data["lakes"]:
            self.add("path", d=self.ring(ring), fill=WATER, stroke=SHORE, stroke_width=2.5)

    def text(self, at, words, size, colour=INK, halo=LAND, shift=(0, 0), **attributes):
        """Write ``words``; the halo in the colour of the ground keeps them clear of lines."""
        x, y = self.xy(at)
        attributes = {"fill": colour, "stroke": halo, "font_size": size, **attributes}
        self.add("text", escape(words), x=x + shift[0], y=y + shift[1], **attributes)

    def place(self, name, size, *lines, shift, anchor="start", radius=11):
        """A dot with its name, on several lines if need be."""
        x, y = self.xy(PLACES[name])
        self.add("circle", cx=x, cy=y, r=radius, fill=INK, stroke=LAND, stroke_width=4)
        for row, words in enumerate(lines or (name,)):
            self.text(PLACES[name], words, size, shift=(shift[0], shift[1] + row * size * 1.1), text_anchor=anchor)

    def target(self, name, size, shift):
        """The place that the map is about."""
        x, y = self.xy(PLACES[name])
        self.add("circle", cx=x, cy=y, r=27, fill=LAND, fill_opacity=".75", stroke=ACCENT, stroke_width=8)
        self.add("circle", cx=x, cy=y, r=12, fill=ACCENT)
        self.text(PLACES[name], name, size, ACCENT, shift=shift, **BOLD)

    def range(self, points, size):
        """A mountain range as a row of small peaks, the way old school atlases drew it."""
        for x, y in map(self.xy, points):
            path = f"M{x - size:.1f} {y + size * 0.8:.1f}l{size} {-size * 1.6:.1f}l{size} {size * 1.6:.1f}"
            self.line(path, QUIET, 4.5, stroke_linejoin="round")

    def line(self, path, colour, width, **attributes):
        attributes = {"stroke": colour, "stroke_width": width, "stroke_linecap": "round", **attributes}
        self.add("path", d=path, fill="none", **attributes)

    def attack(self, path):
        self.line(path, INK, 13, marker_end="url(#attack)")

    def flight(self, path):
        self.line(path, PASS, 12, stroke_dasharray="1 24", marker_end="url(#flight)")

    def bar(self, x, y, kilometres, size, halo):
        """A scale bar in two halves."""
        length = kilometres / 111.32 * self.scale * self.stretch
        self.add("rect", x=x, y=y, width=length, height=13, fill=LAND, stroke=INK, stroke_width=3)
        self.add("rect", x=x, y=y, width=length / 2, height=13, fill=INK)
        for part, words in ((0, "0"), (0.5, f"{kilometres // 2}"), (1, f"{kilometres} km")):
            at = {"x": x + part * length, "y": y - 16, "text_anchor": "middle"}
            self.add("text", words, font_size=size, fill=INK, stroke=halo, **at)

    def svg(self):
        box = {"x": 3, "y": 3, "width": WIDTH - 6, "height": self.height - 6}
        frame = element("rect", **box, fill="none", stroke=INK, stroke_width=6)
        size = {"width": WIDTH, "height": self.height, "viewBox": f"0 0 {WIDTH} {self.height}"}
        content = "\n".join([element("style", STYLE), *self.items, frame])
        return element("svg", f"\n{content}\n", xmlns="http://www.w3.org/2000/svg", **size) + "\n"

    def save(self, name):
        """Write the SVG here and its picture, in 64 colours, to images/."""
        source = HERE / f"{name}.svg"
        source.write_text(self.svg(), encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            shot = Path(folder) / "shot.png"
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
            options += ["--force-device-scale-factor=1", f"--user-data-dir={folder}/profile"]
            options += [f"--window-size={WIDTH},{self.height}", f"--screenshot={shot}"]
            subprocess.run([CHROMIUM, *options, source.as_uri()], check=True, capture_output=True)
            picture = Image.open(shot).convert("RGB").crop((0, 0, WIDTH, self.height))
        picture.quantize(64, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def locator(data):
    """Where Kalbajar lies in the South Caucasus."""
    sheet = Sheet(43.35, 38.5, 50.25, 42.05)
    sheet.ground(data)
    sheet.text((43.78, 40.86), "ARMENIA", 50, QUIET, letter_spacing=9)
    sheet.text((47.42, 40.62), "AZERBAIJAN", 50, QUIET, letter_spacing=9)
    for words, at in (("GEORGIA", (43.5, 41.84)), ("IRAN", (46.9, 38.72)), ("RUSSIA", (47.15, 41.82))):
        sheet.text(at, words, 50, QUIET, NEIGHBOUR, letter_spacing=9)
    sheet.text((43.43, 39.64), "TURKEY", 46, QUIET, NEIGHBOUR, letter_spacing=4)
    for words, at in (("Caspian", (49.68, 41.36)), ("Sea", (49.68, 41.15))):
        sheet.text(at, words, 54, PASS, WATER, text_anchor="middle", **ITALIC)
    sheet.text((44.93, 40.51), "Lake Sevan", 46, PASS, text_anchor="end", **ITALIC)
    sheet.range([(45.95, 40.36), (46.12, 40.345), (46.29, 40.32), (46.46, 40.315), (46.63, 40.32)], 15)
    sheet.text((46.06, 40.47), "Murov range", 46, QUIET, **ITALIC)
    sheet.place("Yerevan", 52, shift=(-20, 22), anchor="end")
    sheet.place("Baku", 52, shift=(-20, 54), anchor="end")
    sheet.place("Tbilisi", 52, shift=(20, 12))
    sheet.place("Vardenis", 52, shift=(-2, 64), anchor="end")
    sheet.place("Lachin", 52, shift=(-24, 34), anchor="end")
    sheet.place("Stepanakert", 50, "Stepanakert /", "Khankendi", shift=(24, 6))
    sheet.target("Kalbajar", 76, (42, 26))
    sheet.bar(262, sheet.height - 50, 100, 42, NEIGHBOUR)
    return sheet


def routes(data):
    """Directions of the attack and of the flight, without terrain or positions."""
    sheet = Sheet(45.2, 39.46, 47.32, 40.82)
    sheet.ground(data)
    for name, colour in (("attack", INK), ("flight", PASS)):
        size = {"viewBox": "0 0 10 10", "refX": 6, "refY": 5, "markerWidth": 4, "markerHeight": 4}
        sheet.add("marker", element("path", d="M0 0L10 5L0 10Z", fill=colour), id=name, orient="auto", **size)
    sheet.text((45.38, 39.87), "ARMENIA", 50, QUIET, letter_spacing=12)
    sheet.text((46.55, 40.53), "AZERBAIJAN", 50, QUIET, letter_spacing=12)
    sheet.text((46.66, 40.115), "NAGORNO-", 42, QUIET, letter_spacing=5)
    sheet.text((46.66, 40.062), "KARABAKH", 42, QUIET, letter_spacing=5)
    sheet.text((45.24, 40.30), "Lake", 48, PASS, WATER, **ITALIC)
    sheet.text((45.24, 40.245), "Sevan", 48, PASS, WATER, **ITALIC)
    west, east = [(45.86, 40.375), (45.95, 40.365)], [(46.25, 40.33), (46.34, 40.31), (46.43, 40.305)]
    sheet.range([*west, *east, (46.52, 40.31), (46.61, 40.315), (46.70, 40.32)], 26)
    sheet.text((46.28, 40.375), "Murov range", 50, QUIET, **ITALIC)
    sheet.attack(sheet.curve([(45.77, 40.175), (45.86, 40.16), (45.965, 40.125)]))
    sheet.attack(sheet.curve([(46.51, 39.68), (46.37, 39.79), (46.20, 39.93), (46.085, 40.04)]))
    sheet.attack(sheet.curve([(46.63, 40.085), (46.46, 40.07), (46.30, 40.07), (46.125, 40.088)]))
    sheet.flight(sheet.curve([(46.042, 40.16), (46.06, 40.25), PLACES["Omar Pass"], (46.16, 40.44), (46.24, 40.56)]))
    x, y = sheet.xy(PLACES["Omar Pass"])
    sheet.line(f"M{x - 44:.1f} {y - 24:.1f}q26 32 6 66M{x + 40:.1f} {y - 40:.1f}q-26 32 -6 66", INK, 7)
    sheet.text((46.12, 40.245), "Omar Pass", 54, PASS, **BOLD)
    sheet.place("Vardenis", 54, shift=(-6, 74), anchor="end", radius=13)
    sheet.place("Lachin", 54, shift=(26, 18), radius=13)
    sheet.place("Ganja", 54, shift=(24, 16), radius=13)
    sheet.place("Aghdam", 54, shift=(22, 18), radius=13)
    sheet.place("Stepanakert", 54, "Stepanakert /", "Khankendi", shift=(26, 12), radius=13)
    sheet.target("Kalbajar", 78, (40, -10))
    return sheet


def legend(sheet):
    """The key of the sketch, in its lower left corner."""
    x, y = 40, sheet.height - 330
    sheet.add("rect", x=x, y=y, width=660, height=290, fill=LAND, stroke=INK, stroke_width=3)
    sheet.attack(f"M{x + 34} {y + 62}h110")
    sheet.flight(f"M{x + 34} {y + 136}h110")
    for row, words in ((78, "direction of attack"), (152, "flight of civilians")):
        sheet.add("text", words, x=x + 190, y=y + row, font_size=46, fill=INK, stroke="none")
    sheet.add("text", "Schematic", x=x + 34, y=y + 256, font_size=44, fill=QUIET, stroke="none", **ITALIC)
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
