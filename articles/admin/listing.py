"""The list of articles at the desk, in a fixed number of queries."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from ..models import ReviewEvent, Revision

_GONE = (ReviewEvent.WITHDRAWN, ReviewEvent.REINSTATED)
_WAITING = (ReviewEvent.SUBMITTED, ReviewEvent.RETURNED, ReviewEvent.PUBLISHED)
_WORDS = {
    "draft": _("draft"),
    ReviewEvent.SUBMITTED: _("submitted"),
    ReviewEvent.RETURNED: _("returned"),
    ReviewEvent.PUBLISHED: _("published"),
    ReviewEvent.WITHDRAWN: _("withdrawn"),
}


def _with_newest(articles):
    """Add to each article what the list says of its newest revision, and its state."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    events = ReviewEvent.objects.filter(article=OuterRef("pk")).order_by("-id")
    name = get_user_model().objects.filter(pk=OuterRef("author_id"))
    # As ``reviewing.state`` has it: a corrected source on top of what was submitted or returned leaves it so.
    here = events.filter(revision__number__gte=OuterRef("written_number"), kind__in=_WAITING)
    # Not the rows of pages and publications themselves: they hold whole articles.
    return articles.defer("body").annotate(
        newest_id=Subquery(newest.values("pk")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
        written_number=Subquery(newest.filter(shared=False).values("number")[:1]),
        newest_time=Subquery(newest.values("created")[:1]),
        newest_author=Subquery(newest.annotate(name=Subquery(name.values("username"))).values("name")[:1]),
        gone=Subquery(events.filter(kind__in=_GONE).values("kind")[:1]),
        newest_event=Subquery(here.values("kind")[:1]),
        newest_event_id=Subquery(here.values("revision_id")[:1]),
        published_id=F("page__publication__revision_id"),
        published_number=F("page__publication__revision__number"),
    )


class ArticleList:
    """The list's half of the article's admin."""

    list_display = ("title", "slug", "revision", "saved", "author", "state")
    list_display_links = ("title",)
    list_per_page = 50
    search_fields = ("title", "slugs__slug", "names__name")
    search_help_text = _("Title, slug or another name")
    ordering = ("title",)
    actions = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Articles")} | (extra_context or {}))

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        match = request.resolver_match
        return _with_newest(articles) if match and match.url_name == "articles_article_changelist" else articles

    @admin.display(description=_("revision"))
    def revision(self, article):
        return article.newest_number

    @admin.display(description=_("saved"))
    def saved(self, article):
        return article.newest_time

    @admin.display(description=_("by"))
    def author(self, article):
        return article.newest_author or "–"

    @admin.display(description=_("state"))
    def state(self, article):
        """Say what the newest revision is, and what readers see if that is another."""
        if article.gone == ReviewEvent.WITHDRAWN:
            return _WORDS[ReviewEvent.WITHDRAWN]
        stale = article.newest_event == ReviewEvent.PUBLISHED and article.newest_event_id != article.newest_id
        word = _WORDS["draft" if stale or not article.newest_event else article.newest_event]
        if article.published_id and article.published_id != article.newest_id:
            return _("%(state)s; readers see revision %(number)s") % {
                "state": word,
                "number": article.published_number,
            }
        return word
