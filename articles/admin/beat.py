"""What the open form asks again and again: is there a newer revision, and who else is at this article?"""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _

from ..meanwhile import editing_too, meanwhile, name_of
from ..models import Presence
from .rows import whole


def beat(model_admin, request, object_id):
    """Answer what happened since revision ``?base=`` and who else has the form open; note that the asker has it.

    ``{"newest": {"number", "author", "time"}, "newer": null or {"said", "summary", "compare"}, "others": [{"name",
    "since"}], "here": words}``. Who may only look is told, and is not announced to the others.
    """
    if request.method != "GET":
        return JsonResponse({}, status=405, headers={"Allow": "GET"})
    article = model_admin.get_object(request, unquote(object_id))
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    if article is None:
        raise Http404
    if model_admin.has_change_permission(request, article):
        _note(article, request.user)
    others = list(Presence.objects.here(article).exclude(user=request.user).select_related("user"))
    newest = article.revisions.newest()
    return JsonResponse({
        "newest": {"number": newest.number, "author": name_of(newest.author), "time": newest.created.isoformat()},
        "newer": _newer(request, article),
        "others": [{"name": name_of(one.user), "since": one.since.isoformat()} for one in others],
        "here": editing_too([name_of(one.user) for one in others]),
    })  # fmt: skip


def _note(article, user):
    """Announce the user; a database that is busy is no reason to tell them nothing."""
    try:
        Presence.objects.note(article, user)
    except DatabaseError:
        return


def _newer(request, article):
    """Return what is newer than the form's base, in words; None for nothing, or for what its own windows did."""
    base = whole(request.GET.get("base"))
    if not base or not article.revisions.filter(number=base).exists():
        return None
    since = meanwhile(request.user, article, base)
    if since is None or since.merely_shared and not since.names:
        return None
    return {
        "said": f"{since.words.rstrip('.')}.",
        "summary": since.summary,
        "number": since.last,
        "compare": since.compare,
        "safe": _("Your text is safe: when you save, both are put together."),
    }
