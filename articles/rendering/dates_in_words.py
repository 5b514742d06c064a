"""Dates in words: event dates in EDTF and the dates of CSL."""

import re

from ..content.csl import has_date_parts
from . import words

_DATE = re.compile(r"(Y?-?[\dX]{4,})(?:-([\dX]{2}))?(?:-([\dX]{2}))?\Z")
_QUALIFIED = re.compile(r"[?~%]")


def event_date_words(text):
    """Return an EDTF date in words; what has no words is returned as it is written."""
    if text[:1] in ("[", "{") and text[-1:] in ("]", "}"):
        joined = words.ONE_OF if text[0] == "[" else words.ALL_OF
        return joined.join(event_date_words(part.strip()) for part in text[1:-1].split(",")) or text
    for separator in ("/", ".."):
        start, found, end = text.partition(separator)
        if found:
            return _interval(_open(start), _open(end)) or text
    return _qualified(text)


def _open(end):
    return "" if end == ".." else end


def _interval(start, end):
    if start and end:
        return interval_words(start, end)
    if start:
        return words.SINCE.format(date=_qualified(start))
    return words.UNTIL.format(date=_qualified(end)) if end else ""


def interval_words(start, end):
    """Return two EDTF dates as an interval, what they share said once: ``27 March – 3 April 1993``."""
    first, last = _DATE.match(start), _DATE.match(end)
    if not (first and last) or "X" in start + end or not start[0].isdigit():
        return f"{_qualified(start)} – {_qualified(end)}"
    one, other = first.groups(), last.groups()
    if one == other:
        return _qualified(start)
    if one[0] == other[0] and one[1] and other[1] and _is_month(one[1]) and _is_month(other[1]):
        if one[1] == other[1] and one[2] and other[2]:
            return words.DAYS.format(day=int(one[2]), date=_qualified(end))
        between = " – " if one[2] or other[2] else "–"
        return f"{day_words(None, *_numbers(one[1:]))}{between}{_qualified(end)}"
    between = "–" if one[1] is None and other[1] is None else " – "
    return f"{_qualified(start)}{between}{_qualified(end)}"


def _numbers(parts):
    return [int(part) if part else None for part in parts]


def _is_month(part):
    return part.isdigit() and 1 <= int(part) <= 12


def _qualified(text):
    marks, plain = set(_QUALIFIED.findall(text)), _QUALIFIED.sub("", text)
    said = _plain(plain)
    if said is None:
        return text
    if marks & {"~", "%"}:
        said = words.CIRCA.format(date=said)
    return words.UNCERTAIN.format(date=said) if marks & {"?", "%"} else said


def _plain(text):
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day = match.groups()
    if "X" in year:
        return _unspecified(year) if month is None or set(month) == {"X"} else None
    month = None if month and "X" in month else month
    day = None if month is None or day and "X" in day else day
    return day_words(int(year.lstrip("Y")), *_numbers((month, day)))


def _unspecified(year):
    if re.fullmatch(r"\d{3}X", year):
        return words.DECADE.format(year=year[:3] + "0")
    if re.fullmatch(r"\d\dXX", year):
        return words.CENTURY.format(century=ordinal(int(year[:2]) + 1))
    return str(words.UNKNOWN_DATE) if set(year) == {"X"} else None


def ordinal(number):
    """Return a number as 1st, 2nd, 3rd …"""
    ending = number % 10 if number % 10 < len(words.ORDINALS) and number // 10 % 10 != 1 else 0
    return words.ORDINALS[ending].format(number=number)


def day_words(year, month=None, day=None):
    """Return a year, a month or a day in words; ``month`` may be a season's number, ``year`` None."""
    said = "" if year is None else words.BEFORE_CHRIST.format(year=1 - year) if year <= 0 else str(year)
    if not month:
        return said
    if month > 12:
        season = words.SEASONS.get(month, "")
        return words.SEASON_OF_YEAR.format(season=season.capitalize(), year=said) if season else said
    if day:
        form = words.DAY_OF_YEAR if said else words.DAY_OF_MONTH
        return form.format(day=day, month=words.MONTHS_WITH_DAY[month - 1], year=said)
    name = words.MONTHS[month - 1]
    return words.MONTH_OF_YEAR.format(month=name, year=said) if said else str(name)


def csl_date_words(date):
    """Return a CSL date in words, empty where it holds none: ``December 1994``, ``27 March – 3 April 1993``."""
    if not isinstance(date, dict):
        return ""
    if not has_date_parts(date):
        return str(date.get("literal") or date.get("raw") or "")
    parts = [_edtf(one) for one in date["date-parts"]]
    said = interval_words(*parts) if len(parts) > 1 else _plain(parts[0]) or ""
    if date.get("season") and len(date["date-parts"][0]) == 1:
        said = words.SEASON_OF_YEAR.format(season=_season(date["season"]), year=said)
    return words.CIRCA.format(date=said) if date.get("circa") else said


def _season(season):
    number = str(season)
    return words.SEASONS[20 + int(number)].capitalize() if number in ("1", "2", "3", "4") else number


def _edtf(parts):
    numbers = [int(part) for part in parts]
    year = f"{numbers[0]:05d}" if numbers[0] < 0 else f"{numbers[0]:04d}"
    return "-".join([year, *(f"{number:02d}" for number in numbers[1:])])
