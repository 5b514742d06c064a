"""Where it happened: the place of an article on a map, and what else happened near it."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..maps import Mark, globe, region_map
from ..models import RenderedPage
from ..pages import former_address, neighbours
from .caching import for_everybody
from .lookup import moved_permanently

_KILOMETRES = 400
_NEIGHBOURS = 12
_LABEL = 34


@require_safe
def place(request, slug):
    """The map of a published article that has coordinates, with the nearest other ones."""
    page = RenderedPage.objects.filter(slug=slug).select_related("glance").defer("html").first()
    if page is None:
        if former := former_address(slug):
            return moved_permanently(reverse("map", args=[former.slug]))
        raise Http404
    here = getattr(page, "glance", None)
    if here is None or here.latitude is None:
        raise Http404
    near = neighbours(page, _KILOMETRES, _NEIGHBOURS)
    own = Mark(here.latitude, here.longitude, _label(page.title))
    around = tuple(Mark(one.latitude, one.longitude, str(number)) for number, one in enumerate(near, 1))
    region = region_map((own,), around)
    context = {
        "page": page,
        "near": near,
        "region": region,
        "globe": globe((own,), region.corners),
        "point": f"{here.latitude:.5f},{here.longitude:.5f}",
        "canonical": settings.SITE_URL + reverse("map", args=[slug]),
    }
    response = HttpResponse(render_to_string("articles/place.html", context))
    return for_everybody(request, response, article=page.article_id)


def _label(title):
    return title if len(title) <= _LABEL else f"{title[:_LABEL].rsplit(' ', 1)[0]} …"
