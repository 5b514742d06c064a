"""Errors that readers report: taken, shown at the desk, and settled by an editor."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ..models import ReaderReport
from ..permissions import CHANGE


def add_report(revision, *, text, anchor="", excerpt=""):
    """Store what a reader says of the published ``revision`` and return it.

    Texts come in the one form, their lengths checked in it.
    """
    return ReaderReport.objects.create(
        article_id=revision.article_id,
        revision=revision,
        anchor=anchor,
        excerpt=excerpt,
        text=text,
        created=timezone.now(),
    )


def settle_report(report, *, user):
    """Mark a report as dealt with; doing it twice changes nothing."""
    if not user.has_perm(CHANGE):
        raise PermissionDenied("Your role does not settle reports.")
    ReaderReport.objects.filter(pk=report.pk, settled_at=None).update(settled_by=user, settled_at=timezone.now())
