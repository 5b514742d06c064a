"""The desk's pages of things that articles share: shown, changed through ``record_shared_change``, never deleted."""

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_safe

from ..problems import Refused
from .key_paging import KeyPaginator
from .list_title import ListTitle
from .narrow_lookups import NarrowLookups
from .shared_saving import Overtaken, record_form, tell_revisions
from .uses import uses_of, with_uses
from .versions import versions_of


class SharedList(ChangeList):
    """Django's, which is not sorted by what it offers no sorting by, whatever an address asks."""

    def get_ordering_field(self, field_name):
        return super().get_ordering_field(field_name) if field_name in self.sortable_by else None


class SharedAdmin(ListTitle, NarrowLookups, admin.ModelAdmin):
    """Base of sources and images. The form is no ModelForm: the rows are guarded, and only one function writes them."""

    form_class = None
    """A ``SharedForm``."""
    used_by = None
    """The model whose rows use the thing, and the name of the column."""
    history_template = "admin/articles/shared_versions.html"
    actions = None
    view_on_site = False
    show_full_result_count = False
    empty_value_display = '<span class="none">—</span>'
    """Left out where the list has no columns."""

    # --- Lists ---

    def get_queryset(self, request):
        return with_uses(super().get_queryset(request), *self.used_by)

    def get_sortable_by(self, request):
        """Sort many by no number of uses: those of each would be counted before the first is shown."""
        most = KeyPaginator.counted_most
        is_long = self.model.objects.order_by().values("pk")[: most + 1].count() > most
        return [name for name in self.list_display if not is_long or name != "article_count"]

    def get_changelist(self, request, **kwargs):
        return SharedList

    def get_paginator(self, *arguments, **options):
        return KeyPaginator(*arguments[1:], rows_of=self._with_uses, **options)

    def _with_uses(self, keys):
        return with_uses(self.model.objects.filter(pk__in=keys), *self.used_by)

    @admin.display(description=gettext_lazy("Articles"), ordering="uses")
    def article_count(self, shared):
        """The number of articles that use it; in words where the list has no heads of columns."""
        words = ngettext("in {count} article", "in {count} articles", shared.uses).format(count=shared.uses)
        return format_html('<span class="figure">{}</span><span class="in-words">{}</span>', shared.uses, words)

    def has_delete_permission(self, request, obj=None):
        """Old revisions rest on it: what is shared is changed, never deleted."""
        return False

    # --- The form ---

    # The admin would open a transaction around everything; record_shared_change locks articles first and needs its own.
    @method_decorator(csrf_protect)
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form, or save what was posted."""
        self._check_to_field(request)
        if object_id is None:
            shared = self.model()
        elif (shared := self.get_object(request, unquote(object_id))) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._check_may(request, shared)
        if request.method != "POST":
            return self._show(request, shared, self.form_class(shared=shared))
        return self._save(request, shared)

    def _check_to_field(self, request):
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            raise DisallowedModelAdminToField(f"The field {to_field} cannot be referenced.")

    def _check_may(self, request, shared):
        if shared.pk is None:
            allowed = self.has_add_permission(request)
        elif request.method == "POST":
            allowed = self.has_change_permission(request, shared)
        else:
            allowed = self.has_view_or_change_permission(request, shared)
        if not allowed:
            raise PermissionDenied

    def _save(self, request, shared):
        is_new = shared.pk is None
        form = self.form_class(request.POST, request.FILES, shared=shared)
        if not form.is_valid():
            return self._show(request, shared, form)
        form.put()
        try:
            revisions, is_changed = record_form(self, request, form)
        except Refused as refused:
            form.refuse(refused.problems)
            return self._show(request, shared, form)
        except Overtaken:
            form = self.form_class(request.POST, request.FILES, shared=self.model.objects.get(pk=shared.pk))
            form.is_valid()
            return self._show(request, shared, form)
        if is_new:
            response = self.response_add(request, shared)
        elif is_changed:
            response = self.response_change(request, shared)
        else:
            return self._unchanged(request, shared)
        tell_revisions(self, request, revisions)
        self.warn(request, shared)
        self.follow(shared)
        return response

    def _unchanged(self, request, shared):
        if IS_POPUP_VAR in request.POST:
            return self.response_change(request, shared)
        self.message_user(request, _("Nothing was changed, so nothing was stored."), messages.INFO)
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, shared)

    def warn(self, request, shared):
        """Say what is odd about what was stored."""

    def follow(self, shared):
        """Do what is done once after a thing was stored."""

    # --- Showing ---

    def _show(self, request, shared, form):
        is_new = shared.pk is None
        may_write = self.has_add_permission(request) if is_new else self.has_change_permission(request, shared)
        # By the stored version, not by the row: it may hold what was refused.
        subtitle = None if is_new else str(form.stored.instance)
        context = {
            **self.admin_site.each_context(request),
            "title": self._title(is_new, may_write) % self.opts.verbose_name,
            "subtitle": subtitle,
            "adminform": helpers.AdminForm(form, form.fieldsets, {}, model_admin=self),
            "last_fieldsets": helpers.AdminForm(form, () if is_new else form.last_fieldsets, {}, model_admin=self),
            "form": form,
            "object_id": shared.pk,
            "original": None if is_new else form.stored.instance,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR)),
            "media": self.media + form.media,
            "inline_admin_formsets": [],
            "errors": {} if form.is_told_above else form.errors,
            "may_write": may_write,
            "uses": [] if is_new else uses_of(shared, request.user, request.GET.get("page")),
            "preserved_filters": self.get_preserved_filters(request),
            **self.more_context(shared, form),
        }
        if not may_write:
            context |= {"show_save": False, "show_save_and_continue": False}
        return self.render_change_form(request, context, add=is_new, change=not is_new, obj=shared)

    def more_context(self, shared, form):
        """Return what the template of this kind of thing needs besides."""
        return {}

    @staticmethod
    def _title(is_new, may_write):
        if is_new:
            return _("Add %s")
        return _("Change %s") if may_write else _("View %s")

    # --- Versions ---

    def described(self, version):
        """Return {label: text} of a history row."""
        raise NotImplementedError

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        """List the versions. Nothing can be restored here: a page that only reads cannot do harm."""
        shared = self.get_object(request, unquote(object_id))
        if shared is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, shared):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versions of this %s") % self.opts.verbose_name,
            "subtitle": str(shared),
            "original": shared,
            "opts": self.opts,
            "versions": versions_of(shared, self.described),
            "media": self.media,
            "preserved_filters": self.get_preserved_filters(request),
        }
        return TemplateResponse(request, self.history_template, context)
