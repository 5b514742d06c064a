"""The list of articles at the desk: found by any name, narrowed by what is kept, as quick for 100,000 as for ten."""

from functools import partial, reduce
from operator import and_

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from ..folding import fold, skeleton
from ..models import Article
from ..reviewing import STATES
from .filters import FILTERS
from .key_paging import KeyPaginator
from .narrow_lookups import NarrowLookups

_TERMS_MAX = 10
_SKELETON_MIN = 2


def _told(articles):
    """Return ``articles`` with all that the list says of them, and without their text."""
    return articles.defer("body").select_related("standing__newest__author")


def _told_by_keys(keys):
    return _told(Article.objects.filter(pk__in=keys))


def _named(term):
    """Return the condition that a word of a name begins with ``term``, in any spelling of the same consonants."""
    condition = Q(standing__names__contains=f" {term}")
    consonants = skeleton(term)
    if len(consonants) >= _SKELETON_MIN:
        condition |= Q(standing__names__contains=f" ~{consonants}")
    return condition


class _List(ChangeList):
    """Django's, which shows the order that the list has and not the one that lists usually have."""

    @property
    def counts_problems(self):
        """Whether a row of the page shows a number of errors or warnings."""
        return any(article.standing.errors or article.standing.warnings for article in self.result_list)

    def get_ordering(self, request, queryset):
        self._order = self.model_admin.get_ordering(request)
        return super().get_ordering(request, queryset)

    def _get_default_ordering(self):
        return self._order


class ArticleList(NarrowLookups):
    """The list's half of the article's admin."""

    change_list_template = "admin/articles/article/change_list.html"
    list_display = ("name", "state", "newest", "problems")
    list_display_links = None
    list_filter = FILTERS
    list_per_page = 50
    list_max_show_all = 0
    paginator = partial(KeyPaginator, rows_of=_told_by_keys)
    show_full_result_count = False
    search_fields = ("title",)
    search_help_text = _("Title, another name or address, in any script")
    ordering = ("standing__title",)
    actions = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Articles")} | (extra_context or {}))

    def get_changelist(self, request, **kwargs):
        return _List

    def get_ordering(self, request):
        """Return the order that fits what is asked for, else that of titles."""
        orders = (one.order(value) for one in FILTERS if (value := request.GET.get(one.parameter_name)))
        return next(filter(None, orders), self.ordering)

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        match = request.resolver_match
        if not match or match.url_name != "articles_article_changelist":
            return articles
        # An inner join, so that the database may begin with what is kept; every article has its row.
        return _told(articles.filter(standing__isnull=False))

    def get_search_results(self, request, queryset, search_term):
        """Find by the beginnings of words of all names, whatever the script; all words must be there."""
        terms = [term for word in search_term.split() for term in fold(word).split("-") if term][:_TERMS_MAX]
        if search_term.strip() and not terms:
            return queryset.none(), False
        return queryset.filter(reduce(and_, map(_named, terms), Q())), False

    @admin.display(description=_("Article"), ordering="standing__title")
    def name(self, article):
        """What the column is sorted by; the template of the list writes the cell."""
        return article.title

    @admin.display(description=_("State"), ordering="standing__state")
    def state(self, article):
        """What the newest revision is, and what readers see if that is another."""
        word = STATES[article.standing.state]
        return render_to_string("admin/articles/article/_state.html", {"standing": article.standing, "word": word})

    @admin.display(description=_("Last change"), ordering="standing__changed")
    def newest(self, article):
        """The newest revision, by whom and when."""
        return render_to_string("admin/articles/article/_list_newest.html", {"newest": article.standing.newest})

    @admin.display(description=_("Problems"), ordering="standing__errors")
    def problems(self, article):
        """How many errors and warnings there are."""
        return render_to_string("admin/articles/article/_list_problems.html", {"standing": article.standing})
