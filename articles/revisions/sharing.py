"""Shared changes: a source or an image is changed once, and every article that uses it gets a revision."""

from collections import defaultdict

from django.db import transaction

from ..content import Source as SourceContent, parse_json, read_line
from ..models import Article, Figure, Reference, Source
from ..models.guards import writing
from .opening import open_revision
from .problems import kept, moved, moved_with_image
from .source_words import store_words
from .standing import keep_revision


class UsersChanged(Exception):
    """Another article took the source up between finding its users and locking it."""


def record_shared_change(shared, *, author, summary=""):
    """Store ``shared``, a Source or an Image with its new values, and return the revisions made, in order of article.

    A new one is only stored. A change writes one history row and, in the same transaction, one new revision in every
    article whose present rows use it, in which those rows move to the new version. Nothing is written, and the list is
    empty, if nothing differs. Published pages do not move. Raises ``Refused`` for values that never get in.

    Call it once in a transaction: it locks articles, which must not come after the source of an earlier change.
    """
    _check(shared)
    summary = read_line(summary or "", "summary", "summary")
    with transaction.atomic():
        if shared.pk is None:
            _store(shared, author)
            return []
        while True:
            try:
                with transaction.atomic():
                    return _change(shared, author, summary)
            except UsersChanged:
                # The savepoint gave the locks back; look again, now with the article that came in between.
                continue


def _check(shared):
    """Bring what an editor may write into the one form; raise ``Refused`` for what never gets in."""
    if isinstance(shared, Source):
        shared.set_content(SourceContent.read(parse_json(shared.csl)))
    else:
        for name in ("credit", "licence"):
            setattr(shared, name, read_line(getattr(shared, name), name, name))


def _store(shared, author):
    with writing(shared=True, author_id=author and author.pk):
        shared.save()
    if isinstance(shared, Source):
        store_words(shared)


def _change(shared, author, summary):
    ids = set(_users(shared).values_list("article_id", flat=True))
    articles = list(Article.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    stored = type(shared).objects.select_for_update(no_key=True).get(pk=shared.pk)
    # Under both locks: nobody takes the source up or drops it any more.
    rows = defaultdict(list)
    for row in _users(shared).order_by("pk"):
        rows[row.article_id].append(row)
    if rows.keys() - ids:
        raise UsersChanged
    if all(getattr(shared, name) == getattr(stored, name) for name in _columns(shared)):
        return []
    _store(shared, author)
    version = shared.history.latest().history_id
    return [_move(article, rows[article.pk], version, author, summary) for article in articles if rows[article.pk]]


def _columns(shared):
    return [field.attname for field in shared._meta.concrete_fields]


def _users(shared):
    """Return the rows that use ``shared``."""
    if isinstance(shared, Source):
        return Reference.objects.filter(source=shared)
    return Figure.objects.filter(image=shared)


def _move(article, rows, version, author, summary):
    base = article.revisions.newest().number
    references = isinstance(rows[0], Reference)
    tag = "source_corrected" if references else "picture_changed"
    problems = kept(article)
    if problems is not None:
        problems = (moved if references else moved_with_image)(problems, rows, version)
    with open_revision(article, author=author, summary=summary, base=base, shared=True, tags=[tag]) as revision:
        for row in rows:
            setattr(row, "source_version" if isinstance(row, Reference) else "image_version", version)
            row.save()
    keep_revision(article, problems)
    return revision
