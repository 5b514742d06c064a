"""Who says what: the claims about each contested figure of a published article, beside each other."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Publication
from ..pages import former_address
from ..rendering import claimed_figures
from .caching import for_everybody
from .lookup import moved_permanently


@require_safe
def claims(request, slug):
    """The claims that the current publication states in its infobox, a table for each figure."""
    publication = Publication.objects.current().filter(page__slug=slug).first()
    if publication is None:
        if former := former_address(slug):
            return moved_permanently(reverse("claims", args=[former.slug]))
        raise Http404
    content = publication.article_content()
    fields, complete = claimed_figures(content)
    context = {
        "title": content.title,
        "address": reverse("article", args=[slug]),
        "fields": fields,
        "complete": complete,
        "canonical": settings.SITE_URL + reverse("claims", args=[slug]),
    }
    response = HttpResponse(render_to_string("articles/claims.html", context))
    return for_everybody(request, response, article=publication.article_id)
