"""Errors that readers report: taken, shown at the desk, and settled by an editor."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ..models import ReaderReport
from ..permissions import CHANGE
from ..plain_text import normalise, normalise_line


def add_report(revision, *, text, anchor="", excerpt=""):
    """Store what a reader says of the published ``revision`` and return it; lengths were checked."""
    return ReaderReport.objects.create(
        article_id=revision.article_id,
        revision=revision,
        anchor=anchor,
        excerpt=normalise_line(excerpt),
        text=normalise(text),
        created=timezone.now(),
    )


def settle_report(report, *, user):
    """Mark a report as dealt with; doing it twice changes nothing."""
    if not user.has_perm(CHANGE):
        raise PermissionDenied("Your role does not settle reports.")
    ReaderReport.objects.filter(pk=report.pk, settled_at=None).update(settled_by=user, settled_at=timezone.now())
