"""No request is worked on of which a part is missing: a line that broke would record half of what somebody wrote."""

from http import HTTPStatus

from django.core.exceptions import BadRequest

_SAID = b"The connection broke off before all was sent; nothing was done with it.\n"


class BrokenOffError(BadRequest):
    """Fewer bytes came than were announced. Django answers 400 where it reads the body, ``WholeBodies`` elsewhere."""


class WholeBodies:
    """A WSGI application before ``application``, which reads bodies that are whole or raise ``BrokenOffError``.

    A server hands on what came; that it is less than ``Content-Length`` promised, only who counts finds out.
    """

    def __init__(self, application):
        self._application = application

    def __call__(self, environ, start_response):
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isascii() and length.isdecimal() and int(length):
            environ["wsgi.input"] = _Counted(environ["wsgi.input"], int(length))
        try:
            return self._application(environ, start_response)
        except BrokenOffError:
            headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(_SAID))), ("Connection", "close")]
            start_response(f"400 {HTTPStatus.BAD_REQUEST.phrase}", headers)
            return [_SAID]


class _Counted:
    """A body of which ``left`` bytes are still to come, for Django, which asks by ``read`` and ``readline`` alone."""

    def __init__(self, body, left):
        self._body, self._left = body, left

    def read(self, size):
        """Return the next ``size`` bytes, or all that are left."""
        return self._counted(self._body.read, min(size, self._left), b"")

    def readline(self, size):
        """Return the next line, or so much of it."""
        return self._counted(self._body.readline, min(size, self._left), b"\n")

    def _counted(self, read, wanted, end):
        try:
            data = read(wanted)
        except OSError as error:
            raise BrokenOffError(_SAID.decode()) from error
        self._left -= len(data)
        if len(data) < wanted and not (end and data.endswith(end)):
            raise BrokenOffError(_SAID.decode())
        return data
