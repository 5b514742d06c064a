"""Corrections: which shared sources and images were corrected under published pages, and where that waits."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F

from ..models import Article, Figure, Image, Reference, Source
from .queue import Waiting


@dataclass(frozen=True)
class Correction:
    """Shared things that were corrected, and the articles in which that waits."""

    sources: tuple[Source, ...]
    images: tuple[Image, ...]
    waiting: tuple[Waiting, ...]
    """Nothing else waits in these; they may be approved together."""
    elsewhere: tuple[Article, ...]
    """Something else waits in these; they are reviewed by themselves."""


def corrections(waiting):
    """Return the ``Correction``s of those of ``waiting`` in which nothing else is pending, the longest waiting first.

    Articles in which the same things were corrected stand together.
    """
    alone = [one for one in waiting if one.shared_only]
    if not alone:
        return []
    corrected = _corrected()
    groups = defaultdict(list)
    for one in alone:
        groups[frozenset(corrected[one.revision.article_id])].append(one)
    others = corrected.keys() - {one.revision.article_id for one in alone}
    articles = Article.objects.select_related("page").in_bulk(others)
    things = {
        model: model.objects.in_bulk({key for group in groups for kind, key in group if kind is model})
        for model in (Source, Image)
    }
    return [
        Correction(
            sources=_found(things[Source], group, Source),
            images=_found(things[Image], group, Image),
            waiting=tuple(ones),
            elsewhere=tuple(articles[key] for key in sorted(others) if corrected[key] & group),
        )
        for group, ones in groups.items()
    ]


def _found(things, group, model):
    return tuple(things[key] for kind, key in sorted(group, key=lambda one: one[1]) if kind is model)


def _corrected():
    """Return {article: {(model, primary key)}} of what was corrected after the current publications."""
    corrected = defaultdict(set)
    for model, rows, name in ((Source, Reference, "source_id"), (Image, Figure, "image_id")):
        pending = rows.history.filter(
            revision__shared=True,
            revision__number__gt=F("revision__article__page__publication__revision__number"),
        )
        for article, key in pending.values_list("article_id", name):
            corrected[article].add((model, key))
    return corrected
