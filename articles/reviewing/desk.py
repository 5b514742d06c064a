"""What lies on somebody's desk: own drafts, what came back, what waits, what is wrong anywhere, what changed last."""

from dataclasses import dataclass
from itertools import islice

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ..models import DraftProblem, ReaderReport, ReviewComment, ReviewEvent, Revision, Standing, Stash
from ..permissions import CHANGE, REVIEW
from ..stashes import open_stashes
from .labels import ERRORS, OPEN_COMMENT, PROBLEM_KINDS, STATES
from .notices import NOTICES_SHOWN, count_new

SHOWN = 6
"""So many of each block stand on the page; the rest is in the list to which the block leads."""
_TITLES, _ARTICLES = 3, 10
"""How many articles are named of a change that was made in several, and how many are looked through for it."""
COUNTED_MOST = 1_000
"""Counts end here, so that they cost the same on every site: what is shown then is “more than”."""


@dataclass(frozen=True)
class Block:
    """The first ``standings`` of a list, and how many there are: at most one more than are counted."""

    standings: tuple[Standing, ...]
    count: int


@dataclass(frozen=True)
class Change:
    """A revision, or what one change of something shared made in several articles: revisions that say the same."""

    revisions: tuple[Revision, ...]
    has_more: bool
    """Whether it was made in other articles too, which are not told."""


@dataclass(frozen=True)
class Tally:
    """In how many articles one kind of problem stands."""

    kind: str
    label: str
    count: int
    is_error: bool


@dataclass(frozen=True)
class Desk:
    """The front page, for one user."""

    drafts: Block
    returned: Block
    submitted: Block
    waiting: Block
    stashes: tuple
    stash_count: int
    problems: tuple[Tally, ...]
    changes: tuple[Change, ...]
    reports: int
    """How many of what readers reported nobody settled."""
    notices: int
    """How many notices the user has not seen, at most one more than ``notices_most``."""
    may_write: bool
    may_review: bool
    is_new: bool
    """The user is here to write, has written nothing yet and has nothing to do."""
    counted_most: int = COUNTED_MOST
    notices_most: int = NOTICES_SHOWN


class _Counted(Subquery):
    """The number of rows of a query, which may be sliced."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"


def desk_of(user):
    """Return the ``Desk`` of a user in so many queries at most, none of which walks over all articles."""
    blocks = _blocks_of(user)
    counts = _counts(user, blocks)
    stashes = open_stashes(user, SHOWN) if counts["typed"] else ()
    may_write, may_review = user.has_perm(CHANGE), user.has_perm(REVIEW)
    has_work = any(counts[name] for name in ("drafts", "returned", "submitted")) or stashes
    return Desk(
        **{name: Block(_shown(rows) if counts[name] else (), counts[name]) for name, rows in blocks.items()},
        stashes=tuple(stashes),
        stash_count=counts["typed"],
        problems=_tallies(counts),
        changes=_changes(),
        reports=counts["reports"],
        notices=count_new(user),
        may_write=may_write,
        may_review=may_review,
        is_new=may_write and not may_review and not has_work and not Revision.objects.filter(author=user).exists(),
    )


def conditions_of(user, at=""):
    """Return {name of a block: condition}, of Standings or of what has one at the path ``at``: ``standing__``."""

    def said(**facts):
        return Q(**{f"{at}{name}": value for name, value in facts.items()})

    # As the mail tells it: all whose work waited, but whoever returned it sees that of others no more. What was
    # returned and not mended yet is little on any site, so that each of it is asked for the user's work in it.
    pending = Revision.objects.filter(
        author=user,
        shared=False,
        article=OuterRef(f"{at}pk"),
        number__gt=Coalesce(OuterRef(f"{at}published_number"), 0),
    )
    concerned = said(writer=user) | said(submitter=user) | Q(Exists(pending.order_by())) & ~said(event__user=user)
    return {
        "drafts": said(writer=user, state=Standing.DRAFT, correction=False),
        "returned": said(state=ReviewEvent.RETURNED) & concerned,
        "submitted": said(submitter=user, state=ReviewEvent.SUBMITTED),
        "waiting": said(state=ReviewEvent.SUBMITTED) | said(correction=True),
    }


def order_of(name, at=""):
    """Return how a block is ordered: what waits for reviewers the oldest first, one's own work the newest first."""
    return (f"{at}changed" if name == "waiting" else f"-{at}changed",)


def _blocks_of(user):
    """Return {name: Standings} of what concerns the user, and of what waits for reviewers."""
    conditions = conditions_of(user)
    return {name: Standing.objects.filter(one).order_by(*order_of(name)) for name, one in conditions.items()}


def _changes():
    said = Revision.objects.order_by("-id").values_list("pk", "article", "author", "summary", "shared", named=True)
    changes = list(islice(_together(said[: SHOWN * _ARTICLES]), SHOWN))
    keys = [one.pk for change in changes for one in change[:_TITLES]]
    told = Revision.objects.select_related("article__page", "author").defer("article__body", "article__page__html")
    found = told.in_bulk(keys)
    return tuple(Change(tuple(found[one.pk] for one in some[:_TITLES]), len(some) > _TITLES) for some in changes)


def _together(revisions):
    """Yield in lists what one change of something shared made in several articles, and every other revision alone."""
    group = []
    for one in revisions:
        if group and not (_says_the_same(one, group[0]) and one.article not in {other.article for other in group}):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _says_the_same(one, other):
    return one.shared and other.shared and (one.author, one.summary) == (other.author, other.summary)


def _shown(standings):
    open_comments = ReviewComment.objects.filter(revision__article=OuterRef("pk"), resolved_at=None)
    number = open_comments.order_by().values("revision__article").annotate(number=Count("pk")).values("number")
    told = _first(standings).select_related("article__page", "newest__author", "writer", "event__user")
    told = told.annotate(open_comments=Coalesce(Subquery(number), 0))
    return tuple(_with_word(one) for one in told.defer("article__body", "article__page__html", "names"))


def _first(rows):
    """Return a query of the first rows of another.

    Chosen by a query of its own: a database that sorts carries along all that it was asked for, and one that joins
    before it has chosen (PostgreSQL does, for ten rows of a hundred thousand) walks over everything.
    """
    chosen = list(rows.values_list("pk", flat=True)[:SHOWN])
    return rows.model.objects.filter(pk__in=chosen).order_by(*rows.query.order_by)


def _with_word(standing):
    standing.word = STATES[standing.state]
    return standing


def _counts(user, blocks):
    """Return {block or kind of problem: number of articles}, asked in one query and counted to a limit."""
    rows = {name: block.order_by().values("pk") for name, block in blocks.items()}
    for kind in PROBLEM_KINDS:
        rows[f"kind_{kind}"] = DraftProblem.objects.filter(kind=kind).order_by().values("article")
    rows["reports"] = ReaderReport.objects.open().order_by().values("pk")
    talked = Revision.objects.filter(comments__isnull=False, comments__resolved_at=None)
    rows["kind_open_comment"] = talked.order_by().values("article").distinct()
    rows["typed"] = Stash.objects.open_of(user).order_by().values("pk")
    counts = {name: _Counted(some[: COUNTED_MOST + 1]) for name, some in rows.items()}
    return get_user_model().objects.filter(pk=user.pk).values(**counts).get()


def _tallies(counts):
    labels = PROBLEM_KINDS | {"open_comment": OPEN_COMMENT}
    tallies = [Tally(kind, label, counts[f"kind_{kind}"], kind in ERRORS) for kind, label in labels.items()]
    return tuple(sorted((one for one in tallies if one.count), key=lambda one: (not one.is_error, -one.count)))
