"""Cite this page: the permanent address of a published revision in the styles and formats that people ask for."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Article, Publication
from ..pages import Cited, former_address
from .caching import for_everybody
from .lookup import moved_permanently

_NUMBER_MAX = 9


@require_safe
def cite(request, slug):
    """How to cite what is published now, or with ``?revision=N`` what was published as that revision.

    ``?format=bibtex`` and ``?format=csl`` give the entry alone.
    """
    article = Article.objects.filter(page__slug=slug).first()
    if article is None:
        if former := former_address(slug):
            return moved_permanently(reverse("cite", args=[former.slug]))
        raise Http404
    cited = _cited(_publication(article, request.GET.get("revision", "")), slug)
    asked = request.GET.get("format")
    if asked == "bibtex":
        answer = HttpResponse(cited.bibtex(), content_type="application/x-bibtex; charset=utf-8")
        return for_everybody(request, answer, article=article.pk)
    if asked == "csl":
        answer = JsonResponse([cited.csl()], safe=False, json_dumps_params={"ensure_ascii": False})
        answer["Content-Type"] = "application/vnd.citationstyles.csl+json"
        return for_everybody(request, answer, article=article.pk)
    context = {
        "cited": cited,
        "article": reverse("article", args=[slug]),
        "query": f"revision={cited.number}&",
        "canonical": settings.SITE_URL + reverse("cite", args=[slug]),
    }
    response = HttpResponse(render_to_string("articles/cite.html", context))
    return for_everybody(request, response, article=article.pk)


def _publication(article, number):
    """Return the publication of that revision, or the current one where no number is given."""
    publications = Publication.objects.shown().filter(article=article).select_related("revision").order_by("-id")
    if number:
        if not (number.isascii() and number.isdigit() and len(number) <= _NUMBER_MAX):
            raise Http404
        publications = publications.filter(revision__number=int(number))
    publication = publications.first()
    if publication is None:
        raise Http404
    return publication


def _cited(publication, slug):
    number = publication.revision.number
    address = settings.SITE_URL + reverse("revision", args=[slug, number])
    return Cited(slug, publication.article_content().title, number, publication.created, address)
