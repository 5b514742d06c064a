"""The worker of gunicorn that serves the site."""

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """Closes its door when it is told to end: nobody is left waiting before it, and a proxy asks the next process."""

    def set_accept_enabled(self, enabled):
        """Begin or cease to accept connections; at the end take those that came already, then listen no more."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            before = None
            while before != self.nr_conns:
                before = self.nr_conns
                self.accept(listener)
            listener.close()
