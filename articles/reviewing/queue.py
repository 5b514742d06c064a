"""The queue: what waits for review, since when, how big it is, and by whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from ..models import ReviewEvent, Revision, Standing
from ..publishing import approvals, is_own_work, is_protected, may_publish
from .comments import looking_at
from .names import name_of


@dataclass(frozen=True)
class Waiting:
    """One article of the queue: the newest revision, what is known of it, and what the asking user may do."""

    revision: Revision
    published: int
    """Number of the revision that readers see; 0: none."""
    since: datetime
    authors: tuple[str, ...]
    words_added: int
    words_deleted: int
    """Each revision's own, summed: what one added and the next deleted counts as both."""
    revisions: int
    """How many revisions are summed."""
    summary: str
    """The edit summary of what was written last; corrections of shared things do not hide it."""
    said: str
    """What was said at submitting it, or empty."""
    looking: str
    """Who is looking at it, or empty."""
    shared_only: bool
    """Nothing but corrections of shared sources or images is pending."""
    approvals: int
    needed: int
    may_approve: bool
    own_work: bool

    @property
    def is_new(self):
        """Tell whether it has not waited a minute yet."""
        return timezone.now() - self.since < timedelta(minutes=1)


def _newest():
    numbers = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("number")
    return Revision.objects.filter(number=Subquery(numbers[:1]))


def queue(user):
    """Return what waits: newest revisions submitted and not returned or published since, the longest waiting first.

    Articles in which corrections of shared things are all that is pending wait too, without anybody submitting them;
    on top of what was submitted they take nothing out of the queue.
    """
    written = Revision.objects.filter(article=OuterRef("article"), shared=False).order_by("-number").values("number")
    last = ReviewEvent.objects.filter(
        article=OuterRef("article"), revision__number__gte=OuterRef("written"),
        kind__in=(ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.PUBLISHED),
    ).order_by("-id")  # fmt: skip
    # Looked for among what stands so, or every revision of the site would be asked whether it waits.
    standing = Standing.objects.filter(Q(state=ReviewEvent.SUBMITTED) | Q(correction=True))
    newest = _newest().filter(article__in=standing.order_by().values("article"))
    newest = newest.annotate(written=Subquery(written[:1]))
    newest = newest.annotate(
        last=Subquery(last.values("kind")[:1]), since=Subquery(last.values("time")[:1]),
        last_on=Subquery(last.values("revision")[:1]), comment=Subquery(last.values("comment")[:1]),
    )  # fmt: skip
    newest = newest.select_related("article__page__publication__revision")
    submitted = newest.filter(last=ReviewEvent.SUBMITTED)
    shared = newest.filter(shared=True, article__page__isnull=False)
    shared = shared.exclude(last__in=(ReviewEvent.SUBMITTED, ReviewEvent.RETURNED)).exclude(last_on=F("pk"))
    waiting = [_waiting(revision, user) for revision in (*submitted, *shared)]
    waiting = [one for one in waiting if one.shared_only or one.revision.last == ReviewEvent.SUBMITTED]
    return sorted(waiting, key=lambda one: one.since)


def _waiting(revision, user):
    article = revision.article
    page = getattr(article, "page", None)
    published = page.publication.revision.number if page else 0
    pending = article.revisions.filter(number__gt=published)
    size = pending.aggregate(added=Sum("words_added"), deleted=Sum("words_deleted"), revisions=Count("pk"))
    written = revision if not revision.shared else pending.filter(shared=False).newest()
    mark = looking_at(revision)
    authors = sorted({name_of(one.author) for one in pending.select_related("author")})
    return Waiting(
        revision=revision,
        published=published,
        since=revision.since if revision.last == ReviewEvent.SUBMITTED else revision.created,
        authors=tuple(authors),
        words_added=size["added"] or 0,
        words_deleted=size["deleted"] or 0,
        revisions=size["revisions"],
        summary=(written or revision).summary,
        said=revision.comment if revision.last == ReviewEvent.SUBMITTED else "",
        looking=name_of(mark.user) if mark else "",
        shared_only=written is None,
        approvals=approvals(revision).count(),
        needed=2 if is_protected(article) else 1,
        may_approve=may_publish(user, article),
        own_work=is_own_work(user, article),
    )
