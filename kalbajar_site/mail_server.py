"""The line to the mail server, cut when the server takes too long for a mail, however busy it looks.

``EMAIL_TIMEOUT`` bounds each wait alone: a server that says one letter a second would keep the line for ever.
"""

import socket
from contextlib import suppress
from smtplib import SMTP, SMTP_SSL
from threading import Timer

from django.core.mail.backends.smtp import EmailBackend

SECONDS = 60
"""For the greetings, and for each mail."""


class _Hurried(SMTP):
    def _get_socket(self, *args):
        sock = super()._get_socket(*args)
        # A second handle on the line, which stays when TLS puts another socket in the place of the first.
        self._line = sock.dup()
        self._hurry()
        return sock

    def sendmail(self, *args, **kwargs):
        self._hurry()
        return super().sendmail(*args, **kwargs)

    def close(self):
        self._timer.cancel()
        self._line.close()
        super().close()

    def _hurry(self):
        if hasattr(self, "_timer"):
            self._timer.cancel()
        self._timer = Timer(SECONDS, _cut, [self._line])
        self._timer.daemon = True
        self._timer.start()


class _HurriedSsl(SMTP_SSL, _Hurried):
    """TLS from the first byte; the line below it is that of ``_Hurried``."""


def _cut(line):
    with suppress(OSError):  # closed already
        line.shutdown(socket.SHUT_RDWR)


class MailServer(EmailBackend):
    """Django's own, over such a line."""

    @property
    def connection_class(self):
        """Return the kind of line that the settings ask for."""
        return _HurriedSsl if self.use_ssl else _Hurried
