"""Marks on a sheet: those that lie on each other share one spot."""

from dataclasses import dataclass, replace
from math import hypot


@dataclass(frozen=True)
class Mark:
    """A place to be marked: degrees, and a ``label``, a number or a name."""

    latitude: float
    longitude: float
    label: str


@dataclass(frozen=True)
class Spot:
    """A dot at whole units; ``labels`` of all marks that fall on it; ``left``: its words stand at its left."""

    x: int
    y: int
    labels: tuple[str, ...]
    main: bool = False
    """It is what the map is about."""
    left: bool = False

    @property
    def words(self):
        """The labels in short."""
        shown = ", ".join(self.labels[:_SHOWN])
        return f"{shown} +{len(self.labels) - _SHOWN}" if len(self.labels) > _SHOWN else shown

    @property
    def box(self):
        """The room that dot and words take: left, top, right, foot."""
        wide = _BESIDE + len(self.words) * _ADVANCE
        left, right = (wide, _DOT) if self.left else (_DOT, wide)
        return self.x - left, self.y - _DOT, self.x + right, self.y + _DOT


_SHOWN = 3
_DOT, _BESIDE, _ADVANCE = 17, 19, 16
"""Units: half the height of a dot and of its words, from its middle to its words, and what a letter takes."""


def spots(marks, places, width, near, mains=0):
    """Return a ``Spot`` for each group of marks whose ``places`` lie within ``near`` units of its first.

    The first ``mains`` marks are what the map is about; they come last, so that they lie on top. Words stand on that
    side of their dot where they hide least.
    """
    groups = []
    for mark, (x, y) in zip(marks, places, strict=True):
        group = next((one for one in groups if hypot(one[0] - x, one[1] - y) < near), None)
        if group is None:
            groups.append((x, y, [mark.label]))
        else:
            group[2].append(mark.label)
    found = [Spot(round(x), round(y), tuple(some), place < mains) for place, (x, y, some) in enumerate(groups)]
    for place, spot in enumerate(found):
        others = [one.box for one in found[:place]] + [
            (one.x - _DOT, one.y - _DOT, one.x + _DOT, one.y + _DOT) for one in found[place + 1 :]
        ]
        turned = replace(spot, left=True)
        if _hidden(turned.box, others, width) < _hidden(spot.box, others, width):
            found[place] = turned
    return tuple(found[mains:] + found[:mains])


def _hidden(box, others, width):
    off_sheet = box[0] < 0 or box[2] > width
    return off_sheet * 100 + sum(meet(box, other) for other in others)


def meet(a, b):
    """Tell whether two boxes (left, top, right, foot) overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
