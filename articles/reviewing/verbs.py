"""The steps between a draft and its publication. Each checks the role, locks the article, and inserts its event."""

import logging
from contextlib import contextmanager
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..content import comment_fault
from ..models import Article, ReviewEvent
from ..permissions import CHANGE, PROTECT, REVIEW
from ..publishing import approvals, check_may_publish, is_own_work, is_protected, publish
from ..revisions import keep_standing
from .mail import authors_to_tell, tell_published, tell_returned

_log = logging.getLogger("security")


class NotReviewable(Exception):
    """The verb does not fit the state of the article; the message says why and what to do. Nothing was done."""


@contextmanager
def _locked_newest(revision):
    """Open a transaction with the article locked, in which ``revision`` is its newest."""
    with transaction.atomic():
        article = Article.locked(revision.article_id)
        newest = article.revisions.newest()
        if newest.pk != revision.pk:
            raise NotReviewable(
                _("Revision {number} came meanwhile. Nothing was done; look at what differs first.").format(
                    number=newest.number
                )
            )
        yield article


def check_may(user, permission, message):
    """Raise ``PermissionDenied`` with the message unless the user has the permission. None is the command line."""
    if user is not None and not (user.is_active and user.has_perm(permission)):
        raise PermissionDenied(message)


def check_comment(comment):
    """Raise ``NotReviewable`` with a sentence for a comment that cannot be stored."""
    if fault := comment_fault(comment):
        raise NotReviewable(_("The comment {fault}. Nothing was done.").format(fault=fault))


def _event(article, revision, kind, user, comment="", own_work=False):
    event = ReviewEvent.objects.create(
        article=article, revision=revision, kind=kind, user=user, time=timezone.now(), comment=comment.strip(),
        own_work=own_work,
    )  # fmt: skip
    keep_standing(article)
    facts = {"article": article.pk, "revision": revision and revision.number, "user": user and user.pk}
    transaction.on_commit(partial(_log.info, kind, extra=facts), robust=True)
    return event


def submit(revision, *, user, comment=""):
    """Ask for review of ``revision``; return the event. Submitting what waits or is published does nothing.

    Raises ``PermissionDenied`` if the user may not edit, ``NotReviewable`` if a newer revision is there.
    """
    check_may(user, CHANGE, _("Your role does not edit articles."))
    check_comment(comment)
    with _locked_newest(revision) as article:
        last = revision.review_events.newest(ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.PUBLISHED)
        if last and last.kind != ReviewEvent.RETURNED:
            return last
        return _event(article, revision, ReviewEvent.SUBMITTED, user, comment)


def return_(revision, *, user, comment):
    """Give a submitted revision back to its editors with a comment, which must say what to mend."""
    check_may(user, REVIEW, _("Your role does not review articles."))
    check_comment(comment)
    if not comment.strip():
        raise NotReviewable(_("Write what should be mended; nothing was returned."))
    with _locked_newest(revision) as article:
        if state(article) != ReviewEvent.SUBMITTED:
            raise NotReviewable(_("Revision {number} does not wait for review.").format(number=revision.number))
        event = _event(article, revision, ReviewEvent.RETURNED, user, comment)
        tell_returned(event)
    return event


def approve(revision, *, user, comment=""):
    """Approve ``revision``, the newest, and publish it; return the Publication, or None while an approval is missing.

    A protected article needs the approvals of two reviewers. Of two who approve at once one publishes, and the other
    gets that publication, which names its user. Raises ``PermissionDenied``, ``NotReviewable``, and
    ``NotPublishable``, also when a newer revision came meanwhile: the approval is bound to what was seen.
    """
    # Publishing would tell anybody who asks which publication is there already.
    check_may(user, REVIEW, _("Your role does not approve articles."))
    check_comment(comment)
    if not is_protected(revision.article) or _others_approved(revision, user):
        return _publish(revision, user, comment)
    with _locked_newest(revision) as article:
        check_may_publish(user, article)
        completes = _others_approved(revision, user)  # they may have approved while we waited for the lock
        if not completes and not approvals(revision).filter(user=user).exists():
            _event(article, revision, ReviewEvent.APPROVED, user, comment, is_own_work(user, article))
    return _publish(revision, user, comment) if completes else None


def _others_approved(revision, user):
    return approvals(revision).exclude(user=user).exists()


def _publish(revision, user, comment):
    """Publish; whose work waited is told once, by whoever was first."""
    authors = authors_to_tell(revision.article)
    publication = publish(revision, user=user, comment=comment, only_newest=True)
    if publication.user_id == (user and user.pk):
        tell_published(publication, authors, comment.strip())
    return publication


def protect(article, *, user, comment=""):
    """Ask for two approvals from now on."""
    _set_protected(article, user, comment, ReviewEvent.PROTECTED)


def unprotect(article, *, user, comment=""):
    """Let one approval do again."""
    _set_protected(article, user, comment, ReviewEvent.UNPROTECTED)


def _set_protected(article, user, comment, kind):
    check_may(user, PROTECT, _("Your role does not protect articles."))
    check_comment(comment)
    with transaction.atomic():
        article = Article.locked(article.pk)
        if is_protected(article) != (kind == ReviewEvent.PROTECTED):
            _event(article, None, kind, user, comment)


def state_at(revision):
    """Return the kind of the last step that was taken with ``revision`` before anything newer was written, or None."""
    steps = revision.review_events.newest(ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.PUBLISHED)
    return steps and steps.kind


def state(article):
    """Return what the newest revision is: draft, submitted, returned or published; or that the article is withdrawn.

    A correction of a shared source or image on top of what was submitted or returned leaves it submitted or returned.
    """
    gone = article.review_events.newest(ReviewEvent.WITHDRAWN, ReviewEvent.REINSTATED)
    if gone and gone.kind == ReviewEvent.WITHDRAWN:
        return ReviewEvent.WITHDRAWN
    written = article.revisions.filter(shared=False).newest()
    if written is None:
        return "draft"
    events = article.review_events.filter(revision__number__gte=written.number)
    last = events.newest(ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.PUBLISHED)
    if last is None or last.kind == ReviewEvent.PUBLISHED and last.revision_id != article.revisions.newest().pk:
        return "draft"
    return last.kind
