"""A war or campaign: its map, its timeline, and a table of everything published that is part of it."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..folding import fold
from ..maps import globe, region_map
from ..models import RenderedPage
from ..pages import campaign_of, former_address, pages_named
from ..rendering import timeline
from .caching import SHARED, for_everybody
from .lookup import moved_permanently


@require_safe
def campaign(request, slug):
    """The parts of the war published as ``slug``, or of one that articles name so and that has no article yet."""
    if not RenderedPage.objects.filter(slug=slug).exists() and (elsewhere := _elsewhere(slug)):
        return elsewhere
    found = campaign_of(slug)
    if found is None:
        raise Http404
    marks = tuple(part.mark for part in found.parts if part.mark)
    region = region_map(marks) if marks else None
    context = {
        "campaign": found,
        "region": region,
        "globe": globe(marks, region.corners) if marks else None,
        "timeline": timeline([(part.number, part.date) for part in found.parts]),
        "losses": any(part.losses for part in found.parts),
        "canonical": settings.SITE_URL + reverse("campaign", args=[slug]),
    }
    return for_everybody(request, HttpResponse(render_to_string("articles/campaign.html", context)))


def _elsewhere(slug):
    """Return a redirect from a former slug, or from another name of one article, None where there is none."""
    if former := former_address(slug):
        return moved_permanently(reverse("campaign", args=[former.slug]))
    pages = pages_named(fold(slug))
    if len(pages) != 1:
        return None
    response = redirect("campaign", pages[0].slug)
    response["Cache-Control"] = SHARED
    return response
