"""The desk's page of a source through its door: opened, filled in and sent as a browser sends it."""

from django.urls import reverse

from articles.content import Source as SourceContent
from articles.models import Source
from articles.revisions import record_shared_change

from .desk import form_fields

ADD = "/admin/articles/source/add/"
LIST = "/admin/articles/source/"


def make_source(csl):
    """Store a source by the shared door and return it."""
    source = Source()
    source.set_content(SourceContent.of(csl))
    record_shared_change(source, author=None)
    return source


def address(source, what="change"):
    """Return the address of a source's form, or of another page of it."""
    return reverse(f"admin:articles_source_{what}", args=[source.pk])


def as_browser(page, **changes):
    """Return what a browser would post from the form on a page: fields of one line hold no line breaks."""
    data = form_fields(page, "source_form")
    return {name: value if name == "note" else value.replace("\n", "") for name, value in data.items()} | changes


def posted(client, source, **changes):
    """Open the form of a source and post it with ``changes``."""
    page = client.get(address(source))
    return client.post(address(source), as_browser(page, **{"_save": "1"} | changes))


def errors(response):
    """Return all messages of the form that came back, by field; those of contributors under ``rows``."""
    form = response.context["form"]
    rows = [error for row in form.contributors.forms for some in row.errors.values() for error in some]
    return {name: list(some) for name, some in form.errors.items()} | ({"rows": rows} if rows else {})


def stored(source):
    """Return the CSL object of the source as it is stored."""
    return Source.objects.get(pk=source.pk).content.csl


EXOTIC = {
    "type": "book",
    "title": "Line\nbreak  and spaces ",
    "volume": 3,
    "number": 2.50,
    "page": "1-2",
    "edition": -0.0,
    "issued": {"date-parts": [["1994", "02", 31]], "season": 2, "circa": True, "x": None},
    "accessed": {"raw": "some day"},
    "original-date": {"literal": "n.d."},
    "author": [
        {"family": "Gogh", "non-dropping-particle": "van", "given": "V.\nW.", "suffix": "Jr."},
        {"literal": " "},
    ],
    "editor": [],
    "translator": [{"literal": "Both", "family": "And", "parse-names": 1}],
    "custom": {"archive-date": {"date-parts": [[2020]]}, "url-status": "usurped", "archive-url": "7", "more": [None]},
    "ISBN": "no number at all",
    "DOI": "nonsense",
    "URL": "ftp://somewhere",
    "language": "English, mostly",
    "note": "\n two\nlines \n",
    "abstract": "An abstract.",
    "unknown": {"deep": [{"er": 1.5}]},
}
"""A work that says everything in unusual ways."""
