"""Order: what stayed and what moved, and where deletions stand in the new order."""

from bisect import bisect_left
from typing import NamedTuple

from ..wording import gettext, ngettext, number


def longest_rise(values):
    """Return the indexes of a longest rising subsequence of distinct ``values``."""
    tails, tail_indexes, before = [], [], []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(tail_indexes[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tail_indexes.append(index)
        else:
            tails[place], tail_indexes[place] = value, index
    return _chain(before, tail_indexes[-1] if tail_indexes else -1)


def heaviest_rise(values, weights):
    """Return the indexes of the rising subsequence of distinct ``values`` with the greatest sum of ``weights``."""
    ranks = {value: rank for rank, value in enumerate(sorted(values), 1)}
    best, before = [(0, -1)] * (len(values) + 1), []  # a Fenwick tree: the best sum that ends at or below a rank
    for index, value in enumerate(values):
        rank, total, last = ranks[value] - 1, 0, -1
        while rank:
            if best[rank][0] > total:
                total, last = best[rank]
            rank &= rank - 1
        before.append(last)
        here, rank = (total + weights[index], index), ranks[value]
        while rank < len(best):
            if here[0] > best[rank][0]:
                best[rank] = here
            rank += rank & -rank
    return _chain(before, max(best)[1])


def _chain(before, last):
    chain = []
    while last >= 0:
        chain.append(last)
        last = before[last]
    return chain[::-1]


class Item(NamedTuple):
    """Something with a place in the old order, the new order, or both; the heavier of two that crossed stays."""

    old: int | None
    new: int | None
    weight: int = 1

    @property
    def stands_twice(self):
        """Whether it is neither deleted nor added."""
        return self.old is not None and self.new is not None

    @property
    def turned(self):
        """The same thing in the comparison backwards."""
        return Item(self.new, self.old, self.weight)


def stays(items, *, turned=False):
    """Return the set of those ``items`` with both places that did not move against one another.

    Of two equally heavy sets the choice depends on the direction; who compares backwards turns it to get the same.
    """
    if turned:
        return {item.turned for item in stays({item.turned for item in items})}
    both = sorted((item for item in items if item.stands_twice), key=lambda item: item.new)
    ranks = {item.old: rank for rank, item in enumerate(sorted(both, key=lambda item: item.old))}
    runs = []  # what kept its neighbours moves together, and there are few such runs
    for item in both:
        if runs and ranks[item.old] == ranks[runs[-1][-1].old] + 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    kept = heaviest_rise([run[0].old for run in runs], [sum(item.weight for item in run) for run in runs])
    return {item for index in kept for item in runs[index]}


def arrange(items, staying):
    """Return ``items`` in the new order, with deletions behind what stood before them and stayed."""
    in_old_order = sorted((item for item in items if item.old is not None), key=lambda item: item.old)
    behind, last = {}, None
    for item in in_old_order:
        if item in staying:
            last = item
        elif item.new is None:
            behind.setdefault(last, []).append(item)
    arranged = behind.pop(None, [])
    for item in sorted((item for item in items if item.new is not None), key=lambda item: item.new):
        arranged.append(item)
        arranged += behind.get(item, ())
    return arranged


def shift(items):
    """Return by how many places each of ``items`` with both places moved among them: {item: positive is down}."""
    both = [item for item in items if item.stands_twice]
    ranks = {item: rank for rank, item in enumerate(sorted(both, key=lambda item: item.old))}
    return {item: rank - ranks[item] for rank, item in enumerate(sorted(both, key=lambda item: item.new))}


def in_words(places):
    """Return a shift in words: ``moved up 2 places``."""
    if not places:
        return gettext("moved")
    count = abs(places)
    if places > 0:
        said = ngettext("moved down {count} place", "moved down {count} places", count)
    else:
        said = ngettext("moved up {count} place", "moved up {count} places", count)
    return said.format(count=number(count))
