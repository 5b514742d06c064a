"""What the site does to a request before Django's own middleware sees it."""

import re

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.http import Http404

_NUL = re.compile("%00")
_MOST_COOKIES = 8_190
"""Characters of all cookies: what servers take in one header, and browsers send them in one."""


class CookieLengthMiddleware:
    """Refuses cookies in many headers, which gunicorn joins to one of up to 800 kB.

    Python before 3.11.10 and 3.12.6 reads a value between quotation marks in quadratic time: for half an hour.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.META.get("HTTP_COOKIE", "")) > _MOST_COOKIES:
            # Nor are they read to tell of it.
            request.META["HTTP_COOKIE"] = ""
            raise BadRequest("cookies of more than 8 kB")
        return self.get_response(request)


class NoNulMiddleware:
    """Lets no NUL through in an address or a cookie: nobody types one, and PostgreSQL takes none in any text."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = _NUL.sub("", request.META["QUERY_STRING"])
        if "\0" in request.path_info:
            raise Http404
        # A value between quotation marks may say any character by its number: "\000". Cookies of ours never do.
        for name in [name for name, value in request.COOKIES.items() if not value.isprintable()]:
            del request.COOKIES[name]
        return self.get_response(request)


class ClientAddressMiddleware:
    """Puts the visitor's address into ``REMOTE_ADDR`` when proxies of ours stand in front.

    Each proxy appends the address it was called from, so that only the last ``PROXIES`` entries of X-Forwarded-For were
    written by us; everything before them is the visitor's own invention. Locking out by user and address, and the log,
    then need to know nothing about proxies.
    """

    def __init__(self, get_response):
        if not settings.PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(hops) >= settings.PROXIES and hops[-settings.PROXIES]:
            request.META["REMOTE_ADDR"] = hops[-settings.PROXIES]
        return self.get_response(request)


class NoKeptRefusalsMiddleware:
    """Lets no cache keep a refusal or a failure; of itself it may keep a 404 for a while that does not forbid it.

    What one visitor is refused another is shown at the same address, and what is not there is published a moment later.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
