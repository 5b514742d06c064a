"""How people are called on public pages."""

from django.utils.translation import gettext as _


def shown_name(user):
    """Return the full name of a user, else the user name; a command without a user is *the site*."""
    return (user.get_full_name() or user.get_username()) if user else _("the site")
