"""The desk's pages of sources: labelled fields by type, and a search that knows numbers and other alphabets."""

from django.contrib import admin
from django.forms.widgets import Script
from django.urls import path
from django.utils.translation import gettext_lazy as _

from ..models import Reference, Source
from .contributors import names_text
from .editing import editors_only
from .pasted import Unreadable, read_pasted
from .shared_admin import SharedAdmin, SharedList
from .source_duplicates import likely_duplicates
from .source_finding import find_view, matching
from .source_form import SourceForm, csl_of, kept
from .source_members import MEMBERS
from .source_merging import merging_view
from .source_quick import copies_of, quick_view
from .source_words import USED_BY


class Merged(admin.SimpleListFilter):
    """Copies that were merged are left out, unless they are asked for."""

    title = _("copies")
    parameter_name = "merged"

    def lookups(self, request, model_admin):
        return [("yes", _("merged copies"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("sources in use")}, *others]

    def queryset(self, request, queryset):
        return queryset.filter(merged_into__isnull=self.value() != "yes")


class _List(SharedList):
    """The shared one, in whose every order that stands first which does in ``SourceAdmin.ordering``."""

    def get_ordering(self, request, queryset):
        ordering = super().get_ordering(request, queryset)
        backwards = "-" if ordering[0].startswith("-") else ""
        return [f"{backwards}merged_into_id", *ordering]


@admin.register(Source)
class SourceAdmin(SharedAdmin):
    """Shared sources; each change is a revision of every article that uses the source."""

    form_class = SourceForm
    used_by = (Reference, "source")
    list_display = ("authors_shown", "year", "title_shown", "article_count", "number")
    list_display_links = ("title_shown",)
    list_filter = (Merged,)
    # What all in the list have alike stands first, as in the indexes: PostgreSQL would sort all sources without it.
    ordering = ("merged_into_id", "authors", "year", "title", "id")
    search_fields = ("authors", "title", "year", "identifiers")
    search_help_text = _("Authors, title, year, ISBN or DOI")

    class Media:
        css = {"all": ["css/admin_source.css"]}
        js = [Script("js/source_form.js", type="module")]

    @admin.display(description=_("Authors"), ordering="authors")
    def authors_shown(self, source):
        """Authors, a dash where there are none."""
        return source.authors or None

    @admin.display(description=_("Number"), ordering="pk")
    def number(self, source):
        """The number by which a row of an article may name it."""
        return source.pk

    @admin.display(description=_("Title"), ordering="title")
    def title_shown(self, source):
        """The title, or words that say that there is none."""
        return source.title or _("(untitled)")

    def get_changelist(self, request, **kwargs):
        return _List

    def get_search_results(self, request, queryset, search_term):
        """Find by words in any spelling, all of which must stand somewhere, or by DOI or ISBN."""
        if request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(merged_into=None)
        return matching(queryset, search_term), False

    def _save(self, request, shared):
        if "_fill" in request.POST and shared.pk is None:
            return self._fill(request, shared)
        return super()._save(request, shared)

    def _fill(self, request, shared):
        """Show the form filled with what was pasted, and likely copies of it; nothing is stored."""
        text, error, csl = request.POST.get("text", ""), "", None
        try:
            csl = read_pasted(text).csl
        except Unreadable as unreadable:
            error = str(unreadable)
        form = SourceForm(shared=shared, pasted=csl)
        form.duplicates = copies_of(form)
        form.paste = {"text": text, "error": error}
        return self._show(request, shared, form)

    def get_urls(self):
        """Add the addresses that the article's form asks."""
        find = self.admin_site.admin_view(editors_only(find_view))
        quick = self.admin_site.admin_view(editors_only(quick_view(self)))
        merge = self.admin_site.admin_view(merging_view(self))
        return [
            path("find/", find, name="articles_source_find"),
            path("quick/", quick, name="articles_source_quick"),
            path("<path:object_id>/merge/", merge, name="articles_source_merge"),
            *super().get_urls(),
        ]

    def more_context(self, shared, form):
        others = likely_duplicates(form.stored.instance.content, shared.pk)[:5] if shared.pk else ()
        merged_into = shared.merged_into if shared.pk else None
        others = [] if form.duplicates or merged_into else others
        return {"merged_into": merged_into, "others": others, "used_by": _used_by()}

    def described(self, version):
        csl = csl_of(version)
        texts = {member.label: member.told(csl) for member in MEMBERS.values()}
        said = texts | {_("Contributors"): names_text(csl)} | dict(kept(csl))
        if version.merged_into_id:
            said[_("Merged into")] = _("source %s") % version.merged_into_id
        return {label: text for label, text in said.items() if text}


def _used_by():
    """Return {field: types that make use of it}, for the script."""
    return {name: sorted(types) for name, types in USED_BY.items()}
