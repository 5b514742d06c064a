"""Who may ask the small addresses that serve the article's form."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from ..permissions import CHANGE


def editors_only(view):
    """Refuse those who may not change articles; for views inside the admin."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper
