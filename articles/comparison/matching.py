"""Matching: which blocks of the old text are which of the new, before any word is looked at.

Equal blocks first, in order and then moved; then blocks that are alike, near their place or anywhere; then what was
split off a block or merged into it. What is left was deleted or added.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from .alignment import Run, align
from .likeness import Gists, likely_pairs, most_alike, near_pairs
from .ordering import Item, arrange, stays
from .tokens import Vocabulary, count_words

_HEADING = 1_000
"""What a heading weighs besides its length: a paragraph moves past a heading, not a heading past a paragraph."""
_BELONGS = 0.6
"""A piece belongs to a block if this share of its words is what the block has lost or gained."""

_MOST_LIKENED = 6_000
"""Of more blocks that are not equal none is looked at for likeness: the old ones went and the new ones came."""


@dataclass(frozen=True, eq=False)
class Match:
    """Old blocks and the new ones that they became: one and one, one and several, several and one, or one side empty.

    ``moved`` tells that others, which weigh more, kept their order while this one did not.
    """

    old: tuple
    new: tuple
    moved: bool = False

    @cached_property
    def is_equal(self):
        """Whether both sides say the same, white space apart."""
        return len(self.old) == len(self.new) == 1 and self.old[0].key == self.new[0].key


def match_blocks(old, new):
    """Return the ``Match``es of two sequences of blocks in the new order, deletions where they were.

    Every block is in exactly one. Backwards the same blocks match, and the same are said to have moved.
    """
    turned = _weight(old) > _weight(new)
    groups = [sides[::-1] for sides in _groups(new, old)] if turned else _groups(old, new)
    items = {_item(*sides): sides for sides in groups}
    staying = stays(items, turned=turned)
    return [Match(*items[item], moved=item.stands_twice and item not in staying) for item in arrange(items, staying)]


def _weight(blocks):
    return len(blocks), sum(len(block.text) for block in blocks), [block.text for block in blocks]


def _item(old, new):
    weight = sum(len(block.key) + (_HEADING if block.kind == "heading" else 1) for block in (*old, *new))
    return Item(old[0].index if old else None, new[0].index if new else None, weight)


def _groups(old, new):
    """Return (old blocks, new blocks) of everything that belongs together."""
    runs = _runs(old, new)
    pairs = {old[run.old + nth]: new[run.new + nth] for run in runs for nth in range(run.length)}
    gaps = list(_gaps(runs, old, new))
    pairs |= _equal_elsewhere(gaps)
    gaps = _left(gaps, pairs)
    if sum(len(olds) + len(news) for olds, news in gaps) > _MOST_LIKENED:
        alone = [((block,), ()) for olds, _ in gaps for block in olds]
        alone += [((), (block,)) for _, news in gaps for block in news]
        return [((one,), (other,)) for one, other in pairs.items()] + alone
    gists = Gists()
    alike = _alike(gaps, gists)
    groups, gaps = _Groups(alike, gists), _left(gaps, alike)
    groups.absorb([block for _, news in gaps for block in news], new, 1)
    groups.absorb([block for olds, _ in gaps for block in olds], old, 0)
    return [((one,), (other,)) for one, other in pairs.items()] + groups.all()


def _runs(old, new):
    vocabulary = Vocabulary()
    return align(vocabulary.encode(block.key for block in old), vocabulary.encode(block.key for block in new))


def _gaps(runs, old, new):
    """Yield (old blocks, new blocks) of every stretch between equal runs."""
    i = j = 0
    for run in [*runs, Run(len(old), len(new), 0)]:
        if run.old > i or run.new > j:
            yield old[i : run.old], new[j : run.new]
        i, j = run.old + run.length, run.new + run.length


def _left(gaps, pairs):
    """Return the gaps without the blocks that have found each other."""
    taken = set(pairs.values())
    return [
        ([one for one in olds if one not in pairs], [one for one in news if one not in taken]) for olds, news in gaps
    ]


def _equal_elsewhere(gaps):
    """Return {old: new} for equal blocks that crossed others; blocks without a word do not move."""
    free = defaultdict(list)
    for _, news in gaps:
        for block in news:
            free[block.key].append(block)
    for blocks in free.values():
        blocks.reverse()
    return {
        block: free[block.key].pop()
        for olds, _ in gaps
        for block in olds
        if free.get(block.key) and count_words(block.key)
    }


def _alike(gaps, gists):
    """Return {old: new} for changed blocks: the most alike, else the only headings of a stretch."""
    near = [pair for olds, news in gaps for pair in near_pairs(olds, news)]
    olds = [block for gap in gaps for block in gap[0]]
    news = [block for gap in gaps for block in gap[1]]
    only_one = near and len(olds) == 1 == len(news)
    pairs = near if only_one else [*near, *likely_pairs(olds, news, gists)]
    alike = most_alike(pairs, gists)
    for gap in _left(gaps, alike):
        headings = [[block for block in side if block.kind == "heading"] for side in gap]
        if len(headings[0]) == 1 == len(headings[1]):
            alike[headings[0][0]] = headings[1][0]
    return alike


class _Groups:
    """Changed pairs that take up neighbours on one side: pieces split off, or paragraphs merged into one."""

    def __init__(self, alike, gists):
        self._gists = gists
        self._groups = [([old], [new]) for old, new in alike.items()]
        self._of = {block: group for group in self._groups for side in group for block in side}
        self._missing = {}
        self._alone = []

    def all(self):
        """Return (old blocks, new blocks) of every group, and of every block that is alone."""
        return [(tuple(old), tuple(new)) for old, new in self._groups] + self._alone

    def absorb(self, free, order, side):
        """Give blocks of one side (0 old, 1 new) to the group of a neighbour in ``order`` if it lacks their words."""
        free = self._pass(free, order, side, -1)
        free = self._pass(free[::-1], order, side, 1)
        self._alone += [((block,), ()) if side == 0 else ((), (block,)) for block in free]

    def _pass(self, free, order, side, step):
        left = []
        for block in free:
            at = block.index + step
            group = self._of.get(order[at]) if 0 <= at < len(order) else None
            if group and len(group[1 - side]) == 1 and self._takes(group, side, block):
                group[side].insert(len(group[side]) if step < 0 else 0, block)
                self._of[block] = group
            else:
                left.append(block)
        return left

    def _takes(self, group, side, block):
        """Tell whether ``block`` has words that its neighbour's group lacks, and note that it lacks them no more."""
        bag = self._gists.bag if self._gists.is_telling(block) else self._gists.full_bag
        whole = group[1 - side][0]
        if (whole, bag) not in self._missing:
            self._missing[whole, bag] = bag(whole) - bag(group[side][0])
        missing, found = self._missing[whole, bag], bag(block)
        shared = sum(min(count, missing[word]) for word, count in found.items())
        belongs = shared >= _BELONGS * found.total() > 0
        if belongs:
            missing.subtract(found)
        return belongs
