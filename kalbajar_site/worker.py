"""The worker of gunicorn that serves the site."""

import errno
import socket
import struct
from time import monotonic

from gunicorn.workers.gthread import _DEFER, ThreadWorker

_MOMENT = 0.05
"""Seconds for which a thread waits for the first bytes of a new connection; browsers open some ahead."""
_PATIENCE = 20
"""Seconds without a byte, and those that a whole request may take besides what its length needs."""
_SLOWEST = 2_000
"""Bytes a second of the slowest line."""
_LIMITS = {socket.SO_RCVTIMEO: _PATIENCE, socket.SO_SNDTIMEO: 2 * _PATIENCE}


class Worker(ThreadWorker):
    """Takes only visitors whom it can serve at once, and closes its door when it is told to end.

    Gunicorn's own takes all who come, so that all may queue for one process while the other has nothing to do; and
    who waits before a process that ends waits for nothing. It also waits for ever for the rest of a request that has
    begun: eight visitors who say nothing more would close the site.
    """

    _at_work = 0

    def enqueue_req(self, conn):
        """Give a connection to a thread, and take no further ones while all threads are at work."""
        self._at_work += 1
        super().enqueue_req(conn)
        if self._accepting:
            self.set_accept_enabled(True)

    def finish_request(self, conn, fs):
        """Count a thread that is free again; the next turn of the loop takes visitors again."""
        self._at_work -= 1
        super().finish_request(conn, fs)

    def handle(self, conn):
        """Answer a request; a connection on which none begins is looked after without a thread."""
        if not conn.initialized:
            if not conn.wait_for_data(_MOMENT):
                return _DEFER
            for limit, seconds in _LIMITS.items():
                conn.sock.setsockopt(socket.SOL_SOCKET, limit, struct.pack("ll", seconds, 0))
            conn.init()
            conn.parser.unreader.sock = _Line(conn.sock)
        conn.parser.unreader.sock.begin()
        return super().handle(conn)

    def set_accept_enabled(self, enabled):
        """Begin or cease to accept connections; at the end take those that came already, then listen no more."""
        super().set_accept_enabled(enabled and self._at_work < self.cfg.threads)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            before = None
            while before != self.nr_conns:
                before = self.nr_conns
                self.accept(listener)
            listener.close()


class _Line:
    """A socket as gunicorn reads from it, which is given up on when a request takes too long to come."""

    def __init__(self, sock):
        self._sock = sock

    def begin(self):
        """Expect a request."""
        self._until = monotonic() + _PATIENCE

    def recv(self, size):
        """Return ``size`` bytes at most, or raise ``ConnectionResetError``, which gunicorn takes as the end."""
        try:
            data = self._sock.recv(size)
        except BlockingIOError:
            data = None
        if data is None or monotonic() > self._until:
            raise ConnectionResetError(errno.ECONNRESET, "the request takes too long to come")
        self._until += len(data) / _SLOWEST
        return data

    def __getattr__(self, name):
        return getattr(self._sock, name)
