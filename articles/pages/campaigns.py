"""Wars and campaigns: everything published that is part of one, in order of time, with the parts of its parts."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from ..dates import starts_key
from ..folding import fold
from ..maps import Mark
from ..models import Glance, Publication, PublishedName, RenderedPage
from .links import pages_named

_DEEPEST = 4
_MOST = 500
"""Parts that one page shows."""


@dataclass(frozen=True)
class Part:
    """A published article in a campaign. ``depth`` is 0 for its own battles; ``within`` the title of the part above."""

    number: str
    title: str
    address: str
    date: str
    result: str
    losses: tuple
    depth: int
    within: str
    mark: Mark | None


@dataclass(frozen=True)
class Campaign:
    """A war or campaign; ``address`` is empty while no article of it is published. ``is_cut``: there are more parts."""

    slug: str
    title: str
    address: str
    description: str
    date: str
    parts: tuple[Part, ...]
    is_cut: bool


def campaign_of(slug):
    """Return the ``Campaign`` whose article is published under ``slug``, or that published articles name so.

    None where nothing is part of it.
    """
    page = RenderedPage.objects.filter(slug=slug).defer("html", "excerpt").first()
    below = _below(_keys([page]) if page else {slug: 0}, page)
    parts, is_cut = _parts(below, page.pk if page else 0)
    if not parts:
        return None
    if page is None:
        return Campaign(slug, slug.replace("-", " ").capitalize(), "", "", "", parts, is_cut)
    address = reverse("article", args=[page.slug])
    return Campaign(page.slug, page.title, address, page.short_description, page.event_date, parts, is_cut)


def _keys(pages):
    """Return {what articles write as their ``part_of``: the page that it leads to}: slugs, former ones, and names."""
    by_article = {page.article_id: page.pk for page in pages}
    former = Publication.objects.filter(article__in=by_article).values_list("slug", "article_id").distinct()
    keys = {slug: by_article[article] for slug, article in former}
    names = PublishedName.objects.filter(page__in=pages).values_list("folded", "page_id")
    parts = RenderedPage.objects.filter(part_of__in=[name for name, _ in names])
    # In no order: in that of titles all pages of the site would be gone through.
    written = parts.order_by().values_list("part_of", flat=True)
    for name in set(written) - keys.keys():
        if len(found := pages_named(fold(name))) == 1:
            keys[name] = found[0].pk
    return keys


def _below(keys, top):
    """Return {page: the pages that are part of it}, level by level; a page stands once, however its parts circle."""
    below, seen, count = defaultdict(list), {top.pk} if top else set(), 0
    for _ in range(_DEEPEST):
        found = RenderedPage.objects.filter(part_of__in=keys).exclude(pk__in=seen)
        level = list(found.defer("html", "excerpt").order_by("part_of", "pk")[: _MOST + 1 - count])
        if not level:
            break
        for page in level:
            below[keys[page.part_of]].append(page)
        seen |= {page.pk for page in level}
        count += len(level)
        if count > _MOST:
            break
        keys = _keys(level)
    return below


def _parts(below, top):
    """Return the parts in order of time, each before its own parts, and whether there are more than are shown."""
    glances = {one.page_id: one for one in Glance.objects.filter(page__in=[p for some in below.values() for p in some])}
    parts = []

    def add(above, depth, within):
        for page in sorted(below.get(above, ()), key=_order):
            number = str(len(parts) + 1)
            parts.append(_part(page, glances.get(page.pk), number, depth, within))
            add(page.pk, depth + 1, page.title)

    add(top, 0, "")
    return tuple(parts[:_MOST]), len(parts) > _MOST


def _order(page):
    return not page.event_date, starts_key(page.event_date), page.event_date, page.title


def _part(page, glance, number, depth, within):
    placed = glance is not None and glance.latitude is not None
    return Part(
        number=number,
        title=page.title,
        address=reverse("article", args=[page.slug]),
        date=page.event_date,
        result=glance.result if glance else "",
        losses=tuple((side, tuple(claims)) for side, claims in glance.losses) if glance else (),
        depth=depth,
        within=within,
        mark=Mark(glance.latitude, glance.longitude, number) if placed else None,
    )
