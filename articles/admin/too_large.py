"""A form larger than the site takes: nothing is recorded, and what was typed is given back to be kept elsewhere."""

from urllib.parse import parse_qsl

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

_KEPT = 32 * 1024 * 1024
_MACHINERY = ("csrfmiddlewaretoken", "base_revision")


def refuse_too_large(model_admin, request):
    """Return a page with the text of a post that is too large, or None if the post can be read."""
    try:
        request.POST.get("")
    except RequestDataTooBig:
        body = request.read(_KEPT)
    except TooManyFieldsSent:
        body = b"" if request.content_type == "multipart/form-data" else request.body
    else:
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("That is more than one article can hold"),
        "opts": model_admin.opts,
        "texts": [(name, text) for name, text in _fields(body) if text.strip() and not _is_machinery(name)],
    }
    return TemplateResponse(request, "admin/articles/article/too_large.html", context, status=413)


def _fields(body):
    return parse_qsl(body.decode("ascii", "replace"), errors="replace")


def _is_machinery(name):
    return name in _MACHINERY or name.endswith(("_FORMS", "-row_id", "-ORDER", "-DELETE"))
