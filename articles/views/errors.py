"""Error pages of our own; 404 suggests what may have been meant."""

from urllib.parse import unquote

from django.http import HttpResponseNotFound
from django.template.loader import render_to_string

from ..search import similar


def not_found(request, exception):
    """Answer 404, the same for what is not there and for what the visitor may not see."""
    parts = [part for part in unquote(request.path).split("/") if part]
    wanted = parts[1].removesuffix(".json").replace("-", " ") if len(parts) > 1 and parts[0] == "articles" else ""
    context = {"wanted": wanted[:100], "articles": similar(wanted[:100]) if wanted else []}
    return HttpResponseNotFound(render_to_string("404.html", context))
