"""Reading: the content of any revision, rebuilt from the article's own history rows, never by date."""

import time

from django.db import connection
from django.db.models import Max

from ..content import Source as SourceContent
from ..models import Article, Image, Source, prepared
from .columns import ROW_KINDS, content_from

_SECONDS, _MOST_SOURCES = 60, 5_000


def content_at(revision):
    """Return the ArticleContent of a revision, exactly as it was recorded, shared text in the versions it named.

    Of each row the history row with the greatest id counts, among those of revisions of this article up to this one;
    rows whose last history row is a deletion are left out.
    """
    which = {"article": revision.article_id, "number": revision.number}
    article = prepared.rows(_article_at, Article, **which)[0]
    rows = {kind.name: _in_order(prepared.rows(_rows_at, kind.model, **which)) for kind in ROW_KINDS}
    return content_from(article, rows, *shared_versions(rows))


def _article_at(model):
    owned = {"revision__article_id": prepared.ARTICLE, "revision__number__lte": prepared.NUMBER}
    return model.history.filter(id=prepared.ARTICLE, **owned).order_by("-history_id")[:1]


def _rows_at(model):
    owned = {"revision__article_id": prepared.ARTICLE, "revision__number__lte": prepared.NUMBER}
    latest = model.history.filter(article_id=prepared.ARTICLE, **owned).order_by().values("id").annotate(
        latest=Max("history_id")).values("latest")  # fmt: skip
    return model.history.filter(history_id__in=latest).exclude(history_type="-").order_by()


def _in_order(rows):
    return sorted(rows, key=lambda row: (row.position, row.id))


def newest_content(article):
    """Return the ArticleContent of the article's stored rows, which is that of its newest revision."""
    # Read anew: the instance in hand may be older than the newest revision.
    return content_of(Article.objects.get(pk=article.pk), stored_rows(article))


def stored_rows(article):
    """Return the rows of the article by list, each in its order, each list read when it is asked for."""
    return _StoredRows(article)


class _StoredRows(dict):
    def __init__(self, article):
        super().__init__()
        self._article = article

    def __missing__(self, name):
        model = next(kind.model for kind in ROW_KINDS if kind.name == name)
        self[name] = list(model.objects.filter(article=self._article).order_by("position", "id"))
        return self[name]


def content_of(article, rows):
    """Return the ArticleContent of an article and its ``rows`` as they are in hand."""
    return content_from(article, rows, *shared_versions(rows))


def shared_versions(rows):
    """Return what the versions say that references and figures name: two dicts by history id."""
    sources = {row.source_version for row in rows["references"] if row.source_version}
    images = {row.image_version for row in rows["figures"]}
    return _sources.of(sources), Image.history.in_bulk(images)


class _SourceVersions:
    """What versions of sources say, for a minute: the revisions of an article name the same ones again and again.

    A version changes only when text is removed for legal reasons. What is read in a transaction may be taken back and
    is not remembered.
    """

    def __init__(self):
        self._known, self._minute = {}, None

    def of(self, keys):
        """Return {history id: ``content.Source``} for all ``keys``."""
        minute = time.monotonic() // _SECONDS
        if minute != self._minute or len(self._known) > _MOST_SOURCES:
            # A new dict, since other threads may be reading the one before.
            self._known, self._minute = {}, minute
        known = self._known
        found = {key: known[key] for key in keys if key in known}
        missing = keys - found.keys()
        if missing:
            rows = Source.history.filter(history_id__in=missing).values_list("history_id", "csl")
            read = {key: SourceContent(csl) for key, csl in rows}
            found |= read
            if not connection.in_atomic_block:
                known |= read
        return found


_sources = _SourceVersions()


def present_versions(model, pks):
    """Return the newest history rows of sources or images (``model``): primary key → history row."""
    newest = model.history.filter(id__in=pks).order_by().values("id").annotate(newest=Max("history_id"))
    return {version.id: version for version in model.history.filter(history_id__in=newest.values("newest"))}
