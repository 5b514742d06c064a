"""What people, articles and revisions are called on pages that depend on who asks."""

from django.utils.translation import gettext as _, gettext_lazy

from ..models import ReviewEvent, Standing, prepared
from ..permissions import is_staff_reader

STATES = {
    "draft": gettext_lazy("draft"),
    ReviewEvent.SUBMITTED: gettext_lazy("submitted"),
    ReviewEvent.RETURNED: gettext_lazy("returned"),
    ReviewEvent.APPROVED: gettext_lazy("approved"),
    ReviewEvent.PUBLISHED: gettext_lazy("published"),
    ReviewEvent.WITHDRAWN: gettext_lazy("withdrawn"),
    ReviewEvent.REINSTATED: gettext_lazy("reinstated"),
}
"""What the state of an article, and the verdict on a revision, are called."""


def shown_name(user):
    """Return the full name of a user, else the user name; a command without a user is *the site*."""
    return (user.get_full_name() or user.get_username()) if user else _("the site")


def said(event):
    """Return who took a step of the workflow, when, and in which words."""
    return {"who": shown_name(event.user), "time": event.time, "comment": event.comment}


def shown_title(article, user):
    """Return the published title, for staff the newest."""
    page = getattr(article, "page", None)
    return page.title if page and not is_staff_reader(user) else article.title


def standing_of(article):
    """Return the article's ``Standing`` with all that pages tell of it, in one query: its numbers, state and event."""
    return prepared.rows(_told, Standing, article=article.pk)[0]


def _told(model):
    return model.objects.select_related("newest", "event__user").filter(article=prepared.ARTICLE).order_by()


def published_number(article):
    """Return the number of the revision that readers see, or None."""
    page = getattr(article, "page", None)
    return page.publication.revision.number if page else None
