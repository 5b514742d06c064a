"""The reviewers' queue: what waits, since when, how big, by whom; and corrections approved together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import publishing, reviewing
from ..models import Revision
from ..permissions import REVIEW, is_staff_reader
from .caching import for_visitor
from .compare_desk import seen_corrections

_PER_PAGE = 50
_MOST_TOGETHER = 50
"""So many articles of one correction are shown, and approved, at a time; the others come when these are done."""


@require_safe
def queue(request):
    """Everything that waits for review; strangers are asked to log in."""
    if not is_staff_reader(request.user):
        return redirect(f"{reverse('admin:login')}?next={request.path}")
    waiting = reviewing.queue(request.user)
    submitted = Paginator([one for one in waiting if not one.shared_only], _PER_PAGE)
    seen = seen_corrections(request)
    context = {
        "count": len(waiting),
        "submitted": submitted.get_page(request.GET.get("page")),
        "corrections": [_told(correction, seen) for correction in reviewing.corrections(waiting)],
        "new_notices": reviewing.count_new(request.user),
        "notices_most": reviewing.NOTICES_SHOWN,
        "reviews": request.user.has_perm(REVIEW),
    }
    return for_visitor(request, render(request, "articles/review_queue.html", context))


def _told(correction, seen):
    """Return what the queue says of a correction; only what the reviewer saw can be ticked."""
    shown = correction.waiting[:_MOST_TOGETHER]
    rows = [{"waiting": one, "seen": one.revision.pk in seen} for one in shown]
    return {
        "things": [*map(str, correction.sources), *map(str, correction.images)],
        "summary": shown[0].revision.summary,
        "count": len(correction.waiting),
        "rows": rows,
        "more": len(correction.waiting) - len(shown),
        "elsewhere": correction.elsewhere,
        "may_approve": any(row["seen"] and row["waiting"].may_approve for row in rows),
        "for_others": not any(one.may_approve for one in shown),
    }


@require_POST
def approve_together(request):
    """Approve the ticked ``revision``s, each bound to what was seen of it, and say of each article what came of it."""
    if not is_staff_reader(request.user):
        raise PermissionDenied
    if not request.user.has_perm(REVIEW):
        raise PermissionDenied(_("Your role does not approve articles."))
    wanted = {int(key[:18]) for key in request.POST.getlist("revision") if key.isdecimal()}
    found = Revision.objects.filter(pk__in=sorted(wanted)[:_MOST_TOGETHER]).select_related("article")
    if not found:
        messages.error(request, _("Nothing was ticked, so nothing was approved."))
    alone = {one.revision.pk for one in reviewing.queue(request.user) if one.shared_only}
    seen = seen_corrections(request)
    for revision in found.order_by("article__title"):
        level, said = _outcome(request.user, revision, alone, seen)
        messages.add_message(request, level, _("%(article)s: %(said)s") % {"article": revision.article, "said": said})
    return redirect("review_queue")


def _outcome(user, revision, alone, seen):
    """Approve one revision if it may be; return the level of the message and what to say of its article."""
    if revision.pk not in alone:
        newest = revision.article.revisions.newest()
        if newest.pk == revision.pk and reviewing.state(revision.article) == "published":
            return messages.INFO, _("published already.")
        return messages.ERROR, _("something else waits there meanwhile; review it by itself.")
    if revision.pk not in seen:
        return messages.ERROR, _("look at what differs first.")
    try:
        publication = reviewing.approve(revision, user=user)
    except (PermissionDenied, reviewing.NotReviewable, publishing.NotPublishable) as refusal:
        return messages.ERROR, str(refusal)
    if publication is None:
        return messages.SUCCESS, _("your approval is recorded; one more reviewer must approve it.")
    return messages.SUCCESS, _("revision %(number)s is published.") % {"number": revision.number}
