"""Who came in and who did not, in the security log: by key and address.

Names stand there of no failure, since people type their password in the place of the name; whose name it was does.
"""

import logging

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

_log = logging.getLogger("security")
_NAME_MAX = 150


def name_tried(request, credentials=None):
    """Return the name with which somebody tried to come in, at most as long as one can be, or None.

    The lock counts failures by it, in a table that takes no longer ones; the form lets through what a script sends.
    """
    name = (credentials or request.POST).get("username")
    return None if name is None else str(name)[:_NAME_MAX]


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    """Log that a user came in."""
    _log.info("signed in", extra={"user": user.pk, "address": _address(request)})


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    """Log that a user left."""
    if user:
        _log.info("signed out", extra={"user": user.pk, "address": _address(request)})


@receiver(user_login_failed)
def sign_in_failed(sender, credentials, request=None, **kwargs):
    """Log whose password was wrong; ``user`` is null for a name that nobody has."""
    name = name_tried(request, credentials) or ""
    users = get_user_model().objects.filter(username=name) if "\0" not in name else get_user_model().objects.none()
    _log.warning("sign-in failed", extra={"user": users.values_list("pk", flat=True).first(),
                                          "address": _address(request)})  # fmt: skip


def _address(request):
    return request.META.get("REMOTE_ADDR") if request else None
