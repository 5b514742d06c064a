"""The article's page at the desk: one form for all of it, written through ``record_revision`` and nothing else."""

from functools import partial

from django.conf import settings
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.options import csrf_protect_m
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from ..meanwhile import meanwhile
from ..models import Article, Figure, Reference, Revision
from ..pages import links_for
from ..permissions import REVIEW
from ..problems import Refused
from ..publishing import may_publish
from ..revisions import RevisionConflict, Unmerged, record_merged, remembered_content, rendered
from .beat import beat
from .completing import complete
from .conflict import Conflict
from .editor_words import editor_words
from .form import BLANK_ROWS, ArticleForm, WholeForm
from .image_form import LICENCES
from .infobox_grid import grid_kinds
from .keeping import came_before, form_marks, in_conflict, keeping, let_go, recorded_before
from .listing import ArticleList
from .outcome import Together, after_same, after_save
from .panels import recent_revisions
from .places import tell, together, told
from .posted import posted_fields
from .preview import preview, preview_page
from .reviewers_words import reviewers_words
from .row_html import RowWriter
from .row_origins import row_origins
from .rows import whole
from .settling import settle_address, settle_view
from .shared import rows_by_key
from .stash import asked_stash, form_of_stash, stash_addresses
from .widgets import SharedChoice

_SHARED = {
    "references": (Reference._meta.get_field("source"), "source"),
    "figures": (Figure._meta.get_field("image"), "image"),
}
"""List → the column whose choices its rows search, and the cell that holds the choice."""


@admin.register(Article)
class ArticleAdmin(ArticleList, admin.ModelAdmin):
    """The whole article on one page. The form is a door: it makes an ArticleContent and hands it in."""

    fieldsets = ArticleForm.fieldsets
    change_form_template = "admin/articles/article/change_form.html"
    view_on_site = staticmethod(Article.get_absolute_url)

    class Media:
        js = ("admin/js/jquery.init.js", "js/article_form.js")

    # --- Addresses ---

    def get_urls(self):
        """Add the addresses that the form's scripts ask."""
        views = {"preview": preview, "preview_page": preview_page, "complete": complete}
        asked = [
            path(f"{name.replace('_', '/')}/", self.admin_site.admin_view(partial(view, self)),
                 name=f"articles_article_{name}")
            for name, view in views.items()
        ]  # fmt: skip
        return asked + stash_addresses(self) + [
            path("stash/<int:pk>/settle/", settle_view(self), name="articles_article_settle"),
            path("<path:object_id>/beat/", self.admin_site.admin_view(partial(beat, self)),
                 name="articles_article_beat"),
            path("add/", keeping(self, self.add_view), name="articles_article_add"),
            path("<path:object_id>/change/", keeping(self, self.change_view), name="articles_article_change"),
            *super().get_urls(),
        ]  # fmt: skip

    def get_object(self, request, object_id, from_field=None):
        """Return the Article or None, asked once for each request."""
        asked = request.__dict__.setdefault("articles_asked", {})
        if object_id not in asked:
            asked[object_id] = super().get_object(request, object_id, from_field)
        return asked[object_id]

    # What is posted comes through ``keeping``, which checks the token as soon as the text is safe.
    def add_view(self, request, form_url="", extra_context=None):
        return self._form_view(request, None, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._form_view(request, object_id, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the one page of revisions that there is."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("history", args=[article.slug]))

    def has_delete_permission(self, request, obj=None):
        """An article is withdrawn, never deleted."""
        return False

    @csrf_protect_m
    def _form_view(self, request, object_id, extra_context):
        article = None
        if object_id is not None:
            article = self.get_object(request, unquote(object_id))
            if article is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            self._check_may_write(request, article)
            return self._save(request, article)
        if article is None:
            self._check_may_write(request, None)
        elif not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        if stash := asked_stash(request, article):
            return self._show(request, article, form_of_stash(stash)[0], taken_up=stash)
        if article is None:
            return self._show(request, None, WholeForm.of_content(None))
        newest = Revision.newest_of(article)
        content = remembered_content(newest)
        form = WholeForm.of_content(content, newest, BLANK_ROWS if self.has_change_permission(request, article) else 0)
        problems = [told(form, one) for one in rendered(content, links_for(content, article.pk)).problems]
        errors = [one for one in problems if one.is_error]
        warnings = [one for one in problems if not one.is_error]
        return self._show(request, article, form, problem_count=len(problems),
                          errors_of_draft=together(errors), error_count=len(errors),
                          warnings_of_draft=together(warnings), warning_count=len(warnings))  # fmt: skip

    def _check_may_write(self, request, article):
        allowed = self.has_change_permission(request, article) if article else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied

    # --- Saving ---

    def _save(self, request, article):
        """Record what was posted, or show it again, whole, with what stands in the way."""
        if revision := came_before(request):
            return after_same(self, request, revision)
        base = _base(request, article)
        stored = remembered_content(base) if base else None
        form = WholeForm.of_post(request.POST, base, stored)
        try:
            content = form.content(posted_fields(request), stored)
            done = record_merged(
                article, content, base=base.number if base else 0, author=request.user,
                summary=request.POST.get("summary", ""), minor="minor" in request.POST,
                links=links_for(content, article and article.pk) if "_publish" in request.POST else None,
                then=partial(let_go, request, article),
            )  # fmt: skip
        except (Refused, RevisionConflict) as refusal:
            # Of two clicks the second may wait until the first one's revision is there.
            if revision := recorded_before(request):
                return after_same(self, request, revision)
            if isinstance(refusal, Refused):
                tell(form, refusal.problems)
                return self._show(request, article, form, refused=[told(form, one) for one in refusal.problems])
            in_conflict(request)
            if request.stash and isinstance(refusal, Unmerged):
                return HttpResponseRedirect(settle_address(request.stash))
            return self._show(request, article, form, conflict=Conflict.of(refusal, content))
        if request.recorded_meanwhile:
            return after_same(self, request, request.recorded_meanwhile)
        together = done.over and Together(meanwhile(request.user, article, done.base, done.over))
        return after_save(self, request, done.revision.article if done.revision else article, done.revision, together)

    # --- Showing ---

    def _show(self, request, article, form, taken_up=None, **extra):
        may_write = self.has_change_permission(request, article) if article else True
        self._make_ready(request, form, may_write)
        context = {
            **self.admin_site.each_context(request),
            "title": self._title(article, may_write),
            "subtitle": str(article) if article else None,
            "adminform": helpers.AdminForm(form.main, self.fieldsets, {}, model_admin=self),
            "form": form,
            "object_id": article and article.pk,
            "original": article,
            "newest": form.base,
            "media": self.media + form.lists["references"].writer.shared.media,
            "inline_admin_formsets": [],
            "recent": recent_revisions(article),
            "reviewers": article and reviewers_words(article),
            "kinds": grid_kinds(),
            "editor_words": editor_words(),
            "errors": "refused" in extra,
            "may_write": may_write,
            "licences": LICENCES,
            "may_publish": may_write and _may_publish(request.user, article),
            "keeping": form_marks(request, article, taken_up) if may_write else None,
            "is_popup": False,
            "preserved_filters": self.get_preserved_filters(request),
            **extra,
        }
        if not may_write:
            form.disable()
        return self.render_change_form(request, context, add=article is None, change=article is not None, obj=article)

    def _title(self, article, may_write):
        if article is None:
            return _("New article")
        return _("Edit article") if may_write else _("View article")

    def _make_ready(self, request, form, may_write):
        """Give each list what writes it; the chosen sources and images are looked up with one query each."""
        made = row_origins(form.base)
        for name, rows in form.lists.items():
            shared = None
            if name in _SHARED:
                column, cell = _SHARED[name]
                model = column.remote_field.model
                chosen = rows_by_key(model, {row.words.get(cell, "") for row in rows.rows})
                shared = SharedChoice(column, self.admin_site, request, chosen)
            rows.writer = RowWriter(rows, shared, may_write=may_write, origins=made.get(name))


def _may_publish(user, article):
    """Tell whether the button is offered. A new article will be its author's own work."""
    if article is None:
        return user.is_superuser or settings.REVIEW_OWN_WORK and user.has_perm(REVIEW)
    return may_publish(user, article)


def _base(request, article):
    """Return the revision on which the editor worked: the one looked at in a conflict, else the one of the form.

    A form that was saved and come back to with the browser's button holds what was saved of it.
    """
    if article is None:
        return None
    number = whole(request.POST.get("looked_at")) or whole(request.POST.get("base_revision"))
    if number and request.stash and request.stash.recorded_as:
        number = max(number, request.stash.recorded_as)
    return Revision.numbered(article, number) if number else None
