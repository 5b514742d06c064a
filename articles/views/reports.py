"""What readers reported, for staff: the open ones, and settling them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..models import ReaderReport
from ..permissions import CHANGE, is_staff_reader
from ..reviewing import settle_report
from .caching import for_visitor
from .names import shown_name

_PER_PAGE = 50
_SETTLED = 10


@require_safe
def reports(request):
    """The open reports, the newest first, and those settled last; strangers are asked to log in."""
    if not is_staff_reader(request.user):
        return redirect(f"{reverse('admin:login')}?next={request.path}")
    found = ReaderReport.objects.select_related("article__page", "revision", "settled_by")
    open_ones = Paginator(found.open(), _PER_PAGE).get_page(request.GET.get("page"))
    settled = found.exclude(settled_at=None).order_by("-settled_at", "-id")[:_SETTLED]
    context = {
        "pages": open_ones,
        "open": [_told(one) for one in open_ones],
        "settled": [_told(one) for one in settled],
        "may_settle": request.user.has_perm(CHANGE),
    }
    return for_visitor(request, render(request, "articles/reports.html", context))


def _told(report):
    slug = report.article.public_slug()
    read = reverse("revision", args=[slug, report.revision.number])
    return {
        "report": report,
        "read": f"{read}#{report.anchor}" if report.anchor else read,
        "edit": reverse("admin:articles_article_change", args=[report.article_id]),
        "who": shown_name(report.settled_by) if report.settled_at else "",
    }


@require_POST
def settle(request, pk):
    """Mark a report as dealt with."""
    if not is_staff_reader(request.user) or not request.user.has_perm(CHANGE):
        raise PermissionDenied
    settle_report(get_object_or_404(ReaderReport, pk=pk), user=request.user)
    messages.success(request, _("The report is settled."))
    return redirect("reports")
