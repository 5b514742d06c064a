"""Positions: numbers with gaps, so that moving or adding one row writes one row and not the whole list."""

from bisect import bisect_left

GAP = 1 << 16


def positions(present):
    """Return rising positions for rows in their wanted order.

    ``present`` holds for each row its stored position, or None for a new row. The longest run of rows that already
    stand in order keeps its positions; the others get numbers between their neighbours. Where a gap is too narrow all
    are numbered anew.
    """
    kept = _longest_rising(present)
    placed = [position if index in kept else None for index, position in enumerate(present)]
    result, low = [], None
    index = 0
    while index < len(placed):
        if placed[index] is not None:
            low = placed[index]
            result.append(low)
            index += 1
            continue
        end = index
        while end < len(placed) and placed[end] is None:
            end += 1
        between = _between(low, placed[end] if end < len(placed) else None, end - index)
        if between is None:
            return [GAP * (place + 1) for place in range(len(present))]
        result += between
        low, index = result[-1], end
    return result


def _between(low, high, count):
    if low is None and high is None:
        low, high = 0, GAP * (count + 1)
    elif high is None:
        high = low + GAP * (count + 1)
    elif low is None:
        low = high - GAP * (count + 1)
    step = (high - low) // (count + 1)
    return [low + step * (place + 1) for place in range(count)] if step else None


def _longest_rising(present):
    """Return the indexes of a longest strictly rising subsequence of the positions that are there."""
    ends, end_index, before = [], [], {}
    for index, position in enumerate(present):
        if position is None:
            continue
        length = bisect_left(ends, position)
        before[index] = end_index[length - 1] if length else None
        ends[length : length + 1] = [position]
        end_index[length : length + 1] = [index]
    kept, index = set(), end_index[-1] if end_index else None
    while index is not None:
        kept.add(index)
        index = before[index]
    return kept
