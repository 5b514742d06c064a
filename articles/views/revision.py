"""One revision as a page of its own: as it was, under a banner that says what it is."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..comparison import compare
from ..infobox_kinds import ALL_SIDES, KINDS
from ..pages import links_for
from ..permissions import CHANGE, is_staff_reader
from ..rendering import render as render_article
from ..reviewing import hiding
from ..revisions import origins, remembered_content, restored_content
from .caching import for_visitor
from .compare_desk import comments_on, desk
from .lookup import with_article
from .names import published_number, shown_name
from .since import since
from .unsent_words import unsent_words
from .verbs import tells_stops


@require_safe
@with_article
def revision(request, article, number):
    """The revision's page, permanent; ``?format=json`` gives its interchange JSON."""
    found = article.revisions.visible_to(request.user).select_related("author").filter(number=number).first()
    if found is None:
        raise Http404
    content = remembered_content(found)
    if request.GET.get("format") == "json":
        response = JsonResponse(content.to_json(), json_dumps_params={"ensure_ascii": False})
        return for_visitor(request, response, article=article.pk)
    context = {
        "page": render_article(content, links_for(content, article.pk)),
        "publication": None,
        "revision": found,
        "slug": article.public_slug(),
        "banner": _banner(article, found, request.user) | {"since": since(found, content)},
        "desk": _desk(article, found, content, request.user),
    }
    if context["desk"]:
        context |= {"unsent": unsent_words(request, article), "stops_told": tells_stops(request)}
    response = render(request, "articles/revision_detail.html", context)
    return for_visitor(request, response, article=article.pk)


def _banner(article, revision, user):
    published = published_number(article)
    words = {"number": revision.number, "author": shown_name(revision.author),
             "time": date_format(revision.created, "DATETIME_FORMAT")}  # fmt: skip
    text = _("This is revision %(number)s, saved on %(time)s by %(author)s.") % words
    if published == revision.number:
        text += " " + _("It is the published one.")
    elif published is None:
        text += " " + _("The article is not published.")
    else:
        text += " " + _("Readers see revision %(number)s.") % {"number": published}
    text += _kept_from_readers(revision)
    return {"text": text, "links": list(_links(article, revision, user, published))}


def _kept_from_readers(revision):
    """Return the sentences on what of the revision readers cannot see any more."""
    words = ""
    if removal := revision.removals.last():
        time = date_format(removal.time, "DATE_FORMAT")
        words += " " + _("Text was removed from it for legal reasons on %(time)s.") % {"time": time}
    if event := hiding(revision):
        told = {"time": date_format(event.time, "DATE_FORMAT"), "why": event.comment}
        words += " " + _("It is hidden from readers since %(time)s: %(why)s") % told
    return words


def _links(article, revision, user, published):
    slug = article.public_slug()
    visible = article.revisions.visible_to(user)
    if published:
        yield {"address": reverse("article", args=[slug]), "title": _("The published article")}
    if published and published != revision.number:
        pair = sorted((revision.number, published))
        yield {"address": reverse("compare", args=[slug, *pair]), "title": _("What differs from it")}
    after = visible.filter(number__gt=revision.number).order_by("number").first()
    if after:
        address = reverse("compare", args=[slug, revision.number, after.number])
        yield {"address": address, "title": _("What the next revision changed")}
    before = visible.filter(number__lt=revision.number).order_by("-number").first()
    if before:
        address = reverse("compare", args=[slug, before.number, revision.number])
        yield {"address": address, "title": _("What this revision changed")}
    yield {"address": reverse("history", args=[slug]), "title": _("History")}
    if is_staff_reader(user):
        yield {"address": reverse("admin:articles_article_change", args=[article.pk]), "title": _("Edit")}


def _desk(article, revision, content, user):
    """Return what staff may do with the revision, and who wrote its rows; None for strangers."""
    told = desk(user, article, None, revision, article.public_slug())
    if told is None:
        return None
    may_restore = not told["is_newest"] and user.has_perm(CHANGE)
    return told | {
        "may_restore": may_restore,
        "corrected": _corrected(content, restored_content(revision)) if may_restore else [],
        "origins": _origins(content, revision),
        "open_comments": [one for one in comments_on(article, revision.number) if not one["resolved_by"]],
    }


def _corrected(then, now):
    """Return what shared sources and pictures say differently today: label of the row, its changed members."""
    difference = compare(then, now)
    return [change for name in ("references", "figures") for change in difference.part(name).changes]


def _origins(content, revision):
    """Return (what the row is, the revision that made it what it is) for infobox values, notes and references."""
    made = origins(revision)
    slug = revision.article.public_slug()
    rows = [
        *(("infobox", row.id, _cell(content.infobox.kind, row), row.value) for row in content.infobox.rows),
        *(("notes", row.id, row.key, row.text) for row in content.notes),
        *(("references", row.id, row.key, row.source.title if row.source else row.text) for row in content.references),
    ]
    return [
        {"what": what, "text": text[:120], "number": origin.number, "author": shown_name(origin.author),
         "address": reverse("revision", args=[slug, origin.number])}
        for name, row, what, text in rows
        if (origin := made[name].get(row))
    ]  # fmt: skip


def _cell(kind, row):
    """Return the words for a cell of the infobox: ``Casualties and losses, side 2``."""
    field = KINDS[kind].by_name.get(row.field) if kind in KINDS else None
    label = str(field.label) if field else row.field
    if row.side == ALL_SIDES:
        return _("%(field)s, all sides") % {"field": label}
    return _("%(field)s, side %(side)s") % {"field": label, "side": row.side} if row.side else label
