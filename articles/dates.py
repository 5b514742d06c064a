"""Event dates in EDTF (Library of Congress, ISO 8601-2): read once, by the edtf library."""

import datetime
import io
import re
from contextlib import redirect_stdout
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from .wording import gettext as _, gettext_lazy

_HELP = gettext_lazy(
    "must be a date: 1993, 1993-04 or 1993-04-03; two dates joined by / for from–to; ~ after a date for about"
)
# No years of more than four figures, least of all as powers of ten, and no times of day: nobody sorts battles by them.
_CHARACTERS = re.compile(r"[0-9X ?~%/.,{}\[\]-]+")


@lru_cache(maxsize=4096)
def read_event_date(text):
    """Return the edtf object for ``text``.

    Raises ValueError with a sentence for the editor if it is no EDTF date or an interval that ends before it starts.
    """
    if not _CHARACTERS.fullmatch(text):
        raise ValueError(_HELP)
    try:
        # The library says on standard output what it could not make of a date.
        with redirect_stdout(io.StringIO()):
            date = parse_edtf(text)
    except (EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise ValueError(_HELP) from error
    if str(date) != text:
        raise ValueError(_HELP)
    earliest, latest = bounds(text, date)
    if earliest and latest and earliest > latest:
        raise ValueError(_("ends before it starts"))
    return date


def bounds(text, date=None):
    """Return the earliest and the latest day of an EDTF date as (year, month, day), None where it is open."""
    date = date or read_event_date(text)
    start, slash, end = text.partition("/")
    return (
        None if start in ("", "..") and slash else _day(date.lower_strict),
        None if end in ("", "..") and slash else _day(date.upper_strict),
    )


def starts_key(event_date):
    """Return a text by which event dates sort by their earliest day; empty for none.

    One with an open beginning sorts by its last day. Years come with an offset: those before our era sort first.
    """
    earliest = next(filter(None, bounds(event_date)), None) if event_date else None
    if not earliest or event_date.startswith("XXXX"):
        return ""
    year, month, day = earliest
    return f"{year + 100_000:06d}{month:02d}{day:02d}"


def _day(strict):
    try:
        return tuple(strict()[:3])
    except (TypeError, AttributeError, ValueError, OverflowError):
        return None


def is_day(text):
    """Tell whether ``text`` is one day of the calendar, written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
