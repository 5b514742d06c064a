"""Folding: which unchanged stretches of the body a page may fold away, and how much they hold."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from .changes import BlockChange
from .tokens import count_words
from .words import SAME


@dataclass(frozen=True)
class Stretch:
    """Neighbouring blocks; a folded one holds nothing that changed."""

    folded: bool
    blocks: tuple[BlockChange, ...]

    @cached_property
    def words(self):
        """How many words it holds."""
        return sum(count_words(span.text) for block in self.blocks for span in block.spans)


def fold(blocks, *, context=1, hide_reflow=False):
    """Return the ``Stretch``es of a body's blocks: ``context`` unchanged blocks stay open around each change.

    With ``hide_reflow`` blocks in which only white space changed count as unchanged. A single block is not folded.
    """
    quiet = [block.kind == SAME or hide_reflow and block.reflow for block in blocks]
    open_ = _near_changes(quiet, context)
    groups = [list(group) for _, group in groupby(range(len(blocks)), key=lambda at: open_[at])]
    for group in groups:
        if len(group) == 1:
            open_[group[0]] = True
    groups = [list(group) for _, group in groupby(range(len(blocks)), key=lambda at: open_[at])]
    return tuple(Stretch(not open_[group[0]], tuple(blocks[at] for at in group)) for group in groups)


def _near_changes(quiet, context):
    """Return for each block whether a change stands at most ``context`` blocks away."""
    near = [False] * len(quiet)
    for order in (range(len(quiet)), range(len(quiet) - 1, -1, -1)):
        since = context + 1
        for at in order:
            since = 0 if not quiet[at] else since + 1
            near[at] = near[at] or since <= context
    return near
