"""Keeping ``Standing`` true: made anew from revisions, events and the page, in the transaction that changed one."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from ..folding import fold, skeleton
from ..models import Article, ArticleName, ArticleSlug, ReviewEvent, Revision, Standing, prepared
from .article_words import keep_words
from .problems import counted, keep, totals
from .reading import newest_content

_GONE = (ReviewEvent.WITHDRAWN, ReviewEvent.REINSTATED)
_PROTECTED = (ReviewEvent.PROTECTED, ReviewEvent.UNPROTECTED)
_WAITING = (ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.PUBLISHED)


def keep_standing(article, newest=None, **columns):
    """Store how the article, which the caller has locked, stands now; ``columns`` are those that only he knows.

    ``newest`` is its newest Revision, where he has it.

    Call it wherever a revision or a review event was written, before the transaction ends.
    """
    facts = _facts(article, newest or article.revisions.newest()) | columns
    if not Standing.objects.filter(article=article).update(**facts):
        names = ArticleName.objects.filter(article=article).values_list("name", flat=True)
        Standing.objects.create(article=article, **facts | {"names": _names(article, names)} | columns)


def keep_revision(article, problems, newest=None, *, renamed=True):
    """As ``keep_standing``, after a new revision; ``problems`` as of ``problems.counted``, None if unknown.

    ``renamed`` tells whether its slug, its title or another name may be new.
    """
    keep(article, problems)
    columns = totals(problems)
    if renamed:
        names = list(ArticleName.objects.filter(article=article).values_list("name", flat=True))
        keep_words(article, names)
        columns["names"] = _names(article, names)
    keep_standing(article, newest, **columns)


def remeasure(key):
    """Make what is kept of the article with primary key ``key`` anew."""
    with transaction.atomic():
        article = Article.locked(key)
        keep_revision(article, counted(newest_content(article)))


@dataclass(frozen=True)
class Facts:
    """What revisions, events and the page of an article tell, asked at once: keys of rows, and numbers of revisions."""

    newest_id: int
    withdrawn: bool
    protected: bool
    published_number: int | None


def facts_of(article):
    """Return the ``Facts`` of an article."""
    row = prepared.facts(_with_events, Article, article=article.pk)
    return Facts(
        row["newest_pk"], row["gone"] == ReviewEvent.WITHDRAWN, row["protection"] == ReviewEvent.PROTECTED,
        row["published_number"],
    )  # fmt: skip


def _facts(article, newest):
    row = prepared.facts(_with_events, Article, article=article.pk)
    state, event = _state(row)
    waits = state in (ReviewEvent.SUBMITTED, ReviewEvent.RETURNED)
    published = row["published_number"]
    return {
        "newest_id": newest.pk,
        "title": article.title,
        "changed": newest.created,
        "writer_id": row["written_author"],
        "submitter_id": row["submitter"] if waits else None,
        "state": state,
        "event_id": event,
        "correction": bool(published and state == Standing.DRAFT and row["written_number"] <= published),
        "protected": row["protection"] == ReviewEvent.PROTECTED,
        "published_number": published,
    }


_COLUMNS = (
    "newest_pk", "written_author", "written_number", "gone", "gone_id", "event_kind", "event_id", "event_revision",
    "submitter", "protection", "published_number",
)  # fmt: skip


def _with_events(model):
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    written = newest.filter(shared=False)
    events = ReviewEvent.objects.filter(article=OuterRef("pk")).order_by("-id")
    gone = events.filter(kind__in=_GONE)
    # A corrected source on top of what was submitted or returned leaves it so.
    here = events.filter(revision__number__gte=OuterRef("written_number"), kind__in=_WAITING)
    return (
        model.objects.filter(pk=prepared.ARTICLE)
        .annotate(
            newest_pk=Subquery(newest.values("pk")[:1]),
            written_number=Subquery(written.values("number")[:1]),
            written_author=Subquery(written.values("author")[:1]),
            gone=Subquery(gone.values("kind")[:1]),
            gone_id=Subquery(gone.values("pk")[:1]),
            event_kind=Subquery(here.values("kind")[:1]),
            event_id=Subquery(here.values("pk")[:1]),
            event_revision=Subquery(here.values("revision_id")[:1]),
            submitter=Subquery(here.filter(kind=ReviewEvent.SUBMITTED).values("user")[:1]),
            protection=Subquery(events.filter(kind__in=_PROTECTED).values("kind")[:1]),
            published_number=F("page__publication__revision__number"),
        )
        .values(*_COLUMNS)
    )


def _state(row):
    """Return the word that ``reviewing.state`` gives, and the event that made it so."""
    if row["gone"] == ReviewEvent.WITHDRAWN:
        return ReviewEvent.WITHDRAWN, row["gone_id"]
    stale = row["event_kind"] == ReviewEvent.PUBLISHED and row["event_revision"] != row["newest_pk"]
    if stale or row["event_kind"] is None:
        return Standing.DRAFT, None
    return row["event_kind"], row["event_id"]


def _names(article, names):
    """Return the words of title, ``names`` and slugs, folded, and their skeletons."""
    slugs = ArticleSlug.objects.filter(article=article).values_list("slug", flat=True)
    said = (article.title, *names, *slugs)
    words = dict.fromkeys(word for name in said for word in fold(name).split("-"))
    skeletons = dict.fromkeys(f"~{word}" for name in said for word in skeleton(name).split())
    return f" {' '.join([*words, *skeletons])} "
