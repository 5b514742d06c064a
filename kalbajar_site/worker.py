"""The worker of gunicorn that serves the site."""

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """Takes only visitors whom it can serve at once, and closes its door when it is told to end.

    Gunicorn's own takes all who come, so that all may queue for one process while the other has nothing to do; and
    who waits before a process that ends waits for nothing.
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
