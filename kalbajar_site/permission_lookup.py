"""What a user may do, looked up at once: every page for staff asks it, and Django's own way takes it a millisecond."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q

from articles.models import prepared


class PermissionLookup:
    """A backend that lets nobody in and answers nothing.

    It stands before ``ModelBackend`` and leaves the permissions where that one remembers them, on the user.
    """

    def authenticate(self, request):
        """Take no credentials."""

    def has_perm(self, user, _permission, obj=None):
        """Look them up; False leaves the answer to ``ModelBackend``."""
        # A superuser has all: nobody asks this, and what stands in the tables would be less.
        asks = user.is_active and not (user.is_anonymous or user.is_superuser) and obj is None
        if asks and not hasattr(user, "_perm_cache"):
            rows, _ = prepared.tuples(_permissions, Permission, user=user.pk)
            user._perm_cache = {f"{app}.{codename}" for app, codename in rows}
        return False

    def has_module_perms(self, user, app_label):
        """As ``has_perm``."""
        return self.has_perm(user, app_label)


def _permissions(model):
    own = User.user_permissions.through.objects.filter(user=prepared.USER)
    of_groups = Group.permissions.through.objects.filter(group__user=prepared.USER)
    held = Q(pk__in=own.values("permission")) | Q(pk__in=of_groups.values("permission"))
    return model.objects.filter(held).order_by().values_list("content_type__app_label", "codename")
