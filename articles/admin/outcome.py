"""What follows a save: the words that tell it, the verbs of the other buttons, and where the editor goes."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..meanwhile import Meanwhile
from ..models import ReviewEvent
from ..pages import links_for
from ..publishing import NotPublishable
from ..rendering import render
from ..reviewing import NotReviewable, approve, state_at, submit, tell_watchers
from ..revisions import content_at


@dataclass(frozen=True)
class Together:
    """A change was put together with what others saved ``meanwhile``; ``seen`` tells that its writer was shown it."""

    meanwhile: Meanwhile
    seen: bool = False

    @property
    def unseen(self):
        """Whether the text holds what its writer has not seen: changes of others."""
        return bool(self.meanwhile.names) and not self.seen


def after_save(model_admin, request, article, revision, together=None):
    """Tell what was recorded (``revision`` None: nothing differed), do what else was asked, and lead on.

    ``together`` is a ``Together`` where others had saved in between: what their change makes of the text is not
    published unseen.
    """
    newest = revision or article.revisions.newest()
    if revision:
        _log(model_admin, request, revision)
        tell_watchers(revision)
        _tell_view(request, newest, _("Revision %(number)s saved."))
    elif "_submit" not in request.POST:
        _tell_view(request, newest, _("Nothing differs from revision %(number)s; no revision was made."))
    stay = "_continue" in request.POST
    if together:
        _tell_together(request, together, revision)
    if "_publish" in request.POST and together and together.unseen:
        stay = True
        messages.warning(request, _tell_unseen(article, newest))
    elif "_publish" in request.POST:
        stay |= not _publish(request, newest)
    elif "_submit" in request.POST:
        stay |= not _submit(request, newest, unchanged=revision is None)
        _tell_errors(request, newest)
    elif revision:
        _tell_taken_back(request, revision)
        if not stay:
            _tell_errors(request, newest)
    return _lead_on(model_admin, request, article, stay)


def _tell_view(request, revision, said):
    """Say what became of the text, with a link to the revision that holds it."""
    address = reverse("revision", args=[revision.article.public_slug(), revision.number])
    said = said % {"number": revision.number}
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, address, _("View it")))


def after_same(model_admin, request, revision):
    """Answer a post that made ``revision`` when it came before – a second click – as it was answered then."""
    _tell_view(request, revision, _("Revision %(number)s saved."))
    return _lead_on(model_admin, request, revision.article, "_continue" in request.POST)


def _lead_on(model_admin, request, article, stay):
    if stay or not model_admin.has_view_permission(request):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


def _tell_together(request, together, revision):
    """Say what others had saved, and that both are there now."""
    # A message begins with a capital, which a name of theirs need not have; so it does not come first.
    if not revision:
        said = _("All that you changed was saved meanwhile:")
    elif together.seen:
        said = _("Put together, as you chose, with what was saved meanwhile:")
    else:
        said = _("Your change was put together with what was saved meanwhile:")
    said = format_html(
        '{} {}. <a href="{}">{}</a>',
        said, together.meanwhile.words.rstrip("."), together.meanwhile.compare, _("See what it changed"),
    )  # fmt: skip
    messages.info(request, said)


def _tell_unseen(article, newest):
    published = article.publications.order_by("-pk").first()
    old = published.revision.number if published else None
    slug = article.public_slug()
    address = reverse("compare", args=[slug, old, newest.number]) if old and old != newest.number else reverse(
        "revision", args=[slug, newest.number])  # fmt: skip
    said = _("It is saved as a draft and was not published: it holds changes of others that you have not seen."
             " Look at it, and publish there.")  # fmt: skip
    return format_html('{} <a href="{}">{}</a>', said, address, _("Look at it"))


def _log(model_admin, request, revision):
    write = model_admin.log_addition if revision.number == 1 else model_admin.log_change
    write(request, revision.article, _("Revision {number}").format(number=revision.number))


def _publish(request, revision):
    try:
        publication = approve(revision, user=request.user)
    except (PermissionDenied, NotReviewable, NotPublishable) as refusal:
        said = _("Your text is saved as a draft and was not published. %s.") % str(refusal).rstrip(".")
        messages.error(request, said)
        return False
    if publication is None:
        messages.success(request, _("Approved. This article is protected: a second reviewer must approve it too."))
        return True
    address = reverse("article", args=[publication.slug])
    messages.success(request, format_html('{} <a href="{}">{}</a>', _("Published."), address, _("View on site")))
    return True


def _submit(request, revision, *, unchanged):
    """Submit, and say so; of a text that was ``unchanged`` nothing else was said yet."""
    try:
        event = submit(revision, user=request.user)
    except (PermissionDenied, NotReviewable) as refusal:
        messages.error(request, _("Your text is saved and was not submitted. %s") % refusal)
        return False
    if not unchanged:
        messages.success(request, _("Submitted for review."))
    elif event.kind == ReviewEvent.PUBLISHED:
        _tell_view(request, revision, _("Nothing differs from revision %(number)s, which is published."))
    else:
        _tell_view(request, revision, _("Revision %(number)s is submitted for review."))
    return True


def _tell_taken_back(request, revision):
    """Say that the article waited for review and does not any more: what was submitted is not the newest now."""
    before = revision.article.revisions.filter(number__lt=revision.number, shared=False).newest()
    if before and state_at(before) == ReviewEvent.SUBMITTED:
        said = _(
            "The article was waiting for review. With your change it is a draft again: submit it when it is ready."
        )
        messages.warning(request, said)


def _tell_errors(request, revision):
    """Say at once that a draft could not be published as it is; the form lists why."""
    rendered = render(content := content_at(revision), links_for(content, revision.article_id))
    errors = sum(problem.stops_people for problem in rendered.problems)
    if errors:
        address = reverse("admin:articles_article_change", args=[revision.article_id])
        said = _("The article cannot be published yet: %(count)s problems must be mended.") % {"count": errors}
        if errors == 1:
            said = _("The article cannot be published yet: one problem must be mended.")
        messages.warning(request, format_html('{} <a href="{}#problems">{}</a>', said, address, _("See where")))
