"""What states and kinds of problems are called at the desk."""

from django.utils.translation import gettext_lazy as _

from ..models import ReviewEvent, Standing

STATES = {
    Standing.DRAFT: _("draft"),
    ReviewEvent.SUBMITTED: _("submitted"),
    ReviewEvent.RETURNED: _("returned"),
    ReviewEvent.PUBLISHED: _("published"),
    ReviewEvent.WITHDRAWN: _("withdrawn"),
}

PROBLEM_KINDS = {
    "undefined_reference": _("citation of no reference"),
    "undefined_note": _("mark of no note"),
    "undefined_figure": _("mark of no figure"),
    "empty_reference": _("empty reference"),
    "empty_note": _("empty note"),
    "nested_note": _("note inside a note"),
    "uncited_figure": _("number without a source"),
    "uncited_paragraph": _("paragraph without a source"),
    "unused_reference": _("reference never cited"),
    "unused_note": _("note never shown"),
    "unplaced_figure": _("figure never shown"),
    "missing_alt": _("picture without alternative text"),
    "unarchived_url": _("link without an archived copy"),
    "invalid": _("something out of place"),
}
"""Errors first; in the words in which somebody would look for them."""
ERRORS = frozenset(list(PROBLEM_KINDS)[:6])
OPEN_COMMENT = _("unresolved comment")
