"""Where the name of a country has room on a sheet."""

from .furniture import Letter
from .spots import meet

_ADVANCE = 20
"""Units that a letter takes in width."""
_TALL = 30
_SCANS = 14
_MOST = 60
"""Names on a sheet that are looked for at most."""


def country_names(rings, width, height, taken):
    """Return a ``Letter`` for each country that has room: ``rings`` maps names to cut rings, ``taken`` are boxes
    (left, top, right, foot) that stay clear."""
    letters, boxes = [], list(taken)
    sized = sorted(rings.items(), key=lambda one: -_spread(one[1]))[:_MOST]
    for name, own in sized:
        room = len(name) * _ADVANCE
        if letter := _best(name, own, room, width, height, boxes):
            letters.append(letter)
            boxes.append(_box(letter.x, letter.y, room))
    return tuple(letters)


def _spread(rings):
    return sum(
        (max(x for x, _ in ring) - min(x for x, _ in ring)) * (max(y for _, y in ring) - min(y for _, y in ring))
        for ring in rings
    )


def _box(x, y, room):
    return x - room / 2, y - _TALL, x + room / 2, y + _TALL / 3


def _best(name, rings, room, width, height, boxes):
    ys = [y for ring in rings for _, y in ring]
    top, foot = max(min(ys), 0) + _TALL, min(max(ys), height - 30)
    best, score = None, 0
    for step in range(_SCANS):
        y = top + (foot - top) * (step + 0.5) / _SCANS
        for left, right in _common(rings, y - _TALL, y):
            left, right = max(left, 12), min(right, width - 12)
            x = (left + right) / 2
            free = not any(meet(_box(x, y, room), box) for box in boxes)
            if free and right - left > max(room, score):
                best, score = Letter(round(x), round(y), name), right - left
    return best


def _common(rings, above, below):
    """Yield the stretches that lie inside the rings at both heights."""
    uppers, lowers = _inside(rings, above), _inside(rings, below)
    for left, right in uppers:
        for other_left, other_right in lowers:
            if max(left, other_left) < min(right, other_right):
                yield max(left, other_left), min(right, other_right)


def _inside(rings, y):
    crossings = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in rings
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (a[1] > y) != (b[1] > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))
