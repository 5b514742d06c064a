"""The page on which two copies of a work become one: chosen, looked at side by side, merged; and taken apart again."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ..models import Article, Reference, Source
from ..permissions import is_staff_reader
from ..problems import Refused
from ..revisions import merge_sources, unmerge_source
from .shared import whole_keys
from .shared_saving import Overtaken, tell_revisions
from .source_duplicates import likely_duplicates
from .source_finding import find_sources
from .uses import uses_of


@dataclass(frozen=True)
class Side:
    """One of two copies: the source, the version that is shown, and a page of the articles that use it."""

    source: Source
    version: int
    uses: object

    @classmethod
    def of(cls, source, user):
        """Look up what the page shows ``user`` of a source."""
        return cls(source, source.history.latest().history_id, uses_of(source, user))


def merging_view(model_admin):
    """Return the view: GET to choose and compare, POST with ``keep`` to merge, POST with ``unmerge`` to take apart."""

    @csrf_protect
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request, object_id):
        source = model_admin.get_object(request, unquote(object_id))
        if source is None:
            return model_admin._get_obj_does_not_exist_redirect(request, model_admin.opts, object_id)
        if not model_admin.has_change_permission(request, source):
            raise PermissionDenied
        if request.method == "POST" and "unmerge" in request.POST:
            return _unmerge(model_admin, request, source)
        other = _other(request, source)
        if request.method == "POST" and other:
            return _merge(model_admin, request, source, other)
        return _show(model_admin, request, source, other)

    return view


def _other(request, source):
    text = request.POST.get("with", request.GET.get("with", "")).strip()
    return Source.objects.filter(pk__in=whole_keys([text])).exclude(pk=source.pk).first()


def _merge(model_admin, request, source, other):
    sides = {str(one.pk): one for one in (source, other)}
    kept = sides.pop(request.POST.get("keep", ""), None)
    if kept is None:
        return _show(model_admin, request, source, other, problem=_("Choose which of the two to keep."))
    (copy,) = sides.values()
    seen = {one: request.POST.get(f"version-{one.pk}", "") for one in (copy, kept)}
    summary = request.POST.get("summary", "").strip() or _("The source “%(copy)s” was a copy of “%(kept)s”") % {
        "copy": str(copy)[:200], "kept": str(kept)[:200]}  # fmt: skip
    try:
        with transaction.atomic():
            revisions = merge_sources(copy, kept, author=request.user, summary=summary)
            _check_seen(copy, seen[copy], 1)
            _check_seen(kept, seen[kept], 0)
            model_admin.log_change(request, copy, summary)
    except Refused as refused:
        said = _("Source %(source)s %(what)s.") % {"source": copy.pk, "what": refused.problems[0].message}
        return _show(model_admin, request, source, other, problem=said)
    except Overtaken:
        said = _("Nothing was merged: somebody changed one of the two meanwhile. Here is how they stand now.")
        return _show(model_admin, request, source, other, problem=said)
    model_admin.message_user(request, _("The two sources are one now."), messages.SUCCESS)
    tell_revisions(model_admin, request, revisions)
    return HttpResponseRedirect(reverse("admin:articles_source_change", args=[kept.pk]))


def _check_seen(source, seen, since):
    """Raise ``Overtaken`` unless the version that was looked at is the newest but ``since``; under the lock."""
    versions = source.history.order_by("-history_id").values_list("history_id", flat=True)
    if str(versions[since]) != seen:
        raise Overtaken


def _unmerge(model_admin, request, source):
    if unmerge_source(source, author=request.user):
        said = _(
            "The source stands for itself again. References that moved stay with the other one: restore a revision of "
            "an article to bring them back."
        )
        model_admin.log_change(request, source, said)
        model_admin.message_user(request, said, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_source_change", args=[source.pk]))


def _show(model_admin, request, source, other, problem=""):
    words = request.GET.get("q", "").strip()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Merge two copies of a work"),
        "subtitle": str(source),
        "original": source,
        "opts": model_admin.opts,
        "media": model_admin.media,
        "problem": problem,
        "words": words,
        "summary": request.POST.get("summary", ""),
        "copies": likely_duplicates(source.content, source.pk)[:10] if not other else (),
        "found": [one for one in find_sources(words) if one != source] if words and not other else (),
    }
    if other:
        stored = [Source.objects.get(pk=one.pk) for one in (source, other)]
        context |= {
            "sides": [Side.of(one, request.user) for one in stored],
            "other": other,
            "lines": _lines(model_admin, *stored),
            "both": _citing_both(*stored) if is_staff_reader(request.user) else (),
            "may_be_editions": _may_be_editions(*stored),
        }
    return TemplateResponse(request, "admin/articles/source/merge.html", context)


def _lines(model_admin, one, other):
    """Return (label, text, other text, whether they differ) for all that either of them says."""
    first, second = (model_admin.described(source) for source in (one, other))
    labels = dict.fromkeys([*first, *second])
    return [(label, a := first.get(label, ""), b := second.get(label, ""), a != b) for label in labels]


def _may_be_editions(one, other):
    """Tell whether year, edition or ISBN of two sources differ; what one of them does not say tells nothing."""
    first, second = one.content, other.content
    said = [(content.year, str(content.csl.get("edition") or "").strip().casefold()) for content in (first, second)]
    books = [{name for name in content.identifiers if name.startswith("isbn:")} for content in (first, second)]
    differ = any(a and b and a != b for a, b in zip(*said, strict=True))
    return differ or (all(books) and not books[0] & books[1])


def _citing_both(one, other):
    """Return the articles that cite both: two references to one source will be left in them."""
    uses = [Reference.objects.filter(source=source).values("article") for source in (one, other)]
    return Article.objects.filter(pk__in=uses[0]).filter(pk__in=uses[1]).order_by("title")
