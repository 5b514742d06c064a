"""Two texts told apart word by word: spans that an author would recognise as what they did.

Spans are (kind, text) with kind ``same``, ``addition`` or ``deletion``. *Same* and *deletion* together give the old
text to the letter, *same* and *addition* the new one. Comparing backwards gives the same spans with the kinds swapped.
"""

from itertools import pairwise
from typing import NamedTuple

from .alignment import Run, align
from .tokens import Tokens, Vocabulary

SAME, ADDITION, DELETION = "same", "addition", "deletion"
_MIRROR = {SAME: SAME, ADDITION: DELETION, DELETION: ADDITION}
_WEAK_LENGTH = 3
_ISLAND = 2
"""At most so many weak words between two rewordings are reworded with them …"""
_SEA = 4
"""… if so many times as many words around them were both deleted and added."""

_CONFETTI = 1_000
_READABLE = 4
"""Beyond so many kept stretches of fewer words than this on average, a block counts as written anew."""


class Span(NamedTuple):
    """A stretch of text: ``kind`` is same, addition or deletion."""

    kind: str
    text: str


def word_spans(old, new):
    """Return the tuple of spans between two texts, each a str or ``Tokens`` already made."""
    old, new = (text if isinstance(text, Tokens) else Tokens(text) for text in (old, new))
    if old.text == new.text:
        return (Span(SAME, old.text),) if old.text else ()
    if old.is_blank or new.is_blank:
        return tuple(Span(kind, side.text) for kind, side in ((DELETION, old), (ADDITION, new)) if side.text)
    if (len(old.text), old.text) > (len(new.text), new.text):  # one direction is computed, so that both mirror
        return mirrored(_spans(new, old))
    return _spans(old, new)


def mirrored(spans):
    """Return the spans of the comparison backwards."""
    return tuple(_in_order([Span(_MIRROR[kind], text) for kind, text in spans]))


def source(spans, side):
    """Return the old text (side ``deletion``) or the new one (``addition``) that ``spans`` hold."""
    return "".join(text for kind, text in spans if kind in (SAME, side))


def only_space(spans):
    """Tell whether spans differ in nothing but white space."""
    return all(kind == SAME or not text.strip() for kind, text in spans)


def _spans(old, new):
    vocabulary = Vocabulary()
    old_words, new_words = vocabulary.encode(old.cores), vocabulary.encode(new.cores)
    runs = [*_telling(align(old_words, new_words)), Run(len(old_words), len(new_words), 0)]
    runs = _without_islands(runs, old.cores)
    runs = _slid(runs, old, new, old_words, new_words)
    return tuple(_cut(runs, old, new))


def _telling(runs):
    """Return ``runs``, or only the empty word at the start where they are so many and short that nobody could read."""
    too_many = len(runs) > _CONFETTI and sum(run.length for run in runs) < _READABLE * len(runs)
    return [Run(0, 0, 1)] if too_many else runs


def _weak(core):
    """Tell whether a kept word holds nothing together: a sign or a short word, but no number and no mark."""
    return len(core) <= _WEAK_LENGTH and not any(character.isdigit() for character in core)


def _without_islands(runs, cores):
    """Drop runs of one or two weak words in a sea of changes; the first and the last run always stay."""
    kept = [runs[0]]
    for run, after in pairwise(runs[1:]):
        last_old, last_new = kept[-1].old + kept[-1].length, kept[-1].new + kept[-1].length
        deleted = run.old - last_old + after.old - run.old - run.length
        added = run.new - last_new + after.new - run.new - run.length
        small = run.length <= _ISLAND and min(deleted, added) >= _SEA * run.length
        if not small or not all(_weak(core) for core in cores[run.old : run.old + run.length]):
            kept.append(run)
    return [*kept, runs[-1]]


def _slid(runs, old, new, old_words, new_words):
    """Move pure additions and deletions to where a reader would cut: behind a line, a sentence, a clause."""
    slid = [runs[0]]
    for after in runs[1:]:
        before = slid.pop()
        if before.old + before.length == after.old:
            by = _best_shift(before, after, new, new_words, before.new + before.length, after.new)
        elif before.new + before.length == after.new:
            by = _best_shift(before, after, old, old_words, before.old + before.length, after.old)
        else:
            by = 0
        slid.append(before._replace(length=before.length + by))
        slid.append(Run(after.old + by, after.new + by, after.length - by))
    return slid


def _best_shift(before, after, tokens, words, start, end):
    """Return by how many words the edit from ``start`` to ``end`` of ``tokens`` is best moved; negative is back."""
    most_back, most_on = before.length - 1, after.length
    back = 0
    while back < most_back and words[start - 1 - back] == words[end - 1 - back]:
        back += 1
    on = 0
    while on < most_on and words[start + on] == words[end + on]:
        on += 1
    return max(range(-back, on + 1), key=lambda by: (_cut_quality(tokens, start + by), -abs(by), by))


def _cut_quality(tokens, place):
    """Return how well a text is cut before the token at ``place``."""
    core, space = tokens.cores[place - 1], tokens.spaces[place - 1]
    if not core or "\n\n" in space:
        return 5
    if "\n" in space:
        return 4
    if core[0] in "。！？" or space and core[0] in ".!?…։।":
        return 3
    if space and core[0] == "[":  # a citation mark stands behind a sentence
        return 2
    return 1 if space else 0


def _cut(runs, old, new):
    """Return the spans of two texts of which ``runs`` tells the equal tokens; white space is compared by the way."""
    spans, old_done, new_done = [], 0, 0
    for run in runs:
        spans.append(Span(DELETION, old.text[old.offsets[old_done] : old.offsets[run.old]]))
        spans.append(Span(ADDITION, new.text[new.offsets[new_done] : new.offsets[run.new]]))
        spans += _equal(run, old, new)
        old_done, new_done = run.old + run.length, run.new + run.length
    return _in_order(spans)


def _equal(run, old, new):
    """Return the spans of a run of equal words, in one piece where the white space is equal too."""
    old_end, new_end = run.old + run.length, run.new + run.length
    text = old.text[old.offsets[run.old] : old.offsets[old_end]]
    if text == new.text[new.offsets[run.new] : new.offsets[new_end]]:
        return [Span(SAME, text)]
    spans = []
    for i, j in zip(range(run.old, old_end), range(run.new, new_end), strict=True):
        old_space, new_space = old.spaces[i], new.spaces[j]
        if old_space == new_space:
            spans.append(Span(SAME, old.cores[i] + old_space))
        else:
            spans += [Span(SAME, old.cores[i]), Span(DELETION, old_space), Span(ADDITION, new_space)]
    return spans


def _in_order(spans):
    """Join neighbours of one kind, put deletions before additions, and take out white space that both share."""
    joined, kept, edits = [], [], {DELETION: [], ADDITION: []}
    for kind, text in [*(span for span in spans if span.text), Span(SAME, "")]:
        if kind != SAME:
            edits[kind].append(text)
            continue
        before, deleted, added, after = _shared_space("".join(edits[DELETION]), "".join(edits[ADDITION]))
        kept.append(before)
        if deleted or added:
            joined += [Span(SAME, "".join(kept)), Span(DELETION, deleted), Span(ADDITION, added)]
            kept = []
        kept += [after, text]
        edits = {DELETION: [], ADDITION: []}
    joined.append(Span(SAME, "".join(kept)))
    return [span for span in joined if span.text]


def _shared_space(deleted, added):
    """Return white space in front, what is left of both, and white space behind, where both have the same."""
    if not deleted or not added:
        return "", deleted, added, ""
    before = _common_space(deleted, added)
    deleted, added = deleted[len(before) :], added[len(before) :]
    after = _common_space(deleted[::-1], added[::-1])[::-1]
    return before, deleted[: len(deleted) - len(after)], added[: len(added) - len(after)], after


def _common_space(deleted, added):
    length = 0
    for one, other in zip(deleted, added, strict=False):
        if one != other or not one.isspace():
            break
        length += 1
    return deleted[:length]
