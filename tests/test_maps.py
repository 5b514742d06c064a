"""The locator maps: any place of the earth on a true sheet, several on one."""

import re
from math import hypot

import pytest

from articles.maps import Mark, globe, region_map

KALBAJAR = Mark(40.10667, 46.03833, "Kalbajar")
SUMGAIT = Mark(40.59, 49.67, "Sumgait")
EARTH_KM = 6371
PLACES = {
    "on land": KALBAJAR,
    "at the antimeridian": Mark(-16.8, 179.95, "Taveuni"),
    "beyond the antimeridian": Mark(52.9, -179.9, "Amchitka"),
    "at the north pole": Mark(90, 0, "North Pole"),
    "at the south pole": Mark(-90, 0, "South Pole"),
    "on the equator": Mark(0, 0, "Null Island"),
}


def rings(path):
    """Return the rings of a path as points."""
    out = []
    for ring in path.split("M")[1:]:
        start, _, steps = ring.partition("l")
        x, y = map(int, start.replace("z", "").split())
        points = [(x, y)]
        numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        out.append(points)
    return out


def is_inside(path, x, y):
    """Tell whether a place lies inside a path, filled even-odd."""
    inside = False
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside


@pytest.mark.parametrize("place", PLACES)
def test_one_place_stands_in_the_middle_of_its_map_anywhere_on_earth(place):
    drawn = region_map((PLACES[place],))
    [spot] = drawn.spots
    assert (spot.x, spot.y) == (drawn.width // 2, drawn.height // 2)
    for ring in rings(drawn.land):
        for x, y in ring:
            assert -10 <= x <= drawn.width + 10
            assert -10 <= y <= drawn.height + 10
    turned = globe((PLACES[place],), drawn.corners)
    assert (turned.x, turned.y) == (turned.middle, turned.middle)
    for ring in [*rings(turned.land), *rings(turned.outline), *rings(turned.net)]:
        assert all(hypot(x - turned.middle, y - turned.middle) <= turned.radius + 2 for x, y in ring)


@pytest.mark.parametrize(
    ("mark", "on_land"),
    [(KALBAJAR, True), (Mark(-17.8, 178.0, "Viti Levu"), True), (Mark(-16.82, -179.97, "Taveuni"), True),
     (Mark(-89, 120, "Antarctica"), True), (Mark(90, 0, "Arctic Ocean"), False), (Mark(42, 51, "Caspian Sea"), False),
     (Mark(30, -140, "Pacific"), False), (Mark(-29.5, 28.2, "Lesotho"), True)],
)  # fmt: skip
def test_land_is_where_it_is(mark, on_land):
    drawn = region_map((mark,))
    [spot] = drawn.spots
    assert is_inside(drawn.land, spot.x, spot.y) is on_land


def test_the_scale_bar_is_true():
    drawn = region_map((KALBAJAR, SUMGAIT))
    one, other = drawn.spots
    kilometres = hypot(one.x - other.x, one.y - other.y) / drawn.bar.length * drawn.bar.kilometres
    assert kilometres == pytest.approx(312, rel=0.02)


def test_the_countries_around_are_named_inside_their_land():
    drawn = region_map((KALBAJAR,))
    assert {"Armenia", "Azerbaijan", "Iran", "Georgia"} <= {one.words for one in drawn.countries}
    assert all(is_inside(drawn.land, one.x, one.y) for one in drawn.countries)
    assert {one.words for one in drawn.parallels} >= {"38°N", "40°N", "42°N"}
    assert "45°E" in {one.words for one in drawn.meridians}


def test_marks_at_one_place_share_a_spot():
    drawn = region_map((*(Mark(40.1, 46.0, str(number)) for number in range(1, 7)), Mark(39.6, 46.5, "7")))
    assert [spot.words for spot in drawn.spots] == ["1, 2, 3 +3", "7"]


def test_marks_on_both_sides_of_the_antimeridian_are_near_each_other():
    drawn = region_map((Mark(-17, 179.5, "1"), Mark(-17, -179.5, "2")))
    one, other = drawn.spots
    assert drawn.bar is not None
    assert one.x < other.x
    assert all(0 < spot.x < drawn.width for spot in drawn.spots)


@pytest.mark.parametrize(
    "marks",
    [
        (Mark(51.5, 0, "1"), Mark(-34, -58, "2"), Mark(35, 139, "3")),
        (Mark(0, 0, "1"), Mark(0, 180, "2")),
        (Mark(90, 0, "1"), Mark(-90, 0, "2")),
    ],
)
def test_marks_all_over_the_earth_stand_on_a_map_of_the_world(marks):
    drawn = region_map(marks)
    assert drawn.bar is None
    assert len(drawn.spots) == len(marks)
    assert all(0 <= spot.x <= drawn.width and 0 <= spot.y <= drawn.height for spot in drawn.spots)
    assert globe(marks, drawn.corners).outline == ""


def test_equal_marks_give_an_equal_map():
    region_map.cache_clear()
    first = region_map((KALBAJAR,))
    region_map.cache_clear()
    assert region_map((KALBAJAR,)) == first
