"""One command at a time for what must find nobody else at work on the same data."""

import contextlib
import fcntl

from django.conf import settings


@contextlib.contextmanager
def one_at_a_time():
    """Hold a lock in DATA_DIR: a server that prepares the site or a backup that is restored waits for the other's end.

    It ends with its process, however that ends.
    """
    with open(settings.DATA_DIR / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
