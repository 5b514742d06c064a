"""One command at a time for what must find nobody else at work on the same data."""

import contextlib
import fcntl
import sys

from django.conf import settings


@contextlib.contextmanager
def one_at_a_time():
    """Hold a lock in DATA_DIR: who prepares, fills or restores the site waits for the end of another that does.

    It ends with its process, however that ends.
    """
    with open(settings.DATA_DIR / "prepare.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("Waiting for another command to end …\n")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class WaitsForOthers:
    """A command that waits for such others when it is called by its name; one that calls it has seen to that."""

    def execute(self, *args, **options):
        """Run; what only looks (``migrate --check`` and ``--plan``) waits for nobody."""
        only_looks = options.get("check_unapplied") or options.get("plan")
        waits = self._called_from_command_line and not only_looks
        with one_at_a_time() if waits else contextlib.nullcontext():
            return super().execute(*args, **options)
