"""What people are called where no page knows who asks."""

from django.utils.translation import gettext as _


def name_of(user):
    """Return the full name of a user, else the user name; a command without a user is *the site*."""
    return (user.get_full_name() or user.get_username()) if user else _("the site")
