"""Neighbours: published articles about places near another."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import Q

from ..models import Glance, RenderedPage

_EARTH_KM = 6371
_KM_IN_DEGREE = 111.2
_MOST_ASKED = 2000


@dataclass(frozen=True)
class Neighbour:
    """A page with its place in degrees and how far away it is."""

    page: RenderedPage
    latitude: float
    longitude: float
    kilometres: float


def neighbours(page, within, most):
    """Return the ``most`` nearest pages ``within`` so many kilometres of the place of ``page``, nearest first."""
    here = page.glance
    near = Glance.objects.filter(_around(here.latitude, here.longitude, within)).exclude(page=page)
    rows = near.order_by("pk").values_list("page_id", "latitude", "longitude")[:_MOST_ASKED]
    apart = [(_kilometres(here, latitude, longitude), pk, latitude, longitude) for pk, latitude, longitude in rows]
    nearest = sorted(one for one in apart if one[0] <= within)[:most]
    pages = RenderedPage.objects.defer("html", "excerpt").in_bulk([pk for _, pk, _, _ in nearest])
    return [Neighbour(pages[pk], latitude, longitude, far) for far, pk, latitude, longitude in nearest if pk in pages]


def _around(latitude, longitude, kilometres):
    """Return the condition of a box about a place that holds everything within so many kilometres."""
    tall = kilometres / _KM_IN_DEGREE
    south, north = latitude - tall, latitude + tall
    box = Q(latitude__gte=south, latitude__lte=north)
    if south <= -89 or north >= 89:
        return box
    wide = tall / cos(radians(max(abs(south), abs(north))))
    if wide >= 180:
        return box
    west, east = longitude - wide, longitude + wide
    sides = Q(longitude__gte=west, longitude__lte=east)
    sides |= Q(longitude__gte=west + 360) if west < -180 else Q()
    sides |= Q(longitude__lte=east - 360) if east > 180 else Q()
    return box & sides


def _kilometres(here, latitude, longitude):
    one, other, turn = radians(here.latitude), radians(latitude), radians(longitude - here.longitude)
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(turn / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(half, 1)))
