"""Merging: of two copies of a work one is kept, and every article that uses the other one moves to it."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from ..content import read_line
from ..models import Article, Reference, Source
from ..models.guards import writing
from ..problems import REFUSAL, Problem, Refused
from .opening import open_revision
from .problems import kept as kept_problems, moved
from .sharing import UsersChanged
from .source_words import store_words
from .standing import keep_revision


def merge_sources(copy, kept, *, author, summary=""):
    """Let the source ``kept`` stand for ``copy`` and return the revisions made, in order of article.

    In one transaction every article whose present rows use the copy gets one revision, in which those references move
    to the newest version of the kept source; nothing else of them changes. The copy stays for old revisions, marked
    as merged, and is found no more. Published pages do not move. Raises ``Refused`` where the two cannot be merged.

    Locks as a shared change does: articles, then the sources, each by primary key. Call it once in a transaction.
    """
    summary = read_line(summary or "", "summary", "summary")
    with transaction.atomic():
        while True:
            try:
                with transaction.atomic():
                    return _merge(copy.pk, kept.pk, author, summary)
            except UsersChanged:
                continue


def unmerge_source(copy, *, author):
    """Let a merged copy stand for itself again. References that moved stay where they are; tell whether it was one."""
    with transaction.atomic():
        source = Source.objects.select_for_update(no_key=True).get(pk=copy.pk)
        if source.merged_into_id is None:
            return False
        _mark(source, None, author)
        return True


def _merge(copy_key, kept_key, author, summary):
    ids = set(_users(copy_key).values_list("article_id", flat=True))
    articles = list(Article.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    sources = Source.objects.select_for_update(no_key=True).filter(pk__in=(copy_key, kept_key)).order_by("pk")
    locked = {source.pk: source for source in sources}
    # Under these locks nobody takes the copy up or drops it any more.
    rows = defaultdict(list)
    for row in _users(copy_key).order_by("pk"):
        rows[row.article_id].append(row)
    if rows.keys() - ids:
        raise UsersChanged
    copy, kept = locked[copy_key], locked[kept_key]
    _check(copy, kept)
    _mark(copy, kept, author)
    version = kept.history.latest().history_id
    return [
        _move(article, rows[article.pk], kept, version, author, summary) for article in articles if rows[article.pk]
    ]


def _check(copy, kept):
    if copy == kept:
        message = _("is the same source; choose two")
    elif copy.merged_into_id:
        message = _("was merged into another source already")
    elif kept.merged_into_id:
        message = _("cannot be merged into a source that was merged itself")
    else:
        return
    raise Refused([Problem("source", "invalid", message, REFUSAL)])


def _mark(copy, kept, author):
    copy.merged_into = kept
    with writing(shared=True, author_id=author and author.pk):
        copy.save()
    store_words(copy)


def _users(key):
    return Reference.objects.filter(source=key)


def _move(article, rows, kept, version, author, summary):
    base = article.revisions.newest().number
    problems = kept_problems(article)
    if problems is not None:
        problems = moved(problems, rows, version)
    facts = {"author": author, "summary": summary, "base": base, "shared": True, "tags": ["source_merged"]}
    with open_revision(article, **facts) as revision:
        for row in rows:
            row.source, row.source_version = kept, version
            row.save()
    keep_revision(article, problems)
    return revision
