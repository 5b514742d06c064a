"""Dates of CSL data as an editor types them: 1994, 1994-12, 1994-12-05, or two of them with a stroke between."""

import re
from calendar import monthrange

from django.utils.translation import gettext_lazy as _

from ..content.csl import has_date_parts
from ..rendering.words import MONTHS, MONTHS_WITH_DAY

HELP = _("For instance 1994, 1994-12, 1994-12-05 or 1994-12/1995-01; in words where it must be, such as Spring 1994.")
EXACT_HELP = _("For instance 1994-12-05 or 1994-12.")
SAYS_WHEN = ("date-parts", "literal", "raw")
"""The members of a CSL date that the text stands for; others (season, circa) are kept beside it."""

_ISO = re.compile(r"(-?[0-9]{4,5})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?\Z")
_WORDS = re.compile(r"(?:([0-9]{1,2})\.?\s+)?([^\W\d_]+)\s+([0-9]{4})\Z")
_ENGLISH = "january february march april may june july august september october november december".split()
_BETWEEN = re.compile(r"[/–]")


def date_text(date):
    """Return a CSL date as text, empty where it says nothing that the text could stand for."""
    if not isinstance(date, dict):
        return ""
    if has_date_parts(date):
        return "/".join(_parts_text(one) for one in date["date-parts"])
    return next((date[member] for member in SAYS_WHEN[1:] if isinstance(date.get(member), str)), "")


def _parts_text(parts):
    year, *rest = [int(part) for part in parts]
    return "-".join([f"{'-' * (year < 0)}{abs(year):04d}", *(f"{part:02d}" for part in rest)])


def read_date(text):
    """Return the members of a CSL date for what was typed; raise ``ValueError`` with a sentence for the editor."""
    parts = [_read_parts(one.strip()) for one in _BETWEEN.split(text)]
    if None not in parts and len(parts) <= 2:
        if len(parts) == 2 and _sortable(parts[0]) > _sortable(parts[1], 99):
            raise ValueError(_("The range ends before it starts."))
        return {"date-parts": parts}
    if text[:1].isalpha():
        return {"literal": text}
    raise ValueError(_("This is no date. %s") % HELP)


def read_exact_date(text):
    """Return the members of a CSL date for one day, month or year; raise ``ValueError`` with a sentence."""
    parts = _read_parts(text)
    if parts is None:
        raise ValueError(_("This is no date. %s") % EXACT_HELP)
    return {"date-parts": [parts]}


def _read_parts(text):
    """Return [year], [year, month] or [year, month, day], None for what is none; refuse a 30 February."""
    if match := _ISO.match(text):
        parts = [int(part) for part in match.groups() if part]
    elif (match := _WORDS.match(text)) and (month := _month(match[2])):
        parts = [int(match[3]), month] + ([int(match[1])] if match[1] else [])
    else:
        return None
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        raise ValueError(_("There is no month %s.") % parts[1])
    # Leap years come round every 400 years; Python's calendar knows none before our era.
    if len(parts) > 2 and not 1 <= parts[2] <= monthrange(2000 + parts[0] % 400, parts[1])[1]:
        raise ValueError(_("This month has no day %s.") % parts[2])
    return parts


def _month(name):
    """Return the number of a month by its name in English or in the site's language, None for another word."""
    for names in (_ENGLISH, MONTHS, MONTHS_WITH_DAY):
        for number, known in enumerate(names, 1):
            if known.casefold() == name.casefold():
                return number
    return None


def _sortable(parts, missing=0):
    return (*parts, missing, missing)[:3]
