"""The worker of gunicorn that serves the site, and its log."""

import errno
import re
import select
import selectors
import socket
import struct
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic, time

from django.utils.module_loading import import_string
from gunicorn import SERVER
from gunicorn.glogging import Logger
from gunicorn.http.message import Request
from gunicorn.util import http_date
from gunicorn.workers.gthread import _DEFER, ThreadWorker

_MOMENT = 0.05
"""Seconds for which a thread waits for the first bytes of a new connection; browsers open some ahead."""
_NEXT = 2
"""Milliseconds for which it waits for that request; browsers and nginx need less."""
_PATIENCE = 20
"""Seconds without a byte, and those that a whole request may take besides what its length needs."""
_SLOWEST = 2_000
"""Bytes a second of the slowest line."""
_REST = 20
"""Seconds without a visitor after which a worker that has grown gives its place to a new one."""
_GROWN = 24 * 1024
"""KiB by which it has, of its own; one that has only answered readers mostly stays below."""
_DRAINED = 64 * 1024
"""Bytes that are thrown away at once of what comes after the last answer."""
_WATCH = "/health/"
_UNUSUAL = {"HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_UPGRADE"}
_REFUSED = (
    b"X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\nCache-Control: no-store\r\n"
)
_LIMITS = {socket.SO_RCVTIMEO: _PATIENCE, socket.SO_SNDTIMEO: 2 * _PATIENCE}


class Worker(ThreadWorker):
    """Takes only visitors whom it can serve at once, and closes its door when it is told to end.

    Gunicorn's own takes all who come, so that all may queue for one process while the other has nothing to do; and
    who waits before a process that ends waits for nothing. It also waits for ever for the rest of a request that has
    begun: eight visitors who say nothing more would close the site. And it takes each request through its loop, which
    costs as much as a published page; a thread of ours stays with a visitor who goes on, unless others wait.

    Python gives hardly any memory back, and what a worker touches of the code that all share becomes a copy of its
    own. So a worker that has grown ends when nobody has come for a while, and the master starts another at once; but
    not before it has sent its mail, for which it would be closed and not yet replaced, nor while it counts what
    strangers sent, who could make it grow to be counted anew.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._threads = self.cfg.threads
        self._at_work = 0
        self._doors = []
        self._busy_until = monotonic()
        self._at_first = 0

    def init_process(self):
        """Remember by their numbers the sockets to which visitors come, since at the end they are closed; and serve."""
        self._at_first = _own_memory()
        self._doors = [one.fileno() for one in self.sockets]
        super().init_process()

    def enqueue_req(self, conn):
        """Give a connection to a thread, and take no further ones while all threads are at work."""
        self._at_work += 1
        super().enqueue_req(conn)
        if self._accepting:
            self.set_accept_enabled(True)

    def finish_request(self, conn, fs):
        """Count a thread that is free again; who came while none was goes before the same visitor's next request."""
        self._at_work -= 1
        goes_on = not fs.cancelled() and fs.exception() is None and fs.result() is True
        # One comes in for one who goes on: that one may have to wait in turn, and is no more at work than before.
        room = goes_on or self._at_work < self._threads
        if room and self.alive and not self._accepting and self.nr_conns < self.worker_connections:
            for listener in self.sockets:
                self.accept(listener)
        if fs.cancelled() or fs.exception() is not None or fs.result():
            super().finish_request(conn, fs)
        else:
            self._see_off(conn)

    def _see_off(self, conn):
        """End a connection, and close it once the visitor has too, or after a while.

        To close it at once could cut off the last answer. Gunicorn waits for that in its loop, where meanwhile nobody
        else is served, and is ended by the master if enough of them tarry.
        """
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.nr_conns -= 1
            conn.close()
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_leaving_socket_readable, conn))

    def _on_leaving_socket_readable(self, conn, client):
        """Throw away what still comes, and close when nothing more does."""
        try:
            if client.recv(_DRAINED):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()

    def wait_for_and_dispatch_events(self, timeout):
        """Wait for visitors; if none came for long, see whether it is time to go."""
        super().wait_for_and_dispatch_events(timeout)
        if not self.nr_conns and self.alive and monotonic() - self._busy_until > _REST:
            self._busy_until = monotonic()
            # Not imported above: gunicorn knows its worker before there are models. And only ever set to False: told to
            # end meanwhile, the worker ends.
            if _own_memory() - self._at_first >= _GROWN and not import_string("kalbajar_site.unfinished.unfinished")():
                self.alive = False

    def on_client_socket_readable(self, conn, client):
        """Go on with a visitor who asks again; whoever has gone takes no thread."""
        if _has_gone(client):
            self.poller.unregister(client)
            self.keepalived_conns.remove(conn)
            self.nr_conns -= 1
            conn.close()
        else:
            super().on_client_socket_readable(conn, client)

    def handle(self, conn):
        """Answer a request; a connection on which none begins is looked after without a thread."""
        if not conn.initialized:
            if not conn.wait_for_data(_MOMENT):
                return _DEFER
            for limit, seconds in _LIMITS.items():
                conn.sock.setsockopt(socket.SOL_SOCKET, limit, struct.pack("ll", seconds, 0))
            conn.init()
            conn.parser.mesg_class = _Request
            conn.parser.unreader.sock = _Line(conn.sock, self._doors)
        line = conn.parser.unreader.sock
        while True:
            line.begin()
            goes_on = super().handle(conn)
            if goes_on is not True or not self.alive or self._at_work > self._threads or not line.goes_on():
                return goes_on

    def handle_request(self, req, conn):
        """Answer a request, and remember when; who asks every few seconds whether the site is well is no visitor."""
        try:
            return self._is_answered_at_once(req, conn) or super().handle_request(req, conn)
        finally:
            if req.path != _WATCH:
                self._busy_until = monotonic()

    def _is_answered_at_once(self, req, conn):
        """Answer from the application's kept pages and tell so; False if there is none, or the connection is to end.

        To build all that WSGI asks for and to look through each header again costs as much as the answer itself.
        """
        at_once = getattr(self.wsgi, "at_once", None)
        if at_once is None or req.method not in ("GET", "HEAD") or req.version != (1, 1) or not self.alive:
            return False
        environ = {"REQUEST_METHOD": req.method, "PATH_INFO": req.path, "wsgi.url_scheme": req.scheme}
        for name, value in req.headers:
            environ[f"HTTP_{name.replace('-', '_')}"] = value
        # A header that comes twice, a body to read, an end of the connection: for all that gunicorn has its rules.
        if len(environ) != len(req.headers) + 3 or not _UNUSUAL.isdisjoint(environ):
            return False
        if environ.get("HTTP_CONNECTION", "keep-alive").lower() != "keep-alive":
            return False
        if len(self.keepalived_conns) >= self.max_keepalived:
            return False
        answer = at_once(environ)
        if answer is None:
            return False
        conn.sock.sendall(b"%b%b\r\n%b" % (answer.head, _own_lines(int(time())), answer.body))
        return True

    def handle_error(self, req, client, addr, exc):
        """Refuse what is no request of HTTP, which the application never sees, with headers as safe as its own."""
        super().handle_error(req, _Refusing(client), addr, exc)

    def _keepalive_after(self, conn, keepalive):
        """Go on at once after a request without a body; gunicorn sets limits of time to read the rest of none."""
        if keepalive and getattr(conn.parser.mesg.body.reader, "length", None) == 0:
            return True
        return super()._keepalive_after(conn, keepalive)

    def set_accept_enabled(self, enabled):
        """Begin or cease to accept connections; at the end take those that came already, then listen no more."""
        super().set_accept_enabled(enabled and self._at_work < self._threads)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            before = None
            while before != self.nr_conns:
                before = self.nr_conns
                self.accept(listener)
            listener.close()


@lru_cache(maxsize=1)
def _own_lines(second):
    """Return what the server says of itself and of a connection that goes on, at a second since 1970."""
    return f"Server: {SERVER}\r\nDate: {http_date(second)}\r\nConnection: keep-alive\r\n".encode()


def _own_memory():
    """Return the KiB of memory that only this process has; 0 where the system does not tell."""
    try:
        told = re.search(r"^Private_Dirty:\s+(\d+)", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(told[1]) if told else 0


def _has_gone(client):
    """Tell whether a socket is readable only because its other end is closed."""
    try:
        return not client.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True


class _Request(Request):
    """A request as gunicorn reads it, which looks nobody up who may speak for others: nobody may."""

    def _peer_is_trusted_proxy(self):
        return False


class _Line:
    """A socket as gunicorn reads from it, which is given up on when a request takes too long to come."""

    def __init__(self, sock, doors):
        self._sock = sock
        self._poll = select.poll()
        for one in (sock, *doors):
            self._poll.register(one, select.POLLIN)

    def goes_on(self):
        """Tell whether the next request begins to come within a moment, and nobody new stands at the door."""
        return [one for one, _ in self._poll.poll(_NEXT)] == [self._sock.fileno()]

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


class _Refusing:
    """A socket through which gunicorn sends its own page of an error, in one piece and without a safety header."""

    def __init__(self, sock):
        self._sock = sock

    def sendall(self, data):
        """Send the page with our headers after its first line."""
        status, end, rest = data.partition(b"\r\n")
        self._sock.sendall(status + end + _REFUSED + rest)

    def __getattr__(self, name):
        return getattr(self._sock, name)


class Log(Logger):
    """Writes down what went wrong, and no line for each request: nginx has those, and to prepare one takes time."""

    def access(self, resp, req, environ, request_time):
        """Write nothing; gunicorn's own puts a line together that no handler takes."""
