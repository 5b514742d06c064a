"""The notices of the desk, and the watch list that makes some of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from .. import reviewing
from ..models import Watch
from ..permissions import is_staff_reader
from .caching import for_visitor

_KINDS = {
    "returned": gettext_lazy("returned"),
    "published": gettext_lazy("published"),
    "withdrawn": gettext_lazy("withdrawn"),
    "reinstated": gettext_lazy("reinstated"),
    "changed": gettext_lazy("changed"),
}
_WATCHED = 100
"""Watched articles on one page of their list."""


@require_safe
def notices(request):
    """What happened to the user's own work and to what they watch; strangers are asked to log in."""
    if not is_staff_reader(request.user):
        return redirect(f"{reverse('admin:login')}?next={request.path}")
    found = reviewing.notices_for(request.user)
    watched = Watch.objects.filter(user=request.user).select_related("article__page").order_by("article__title", "pk")
    watched = watched.defer("article__body", "article__page__html", "article__page__excerpt")
    pages = Paginator(watched, _WATCHED).get_page(request.GET.get("page"))
    context = {
        "notices": [_told(notice) for notice in found[: reviewing.NOTICES_SHOWN]],
        "most": reviewing.NOTICES_SHOWN,
        "are_more": len(found) > reviewing.NOTICES_SHOWN,
        "new": sum(not notice.seen for notice in found),
        "watched": [{"title": one.article.title, "slug": one.article.public_slug()} for one in pages],
        "pages": pages,
    }
    return for_visitor(request, render(request, "articles/notices.html", context))


def _told(notice):
    slug, number = notice.article.public_slug(), notice.revision.number
    return {
        "kind": notice.kind,
        "word": _KINDS[notice.kind],
        "title": notice.article.title,
        "number": number,
        "address": _address(notice.kind, slug, number),
        "time": notice.time,
        "who": notice.who,
        "words": notice.comment,
        "seen": notice.seen,
    }


def _address(kind, slug, number):
    """Lead to what a change changed, else to the revision."""
    if kind == "changed" and number > 1:
        return reverse("compare", args=[slug, number - 1, number])
    return reverse("revision", args=[slug, number])


@require_POST
def mark_seen(request):
    """Remember that the user has seen all notices up to now."""
    if not is_staff_reader(request.user):
        raise PermissionDenied
    reviewing.mark_seen(request.user)
    messages.success(request, _("All notices are marked as seen."))
    return redirect("notices")
