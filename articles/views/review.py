"""The reviewers' queue: what waits, since when, how big, by whom."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import reviewing
from ..permissions import is_staff_reader
from .caching import for_visitor

_PER_PAGE = 50


@require_safe
def queue(request):
    """Everything that waits for review; strangers are asked to log in."""
    if not is_staff_reader(request.user):
        return redirect(f"{reverse('admin:login')}?next={request.path}")
    waiting = Paginator(reviewing.queue(request.user), _PER_PAGE)
    shown = waiting.get_page(request.GET.get("page"))
    context = {"waiting": shown, "count": waiting.count}
    return for_visitor(request, render(request, "articles/review_queue.html", context))
