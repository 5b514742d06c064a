"""Who wrote a row, as the form says it beside the row: which revision made it what it is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..revisions import origins


@dataclass(frozen=True)
class Origin:
    """``short`` stands in the line of a row, ``long`` leads to the revision at ``address``."""

    short: str
    long: str
    address: str


def row_origins(revision):
    """Return {list: {row id: Origin}} for the rows of a revision (None: a new article has none)."""
    if revision is None:
        return {}
    slug, told = revision.article.public_slug(), {}
    return {
        name: {row: told.setdefault(made.pk, _told(made, slug)) for row, made in rows.items()}
        for name, rows in origins(revision).items()
    }


def _told(made, slug):
    author = made.author.get_username() if made.author else ""
    words = {"number": made.number, "author": author, "date": date_format(localtime(made.created), "DATE_FORMAT")}
    long = _("Since revision %(number)s, %(date)s, %(author)s") if author else _("Since revision %(number)s, %(date)s")
    return Origin(f"r{made.number} {author}".strip(), long % words, reverse("revision", args=[slug, made.number]))
