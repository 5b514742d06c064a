"""The history of an article: the revisions that the visitor may see, newest first, to read and to compare."""

from collections import defaultdict
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import NullIf
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..comparison import TAGS
from ..models import ReviewEvent, Revision, Watch, prepared
from ..permissions import CHANGE, PROTECT, REVIEW, is_staff_reader
from ..templatetags.revision_rows import RevisionRow, Step
from .caching import for_visitor
from .lookup import with_article
from .names import STATES, published_number, said, shown_name, shown_title, standing_of

_PER_PAGE = 50
_HIGHEST = 2**31 - 1
_SIGHT = (ReviewEvent.HIDDEN, ReviewEvent.SHOWN)
_NO_VERDICTS = (ReviewEvent.APPROVED, *_SIGHT)
_STEPS = STATES | {ReviewEvent.HIDDEN: gettext_lazy("hidden"), ReviewEvent.SHOWN: gettext_lazy("shown again")}


@require_safe
@with_article
def history(request, article):
    """Revisions by number, fifty at a time from ``?before=`` on; ``?author=`` and ``?tag=`` choose among them."""
    sees_all = is_staff_reader(request.user)
    slug, filters = article.public_slug(), _filters(request.GET)
    found = _found(article, sees_all, filters)
    authors = prepared.rows(_authors_of_all if sees_all else _authors_of_shown, get_user_model(), article=article.pk)
    shown = found[:_PER_PAGE]
    context = {
        "article": article,
        "slug": slug,
        "title": shown_title(article, request.user),
        "revisions": list(_told(shown, slug, article, authors, _steps(shown) if sees_all else {})),
        "older": shown[-1].number if len(found) > len(shown) else None,
        "newer": "before" in request.GET,
        "filters": filters,
        "authors": authors,
        "tags": TAGS,
        "desk": _desk(request.user, article, slug),
    }
    return for_visitor(request, render(request, "articles/history.html", context), article=article.pk)


def _filters(wanted):
    """Return what the query string asks for, as it is understood: author, tag, before, and the query of a link."""
    filters = {"author": wanted.get("author", ""), "tag": wanted.get("tag", "")}
    before = wanted.get("before", "")
    number = min(int(before[:18]), _HIGHEST) if before.isdecimal() else _HIGHEST
    return filters | {"before": number, "query": urlencode({name: text for name, text in filters.items() if text})}


def _found(article, sees_all, filters):
    """Return the revisions to show and one more, which tells that there are older ones: no count, however many are."""
    make = _all if sees_all else _shown
    author, tag = filters["author"], filters["tag"]
    if not author.isdecimal() and tag not in TAGS:
        return prepared.rows(make, Revision, article=article.pk, number=filters["before"])
    narrowed = {}
    if author.isdecimal():
        narrowed["author"] = int(author[:18])
    if tag in TAGS:
        narrowed["tags__contains"] = f" {tag} "
    return list(make(Revision, article.pk, filters["before"], **narrowed))


def _all(model, article=prepared.ARTICLE, number=prepared.NUMBER, **narrowed):
    """Return the revisions before ``number`` as staff see them: all, and numbers rise by one."""
    chosen = model.objects.filter(article=article, number__lt=number, **narrowed)
    return _listed(chosen.annotate(before=NullIf(F("number") - 1, 0)))


def _shown(model, article=prepared.ARTICLE, number=prepared.NUMBER, **narrowed):
    """Return the revisions before ``number`` as readers see them."""
    visible = model.objects.filter(article=article).visible_to(None)
    before = visible.filter(number__lt=OuterRef("number")).order_by("-number").values("number")
    return _listed(visible.filter(number__lt=number, **narrowed).annotate(before=Subquery(before[:1])))


def _listed(revisions):
    events = ReviewEvent.objects.filter(revision=OuterRef("pk")).order_by("-id").values("kind")
    return revisions.annotate(
        verdict=Subquery(events.exclude(kind__in=_NO_VERDICTS)[:1]), sight=Subquery(events.filter(kind__in=_SIGHT)[:1]),
    ).order_by("-number")[: _PER_PAGE + 1]  # fmt: skip


def _authors_of_all(model):
    return _authors(model, Revision.objects.filter(article=prepared.ARTICLE))


def _authors_of_shown(model):
    return _authors(model, Revision.objects.filter(article=prepared.ARTICLE).visible_to(None))


def _authors(model, revisions):
    """Return who wrote some of ``revisions``: one look at an index for each user, however many revisions there are."""
    return model.objects.filter(Exists(revisions.filter(author=OuterRef("pk")))).order_by("username")


def _steps(revisions):
    """Return {primary key of a revision: its ``Step``s}, in one query; an approval that published is told once."""
    steps = defaultdict(list)
    found = ReviewEvent.objects.filter(revision__in=[one.pk for one in revisions]).select_related("user")
    approval = None
    for event in found.order_by("id"):
        if event.kind == ReviewEvent.PUBLISHED and approval and _is_one_act(approval, event):
            steps[event.revision_id].pop()
            event.comment = approval.comment
        approval = event if event.kind == ReviewEvent.APPROVED else None
        word, who = str(_STEPS[event.kind]), str(shown_name(event.user))
        steps[event.revision_id].append(Step(word, who, event.time, event.comment))
    return steps


def _is_one_act(approval, publication):
    return (approval.revision_id, approval.time) == (publication.revision_id, publication.time)


def _told(revisions, slug, article, authors, steps):
    """Return the ``RevisionRow`` of each revision."""
    published = published_number(article)
    names = {None: shown_name(None)} | {author.pk: shown_name(author) for author in authors}
    for revision in revisions:
        verdict = revision.verdict or ""
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
            is_hidden=revision.sight == ReviewEvent.HIDDEN,
            steps=tuple(steps.get(revision.pk, ())),
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
        "said": said(standing.event) if standing.event else None,
        "protected": standing.protected,
        "watching": bool(prepared.tuples(_watching, Watch, user=user.pk, article=article.pk)[0]),
    }


def _watching(model):
    return model.objects.filter(user=prepared.USER, article=prepared.ARTICLE).order_by().values_list("pk")


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
