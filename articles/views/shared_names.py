"""One name, several articles: what tells them apart."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from ..folding import fold
from ..models import Publication, PublishedName, RenderedPage
from ..rendering import fact_words

_MOST_READ = 50
"""Articles whose publication is read for their place; a name that more of them share is a list."""


@dataclass(frozen=True)
class Namesake:
    """An article of that name: ``place`` as its infobox says, ``war`` the title of what it is part of, or empty."""

    page: RenderedPage
    place: str
    war: str


def name_list(name, pages):
    """Return the HTML page that lists the ``pages`` which share ``name``, as it was asked for, in order of time."""
    pages = sorted(pages, key=lambda page: (not page.starts, page.starts, page.title))
    contents = _contents(pages)
    wars = dict(RenderedPage.objects.filter(slug__in={page.part_of for page in pages}).values_list("slug", "title"))
    namesakes = [
        Namesake(
            page, fact_words(contents[page.pk], "place") if page.pk in contents else "", wars.get(page.part_of, "")
        )
        for page in pages
    ]
    return render_to_string("articles/name_list.html", {"name": _written(name, pages), "namesakes": namesakes})


def _contents(pages):
    keys = [page.pk for page in pages[:_MOST_READ]]
    publications = Publication.objects.current().filter(page__in=keys).select_related("page")
    return {publication.page.pk: publication.article_content() for publication in publications}


def _written(name, pages):
    """Return the name as the articles write it, else as it was asked for."""
    named = PublishedName.objects.filter(folded=fold(name), page__in=pages).order_by("-is_title", "pk").first()
    return named.name if named else name.replace("-", " ")
