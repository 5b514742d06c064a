"""What staff do with revisions and articles from the readers' side: POST only, each one call of a verb."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from .. import publishing, reviewing
from ..comparison import Clash
from ..meanwhile import meanwhile
from ..models import ReviewComment
from ..permissions import CHANGE, is_staff_reader
from ..plain_text import normalise, normalise_line
from ..problems import Refused
from ..revisions import RevisionConflict, content_at, record_revision, restored_content, undone_content
from .lookup import with_article
from .names import shown_name
from .unsent_words import forget_unsent, keep_unsent

REFUSALS = (reviewing.NotReviewable, publishing.NotPublishable, Refused, RevisionConflict, Clash)
_LABEL_MAX = 200
_LISTED_MOST = 20


def verb(act):
    """Make a view of ``act(request, article, revision or None)``, which returns what to say and perhaps where to go.

    Strangers get 403 (404 where nothing is published); who may not do it gets 403 with the reason. What does not fit
    the state changes nothing and is said on the page that comes next: that of the form (``back``), if it asks for it,
    with the words that were typed.
    """

    @require_POST
    @with_article
    @wraps(act)
    def view(request, article, number=None, **rest):
        if not is_staff_reader(request.user):
            raise PermissionDenied
        revision = None if number is None else get_object_or_404(article.revisions, number=number)
        target, back = _after(request, article, revision), _own_address(request.POST.get("back", ""))
        try:
            said, *elsewhere = act(request, article, revision, **rest)
            messages.success(request, said)
            target = elsewhere[0] if elsewhere else target
            if back:
                forget_unsent(request, article)
        except REFUSALS as refusal:
            if back:
                target = back
                keep_unsent(request, article, request.resolver_match.url_name, _comment(request))
            stops = _stops(refusal)
            tags = f"decision{' stops' if stops else ''}" if back else ""
            messages.error(request, _with_problems(refusal, stops, article), extra_tags=tags)
        return HttpResponseRedirect(target)

    return view


def tells_stops(request):
    """Tell whether the page shows a refusal beside the form of a decision that lists what must be mended."""
    return any("stops" in message.extra_tags.split() for message in messages.get_messages(request))


def _stops(refusal):
    return getattr(refusal, "problems", ()) if isinstance(refusal, publishing.NotPublishable) else ()


def _with_problems(refusal, problems, article):
    """Return the sentence of a refusal, what must be mended, and the way to the form that tells where."""
    if not problems:
        return str(refusal)
    said = [problem.message for problem in problems[:_LISTED_MOST]]
    if left := len(problems) - len(said):
        said.append(ngettext("and {count} more", "and {count} more", left).format(count=left))
    listed = format_html_join("", "<li>{}</li>", ((one,) for one in said))
    where = reverse("admin:articles_article_change", args=[article.pk]) + "#problems"
    return format_html('{} <a href="{}">{}</a><ul>{}</ul>', refusal, where, _("See where"), listed)


def _after(request, article, revision):
    if wanted := _own_address(request.POST.get("next", "")):
        return wanted
    slug = article.public_slug()
    return reverse("revision", args=[slug, revision.number]) if revision else reverse("history", args=[slug])


def _own_address(wanted):
    """Return an address that a form names, if it leads to a page of this site, else nothing."""
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if own else ""


def _since_looked_at(request, article):
    """Return the ``Meanwhile`` since the newest revision when the page was shown (``base``), None where it holds."""
    base = request.POST.get("base", "")
    known = base.isascii() and base.isdecimal() and len(base) < 10
    if not known or not article.revisions.filter(number=int(base)).exists():
        return None
    since = meanwhile(request.user, article, int(base))
    return None if since and since.merely_shared else since


def _link_to(since):
    return format_html('{}. <a href="{}">{}</a>', since.words.rstrip("."), since.compare, _("See what changed"))


def _comment(request):
    return normalise(request.POST.get("comment", ""))


@verb
def submit(request, article, revision):
    """Ask for review."""
    reviewing.submit(revision, user=request.user, comment=_comment(request))
    return [_("Revision %(number)s waits for review.") % {"number": revision.number}]


@verb
def approve(request, article, revision):
    """Approve and publish."""
    publication = reviewing.approve(revision, user=request.user, comment=_comment(request))
    if publication is None:
        return [_("Your approval is recorded. The article is protected: one more reviewer must approve it.")]
    words = {"number": revision.number, "who": shown_name(publication.user)}
    said = _("Revision %(number)s is published.") % words
    if publication.user_id != request.user.pk:
        said = _("%(who)s published revision %(number)s before you; there was nothing left to do.") % words
    page = reverse("article", args=[publication.slug])
    # The article's page is the same for everybody and says nothing to anyone in person; the queue does.
    return format_html('{} <a href="{}">{}</a>', said, page, _("See it as readers do")), reverse("review_queue")


@verb
def return_(request, article, revision):
    """Give back with a comment."""
    reviewing.return_(revision, user=request.user, comment=_comment(request))
    return [_("Revision %(number)s is returned.") % {"number": revision.number}]


@verb
def restore(request, article, revision):
    """Record the content of an old revision as the newest; ``sources=then`` takes shared texts as they were too."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied(_("Your role does not edit articles."))
    content = content_at(revision) if request.POST.get("sources") == "then" else restored_content(revision)
    summary = request.POST.get("summary", "").strip() or _("Revision %(number)s restored") % {"number": revision.number}
    if since := _since_looked_at(request, article):
        messages.info(request, _link_to(since))
        raise reviewing.NotReviewable(_("Nothing was restored: that revision would be written over unseen. Look at it,"
                                        " then restore again."))  # fmt: skip
    base = article.revisions.newest().number
    made = record_revision(article, content, base=base, author=request.user, summary=summary)
    if made is None:
        return [_("Nothing differs from revision %(number)s; no revision was made.") % {"number": base}]
    reviewing.tell_watchers(made)
    said = _("Revision %(old)s is restored as revision %(new)s.") % {"old": revision.number, "new": made.number}
    return said, reverse("revision", args=[article.public_slug(), made.number])


@verb
def undo(request, article, revision, old, new):
    """Take back one ``change`` between two revisions, on top of the newest content."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied(_("Your role does not edit articles."))
    before, after = (get_object_or_404(article.revisions, number=number) for number in (old, new))
    since = _since_looked_at(request, article)
    base = article.revisions.newest().number
    label = normalise_line(request.POST.get("label", ""))[:_LABEL_MAX] or _("a change")
    default = _("Undid “%(label)s” of revision %(number)s") % {"label": label, "number": new}
    content = undone_content(before, after, request.POST.get("change", ""))
    summary = request.POST.get("summary", "").strip() or default
    made = record_revision(article, content, base=base, author=request.user, summary=summary)
    if made is None:
        return [_("Nothing differs from revision %(number)s; no revision was made. What a source or picture says is"
                  " changed on its own page.") % {"number": base}]  # fmt: skip
    reviewing.tell_watchers(made)
    if since:
        messages.info(request, _link_to(since))
    said = _("Undone, as revision %(number)s.") % {"number": made.number}
    return said, reverse("compare", args=[article.public_slug(), base, made.number])


@verb
def withdraw(request, article, revision):
    """Take the article from its readers."""
    publishing.withdraw(article, user=request.user, comment=_comment(request))
    return [_("The article is withdrawn; readers no longer find it.")]


@verb
def reinstate(request, article, revision):
    """Give the article back to its readers."""
    publishing.reinstate(article, user=request.user, comment=_comment(request))
    return [_("Readers see the article again, as it was last published.")]


@verb
def protect(request, article, revision):
    """Ask for two approvals, or with ``off`` let one do again."""
    change = reviewing.unprotect if request.POST.get("off") else reviewing.protect
    change(article, user=request.user, comment=_comment(request))
    off = request.POST.get("off")
    return [_("One approval will do.") if off else _("Two reviewers must approve this article.")]


@verb
def watch(request, article, revision):
    """Put the article on the user's watch list, or with ``off`` take it off."""
    reviewing.watch(article, user=request.user, on=not request.POST.get("off"))
    return [_("You watch this article.") if not request.POST.get("off") else _("You no longer watch this article.")]


@verb
def take_up(request, article, revision):
    """Put the mark "looking at it" on the revision, unless another reviewer was first."""
    mark = reviewing.take_up(revision, user=request.user)
    if mark.user_id != request.user.pk:
        raise reviewing.NotReviewable(_("%(who)s is looking at it already.") % {"who": shown_name(mark.user)})
    return [_("Others see that you are looking at it.")]


@verb
def comment(request, article, revision):
    """Hang a comment on a change, or on the revision."""
    change, label = request.POST.get("change", ""), request.POST.get("label", "")
    reviewing.add_comment(
        revision, user=request.user, text=normalise(request.POST.get("text", "")), change=change, label=label
    )
    return [_("Your comment is stored.")]


@verb
def resolve(request, article, revision, pk):
    """Mark a comment as dealt with."""
    found = ReviewComment.objects.filter(pk=pk, revision=revision).first()
    if found is None:
        raise Http404
    reviewing.resolve_comment(found, user=request.user)
    return [_("The comment is resolved.")]
