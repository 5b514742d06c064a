"""Comments that hang on a change of a diff, and the mark of the reviewer who is looking at it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import ReviewComment, ReviewMark
from ..permissions import CHANGE, REVIEW
from ..plain_text import forbidden
from .verbs import NotReviewable, check_comment

MARK_LASTS = timedelta(hours=2)
"""A mark older than this is nobody's any more."""


def add_comment(revision, *, user, text, change="", label=""):
    """Hang a comment on the change with id ``change`` (empty: on the revision); editors and reviewers may."""
    if not user.has_perm(CHANGE):
        raise PermissionDenied(_("Your role does not comment."))
    text = text.strip()
    if not text:
        raise NotReviewable(_("The comment is empty; nothing was stored."))
    check_comment(text)
    if forbidden(change, one_line=True) or forbidden(label, one_line=True):
        change = label = ""
    return ReviewComment.objects.create(
        revision=revision, user=user, text=text, change=change[:64], label=label[:300], time=timezone.now()
    )


def resolve_comment(comment, *, user):
    """Mark a comment as dealt with; doing it twice changes nothing."""
    if not user.has_perm(CHANGE):
        raise PermissionDenied(_("Your role does not comment."))
    now = timezone.now()
    ReviewComment.objects.filter(pk=comment.pk, resolved_at=None).update(resolved_by=user, resolved_at=now)


def looking_at(revision):
    """Return the mark "looking at it" that holds for a revision, or None."""
    mark = ReviewMark.objects.select_related("user").filter(revision=revision).first()
    return mark if mark and _holds(mark, timezone.now()) else None


def take_up(revision, *, user):
    """Put the mark "looking at it" on a revision and return it: the user's, or that of whoever was first."""
    if not user.has_perm(REVIEW):
        raise PermissionDenied(_("Your role does not review articles."))
    now = timezone.now()
    mark, _made = ReviewMark.objects.get_or_create(revision=revision, defaults={"user": user, "time": now})
    if not _holds(mark, now) or mark.user_id == user.pk:
        mark.user, mark.time = user, now
        mark.save()
    return mark


def _holds(mark, now):
    """Tell whether a mark is not too old; one of the future was made before the clock was put back."""
    return abs(now - mark.time) <= MARK_LASTS
