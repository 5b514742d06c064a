"""Where a source or an image is used: the articles whose newest text names it."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from ..models import Figure, Reference, Revision, Source


@dataclass(frozen=True)
class Use:
    """One article and, for each of its rows, (key, pages). Images have no pages."""

    title: str
    address: str
    rows: tuple[tuple[str, str], ...]


def uses_of(shared):
    """Return the ``Use`` of every article, by title, in two queries."""
    rows = _rows(shared).select_related("article", "article__page").order_by("article__title", "article", "position")
    newest = Revision.objects.filter(article__in={row.article_id for row in rows})
    numbers = dict(newest.order_by("number").values_list("article_id", "number"))
    grouped = {}
    for row in rows:
        grouped.setdefault(row.article_id, []).append(row)
    return [_use(some, numbers) for some in grouped.values()]


def _rows(shared):
    if isinstance(shared, Source):
        return Reference.objects.filter(source=shared)
    return Figure.objects.filter(image=shared)


def _use(rows, numbers):
    article = rows[0].article
    address = reverse("revision", args=[article.public_slug(), numbers[article.pk]])
    return Use(article.title, address, tuple((row.key, getattr(row, "pages", "")) for row in rows))


def with_uses(queryset, rows, column):
    """Give each row of ``queryset`` ``uses``: the number of articles with ``rows`` whose ``column`` names it."""
    counts = rows.objects.filter(**{column: OuterRef("pk")}).order_by().values(column)
    counts = counts.annotate(number=Count("article", distinct=True)).values("number")
    return queryset.annotate(uses=Coalesce(Subquery(counts), 0))
