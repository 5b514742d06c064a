"""What staff are told and may do beside a comparison: the state of the article, who is looking, comments, decisions."""

from django.urls import reverse

from .. import publishing, reviewing
from ..models import ReviewComment, ReviewEvent, Standing, prepared
from ..permissions import CHANGE, REVIEW, is_staff_reader
from .names import STATES, published_number, said, shown_name, standing_of

_SEEN = "seen_corrections"
_MOST_SEEN = 500
_SAID = (ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.WITHDRAWN)
"""States of which staff are told who brought them about, and in which words."""


def comments_on(article, number):
    """Return the comments on revisions up to ``number``, the oldest first, as plain data."""
    return [
        {
            "pk": comment.pk,
            "revision": comment.revision.number,
            "change": comment.change,
            "label": comment.label,
            "text": comment.text,
            "who": shown_name(comment.user),
            "time": comment.time,
            "resolved_by": shown_name(comment.resolved_by) if comment.resolved_by_id else "",
        }
        for comment in prepared.rows(_comments, ReviewComment, article=article.pk, number=number)
    ]


def _comments(model):
    found = model.objects.filter(revision__article=prepared.ARTICLE, revision__number__lte=prepared.NUMBER)
    return found.select_related("revision", "user", "resolved_by")


def desk(user, article, old, new, slug):
    """Return what staff see and may do, ``old`` and ``new`` being revisions; None for strangers.

    Decisions are offered where readers' revision is compared with the newest, and for what was never published on the
    page of the newest revision itself (``old`` None): what is approved was seen whole.
    """
    if not is_staff_reader(user):
        return None
    standing = standing_of(article)
    newest, published, state = standing.newest, standing.published_number, standing.state
    is_newest = newest.pk == new.pk
    open_ = state not in (ReviewEvent.PUBLISHED, ReviewEvent.WITHDRAWN)
    decides = is_newest and open_ and (old and old.number) == published
    reviews = user.has_perm(REVIEW)
    # A mark is of use while reviewers are asked; who returned it does not look at it any more.
    waits = decides and (state == ReviewEvent.SUBMITTED or standing.correction)
    mark = reviewing.looking_at(new) if waits else None
    own_work = _own_work(user, article, published) if decides and reviews else []
    # They are told, and count, where they are needed or something is decided.
    approvals = list(publishing.approvals(new).select_related("user")) if decides or standing.protected else []
    return {
        "state": state,
        "state_word": STATES[state],
        "corrected_only": standing.correction,
        "newest": newest.number,
        "published": published,
        "is_newest": is_newest,
        "decides": decides,
        "whole": reverse("compare", args=[slug, published, newest.number])
        if open_ and published and published != newest.number and not decides
        else "",
        "said": said(standing.event) if state in _SAID else None,
        "looking": mark and {"who": shown_name(mark.user), "since": mark.time, "mine": mark.user_id == user.pk},
        "may_take_up": waits and reviews and (mark is None or mark.user_id == user.pk),
        "may_comment": user.has_perm(CHANGE),
        "may_submit": is_newest and state in (Standing.DRAFT, ReviewEvent.RETURNED) and user.has_perm(CHANGE),
        "may_return": decides and state == ReviewEvent.SUBMITTED and reviews,
        "may_approve": decides and publishing.may_publish(user, article, own_work=bool(own_work)),
        "own_work": own_work,
        "errors": standing.errors if decides else None,
        "form": reverse("admin:articles_article_change", args=[article.pk]),
        "approvals": [shown_name(event.user) for event in approvals],
        "protected": standing.protected,
        "approved_already": any(event.user_id == user.pk for event in approvals),
    }


def _own_work(user, article, published):
    """Return the numbers of the user's own revisions after the publication."""
    pending = article.revisions.filter(number__gt=published or 0)
    return sorted(pending.filter(author=user).values_list("number", flat=True))


def remember_seen(request, article, old, new):
    """Remember in the session that a reviewer saw what a correction of shared things changes in an article."""
    if not (new.shared and request.user.has_perm(REVIEW) and old.number == published_number(article)):
        return
    seen = request.session.get(_SEEN, [])
    if new.pk not in seen:
        request.session[_SEEN] = [*seen, new.pk][-_MOST_SEEN:]


def seen_corrections(request):
    """Return the primary keys of the revisions that the reviewer saw so."""
    return set(request.session.get(_SEEN, ()))
