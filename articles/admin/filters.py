"""The filters of the list of articles: each a field of the one form above the list, each understood or answered."""

from datetime import UTC, datetime

from django.contrib.admin import SimpleListFilter
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from ..folding import fold
from ..models import ArticleCategory, DraftProblem, Revision
from ..reviewing import OPEN_COMMENT, PROBLEM_KINDS, STATES, conditions_of, order_of

_PRINTABLE_MAX = 300
_MANY = 10_000


def _having(articles, rows):
    """Return those of ``articles`` of which there are some ``rows``, asked for as suits how many there are.

    Of few the database finds the articles by the rows and sorts them; of many it goes through the articles in their
    order until a page is full.
    """
    if rows.values("pk")[: _MANY + 1].count() > _MANY:
        return articles.filter(Exists(rows.filter(article=OuterRef("pk"))))
    return articles.filter(pk__in=rows.values("article"))


class _Filter(SimpleListFilter):
    """A filter that the form above the list shows by its own kind of field."""

    field = "select"
    answer = ""
    """What is wrong with the value, for the editor."""

    def value(self):
        """Return what was asked, without what no database takes."""
        return (super().value() or "").replace("\x00", "").strip()[:_PRINTABLE_MAX]

    def queryset(self, request, queryset):
        """Narrow the list if something was asked."""
        return self.narrowed(queryset, self.value()) if self.value() else queryset

    def narrowed(self, articles, value):
        """Return those of ``articles`` that ``value`` means."""
        raise NotImplementedError

    @staticmethod
    def order(value):
        """Return the order of a list that is narrowed to ``value``, if it is another than that of titles."""
        return ()


class _Choice(_Filter):
    def narrowed(self, articles, value):
        if value not in dict(self.lookup_choices):
            self.answer = _("There is no such choice; the list is not narrowed by it.")
            return articles
        return self.chosen(articles, value)

    def chosen(self, articles, value):
        """Return those of ``articles`` that one of the choices means."""
        raise NotImplementedError


class _Typed(_Filter):
    field = "text"
    hint = ""

    def lookups(self, request, model_admin):
        """There is nothing to choose from; without any entry the filter would not be shown."""
        return [("", "")]


class StateFilter(_Choice):
    """By state; protected is one too, beside the others, and so is what waits for reviewers."""

    title, parameter_name = _("State"), "state"

    def lookups(self, request, model_admin):
        """The states in the order of work."""
        self.conditions = conditions_of(request.user, "standing__")
        return [*STATES.items(), ("waiting", _("waits for review")), ("protected", _("protected"))]

    def chosen(self, articles, value):
        if value == "protected":
            return articles.filter(standing__protected=True)
        if value == "waiting":
            return articles.filter(self.conditions["waiting"])
        return articles.filter(standing__state=value)

    @staticmethod
    def order(value):
        return order_of(value, "standing__") if value == "waiting" else ()


class MineFilter(_Choice):
    """By what it has to do with who asks: the lists of the front page, whole."""

    title, parameter_name = _("Of mine"), "mine"

    def lookups(self, request, model_admin):
        """The blocks of the front page that are the user's own."""
        self.conditions = conditions_of(request.user, "standing__")
        return [("drafts", _("my drafts")), ("returned", _("returned to me")), ("submitted", _("submitted by me"))]

    def chosen(self, articles, value):
        return articles.filter(self.conditions[value])

    @staticmethod
    def order(value):
        return order_of(value, "standing__")


class ProblemFilter(_Choice):
    """By kind of problem in the newest revision."""

    title, parameter_name = _("Problem"), "problem"

    def lookups(self, request, model_admin):
        """Any error, the kinds, and what is not known."""
        return [
            ("errors", _("any error")),
            *PROBLEM_KINDS.items(),
            ("open_comment", OPEN_COMMENT),
            ("none", _("no problem")),
            ("unmeasured", _("not checked yet")),
        ]

    def chosen(self, articles, value):
        if value == "open_comment":
            talked = Revision.objects.filter(comments__isnull=False, comments__resolved_at=None)
            return articles.filter(pk__in=talked.values("article"))
        facts = {
            "errors": {"standing__errors__gt": 0},
            "none": {"standing__errors": 0, "standing__warnings": 0},
            "unmeasured": {"standing__errors": None},
        }
        if value in facts:
            return articles.filter(**facts[value])
        return _having(articles, DraftProblem.objects.filter(kind=value))


class CategoryFilter(_Typed):
    """By words in the name of a category."""

    title, parameter_name = _("Category"), "category"

    def narrowed(self, articles, value):
        return _having(articles, ArticleCategory.objects.filter(name__icontains=value).order_by())


class PartOfFilter(_Typed):
    """By the parent conflict, named by slug or by its name in any script."""

    title, parameter_name = _("Part of"), "part_of"

    def narrowed(self, articles, value):
        return articles.filter(part_of=fold(value))


class AuthorFilter(_Typed):
    """By who wrote last, by user name; ``me`` is who asks. Corrections of shared sources and images do not count."""

    title, parameter_name = _("Last change by"), "author"
    hint = _("user name, or me")

    def queryset(self, request, queryset):
        """Narrow the list to one author, if one was asked for."""
        name = self.value()
        if not name:
            return queryset
        users = get_user_model().objects
        who = [request.user.pk] if name == "me" else list(users.filter(username=name).values_list("pk", flat=True))
        if not who:
            self.answer = _("Nobody has this user name.")
        return queryset.filter(standing__writer__in=who)

    @staticmethod
    def order(value):
        return ("-standing__changed",)


class SinceFilter(_Typed):
    """By the day of the newest revision."""

    title, parameter_name = _("Changed since"), "since"
    field = "date"

    def narrowed(self, articles, value):
        try:
            day = parse_date(value)
        except ValueError:
            day = None
        if day is None:
            self.answer = _("This is no date; write it as 2026-03-27.")
            return articles
        return articles.filter(standing__changed__gte=datetime(day.year, day.month, day.day, tzinfo=UTC))

    @staticmethod
    def order(value):
        """The last changed first: also what the database finds without sorting all of them."""
        return ("-standing__changed",)


FILTERS = (StateFilter, MineFilter, ProblemFilter, CategoryFilter, PartOfFilter, AuthorFilter, SinceFilter)
