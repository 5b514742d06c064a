"""Error pages of our own; 404 suggests what may have been meant.

None of them reads what was sent: the fault may lie in that.
"""

import logging
import sys
from urllib.parse import unquote

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import (
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
)
from django.template.loader import render_to_string

from ..search import similar

_log = logging.getLogger("security")
_RETRY_AFTER = 30
"""Seconds after which a browser or a crawler may ask again."""


def bad_request(request, exception):
    """Answer 400, or 413 where more was sent than the site takes at once."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponseBadRequest(render_to_string("400.html"))


def denied(request, exception):
    """Answer 403, and log who was refused what."""
    user = getattr(request, "user", None)
    _log.warning("denied", extra={"path": request.path, "method": request.method, "user": user and user.pk})
    return HttpResponseForbidden(render_to_string("403.html"))


def not_found(request, exception):
    """Answer 404, the same for what is not there and for what the visitor may not see."""
    parts = [part for part in unquote(request.path).split("/") if part]
    wanted = parts[1].removesuffix(".json").replace("-", " ") if len(parts) > 1 and parts[0] == "articles" else ""
    context = {"wanted": wanted[:100], "articles": similar(wanted[:100]) if wanted else []}
    return HttpResponseNotFound(render_to_string("404.html", context))


def broken(request):
    """Answer 500, or 503 where the database is what does not answer: that passes."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = str(_RETRY_AFTER)
        return response
    return HttpResponseServerError(render_to_string("500.html"))
