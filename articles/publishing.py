"""Publishing: freeze a reviewed revision, make its page, and let everything public follow it in one transaction."""

import logging
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from . import pages
from .content import comment_fault
from .models import Article, Publication, RenderedPage, ReviewEvent, Revision, prepared
from .pages import links_for, moved_targets, naming
from .permissions import REVIEW
from .rendering import render
from .revisions import facts_of, keep_standing, remembered_content, rendered

_log = logging.getLogger("security")
_TURN = 0x6B616C62
"""Key of the database's lock for which the verbs wait that move what readers see."""


class NotPublishable(Exception):
    """The revision cannot be published; nothing was. ``problems`` holds the errors in the article, if that is why."""

    def __init__(self, message, problems=()):
        self.problems = tuple(problems)
        super().__init__(message)


def is_own_work(user, article):
    """Tell whether a revision after the article's current publication is the user's own."""
    return user is not None and bool(prepared.tuples(_own, Revision, article=article.pk, user=user.pk)[0])


def _own(model):
    revisions = model.objects.filter(article=prepared.ARTICLE, author=prepared.USER)
    return revisions.filter(number__gt=_published(prepared.ARTICLE)).order_by().values_list("pk")[:1]


def _pending(article):
    return article.revisions.filter(number__gt=_published(article))


def _published(article):
    """Return the expression of the number of the revision that readers see, 0 for none."""
    return Coalesce(Subquery(RenderedPage.objects.filter(article=article).values("publication__revision__number")), 0)


def pending_authors(article):
    """Return the users who wrote the revisions after the current publication; who corrected a source wrote none."""
    return get_user_model().objects.filter(pk__in=_pending(article).filter(shared=False).values("author"))


def may_publish(user, article, *, own_work=None):
    """Tell whether ``user`` may approve and publish the article as it stands. None is the command line, and may.

    Nobody approves their own work but superusers, and everybody where the site allows it (``REVIEW_OWN_WORK``).
    ``own_work`` is the answer of ``is_own_work`` where the caller has it already.
    """
    if user is None:
        return True
    if not (user.is_active and user.has_perm(REVIEW)):
        return False
    if user.is_superuser or settings.REVIEW_OWN_WORK:
        return True
    return not (is_own_work(user, article) if own_work is None else own_work)


def check_may_publish(user, article, *, own_work=None):
    """Raise ``PermissionDenied`` with a sentence that says why, unless ``may_publish``."""
    if may_publish(user, article, own_work=own_work):
        return
    if user.is_active and user.has_perm(REVIEW):
        raise PermissionDenied(_("Your own work waits in this article, so somebody else must approve it."))
    raise PermissionDenied(_("Your role does not approve articles."))


def is_protected(article):
    """Tell whether two reviewers must approve what is published of the article."""
    return facts_of(article).protected


def approvals(revision):
    """Return the approvals of exactly this revision."""
    return revision.review_events.filter(kind=ReviewEvent.APPROVED)


def _check_problems(page, *, by_command):
    stops = page.errors if by_command else tuple(one for one in page.problems if one.stops_people)
    if stops:
        count = len(stops)
        raise NotPublishable(
            ngettext(
                "%s error must be mended before publication.", "%s errors must be mended before publication.", count
            )
            % count,
            stops,
        )


def publish(revision, *, user, comment="", commanded=False, only_newest=False):
    """Approve ``revision`` and make it what readers see; return the Publication.

    Publishing what is published already returns the present one and does nothing. Raises ``PermissionDenied`` if
    ``user`` may not approve it (with ``commanded``, on the command line, everybody may). Raises ``NotPublishable`` if
    there are errors in it, the article is withdrawn, something newer is published or, with ``only_newest``, a newer
    revision was recorded; off the command line also if a picture lacks alternative text, credit or licence.
    """
    content = remembered_content(revision)
    publication = Publication(
        article=revision.article, revision=revision, user=user, created=timezone.now(), slug=content.slug,
        content=content.canonical_json(),
    )  # fmt: skip
    links = links_for(content, revision.article_id)
    page = rendered(content, links)
    _check_problems(page, by_command=commanded or user is None)
    finished = pages.finish(publication, content, page, links)
    with transaction.atomic():
        article = Article.locked(revision.article_id)
        facts = facts_of(article)
        before = prepared.first(_current, Publication, article=article.pk)
        if before and before.revision_id == revision.pk:
            return before
        own_work = is_own_work(user, article)
        _check(article, facts, revision, None if commanded else user, own_work)
        if only_newest and facts.newest_id != revision.pk:
            message = _("Revision {number} came meanwhile. Nothing was published; look at what differs first.").format(
                number=article.revisions.newest().number
            )
            raise NotPublishable(message)
        publication.save()
        for kind in (ReviewEvent.APPROVED, ReviewEvent.PUBLISHED):
            ReviewEvent.objects.create(
                article=article, revision=revision, kind=kind, user=user, time=publication.created,
                comment=comment if kind == ReviewEvent.APPROVED else "", own_work=own_work,
            )  # fmt: skip
        _let_follow(article, before.outline() if before else None, content)
        present = links_for(content, article.pk)
        if present != links:
            finished = pages.finish(publication, content, render(content, present), present)
        pages.store_page(publication, finished)
        keep_standing(article, revision if facts.newest_id == revision.pk else None)
        facts = {"article": article.pk, "revision": revision.number, "user": user and user.pk, "own_work": own_work}
        transaction.on_commit(partial(_log.info, "published", extra=facts), robust=True)
    return publication


def _current(model):
    return model.objects.current().filter(article=prepared.ARTICLE).order_by()


def _check(article, facts, revision, user, own_work):
    check_may_publish(user, article, own_work=own_work)
    if facts.withdrawn:
        raise NotPublishable(_("The article is withdrawn; reinstate it first."))
    if facts.published_number and facts.published_number > revision.number:
        raise NotPublishable(
            _("Revision {number} is published, which is newer; restore this one first.").format(
                number=facts.published_number
            )
        )
    if facts.protected and not approvals(revision).exclude(user=user).exists():
        raise NotPublishable(_("The article is protected: another reviewer must approve this revision too."))


def _let_follow(article, before, after):
    lead_anew(article, moved_targets(before, after))


def lead_anew(article, targets):
    """Mark the pages of others outdated that name what leads elsewhere now; nobody else moves a name until we are done.

    ``targets`` are folded names. Called inside the transaction of the verb that moves them.
    """
    _wait_for_turn()
    if targets:
        naming(targets).exclude(article=article).update(outdated=True)


def _wait_for_turn():
    """Let the verbs that move what readers see follow one another from here to the end of their transactions.

    Two that name each other would else each not see the other's new links, which then lead nowhere, and would wait for
    each other's page. SQLite has one writer in any case.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def withdraw(article, *, user, comment=""):
    """Take the article from its readers until it is reinstated; its publications stay.

    The form asks for the reason, which is told to the authors; programs may withdraw without one.
    """
    _check_may_withdraw(user, comment)
    with transaction.atomic():
        article = Article.locked(article.pk)
        page = RenderedPage.objects.filter(article=article).select_related("publication").first()
        if page is None:
            raise NotPublishable(_("The article is not published."))
        _record(article, ReviewEvent.WITHDRAWN, user, comment, page.publication.revision)
        _let_follow(article, page.publication.outline(), None)
        page.delete()
        keep_standing(article)


def reinstate(article, *, user, comment=""):
    """Give a withdrawn article back to its readers, as it was last published."""
    _check_may_withdraw(user, comment)
    with transaction.atomic():
        article = Article.locked(article.pk)
        if not facts_of(article).withdrawn:
            raise NotPublishable(_("The article is not withdrawn."))
        publication = article.publications.order_by("-id").first()
        content = publication.article_content()
        _record(article, ReviewEvent.REINSTATED, user, comment, publication.revision)
        _let_follow(article, None, content)
        links = links_for(content, article.pk)
        pages.store_page(publication, pages.finish(publication, content, render(content, links), links))
        keep_standing(article)


def _check_may_withdraw(user, comment):
    if user is not None and not (user.is_active and user.has_perm(REVIEW)):
        raise PermissionDenied(_("Your role does not withdraw or reinstate articles."))
    if fault := comment_fault(comment):
        raise NotPublishable(_("The comment {fault}. Nothing was done.").format(fault=fault))


def _record(article, kind, user, comment, revision):
    ReviewEvent.objects.create(
        article=article, revision=revision, kind=kind, user=user, time=timezone.now(), comment=comment
    )
    facts = {"article": article.pk, "user": user and user.pk}
    transaction.on_commit(partial(_log.info, kind, extra=facts), robust=True)
