"""Revisions: the list of those that the visitor may see, and each as a page."""

from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..pages import links_for
from ..permissions import is_staff_reader
from ..rendering import render as render_article
from ..revisions import content_at
from .caching import for_visitor
from .lookup import with_article
from .names import shown_name

_PER_PAGE = 50


@require_safe
@with_article
def history(request, article):
    """The article's revisions that the visitor may see, newest first."""
    revisions = article.revisions.visible_to(request.user).select_related("author").order_by("-number")
    shown = Paginator(revisions, _PER_PAGE).get_page(request.GET.get("page"))
    published = _published_number(article)
    slug = article.public_slug()
    context = {
        "article": article,
        "slug": slug,
        "title": _title(article, request.user),
        "revisions": [
            {
                "number": revision.number,
                "address": reverse("revision", args=[slug, revision.number]),
                "created": revision.created,
                "author": shown_name(revision.author),
                "summary": revision.summary,
                "minor": revision.minor,
                "published": revision.number == published,
            }
            for revision in shown
        ],
        "page": shown,
    }
    return for_visitor(request, render(request, "articles/history.html", context))


@require_safe
@with_article
def revision(request, article, number):
    """One revision as a page under a banner; ``?format=json`` gives its interchange JSON."""
    found = article.revisions.visible_to(request.user).select_related("author").filter(number=number).first()
    if found is None:
        raise Http404
    content = content_at(found)
    if request.GET.get("format") == "json":
        response = JsonResponse(content.to_json(), json_dumps_params={"ensure_ascii": False})
        return for_visitor(request, response)
    context = {
        "page": render_article(content, links_for(content, article)),
        "publication": None,
        "banner": _banner(article, found, request.user),
    }
    return for_visitor(request, render(request, "articles/revision_detail.html", context))


def _banner(article, revision, user):
    words = {"number": revision.number, "author": shown_name(revision.author),
             "time": revision.created.strftime("%d %B %Y, %H:%M UTC").lstrip("0")}  # fmt: skip
    text = _("This is revision %(number)s, saved on %(time)s by %(author)s.") % words
    published = _published_number(article)
    slug = article.public_slug()
    if published == revision.number:
        text += " " + _("It is the published one.")
    elif published is None:
        text += " " + _("The article is not published.")
    else:
        text += " " + _("Readers see revision %(number)s.") % {"number": published}
    links = [{"address": reverse("history", args=[slug]), "title": _("History")}]
    if published:
        links.insert(0, {"address": reverse("article", args=[slug]), "title": _("The published article")})
    newest = article.revisions.newest().number
    if is_staff_reader(user):
        if newest != revision.number:
            address = reverse("revision", args=[slug, newest])
            links.append({"address": address, "title": _("Newest revision (%(number)s)") % {"number": newest}})
        links.append({"address": reverse("admin:articles_article_change", args=[article.pk]), "title": _("Edit")})
    return {"text": text, "links": links}


def _published_number(article):
    page = getattr(article, "page", None)
    return page.publication.revision.number if page else None


def _title(article, user):
    page = getattr(article, "page", None)
    return page.title if page and not is_staff_reader(user) else article.title

