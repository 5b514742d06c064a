"""Narrowing: the war, side, commander and year of published pages, as choices and as conditions."""

from django.db.models import Count, Min

from ..models import PublishedFact, RenderedPage

_CHOICES = 12
_LOOKED_AT = 500
"""Results whose facts are counted; every one more costs a look at the index."""


def narrowed(pages, wanted):
    """Return ``pages`` that have every fact of ``wanted``, {kind: key}; kinds that there are not are left out."""
    for kind, key in (wanted or {}).items():
        if kind in PublishedFact.KINDS:
            pages = pages.filter(pk__in=PublishedFact.objects.filter(kind=kind, key=key).values("page"))
    return pages


def choices(keys, wanted=None):
    """Return {kind: [(key, value, number of pages)]} of the facts that the pages ``keys`` have, the most common first.

    Of a kind that is chosen already only that choice is there, so that it can be taken back.
    """
    facts = PublishedFact.objects.filter(page__in=keys[:_LOOKED_AT])
    counted = facts.values("kind", "key").annotate(value=Min("value"), pages=Count("page")).order_by("-pages", "value")
    found = {kind: [] for kind in PublishedFact.KINDS}
    for fact in counted:
        chosen = (wanted or {}).get(fact["kind"])
        if chosen in (None, fact["key"]) and len(found[fact["kind"]]) < _CHOICES:
            found[fact["kind"]].append((fact["key"], fact["value"], fact["pages"]))
    titles = dict(RenderedPage.objects.filter(slug__in=[key for key, *_ in found["war"]]).values_list("slug", "title"))
    found["war"] = [(key, titles.get(key, value), pages) for key, value, pages in found["war"]]
    found["year"].sort(key=lambda one: int(one[0]))
    return found
