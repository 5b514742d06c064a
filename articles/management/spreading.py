"""A long work done key by key on all cores, that can be broken off and taken up again."""

import ctypes
import os
import signal
from argparse import ArgumentTypeError
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from django.core.management import CommandError
from django.db import connections

from .progress import telling

_SET_DEATH_SIGNAL = 1
"""Linux's PR_SET_PDEATHSIG."""
_FEW = 50
"""So few keys are done before other processes have begun."""
_MOST_JOBS = 256
_AT_ONCE = 20
"""Keys that a process takes at a time."""


def add_arguments(parser, what):
    """Declare ``--after`` and ``--jobs``."""
    parser.add_argument("--after", type=int, default=0, metavar="ID", help=f"go on behind the {what} with this id")
    parser.add_argument(
        "--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="processes (default: cores)"
    )


def _jobs(text):
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise ArgumentTypeError(f"{text!r} is no number of processes; use a whole number from 1 to {_MOST_JOBS}")
    return int(text)


def spread(work, keys, stream, *, what, jobs):
    """Call ``work`` (a function of a module) with every key, which rise, in ``jobs`` processes.

    Every two seconds a line on ``stream`` says how many of ``what`` are done and where to go on: everything before the
    key that it names is done, whatever happens afterwards. Raises ``CommandError`` where a process is killed.
    """
    tell, count = telling(stream), 0
    try:
        for count, key in enumerate(_done(work, keys, jobs), 1):
            tell(f"{count:,} of {len(keys):,} {what} done; to go on from here: --after {key}")
    except BrokenProcessPool:
        raise CommandError(
            f"One of the {jobs} processes was killed, perhaps for want of memory, when {count:,} of {len(keys):,} "
            f"{what} were done. Begin again with fewer --jobs{f' and --after {keys[count - 1]}' if count else ''}."
        ) from None


def _done(work, keys, jobs):
    """Yield the keys in their order, each when it and all before it are done."""
    if jobs < 2 or len(keys) < _FEW:
        for key in keys:
            work(key)
            yield key
        return
    # No connection may be shared with the processes that are forked from here.
    connections.close_all()
    with ProcessPoolExecutor(jobs, get_context("fork"), _begin, (os.getpid(),)) as pool:
        try:
            for key, _ in zip(keys, pool.map(work, keys, chunksize=_AT_ONCE), strict=True):
                yield key
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _begin(parent):
    """Make this process one that ends when its ``parent`` tells it to, or has ended."""
    # Ctrl-C and the like are for the parent, which lets the others finish what they have begun.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # One that was killed tells nothing. Linux does it then; elsewhere the others wait for work that does not come.
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
