"""One picture at a time: forty megapixels take most of a gigabyte while they are encoded."""

import fcntl
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings

_queue = BoundedSemaphore(2)
"""Places of this process at the encoder, one of them to wait: more would leave no thread for those who read."""


@contextmanager
def turn(*, waiting=True):
    """Hold the only place at the encoder, across threads and processes; yield whether we have it.

    With ``waiting`` we wait for it, unless others of this process wait already. The place is given back when a process
    dies.
    """
    if not _queue.acquire(blocking=False):
        yield False
        return
    try:
        with open(settings.DATA_DIR / "encoder.lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
    finally:
        _queue.release()
