"""Users and groups at the desk: as in Django, but nobody gives away, or takes over, more than they hold.

An account that may do something its editor may not is shown and cannot be changed, password included: whoever could set
its password would be that account. Users are deactivated, never deleted: what they wrote stays signed.
"""

import logging
from functools import partial

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin, UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ..permissions import GROUPS
from .accounts_forms import AccountForm, GroupForm, NewAccountForm
from .list_title import ListTitle
from .narrow_lookups import NarrowLookups

_log = logging.getLogger("security")
_VERBS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}


def _held(user):
    """Return the permissions that an account has or would have again when it is made active."""
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def _groups_within(user):
    """Return the groups that permit nothing which ``user`` is not permitted."""
    return Group.objects.exclude(permissions__in=Permission.objects.exclude(pk__in=_held(user).values("pk")))


def _may_manage(user, account):
    """Tell whether ``account`` can do nothing that ``user`` cannot."""
    if user.is_superuser:
        return True
    return not account.is_superuser and not _held(account).exclude(pk__in=_held(user).values("pk")).exists()


class _GroupFilter(admin.RelatedFieldListFilter):
    """By group; accounts in no group are called so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("in none")


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ListTitle, NarrowLookups, StockUserAdmin):
    """Accounts. Only superusers make superusers and give single permissions; all others give groups."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ("username", "person", "group_names", "activity", "last_seen")
    list_filter = ("is_active", ("groups", _GroupFilter))
    filter_horizontal = ("user_permissions",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("What the account may do"), {"fields": ("is_active", "groups", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
        (_("More"), {"classes": ("collapse",), "fields": ("user_permissions",)}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "password1", "password2", "groups")}),)
    readonly_fields = ("last_login", "date_joined")

    class Media:
        css = {"all": ["css/admin_source.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("name and address"), ordering="last_name", empty_value="")
    def person(self, user):
        """First and last name, and the mail address below them."""
        name = user.get_full_name()
        return format_html('{} <span class="address">{}</span>', name, user.email) if user.email else name

    @admin.display(description=_("groups"), empty_value="")
    def group_names(self, user):
        """The groups in one line."""
        names = [group.name for group in user.groups.all()]
        return ", ".join([str(_("superuser"))] * user.is_superuser + names)

    @admin.display(description=_("account"), ordering="is_active")
    def activity(self, user):
        """Whether the account is in use, in a word: a mark alone says nothing where its column has no head."""
        return _("active") if user.is_active else _("inactive")

    @admin.display(description=_("last login"), ordering="last_login", empty_value=_("never logged in"))
    def last_seen(self, user):
        """The time of the last login."""
        return user.last_login and date_format(localtime(user.last_login), "SHORT_DATETIME_FORMAT")

    def has_change_permission(self, request, obj=None):
        """Whoever may change accounts may change those that can do no more than they can."""
        return super().has_change_permission(request, obj) and (obj is None or _may_manage(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        """An account is deactivated, never deleted."""
        return False

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        hidden = set() if request.user.is_superuser else {"user_permissions"}
        if obj and not self.has_change_permission(request, obj):
            hidden.add("password")
        shown = [
            (name, options | {"fields": tuple(one for one in options["fields"] if one not in hidden)})
            for name, options in fieldsets
        ]
        return [fieldset for fieldset in shown if fieldset[1]["fields"]]

    def get_readonly_fields(self, request, obj=None):
        kept = super().get_readonly_fields(request, obj)
        return kept if request.user.is_superuser else (*kept, "is_superuser")

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.is_own = obj is not None and obj.pk == request.user.pk
        return form

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = _groups_within(request.user).order_by("name")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        before = set(form.instance.groups.values_list("name", flat=True))
        super().save_related(request, form, formsets, change)
        after = set(form.instance.groups.values_list("name", flat=True))
        facts = {"account": form.instance.pk, "user": request.user.pk, "fields": form.changed_data}
        facts |= {"groups_added": sorted(after - before), "groups_removed": sorted(before - after)}
        message = "account changed" if change else "account made"
        transaction.on_commit(partial(_log.info, message, extra=facts), robust=True)


@admin.register(Group)
class GroupAdmin(ListTitle, NarrowLookups, StockGroupAdmin):
    """Groups. The three of the program are made anew after every migration and are only shown."""

    form = GroupForm
    readonly_fields = ("permitted",)

    def get_fields(self, request, obj=None):
        """Name and permissions: to be chosen, or to be read."""
        is_read = obj and not self.has_change_permission(request, obj)
        return ("name", "permitted") if is_read else ("name", "permissions")

    @admin.display(description=_("What its members may do"))
    def permitted(self, group):
        """A line for each kind of thing and what may be done with it."""
        kinds = {}
        permissions = group.permissions.select_related("content_type").order_by("content_type__model", "pk")
        for permission in permissions:
            verb = permission.codename.removesuffix(f"_{permission.content_type.model}")
            kinds.setdefault(permission.content_type.name, []).append(
                _VERBS.get(verb, permission.name.removeprefix("Can "))
            )
        lines = ((kind, ", ".join(map(str, verbs))) for kind, verbs in kinds.items())
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", lines))

    def has_change_permission(self, request, obj=None):
        """A group is changed by those who hold all that it permits."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or obj.name not in GROUPS and _groups_within(request.user).filter(pk=obj.pk).exists()

    def has_delete_permission(self, request, obj=None):
        """A group of one's own is deleted by those who may change it; the program's are not."""
        return super().has_delete_permission(request, obj) and (
            obj is None or obj.name not in GROUPS and self.has_change_permission(request, obj)
        )

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            kwargs["queryset"] = Permission.objects.filter(pk__in=_held(request.user).values("pk"))
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)

    def get_actions(self, request):
        """Groups are deleted one by one, each on its own page, where it is asked whether they may be."""
        return {}
