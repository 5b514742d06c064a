"""The versions of a source or an image, for people: who, when, and what differs from the one before."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

MOST = 200
"""Versions on the page. Nobody corrects a title two hundred times; all of them stay in the database."""


@dataclass(frozen=True)
class Version:
    """One version. ``changes`` are (label, text before, text after); the oldest shows everything as new."""

    number: int
    when: datetime
    who: str
    changes: tuple[tuple[str, str, str], ...]


def versions_of(shared, described):
    """Return the versions, newest first; ``described`` makes {label: text} of a history row."""
    rows = list(shared.history.order_by("-history_id")[: MOST + 1])
    names = _names(rows)
    told = [described(row) for row in rows]
    total = shared.history.count()
    return [
        Version(total - index, row.history_date, names.get(row.history_user_id, ""), _changes(before, told[index]))
        for index, (row, before) in enumerate(zip(rows[:MOST], [*told[1:], {}], strict=False))
    ]


def _names(rows):
    users = get_user_model().objects.in_bulk({row.history_user_id for row in rows} - {None})
    return {pk: user.get_username() for pk, user in users.items()}


def _changes(before, after):
    labels = [*after, *(label for label in before if label not in after)]
    texts = [(str(label), before.get(label, ""), after.get(label, "")) for label in labels]
    return tuple(one for one in texts if one[1] != one[2])
