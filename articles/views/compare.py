"""Two revisions told apart on one page: inline, in columns, or as readers see it."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import comparison, publishing, reviewing
from ..models import ReviewComment
from ..pages import links_for
from ..permissions import CHANGE, REVIEW, is_staff_reader
from ..rendering import mark_differences, render as render_article
from ..revisions import content_at
from .caching import for_visitor
from .lookup import with_article
from .names import shown_name

VIEWS = ("inline", "columns", "rendered")
_COOKIE = "compare_view"
_YEAR = 31_536_000


@require_safe
@with_article
def compare(request, article, old, new):
    """The difference between two revisions that the visitor may see; ``?format=json`` gives it to programs."""
    visible = article.revisions.visible_to(request.user).select_related("author").filter(number__in={old, new})
    revisions = {revision.number: revision for revision in visible}
    if {old, new} - revisions.keys():
        raise Http404
    before, after = content_at(revisions[old]), content_at(revisions[new])
    difference = comparison.compare(before, after)
    if request.GET.get("format") == "json":
        data = {"old": old, "new": new, **difference.to_json()}
        return for_visitor(request, JsonResponse(data, json_dumps_params={"ensure_ascii": False}))
    view = _view(request)
    hides_reflow = request.GET.get("reflow") == "hide"
    slug = article.public_slug()
    context = {
        "title": after.title,
        "slug": slug,
        "old": _told(slug, revisions[old]),
        "new": _told(slug, revisions[new]),
        "view": view,
        "views": [{"name": name, "address": f"?view={name}", "chosen": name == view} for name in VIEWS],
        "difference": difference,
        "summary": comparison.summary(difference),
        "hides_reflow": hides_reflow,
        "stretches": comparison.fold(difference.part("body").blocks, hide_reflow=hides_reflow),
        "steps": _steps(request.user, article, slug, old, new),
        "desk": _desk(request.user, article, revisions[new]),
    }
    if view == "rendered":
        pages = [render_article(content, links_for(content, article)) for content in (before, after)]
        context["page"] = mark_differences(*pages)
    response = for_visitor(request, render(request, f"articles/compare/{view}.html", context))
    if request.user.is_authenticated and request.GET.get("view") in VIEWS:
        response.set_cookie(_COOKIE, view, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def _view(request):
    for wanted in (request.GET.get("view"), request.COOKIES.get(_COOKIE)):
        if wanted in VIEWS:
            return wanted
    return VIEWS[0]


def _told(slug, revision):
    return {
        "number": revision.number,
        "address": reverse("revision", args=[slug, revision.number]),
        "created": revision.created,
        "author": shown_name(revision.author),
        "summary": revision.summary,
        "minor": revision.minor,
    }


def _steps(user, article, slug, old, new):
    """Return the comparisons one step back and one step on, among what the visitor may see."""
    seen = article.revisions.visible_to(user)
    before = seen.filter(number__lt=old).order_by("-number").first()
    after = seen.filter(number__gt=new).order_by("number").first()
    return {
        "previous": reverse("compare", args=[slug, before.number, old]) if before else "",
        "next": reverse("compare", args=[slug, new, after.number]) if after else "",
    }


def _desk(user, article, revision):
    """Return what staff may do here: None for strangers."""
    if not is_staff_reader(user):
        return None
    newest = article.revisions.newest()
    state = reviewing.state(article)
    return {
        "state": state,
        "is_newest": newest.pk == revision.pk,
        "newest": newest.number,
        "may_comment": user.has_perm(CHANGE),
        "may_submit": newest.pk == revision.pk and state in ("draft", "returned") and user.has_perm(CHANGE),
        "may_return": newest.pk == revision.pk and state == "submitted" and user.has_perm(REVIEW),
        "may_approve": newest.pk == revision.pk and state not in ("published", "withdrawn")
        and publishing.may_publish(user, article),
        "own_work": publishing.is_own_work(user, article),
        "comments": list(ReviewComment.objects.filter(revision__article=article, revision__number__lte=revision.number,
                                                      resolved_at=None).select_related("user", "revision")),
    }  # fmt: skip
