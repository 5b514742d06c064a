"""Reviewing: what happens to a revision between its author and its readers.

Verbs (submit, approve, return, comment, watch) take revisions and users, check roles themselves, insert review events
and call ``publishing`` when an approval is complete. Questions (the queue, the state of an article, the notices of
the desk) are answered from the events alone. Imports publishing and the floors below.
"""

from .comments import add_comment, looking_at, resolve_comment, take_up
from .corrections import Correction, corrections
from .desk import Desk, conditions_of, desk_of, order_of
from .hiding import hide, hiding, show
from .labels import OPEN_COMMENT, PROBLEM_KINDS, STATES
from .mail import tell_watchers
from .notices import NOTICES_SHOWN, Notice, count_new, mark_seen, notices_for, watch
from .queue import Waiting, queue
from .reports import add_report, settle_report
from .verbs import NotReviewable, approve, protect, return_, state, state_at, submit, unprotect

__all__ = [
    "NOTICES_SHOWN",
    "OPEN_COMMENT",
    "PROBLEM_KINDS",
    "STATES",
    "Correction",
    "Desk",
    "NotReviewable",
    "Notice",
    "Waiting",
    "add_comment",
    "add_report",
    "approve",
    "conditions_of",
    "corrections",
    "count_new",
    "desk_of",
    "hide",
    "hiding",
    "looking_at",
    "mark_seen",
    "notices_for",
    "order_of",
    "protect",
    "queue",
    "resolve_comment",
    "return_",
    "settle_report",
    "show",
    "state",
    "state_at",
    "submit",
    "take_up",
    "tell_watchers",
    "unprotect",
    "watch",
]
