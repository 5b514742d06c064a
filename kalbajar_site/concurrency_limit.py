"""A few requests at a time are worked on in each process; the others wait their turn.

More at once gain nothing in one process of Python and make each take as long as all: sixteen editors who save again and
again wait half as long for most of their saves (``python -m tests.soak --editors 16``), and the processor does less.
"""

from io import BytesIO
from threading import Semaphore

from django.conf import settings

_AT_ONCE = 2
"""More than one, so that work goes on while another waits for the database or the disk."""
_SMALL = 1024 * 1024


class ConcurrencyLimit:
    """A WSGI application before ``application``; what it answers is sent on while the next request is worked on.

    Files are no work. A small body is read before the turn comes, so that nobody waits for somebody else's slow line.
    Who sends much, or a file, is let through at once: whether it is taken at all the application decides before it
    reads, and pictures wait for turns of their own.
    """

    def __init__(self, application):
        self._application = application
        self._turns = Semaphore(_AT_ONCE)

    def __call__(self, environ, start_response):
        length = _length(environ)
        of_files = environ["PATH_INFO"].startswith((settings.STATIC_URL, settings.MEDIA_URL))
        if length > _SMALL or of_files:
            return self._application(environ, start_response)
        if length:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length))
        if _has_files(environ):
            return self._application(environ, start_response)
        with self._turns:
            return self._application(environ, start_response)


def _has_files(environ):
    return (environ.get("CONTENT_TYPE") or "").startswith("multipart/")


def _length(environ):
    length = environ.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdecimal() else 0
