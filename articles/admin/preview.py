"""The article as the form has it now, shown as readers would see it. Nothing is written."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..comparison import compare, summary
from ..markup import outline
from ..models import Article
from ..pages import links_for
from ..problems import ERROR, Refused
from ..rendering import render
from ..revisions import content_at, paired
from .form import WholeForm
from .places import told
from .posted import posted_fields
from .rows import whole


class Unsaved:
    """What a posted form holds. ``content`` and ``page`` are None where it cannot be read; ``problems`` tell why."""

    def __init__(self, request, article):
        base = _base(request, article)
        self.article, self.base = article, base
        self.stored = content_at(base) if base else None
        self.form = WholeForm.of_post(request.POST, base, self.stored)
        self.content = self.page = None
        try:
            self.content = self.form.content(posted_fields(request), self.stored)
        except Refused as refused:
            found = refused.problems
        else:
            self.page = render(self.content, links_for(self.content, article and article.pk))
            found = self.page.problems
        self.problems = [told(self.form, problem) for problem in found]

    def context(self):
        """Return what the template of the article wants."""
        slug = self.content.slug
        return {
            "page": self.page,
            "claims": reverse("claims", args=[slug]),
            "map": reverse("map", args=[slug]),
            "war": reverse("campaign", args=[self.content.part_of or slug]),
        }

    def summary(self):
        """Return what an editor could say of the change: empty where nothing differs."""
        if self.stored is None:
            return _("New article")
        return summary(compare(self.stored, paired(self.content, self.stored)))


def preview(model_admin, request):
    """Answer a posted form with its page, its problems and its summary as JSON; 422 and no page if it is unreadable.

    ``{"html": …, "blocks": [{"line": 1, "end": 3, "kind": "paragraph"}], "problems": [{"place", "kind", "level",
    "words", "message", "anchor", "line", "column"}], "summary": …}``; ``blocks`` stand for the elements of the body
    one by one, in order; lines and columns count from 1 and are None where a place has none.
    """
    if request.method != "POST":
        return JsonResponse({}, status=405, headers={"Allow": "POST"})
    unsaved = Unsaved(request, _article(model_admin, request))
    problems = [_problem(one) for one in unsaved.problems]
    if unsaved.page is None:
        return JsonResponse({"html": None, "blocks": [], "problems": problems, "summary": ""}, status=422)
    html = render_to_string("articles/_article.html", unsaved.context())
    blocks = list(_blocks(unsaved.content))
    return JsonResponse({"html": html, "blocks": blocks, "problems": problems, "summary": unsaved.summary()})


def preview_page(model_admin, request):
    """Answer a posted form with a page of its own: what readers would see, under a banner that says what it is."""
    if request.method != "POST":
        raise Http404
    article = _article(model_admin, request)
    unsaved = Unsaved(request, article)
    if unsaved.page is None:
        context = {
            **model_admin.admin_site.each_context(request),
            "title": _("The preview cannot be shown"),
            "problems": unsaved.problems,
            "opts": model_admin.opts,
        }
        response = TemplateResponse(request, "admin/articles/article/preview_refused.html", context, status=422)
    else:
        context = unsaved.context() | {"banner": {"text": _banner(unsaved), "links": []}, "publication": None}
        response = TemplateResponse(request, "articles/revision_detail.html", context)
    return response


def _article(model_admin, request):
    """Return the article that ``?article=`` names, None for a new one; refuse whoever may not edit it."""
    number = request.GET.get("article", "")
    article = Article.objects.filter(pk=_key(number)).first() if number else None
    if number and article is None:
        raise Http404
    allowed = (
        model_admin.has_change_permission(request, article) if article else model_admin.has_add_permission(request)
    )
    if not allowed:
        raise PermissionDenied
    return article


def _key(text):
    """Return the primary key that stands in ``text``, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _base(request, article):
    if article is None:
        return None
    number = whole(request.POST.get("looked_at")) or whole(request.POST.get("base_revision"))
    return (article.revisions.filter(number=number).first() if number else None) or article.revisions.newest()


def _blocks(content):
    """Yield the blocks of the body that are to be seen: a figure that stands further up already is not."""
    shown, ours = set(), {figure.key for figure in content.figures if figure.placement != "infobox"}
    for block in outline(content.body):
        if block.figure in shown:
            continue
        if block.figure in ours:
            shown.add(block.figure)
        yield {"line": block.line, "end": block.end, "kind": block.kind}


def _problem(one):
    level = ERROR if one.is_error else one.problem.level
    return {
        "place": one.problem.place, "kind": one.problem.kind, "level": level, "words": one.words,
        "message": one.message, "anchor": one.anchor, "line": one.line, "column": one.column,
    }  # fmt: skip


def _banner(unsaved):
    if unsaved.base is None:
        return _("This is a preview of a new article. Nothing of it is saved.")
    words = {"number": unsaved.base.number}
    return _("This is a preview of changes to revision %(number)s. Nothing of them is saved.") % words
