"""The requests that the live server answers, and the wait for those under way at the end of a test."""

import threading

from django.core.signals import request_finished, request_started
from django.test.client import ClientHandler


class Requests:
    """The requests that the live server answers: a page that was closed may send its last ones after the test.

    The server is one for all tests. It is open only within a test; what comes later is refused before it reads or
    writes, since the emptying of the tables would wait for it, and it for them.
    """

    def __init__(self):
        self._count, self._is_open, self._changed = 0, False, threading.Condition()
        self._thread_of_tests = threading.get_ident()
        request_started.connect(self._begin, weak=False)
        request_finished.connect(self._end, weak=False)

    def _begin(self, sender, **kwargs):
        if self._is_live(sender):
            with self._changed:
                if not self._is_open:
                    raise ConnectionAbortedError("a request came after the end of its test")
                self._count += 1

    def _end(self, sender, **kwargs):
        if self._is_live(sender):
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def _is_live(self, sender):
        # The test client's answers name no handler when they end.
        is_client = sender is None or issubclass(sender, ClientHandler)
        return not is_client and threading.get_ident() != self._thread_of_tests

    def open(self):
        """Let requests in, from now on."""
        with self._changed:
            self._count, self._is_open = 0, True

    def close(self, seconds=20):
        """Refuse requests from now on, and wait until those under way are answered, or for so many seconds."""
        with self._changed:
            self._is_open = False
            self._changed.wait_for(lambda: self._count <= 0, seconds)
