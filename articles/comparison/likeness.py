"""Likeness: which blocks of two texts say nearly the same, found without comparing each with each."""

from collections import Counter, defaultdict
from itertools import chain

from rapidfuzz.distance import LCSseq

from .alignment import CELLS
from .tokens import Vocabulary

ALIKE = 0.35
"""From this likeness on two blocks are one block that was changed."""
_TELLING_LENGTH = 4
_GROUP = 3
_COMMON = 8
"""What more blocks share tells none of them apart."""
_CANDIDATES = 3
_NEAR = 1
_CONTAINED = 0.6
_FEW = 4
_MUCH_LONGER = 10


class Gists:
    """The telling words of blocks as strings of one vocabulary: longer words, numbers and marks."""

    def __init__(self):
        self._vocabulary = Vocabulary()
        self._gists = {}
        self._bags = {}

    def of(self, block):
        """Return the gist of ``block``; all its words where none is telling."""
        gist = self._gists.get(block)
        if gist is None:
            cores = block.tokens.cores[1:]
            gist = self._gists[block] = self._vocabulary.encode(list(filter(_tells, cores)) or cores)
        return gist

    def bag(self, block):
        """Return how often each word is in the gist of ``block``, as a Counter that must not be changed."""
        if block not in self._bags:
            self._bags[block] = Counter(self.of(block))
        return self._bags[block]

    def full_bag(self, block):
        """Return how often each of all words is in ``block``, telling or not."""
        return Counter(self._vocabulary.encode(block.tokens.cores[1:]))

    def is_telling(self, block):
        """Whether the gist of ``block`` is made of telling words."""
        return any(map(_tells, block.tokens.cores))

    def likeness(self, one, other):
        """Return how alike two blocks are, 0 to 1; a piece of a longer block is like it too."""
        shorter, longer = sorted((one, other), key=lambda block: len(self.of(block)))
        least, most = len(self.of(shorter)), len(self.of(longer))
        if not least:
            return 0.0
        if most > _MUCH_LONGER * least or least * most > CELLS:
            bag = self.bag(longer)  # the order of the words costs as much as both are long, the bag as the shorter is
            shared = sum(min(count, bag[word]) for word, count in self.bag(shorter).items())
        else:
            shared = LCSseq.similarity(self.of(one), self.of(other))
        contained = _CONTAINED * shared / least if least >= _FEW else 0.0
        return max(2 * shared / (least + most), contained)


def _tells(core):
    return len(core) >= _TELLING_LENGTH or core[:1] > "~" or core[:1].isdigit()


def likely_pairs(old, new, gists):
    """Yield (old, new) for blocks that share words or groups of words which few others have; a few for each."""
    owners = defaultdict(list)
    for block in old:
        for feature in _features(gists.of(block)):
            owners[feature].append(block)
    for block in new:
        found = (owners.get(feature, ()) for feature in _features(gists.of(block)))
        votes = Counter(chain.from_iterable(blocks for blocks in found if len(blocks) <= _COMMON))
        for candidate, _ in votes.most_common(_CANDIDATES):
            yield candidate, block


def _features(gist):
    return {*gist, *(gist[start : start + _GROUP] for start in range(len(gist) - _GROUP + 1))}


def near_pairs(old, new):
    """Yield (old, new) for blocks of two lists that stand at nearly the same place, counted from either end."""
    for place, block in enumerate(new):
        from_end = place + len(old) - len(new)
        for start in {place, from_end}:
            yield from ((one, block) for one in old[max(0, start - _NEAR) : max(0, start + _NEAR + 1)])


def most_alike(pairs, gists, least=ALIKE):
    """Return {old: new} for the most alike of ``pairs`` (of blocks), each block once."""
    scored = []
    for old, new in set(pairs):
        score = gists.likeness(old, new)
        if score >= least:
            scored.append((-score, abs(old.index - new.index), old.index + new.index, old.index, old, new))
    chosen, taken = {}, set()
    for *_, old, new in sorted(scored, key=lambda one: one[:4]):
        if old not in chosen and new not in taken:
            chosen[old] = new
            taken.add(new)
    return chosen
