"""Two revisions told apart on one page: inline, in columns, or as readers see it."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import comparison
from ..pages import links_for
from ..permissions import is_staff_reader
from ..rendering import mark_differences, render as render_article
from ..revisions import difference as revisions_difference, remembered_content
from ..shown_changes import MOST_SHOWN, citations_in_words, placed, shown_parts, shown_pictures
from .caching import for_visitor
from .compare_desk import comments_on, desk, remember_seen
from .lookup import with_article
from .names import shown_name
from .unsent_words import unsent_words
from .verbs import tells_stops

VIEWS = ("inline", "columns", "rendered")
_UNMARKED = ("facts", "figures", "names", "categories")
_MARKED_FACTS = {"event_date", "coordinates"}
"""They stand in the infobox."""
_COOKIE = "compare_view"
_YEAR = 31_536_000


@require_safe
@with_article
def compare(request, article, old, new):
    """The difference between two revisions that the visitor may see; ``?format=json`` gives it to programs."""
    # One by one: a number that no column holds matches nothing then, and is an error in a list.
    wanted = Q(number=old) | Q(number=new)
    visible = article.revisions.visible_to(request.user).select_related("author").filter(wanted)
    revisions = {revision.number: revision for revision in visible}
    if {old, new} - revisions.keys():
        raise Http404
    before, after = remembered_content(revisions[old]), remembered_content(revisions[new])
    difference = revisions_difference(revisions[old], revisions[new])
    if request.GET.get("format") == "json":
        data = {"old": old, "new": new, **difference.to_json()}
        response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
        return for_visitor(request, response, article=article.pk)
    view = _view(request)
    if view == "rendered" and len(difference.changes) > MOST_SHOWN:
        view = VIEWS[0]
    context = _context(request, article, revisions[old], revisions[new], difference, view)
    context |= {"title": after.title, "pictures": shown_pictures(before, after, named=bool(context["desk"]))}
    if view == "rendered":
        pages = [render_article(content, links_for(content, article.pk)) for content in (before, after)]
        context["page"] = mark_differences(*pages, comparison.text_spans)
        context["unmarked"] = [part for part in context["parts"] if part.name in _UNMARKED and not _is_marked(part)]
    remember_seen(request, article, revisions[old], revisions[new])
    response = for_visitor(request, render(request, f"articles/compare/{view}.html", context), article=article.pk)
    if request.user.is_authenticated and request.GET.get("view") in VIEWS:
        response.set_cookie(_COOKIE, view, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def _context(request, article, old, new, difference, view):
    """Return what the templates of all views need; ``old`` and ``new`` are revisions."""
    slug, hides_reflow = article.public_slug(), request.GET.get("reflow") == "hide"
    shown_desk = desk(request.user, article, old, new, slug)
    comments = placed(comments_on(article, new.number), difference) if is_staff_reader(request.user) else []
    parts = shown_parts(difference, comments, hides_reflow=hides_reflow)
    open_comments = [comment for comment in comments if not comment["resolved_by"]]
    here = {change.id for change in difference.changes}
    return {
        "slug": slug,
        "old": _told(slug, old),
        "new": _told(slug, new),
        "view": view,
        "views": [{"name": name, "address": _query(name, hides_reflow), "chosen": name == view} for name in VIEWS],
        "difference": difference,
        "summary": comparison.summary(difference),
        "parts": parts,
        "count": sum(len(part.changes) for part in parts),
        "left_out": max(0, len(difference.changes) - MOST_SHOWN),
        "citations": list(citations_in_words(difference)),
        "reflow": _reflow(difference, view, hides_reflow),
        "steps": _steps(request.user, article, slug, old.number, new.number, shown_desk),
        "desk": shown_desk,
        "unsent": shown_desk and unsent_words(request, article),
        "stops_told": shown_desk and tells_stops(request),
        "open_comments": open_comments,
        "general_comments": [comment for comment in open_comments if comment["change"] not in here],
    }


def _is_marked(part):
    """Tell whether all that changed of a part is marked in the page after all."""
    return {member.name for one in part.changes for member in one.change.members} <= _MARKED_FACTS


def _view(request):
    """Return the view that the address names, else inline; on a way through our own pages the one chosen last.

    Who follows a link of ours in a browser keeps the chosen view. An address that is typed, or asked for by a
    program, always means the same.
    """
    follows_link = request.headers.get("Sec-Fetch-Site") == "same-origin"
    for wanted in (request.GET.get("view"), request.COOKIES.get(_COOKIE) if follows_link else None):
        if wanted in VIEWS:
            return wanted
    return VIEWS[0]


def _query(view, hides_reflow):
    return "?" + urlencode({"view": view} | ({"reflow": "hide"} if hides_reflow and view != "rendered" else {}))


def _reflow(difference, view, hides_reflow):
    """Return how many changes are of line breaks only, and the address that hides or shows them; None where none."""
    count = sum(change.reflow for change in difference.changes)
    if not count or view == "rendered":
        return None
    return {"count": count, "hidden": hides_reflow, "address": _query(view, not hides_reflow)}


def _told(slug, revision):
    return {
        "number": revision.number,
        "address": reverse("revision", args=[slug, revision.number]),
        "created": revision.created,
        "author": shown_name(revision.author),
        "summary": revision.summary,
        "minor": revision.minor,
    }


def _steps(user, article, slug, old, new, shown_desk):
    """Return the comparisons one step back and one step on, among what the visitor may see."""
    if shown_desk:
        # Staff see all, and numbers rise by one.
        before, after = old - 1, new + 1 if new < shown_desk["newest"] else None
    else:
        seen = article.revisions.visible_to(user).values_list("number", flat=True)
        before = seen.filter(number__lt=old).order_by("-number").first()
        after = seen.filter(number__gt=new).order_by("number").first()
    return {
        "previous": reverse("compare", args=[slug, before, old]) if before else "",
        "next": reverse("compare", args=[slug, new, after]) if after else "",
    }
