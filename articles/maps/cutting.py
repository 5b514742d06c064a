"""Rings cut to a sheet, and points written as the path of an SVG."""

_MARGIN = 8
"""Units beyond the sheet at which rings are cut, so that the cut does not show."""
FINE, COARSE = 1.6, 3.2
"""Units: points nearer to the one before say nothing, on a map of a region and on small drawings."""


def cut_ring(ring, width, height):
    """Return a ring cut to the sheet (Sutherland-Hodgman), empty where nothing of it shows."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    limits = ((0, -_MARGIN, 1), (1, -_MARGIN, 1), (0, width + _MARGIN, -1), (1, height + _MARGIN, -1))
    extents = ((min(xs), max(xs)), (min(ys), max(ys)))
    for axis, limit, sign in limits:
        near, far = extents[axis] if sign > 0 else (-extents[axis][1], -extents[axis][0])
        if far < limit * sign:
            return []
        if near < limit * sign:
            ring = _cut(ring, axis, limit, sign)
        if not ring:
            return []
    return ring


def _cut(ring, axis, limit, sign):
    out = []
    before = ring[-1]
    inside_before = (before[axis] - limit) * sign >= 0
    for point in ring:
        inside = (point[axis] - limit) * sign >= 0
        if inside != inside_before:
            t = (limit - before[axis]) / (point[axis] - before[axis])
            out.append((before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])))
        if inside:
            out.append(point)
        before, inside_before = point, inside
    return out


def runs(line, width, height):
    """Yield the stretches of a line that show on the sheet, each with a point beyond it at either end."""
    run = []
    shown = [-_MARGIN <= x <= width + _MARGIN and -_MARGIN <= y <= height + _MARGIN for x, y in line]
    last = len(line) - 1
    for place, point in enumerate(line):
        if any(shown[max(place - 1, 0) : min(place + 1, last) + 1]):
            run.append(point)
        else:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def path(points, *, closed=False, step=FINE):
    """Return points as a path in whole units, differences after the first; empty where it is smaller than a step."""
    out, x, y = [], None, None
    last = len(points) - 1
    for place, point in enumerate(points):
        if x is None:
            x, y = round(point[0]), round(point[1])
            out.append(f"M{x} {y}")
            continue
        if abs(point[0] - x) + abs(point[1] - y) < step and (closed or place < last):
            continue
        dx, dy = round(point[0]) - x, round(point[1]) - y
        if dx or dy:
            out.append(f"{'l' if len(out) == 1 else ' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}")
            x, y = x + dx, y + dy
    if len(out) < (3 if closed else 2):
        return ""
    return "".join(out) + ("z" if closed else "")
