"""Where a source or an image is used: the articles whose newest text names it."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from ..models import Article, Figure, Reference, Revision, Source
from ..permissions import is_staff_reader

PER_PAGE = 50


@dataclass(frozen=True)
class Place:
    """One row that uses it: its key, what it cites, and the address of its entry in the newest text."""

    key: str
    address: str
    pages: str = ""
    quotation: str = ""


@dataclass(frozen=True)
class Use:
    """One article and its rows that use the thing."""

    title: str
    address: str
    rows: tuple[Place, ...]


def uses_of(shared, user, number=1):
    """Return a ``Page`` of articles as ``Use``s, by title, in a few queries; ``number`` is that of the page.

    Who may see sources or images but no drafts is told of published articles alone, by what readers see.
    """
    articles = Article.objects.filter(pk__in=_rows(shared).values("article")).select_related("page")
    if not is_staff_reader(user):
        page = Paginator(articles.exclude(page=None).order_by("page__title", "pk"), PER_PAGE).get_page(number)
        page.object_list = [Use(one.page.title, one.page.get_absolute_url(), ()) for one in page.object_list]
        return page
    page = Paginator(articles.order_by("title", "pk"), PER_PAGE).get_page(number)
    shown = list(page.object_list)
    rows = _rows(shared).filter(article__in=shown).order_by("position", "pk")
    newest = Revision.objects.filter(article__in=shown)
    numbers = dict(newest.order_by("number").values_list("article_id", "number"))
    grouped = {}
    for row in rows:
        grouped.setdefault(row.article_id, []).append(row)
    page.object_list = [_use(one, grouped[one.pk], numbers[one.pk]) for one in shown]
    return page


def _rows(shared):
    if isinstance(shared, Source):
        return Reference.objects.filter(source=shared)
    return Figure.objects.filter(image=shared)


def _use(article, rows, number):
    address = reverse("revision", args=[article.public_slug(), number])
    return Use(article.title, address, tuple(_place(row, address) for row in rows))


def _place(row, address):
    if isinstance(row, Figure):
        return Place(row.key, f"{address}#figure-{row.key}")
    return Place(row.key, f"{address}#ref-{row.key}", row.pages, row.quotation)


def with_uses(queryset, rows, column):
    """Give each row of ``queryset`` ``uses``: the number of articles with ``rows`` whose ``column`` names it."""
    counts = rows.objects.filter(**{column: OuterRef("pk")}).order_by().values(column)
    counts = counts.annotate(number=Count("article", distinct=True)).values("number")
    return queryset.annotate(uses=Coalesce(Subquery(counts), 0))
