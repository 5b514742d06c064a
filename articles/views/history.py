"""The history of an article: the revisions that the visitor may see, newest first, to read and to compare."""

from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import NullIf
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..comparison import TAGS
from ..models import ReviewEvent, Watch
from ..permissions import CHANGE, PROTECT, REVIEW, is_staff_reader
from ..templatetags.revision_rows import RevisionRow
from .caching import for_visitor
from .lookup import with_article
from .names import STATES, published_number, shown_name, shown_title, standing_of

_PER_PAGE = 50
_NO_VERDICTS = (ReviewEvent.APPROVED, ReviewEvent.HIDDEN, ReviewEvent.SHOWN)


@require_safe
@with_article
def history(request, article):
    """Revisions by number, fifty at a time from ``?before=`` on; ``?author=`` and ``?tag=`` choose among them."""
    visible = article.revisions.visible_to(request.user)
    chosen, filters = _chosen(visible, request.GET)
    slug = article.public_slug()
    if is_staff_reader(request.user):
        # They see all, and numbers rise by one.
        chosen = chosen.annotate(before=NullIf(F("number") - 1, 0))
    else:
        before = visible.filter(number__lt=OuterRef("number")).order_by("-number").values("number")
        chosen = chosen.annotate(before=Subquery(before[:1]))
    # One more than is shown tells whether there are older ones; no count, however long the history is.
    found = list(chosen.order_by("-number")[: _PER_PAGE + 1])
    authors = list(_authors(visible))
    shown = found[:_PER_PAGE]
    context = {
        "article": article,
        "slug": slug,
        "title": shown_title(article, request.user),
        "revisions": list(_told(shown, slug, article, authors)),
        "older": shown[-1].number if len(found) > len(shown) else None,
        "newer": "before" in request.GET,
        "filters": filters,
        "authors": authors,
        "tags": TAGS,
        "desk": _desk(request.user, article, slug),
    }
    return for_visitor(request, render(request, "articles/history.html", context))


def _chosen(revisions, wanted):
    """Return the revisions that the query string asks for, and its filters as they are understood."""
    filters = {"author": wanted.get("author", ""), "tag": wanted.get("tag", "")}
    if filters["author"].isdecimal():
        revisions = revisions.filter(author=int(filters["author"][:18]))
    if filters["tag"] in TAGS:
        revisions = revisions.filter(tags__contains=f" {filters['tag']} ")
    filters["query"] = urlencode({name: value for name, value in filters.items() if value})
    if wanted.get("before", "").isdecimal():
        revisions = revisions.filter(number__lt=min(int(wanted["before"][:18]), 2**31 - 1))
    return revisions, filters


def _authors(revisions):
    """Return who wrote some of ``revisions``: one look at an index for each user, however many revisions there are."""
    theirs = revisions.filter(author=OuterRef("pk"))
    return get_user_model().objects.filter(Exists(theirs)).order_by("username")


def _told(revisions, slug, article, authors):
    """Return the ``RevisionRow`` of each revision."""
    events = ReviewEvent.objects.filter(revision__in=[one.pk for one in revisions]).order_by("id")
    events = list(events.values_list("revision_id", "kind"))
    verdicts = dict(one for one in events if one[1] not in _NO_VERDICTS)
    sight = dict(one for one in events if one[1] in (ReviewEvent.HIDDEN, ReviewEvent.SHOWN))
    published = published_number(article)
    names = {None: shown_name(None)} | {author.pk: shown_name(author) for author in authors}
    for revision in revisions:
        verdict = verdicts.get(revision.pk, "")
        yield RevisionRow(
            slug=slug,
            number=revision.number,
            before=revision.before,
            created=revision.created,
            author=str(names[revision.author_id]),
            summary=revision.summary,
            minor=revision.minor,
            words=None if revision.shared else (revision.words_added, revision.words_deleted),
            tags=tuple(str(TAGS[tag]) for tag in revision.tags.split() if tag in TAGS),
            verdict=verdict,
            verdict_word=str(STATES.get(verdict, "")),
            is_published=revision.number == published,
            is_hidden=sight.get(revision.pk) == ReviewEvent.HIDDEN,
        )


def _desk(user, article, slug):
    """Return what staff may do with the article as a whole; None for strangers."""
    if not is_staff_reader(user):
        return None
    standing = standing_of(article)
    published, newest = standing.published_number, standing.newest.number
    return {
        "waiting": reverse("compare", args=[slug, published, newest]) if published and published != newest else "",
        "may_edit": user.has_perm(CHANGE),
        "may_withdraw": user.has_perm(REVIEW),
        "may_protect": user.has_perm(PROTECT),
        "published": published is not None,
        "withdrawn": standing.state == ReviewEvent.WITHDRAWN,
        "protected": standing.protected,
        "watching": Watch.objects.filter(user=user, article=article).exists(),
    }


@require_safe
@with_article
def choose(request, article):
    """Lead from two picked revisions, ``?old=`` and ``?new=``, to their comparison, the older one first."""
    try:
        picked = sorted(int(request.GET[name][:9]) for name in ("old", "new"))
    except (KeyError, ValueError) as error:
        raise Http404 from error
    if picked[0] < 0:
        raise Http404
    return redirect("compare", article.public_slug(), *picked)
