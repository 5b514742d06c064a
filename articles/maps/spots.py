"""Marks on a sheet: those that lie on each other share one spot."""

from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True)
class Mark:
    """A place to be marked: degrees, and a ``label``, a number or a name."""

    latitude: float
    longitude: float
    label: str


@dataclass(frozen=True)
class Spot:
    """A dot at whole units; ``labels`` of all marks that fall on it; ``left``: it has more room at its left."""

    x: int
    y: int
    labels: tuple[str, ...]
    left: bool

    @property
    def words(self):
        """The labels in short."""
        shown = ", ".join(self.labels[:_SHOWN])
        return f"{shown} +{len(self.labels) - _SHOWN}" if len(self.labels) > _SHOWN else shown


_SHOWN = 3


def spots(marks, places, width, near):
    """Return a ``Spot`` for each group of marks whose ``places`` lie within ``near`` units of its first."""
    groups = []
    for mark, (x, y) in zip(marks, places, strict=True):
        group = next((one for one in groups if hypot(one[0] - x, one[1] - y) < near), None)
        if group is None:
            groups.append((x, y, [mark.label]))
        else:
            group[2].append(mark.label)
    return tuple(Spot(round(x), round(y), tuple(labels), x > width * 0.62) for x, y, labels in groups)
