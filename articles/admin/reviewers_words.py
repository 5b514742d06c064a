"""What reviewers said of an article, for its form: why it came back, and the comments that nobody has resolved yet."""

from dataclasses import dataclass

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
    """``returned`` is the event (its comment, user, time and revision), None where the article is not back."""

    returned: ReviewEvent | None
    returned_by: str
    comments: tuple[Said, ...]


def reviewers_words(article):
    """Return the ``ReviewersWords`` on an article; None where nothing is to be told.

    Why it came back is told until it is submitted again: saving in between does not answer it.
    """
    last = prepared.first(_last, ReviewEvent, article=article.pk)
    returned = last if last and last.kind == ReviewEvent.RETURNED else None
    found = prepared.rows(_unresolved, ReviewComment, article=article.pk)
    if not (returned or found):
        return None
    slug, shown = article.public_slug(), _number_readers_see(article)
    comments = (Said(one.label, one.text, name_of(one.user), _address(slug, shown, one)) for one in found)
    return ReviewersWords(returned, name_of(returned.user) if returned else "", tuple(comments))


def _last(model):
    kinds = model.SUBMITTED, model.RETURNED, model.PUBLISHED
    found = model.objects.filter(article=prepared.ARTICLE, kind__in=kinds).select_related("user", "revision")
    return found.order_by("-id")[:1]


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
