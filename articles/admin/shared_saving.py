"""Storing what a form of a source or an image says, and telling which articles moved with it."""

from django.contrib import messages
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _, ngettext

from ..permissions import is_staff_reader
from ..revisions import record_shared_change

_MOST_TOLD = 20


class Overtaken(Exception):
    """Somebody stored a newer version between the reading of the form and its saving; nothing was written."""


def record_form(model_admin, request, form):
    """Store the row that a valid form has filled; return the revisions made and whether anything differed.

    Raises ``Refused`` for what never gets in, and ``Overtaken``.
    """
    shared, seen = form.shared, form.stored and form.stored.history_id
    with transaction.atomic():
        revisions = record_shared_change(shared, author=request.user, summary=form.cleaned_data["summary"])
        versions = list(shared.history.order_by("-history_id").values_list("history_id", flat=True)[:2])
        # Under the lock of the change: right before ours, if one was written, stands the version of the form.
        if seen and seen not in versions:
            raise Overtaken
        is_changed = versions[0] != seen
        if not seen:
            model_admin.log_addition(request, shared, [{"added": {}}])
        elif is_changed:
            model_admin.log_change(request, shared, form.cleaned_data["summary"] or [{"changed": {"fields": []}}])
    return revisions, is_changed


def tell_revisions(model_admin, request, revisions):
    """Say which articles got a revision, and lead to them: who may not see drafts is told of none."""
    if not revisions or not is_staff_reader(request.user):
        return
    links = format_html_join(", ", '<a href="{}">{} ({})</a>', (
        (one.get_absolute_url(), one.article.title, _("revision %s") % one.number) for one in revisions[:_MOST_TOLD]
    ))  # fmt: skip
    count = len(revisions)
    said = ngettext("%s article got a new revision:", "%s articles got a new revision:", count) % count
    more = _(" and %s more") % (count - _MOST_TOLD) if count > _MOST_TOLD else ""
    then = _("Readers see the change when it is published.")
    model_admin.message_user(request, format_html("{} {}{}. {}", said, links, more, then), messages.INFO)
