"""Requests are taken as UTF-8, whatever charset they claim.

Django decodes by any codec that Python knows, some of which decode no text (``base64``), and it does so while it makes
the request, where no middleware and no error page of ours can help.
"""


class Utf8:
    """A WSGI application before ``application`` that takes the charset out of the content type."""

    def __init__(self, application):
        self._application = application

    def __call__(self, environ, start_response):
        kind = environ.get("CONTENT_TYPE", "")
        if "charset" in kind.lower():
            parts = (part for part in kind.split(";") if not part.strip().lower().startswith("charset"))
            environ["CONTENT_TYPE"] = ";".join(parts)
        return self._application(environ, start_response)
