"""How gunicorn serves the site; ``python manage.py serve`` starts it with this file."""

import gc
import logging
import signal

from django.utils.module_loading import import_string

from kalbajar_site import settings

wsgi_app = "kalbajar_site.wsgi"
bind = f"[{settings.HOST}]:{settings.PORT}" if ":" in settings.HOST else f"{settings.HOST}:{settings.PORT}"
workers = settings.WORKERS
# Threads, since a browser opens connections ahead and a worker without threads would wait on them.
worker_class = "kalbajar_site.worker.Worker"
threads = 4
# Each takes an open file, of which a process may have 1,024 on most systems; others need some too.
worker_connections = 500
# One copy of the code in memory for all workers.
preload_app = True
graceful_timeout = 10
# Sent piece by piece, a file is given up on when nobody takes it; the kernel would wait for ever.
sendfile = False
control_socket_disable = True
# By what scheme and under what path the site stands is said by its settings. Gunicorn would let any neighbour on this
# machine say it by a header, and whoever its proxy lets through; and pages are kept as their first visitor had them.
forwarded_allow_ips = forwarder_headers = ""

logger_class = "kalbajar_site.worker.Log"
logconfig_dict = settings.LOGGING | {
    "loggers": settings.LOGGING["loggers"]
    | {
        "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # It warns of nothing but each page that HEAD asks for: what Django answers to GET it cuts off, and may.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}

_MOMENT_FOR_MAIL = 3
"""Seconds."""
_log = logging.getLogger("server")


def when_ready(server):
    """Make ready what all workers need, and keep the collector off it: it would copy every page that it marks."""
    if server.app.app_uri == wsgi_app:
        import_string("kalbajar_site.warm_up.warm_up")(server.app.wsgi())
    gc.collect()
    gc.freeze()
    # At which gunicorn would start a second master from a command line that is not ours: ``sys.argv`` of serve.
    signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    _log.info("began", extra={"host": settings.HOST, "port": settings.PORT, "workers": workers})


def on_exit(server):
    """Tell that the server ended as it was asked to."""
    _log.info("ended", extra={"host": settings.HOST, "port": settings.PORT})


def post_worker_init(worker):
    """Look for garbage less often, and leave Ctrl-C to the master: a terminal sends it to all processes at once."""
    # One page of the desk makes ten thousands of objects, and hardly any garbage that only the collector finds.
    gc.set_threshold(10_000, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def worker_exit(server, worker):
    """Give mail that waits a moment, and tell of what is lost then: soon the master ends its workers by force."""
    if server.app.app_uri == wsgi_app:
        import_string("articles.reviewing.mail.post").end(_MOMENT_FOR_MAIL)
