"""A new source without leaving the article: pasted or filled in, looked at, stored by the door of all sources."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from ..models import Source
from ..problems import Refused
from .pasted import Unreadable, read_pasted
from .shared_saving import record_form
from .source_duplicates import likely_duplicates
from .source_finding import described
from .source_form import SourceForm

_MAIN = ("type", "title", "issued", "container-title", "publisher", "URL", "accessed", "DOI", "ISBN")
_MOST_TOLD = 5


def quick_view(model_admin):
    """Return the view. It answers in JSON:

    to ``text`` with ``html``, a form filled with what the text says and with likely copies of it, or with ``error``;
    to a filled form (``create``) with ``source`` as the picker shows it, or with ``html``, the form and what is wrong.
    """

    @csrf_protect
    @require_POST
    def view(request):
        if not model_admin.has_add_permission(request):
            raise PermissionDenied
        if "create" in request.POST:
            return _create(model_admin, request)
        text = request.POST.get("text", "")
        try:
            pasted = read_pasted(text) if text.strip() else None
        except Unreadable as error:
            return JsonResponse({"error": str(error)})
        form = SourceForm(shared=Source(), pasted=pasted and pasted.csl)
        return _form(request, form, pasted.key if pasted else "", copies_of(form))

    return view


def copies_of(form):
    """Return the likely copies of what was pasted into an unbound form."""
    return likely_duplicates(form.pasted_content)[:_MOST_TOLD] if form.csl else []


def _create(model_admin, request):
    form, key = SourceForm(request.POST, shared=Source()), request.POST.get("key", "")
    if form.is_valid():
        form.put()
        try:
            record_form(model_admin, request, form)
        except Refused as refused:
            form.refuse(refused.problems)
        else:
            source = described(form.shared)
            return JsonResponse({"source": source | {"key": key or source["key"]}})
    return _form(request, form, key, form.duplicates)


def _form(request, form, key, copies):
    form.auto_id = "new_source_%s"
    context = {
        "form": form,
        "main": [form[name] for name in _MAIN],
        "more": (more := [form[name] for one in form.fieldsets for name in _names(one) if name not in _MAIN]),
        "more_open": any(field.value() or field.errors for field in more),
        "copies": [described(one) for one in copies],
        "key": key,
    }
    return JsonResponse({"html": render_to_string("admin/articles/source/_quick.html", context, request)})


def _names(fieldset):
    for name in fieldset[1]["fields"]:
        yield from (name,) if isinstance(name, str) else name
