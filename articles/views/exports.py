"""What a published article is taken away as: JSON, Markdown in Pandoc's syntax, its sources alone, plain text."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Publication
from ..pages import former_address, links_for
from ..rendering import csl_items, pandoc_markdown, plain_page, render
from .caching import for_everybody
from .lookup import moved_permanently


@require_safe
def export(request, slug, form):
    """The current publication in one of the ``FORMS``."""
    publication = Publication.objects.current().filter(page__slug=slug).first()
    if publication is None:
        if former := former_address(slug):
            return moved_permanently(reverse(f"article_{form}", args=[former.slug]))
        raise Http404
    response = FORMS[form](publication.article_content(), publication)
    return for_everybody(request, response, article=publication.article_id)


def _json(content, _publication):
    return JsonResponse(content.to_json(), json_dumps_params={"ensure_ascii": False})


def _markdown(content, publication):
    links = links_for(content, publication.article_id)
    text = pandoc_markdown(content, links, settings.SITE_URL, render(content, links))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8; variant=pandoc")


def _sources(content, _publication):
    answer = JsonResponse(csl_items(content), safe=False, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/vnd.citationstyles.csl+json"
    return answer


def _text(content, publication):
    text = plain_page(render(content, links_for(content, publication.article_id)))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


FORMS = {"json": _json, "markdown": _markdown, "sources": _sources, "text": _text}
"""Name of the form → how its answer is made from content and publication."""
