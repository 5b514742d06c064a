"""Whether the time of a computation grows as its input does: what takes quadratic time can be made to take for ever."""

import gc
from time import process_time

_GRACE = 0.05
"""Seconds below which a trial says nothing of growth."""


def is_linear(work, count):
    """Tell whether ``work(4 * count)`` takes about four times as long as ``work(count)``; quadratic would be sixteen.

    By the processor's time, without the collector, whose turns come by chance; a busy machine gets three chances.
    """
    return any(_seconds(work, 4 * count) < 8 * max(_seconds(work, count), _GRACE) for _ in range(3))


def _seconds(work, count):
    gc.disable()
    try:
        start = process_time()
        work(count)
        return process_time() - start
    finally:
        gc.enable()
