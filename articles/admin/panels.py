"""What stands beside the text in the form: the newest revisions of the article."""

from django.urls import reverse

from ..models import Revision, prepared

RECENT = 12


def recent_revisions(article):
    """Return the newest revisions of an article (None: a new one) as dicts for the panel, in one query."""
    if article is None:
        return []
    slug = article.public_slug()
    revisions = prepared.rows(_recent, Revision, article=article.pk)
    return [_told(one, slug, revisions[0].number) for one in revisions]


def _recent(model):
    return model.objects.filter(article=prepared.ARTICLE).select_related("author").order_by("-number")[:RECENT]


def _told(revision, slug, newest):
    number = revision.number
    return {
        "number": number,
        "created": revision.created,
        "author": revision.author.get_username() if revision.author else "",
        "summary": revision.summary,
        "minor": revision.minor,
        "address": reverse("revision", args=[slug, number]),
        "compare": reverse("compare", args=[slug, number - 1, number]) if number > 1 else "",
        "since": reverse("compare", args=[slug, number, newest]) if number < newest else "",
    }
