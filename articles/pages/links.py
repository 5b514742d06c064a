"""Where names lead: the published world, asked by slug, by former slug and by name.

Addresses, links in text and the list of a war all go through here, and all ask only pages that readers can see, so a
draft moves nothing. A target is a folded name (``folding.fold``); a slug folds to itself.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict

from django.conf import settings
from django.db.models import Count, Value
from django.urls import reverse

from ..dates import starts_key
from ..folding import fold
from ..models import Publication, PublicationLink, PublishedName, RenderedPage, prepared
from ..rendered import Link, Links
from ..rendering import link_targets

_SOME = 500
"""Targets asked in one query."""


def pages_named(target):
    """Return the pages to which a folded name leads: none, one, or several that share it."""
    return _found([target]).get(target, [])


def former_address(slug):
    """Return the page whose article was published under ``slug`` before and has another now, or None.

    What is hidden from readers leads nowhere: its slug may name what had to go.
    """
    former = Publication.objects.shown().filter(slug=slug, article__page__isnull=False)
    former = former.exclude(article__page__slug=slug)
    publication = former.select_related("article__page").first()
    return publication.article.page if publication else None


def _found(targets, *, without=None):
    """Return {target: pages}; a present slug comes before a former one, and that before names."""
    found = {}
    targets = sorted(targets)
    for start in range(0, len(targets), _SOME):
        some = targets[start : start + _SOME]
        pages = RenderedPage.objects.defer("html", "excerpt").exclude(article=without)
        found |= {page.slug: [page] for page in pages.filter(slug__in=some)}
        left = [target for target in some if target not in found]
        former = Publication.objects.shown().filter(slug__in=left, article__page__isnull=False)
        former = former.exclude(article=without)
        found |= {one.slug: [one.article.page] for one in former.defer("content").select_related("article__page")}
        left = [target for target in left if target not in found]
        named = defaultdict(dict)
        for name in PublishedName.objects.filter(folded__in=left, page__in=pages).select_related("page"):
            named[name.folded][name.page_id] = name.page
        found |= {target: list(pages.values()) for target, pages in named.items()}
    return found


def links_for(content, article=None):
    """Return the ``Links`` with which ``content`` is rendered, as if published as the article ``article`` (a key)."""
    targets = link_targets(content)
    found = _found(targets, without=article)
    own = Link(reverse("article", args=[content.slug]), content.title, content.event_date)
    own_names = {content.slug} | {fold(name) for name in published_names(content)}
    leads = []
    for target in sorted(targets):
        pages = found.get(target, [])
        if target == content.slug or target in own_names and not any(page.slug == target for page in pages):
            pages = [own] if target == content.slug else [*pages, own]
        leads.append((target, _link(target, pages)))
    parts = prepared.facts(_parts, RenderedPage, slug=content.slug, article=article or 0)["parts"]
    return Links(tuple(leads), _campaign(content, article, own), settings.MEDIA_URL, parts)


def _link(target, pages):
    if len(pages) > 1:
        return Link(reverse("article", args=[target]), target.replace("-", " "))
    return _to(pages[0]) if pages else None


def _to(page):
    if isinstance(page, Link):
        return page
    return Link(reverse("article", args=[page.slug]), page.title, page.event_date)


def _campaign(content, article, own):
    """Return the battles of the same war in order of time; of a war that is part of nothing, its own battles."""
    parent = content.part_of or content.slug
    pages, _ = prepared.tuples(_part, RenderedPage, slug=parent, article=article or 0)
    entries = [
        ((starts, title), Link(reverse("article", args=[slug]), title, date)) for slug, title, date, starts in pages
    ]
    if content.part_of and entries:
        entries.append(((starts_key(content.event_date), content.title), own))
    return tuple(link for _, link in sorted(entries, key=lambda entry: (not entry[0][0], *entry[0])))


def _part(model):
    pages = model.objects.filter(part_of=prepared.SLUG).exclude(article=prepared.ARTICLE)
    return pages.order_by().values_list("slug", "title", "event_date", "starts")


def _parts(model):
    # Grouped by nothing, so that there is one row even where there is no part.
    return _part(model).values(nothing=Value(0)).annotate(parts=Count("pk")).values("parts")


def published_names(content):
    """Return all names under which a published content is found: its title and other spellings, each once."""
    return list(dict.fromkeys([content.title, *(name.name for name in content.names)]))


def named_targets(content):
    """Return every target that the page names, with the lists of its war and its own: what may change elsewhere."""
    return link_targets(content) | {f"campaign:{slug}" for slug in (content.part_of, content.slug) if slug}


def moved_targets(before, after):
    """Return the targets that lead elsewhere when ``after`` replaces ``before`` (contents; None: not published)."""
    old, new = _leads(before), _leads(after)
    return {target for target in old.keys() | new.keys() if old.get(target) != new.get(target)}


def _leads(content):
    if content is None:
        return {}
    names = {content.slug} | {fold(name) for name in published_names(content)}
    here = (content.slug, content.title, content.event_date)
    return dict.fromkeys(names, here) | ({f"campaign:{content.part_of}": here} if content.part_of else {})


def naming(targets):
    """Return the pages that name one of ``targets``."""
    pages = PublicationLink.objects.filter(target__in=targets).values("page_id")
    return RenderedPage.objects.filter(pk__in=pages)


def digest(links):
    """Return a digest that differs when the links do."""
    return hashlib.sha256(json.dumps(asdict(links), sort_keys=True).encode()).hexdigest()
