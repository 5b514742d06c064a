"""One picture at a time: forty megapixels take most of a gigabyte while they are encoded."""

import fcntl
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def turn(*, waiting=True):
    """Hold the only place at the encoder, across threads and processes; yield whether we have it.

    With ``waiting`` we wait for it. The place is given back when a process dies.
    """
    with open(settings.DATA_DIR / "encoder.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
