"""Who acts when a command acts."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def person(name, permission):
    """Return the user of that name, who must have the permission; None where no name is given: the command itself.

    Raises ``CommandError``.
    """
    if name is None:
        return None
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no user {name!r}.")
    if not (found.is_active and found.has_perm(permission)):
        raise CommandError(f"The role of {name} does not allow this.")
    return found
