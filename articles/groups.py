"""The three groups, made after every migrate: see ``permissions.GROUPS``."""

from django.contrib.auth.models import Group, Permission

from .permissions import GROUPS


def make_groups(using):
    """Give Editors, Reviewers and Administrators their permissions; changes nothing when run again.

    Called after ``migrate`` and by no migration: permissions do not exist yet when migrations run, and a flushed
    database gets its groups back.
    """
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        permissions = Permission.objects.using(using).filter(
            codename__in=codenames, content_type__app_label__in=("articles", "auth")
        )
        group.permissions.set(permissions)
