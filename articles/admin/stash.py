"""Addresses of the stash: autosave by the form's script, what a stash would change, throwing it away."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from ..comparison import compare, summary
from ..content import ArticleContent
from ..models import Article
from ..problems import Refused
from ..revisions import content_at, paired
from ..shown_changes import citations_in_words, shown_parts, shown_pictures
from ..stashes import StashesFull, find_stash, keep, kept_text, throw_away, token_of
from .field_words import typed_texts
from .form import WholeForm
from .sent import sent_by


def stash_addresses(model_admin):
    """Return the addresses of the stash, for the article's admin."""
    view = model_admin.admin_site.admin_view
    return [
        # Strangers are answered in the script's own language, not led to the log-in.
        path("stash/", partial(autosave, model_admin), name="articles_article_stash"),
        path("stash/<int:pk>/", view(partial(difference, model_admin)), name="articles_article_stash_difference"),
        path("stash/<int:pk>/throw-away/", view(partial(discard, model_admin)),
             name="articles_article_stash_throw_away"),
    ]  # fmt: skip


def asked_stash(request, article):
    """Return the stash that ``?stash=`` asks for, if it is the user's own and of this article, else None; say so."""
    if "stash" not in request.GET:
        return None
    stash = find_stash(request.user, request.GET["stash"])
    if stash is None or stash.article != article:
        messages.warning(request, _("That text is not waiting any more: it was taken up in another window, saved or"
                                    " thrown away."))  # fmt: skip
        return None
    return stash


def autosave(model_admin, request):
    """Keep the fields that the form's script sends, and answer when; ``?article=`` names the article.

    ``{"kept": ISO time, "stash": key, "state": "open"}``. 403 for whoever may not write the article or did not open
    the form: nothing is stored. 413 beyond the limits, 503 where the database does not take it.
    """
    if request.method != "POST":
        return JsonResponse({}, status=405, headers={"Allow": "POST"})
    article, may_write = _article(model_admin, request)
    if not (may_write and model_admin.admin_site.has_permission(request)):
        return _answer(HTTPStatus.FORBIDDEN, "signed_out" if request.user.is_anonymous else "may_not")
    sent = sent_by(request, known=True)
    token = token_of(sent.form_id, request.user)
    if token is None:
        return _answer(HTTPStatus.FORBIDDEN, "other_person")
    try:
        stash = keep(
            request.user, token, sent.fields, article=article, base=sent.base, step=sent.step, late=True,
            digest=sent.digest, taken_from=sent.taken_from or None,
        )  # fmt: skip
    except StashesFull:
        return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "full")
    except DatabaseError:
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "busy")
    return JsonResponse({"kept": stash.updated.isoformat(), "stash": stash.pk, "state": stash.state})


def _answer(status, reason):
    return JsonResponse({"kept": None, "reason": reason}, status=status)


def _article(model_admin, request):
    """Return the article that ``?article=`` names (None: a new one), and whether it may be written."""
    number = request.GET.get("article", "")
    if not number:
        return None, model_admin.has_add_permission(request)
    known = number.isascii() and number.isdecimal() and len(number) < 19
    article = Article.objects.filter(pk=number).first() if known else None
    return article, article is not None and model_admin.has_change_permission(request, article)


def difference(model_admin, request, pk):
    """Show what a stash would change; its raw fields where they make no article.

    Who may not see the article any more is refused: the text is their own, what it is compared with is not.
    """
    stash = _own(request, pk)
    if stash.article and not model_admin.has_view_or_change_permission(request, stash.article):
        raise PermissionDenied
    kept = kept_text(stash)
    form, stored = form_of_stash(stash)
    context = {**model_admin.admin_site.each_context(request), "kept": kept, "opts": model_admin.opts,
               "title": kept.title or _("New article")}  # fmt: skip
    try:
        content = form.content(stash.data(), stored)
    except Refused:
        context["texts"] = typed_texts(stash.data().items())
    else:
        context |= _compared(stored, content)
    return TemplateResponse(request, "admin/articles/article/stash.html", context)


def form_of_stash(stash):
    """Return the ``WholeForm`` that shows a stash on its own base, and the content of that base (None: new)."""
    base = stash.article.revisions.filter(number=stash.began_with).first() if stash.article else None
    stored = content_at(base) if base else None
    return WholeForm.of_post(stash.data(), base, stored), stored


def _compared(stored, content):
    stored = stored or ArticleContent("", "", "")
    difference = compare(stored, paired(content, stored))
    parts = shown_parts(difference)
    return {
        "difference": difference,
        "summary": summary(difference),
        "parts": parts,
        "pictures": shown_pictures(stored, content, named=True),
        "count": sum(len(part.changes) for part in parts),
        "citations": list(citations_in_words(difference)),
        "view": "inline",
    }


def discard(model_admin, request, pk):
    """Throw a stash away, and lead back to where one came from."""
    if request.method != "POST":
        return JsonResponse({}, status=405, headers={"Allow": "POST"})
    stash = _own(request, pk)
    article = stash.article
    throw_away(stash)
    messages.success(request, _("Thrown away."))
    if article and request.POST.get("next") == "form":
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    return HttpResponseRedirect(reverse("admin:index"))


def _own(request, pk):
    """Return the user's own stash; another's, even for superusers, is like none."""
    stash = find_stash(request.user, pk)
    if stash is None:
        raise Http404
    return stash
