"""What reviewers said of an article, for its form: why it came back or was withdrawn, and which comments are open."""

from dataclasses import dataclass

from django.db.models import Q, Subquery
from django.urls import reverse

from ..meanwhile import name_of
from ..models import ReviewComment, ReviewEvent, Revision, prepared


@dataclass(frozen=True)
class Said:
    """One comment: the ``label`` of the change on which it hangs, empty for the whole, and where to answer it."""

    label: str
    text: str
    who: str
    address: str


@dataclass(frozen=True)
class ReviewersWords:
    """``returned`` is the event (its comment, user, time and revision), None where the article is not back.

    So is ``withdrawn``, None where the article is not withdrawn.
    """

    returned: ReviewEvent | None
    returned_by: str
    withdrawn: ReviewEvent | None
    withdrawn_by: str
    comments: tuple[Said, ...]


def reviewers_words(article):
    """Return the ``ReviewersWords`` on an article; None where nothing is to be told.

    Why it came back is told until it is submitted again: saving in between does not answer it.
    """
    last = {event.kind: event for event in prepared.rows(_last, ReviewEvent, article=article.pk)}
    returned, withdrawn = last.get(ReviewEvent.RETURNED), last.get(ReviewEvent.WITHDRAWN)
    found = prepared.rows(_unresolved, ReviewComment, article=article.pk)
    if not (returned or withdrawn or found):
        return None
    slug, shown = article.public_slug(), _number_readers_see(article)
    comments = (Said(one.label, one.text, name_of(one.user), _address(slug, shown, one)) for one in found)
    names = (name_of(event.user) if event else "" for event in (returned, withdrawn))
    return ReviewersWords(returned, next(names), withdrawn, next(names), tuple(comments))


def _last(model):
    """Return the last step of review, and the last that took the article from its readers or gave it back."""
    events = model.objects.filter(article=prepared.ARTICLE).order_by("-id").values("pk")
    step = events.filter(kind__in=(model.SUBMITTED, model.RETURNED, model.PUBLISHED))[:1]
    gone = events.filter(kind__in=(model.WITHDRAWN, model.REINSTATED))[:1]
    found = model.objects.filter(Q(pk=Subquery(step)) | Q(pk=Subquery(gone)))
    return found.select_related("user", "revision").order_by()


def _unresolved(model):
    found = model.objects.filter(revision__article=prepared.ARTICLE, resolved_at=None)
    return found.select_related("revision", "user")


def _number_readers_see(article):
    published = Revision.objects.filter(publications__page__article=article)
    return published.values_list("number", flat=True).first()


def _address(slug, shown, comment):
    """Return where the comment stands: at its change, against what readers see, else on the revision's page."""
    number = comment.revision.number
    if not shown or shown >= number:
        return reverse("revision", args=[slug, number])
    place = f"#change-{comment.change}" if comment.change else "#comments"
    return reverse("compare", args=[slug, shown, number]) + place
