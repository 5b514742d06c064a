"""Shared changes: a source or an image is changed once, and every article that uses it gets a revision."""

from django.db import transaction

from ..models import Article, Figure, Reference, Source
from ..models.guards import writing
from .recording import _new_revision


class _UsersChanged(Exception):
    """Another article took the source up between finding its users and locking it."""


def record_shared_change(shared, *, author, summary=""):
    """Store ``shared``, a Source or an Image with its new values, and return the revisions made, in order of article.

    A new one is only stored. A change writes one history row and, in the same transaction, one new revision in every
    article whose present rows use it, in which those rows move to the new version. Nothing is written, and the list is
    empty, if nothing differs. Published pages do not move.
    """
    with transaction.atomic():
        if shared.pk is None:
            with writing(shared=True, author_id=author and author.pk):
                shared.save()
            return []
        while True:
            try:
                with transaction.atomic():
                    return _change(shared, author, summary)
            except _UsersChanged:
                # The savepoint gave the locks back; look again. Each round has more articles, so this ends.
                continue


def _change(shared, author, summary):
    model, users = _users(shared)
    ids = sorted(users().values_list("article_id", flat=True).distinct())
    articles = list(Article.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    present = type(shared).objects.select_for_update(no_key=True).get(pk=shared.pk)
    if set(users().values_list("article_id", flat=True)) - set(ids):
        raise _UsersChanged
    fields = [field.attname for field in shared._meta.concrete_fields]
    if all(getattr(shared, name) == getattr(present, name) for name in fields):
        return []
    with writing(shared=True, author_id=author and author.pk):
        shared.save()
    version = shared.history.latest().history_id
    return [_move(article, users().filter(article=article), model, version, author, summary) for article in articles]


def _users(shared):
    """Return the column that names the version, and a function giving the rows that use ``shared``, in order."""
    if isinstance(shared, Source):
        return "source_version", lambda: Reference.objects.filter(source=shared).order_by("pk")
    return "image_version", lambda: Figure.objects.filter(image=shared).order_by("pk")


def _move(article, rows, column, version, author, summary):
    number = article.revisions.newest().number
    revision = _new_revision(article, number + 1, author, summary, False, number, shared=True)
    with writing(article_id=article.pk, revision_id=revision.pk, author_id=author and author.pk):
        for row in rows:
            setattr(row, column, version)
            row.save()
    return revision
