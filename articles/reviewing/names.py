"""What people are called where no page knows who asks."""


def name_of(user):
    """Return the full name of a user, else the user name; a command without a user is *the site*."""
    return (user.get_full_name() or user.get_username()) if user else "the site"
