"""Figures in words: the numbers that a claim states, with what is approximate, open or unknown about them.

``~60,000``, ``150+``, ``400–450``, ``hundreds`` and ``unknown`` are read as their writer meant them. Nothing is
rounded, averaged or guessed: an open end stays open, and words that give only an order of magnitude give its limits.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_MAGNITUDES = {
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "tens of millions": (20_000_000, 99_999_999),
    "dozens": (24, 99),
    "scores": (40, 99),
    "tens": (20, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2_000_000, 9_999_999),
}
"""Words that tell an order of magnitude, and the least and the most that they can mean."""

_APPROXIMATE = "about around approximately approx. approx roughly circa ca. c. ~ ≈ some nearly almost perhaps".split()
_APPROXIMATE += ["an estimated", "estimated"]
_AT_LEAST = ["at least", "more than", "no fewer than", "no less than", "not less than", "upwards of", "over", "above"]
_AT_LEAST += [">", "≥"]
_AT_MOST = ["at most", "up to", "no more than", "not more than", "fewer than", "less than", "under", "below", "<", "≤"]
_UNKNOWN = re.compile(
    r"\b(?:unknown|not known|unclear|uncertain|no data|not (?:given|stated|reported))\b", re.IGNORECASE
)
_NONE = re.compile(r"(?:none|nil|no (?:losses|casualties|dead|deaths))\b", re.IGNORECASE)

_MONTHS = "january february march april may june july august september october november december".split()
_BEFORE_YEAR = frozenset(["in", "since", "until", "from", "by", "during", "early", "late", "mid", "of", *_MONTHS])
_YEARS = range(1000, 2101)
_LOOK_BACK = 30


def _either(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SIGN = rf"(?:(?P<sign>{_either([*_APPROXIMATE, *_AT_LEAST, *_AT_MOST, 'between', 'from'])})\s*)"
_MOST_DIGITS = 15
_MOST_SCALES = 3
"""Words such as those of “two hundred thousand million”."""
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_SPELT = rf"(?:(?:an?|half an?|{_either(_SMALL)})(?:[\s-](?:{_either(_SMALL)}))?)"
_SCALE = rf"(?:[\s-](?:{_either([*_SCALES, 'dozen'])})\b)"
_NUMBER = rf"(?:(?:{_DIGITS})(?:{_SCALE})*|{_SPELT}{_SCALE}+|(?:{_either(_SMALL)})(?:-(?:{_either(_SMALL)}))?)"
_FEW = rf"(?:several|a few|many|a couple of)\s+(?:{_either([*_SCALES, 'dozen'])})s?"
_QUANTITY = re.compile(
    rf"(?<![\w.,/–-])(?:{_SIGN})?(?:(?P<magnitude>{_FEW}|{_either(_MAGNITUDES)})"
    rf"|(?P<low>{_NUMBER})(?:(?:\s*[-–—]\s*|\s+(?:to|or)\s+|(?P<and>\s+and\s+))(?P<high>{_NUMBER}))?)(?P<plus>\s?\+)?(?![\w]|[-–][A-Za-z])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    rf"\s(?:{_either(_MONTHS)})\b|\s?[%°]"
    r"|\s?(?:mm|cm|m|km|kg|kt|miles?|hours?|days?|weeks?|months?|years?|per cent|percent)\b",
    re.IGNORECASE,
)
# Begins where nothing of the kind stands before it: a long run that ends in words is followed once.
_LOOSE = re.compile(
    r"(?<![\s,;.(])(?<!\sand)(?<!\sor)(?<!\splus)(?<!\swith)(?:[\s,;.(]|\s(?:and|or|plus|with))+$", re.IGNORECASE
)
"""What is left over at the end of one figure's words where the next one begins."""
_CLAUSE_END = re.compile(r"[,;:.()\[\]\n]")


@dataclass(frozen=True)
class Quantity:
    """A figure as stated. ``low`` and ``high`` are whole numbers, None where that end is open or nothing is known."""

    low: int | None
    high: int | None
    approximate: bool
    words: str
    """The words that state it, up to the next figure."""
    counted: str
    """The words behind the number: what was counted."""
    start: int
    """Where it begins in the text."""

    @property
    def is_known(self):
        """Tell whether the figure has an end at all."""
        return self.low is not None or self.high is not None


def quantities(text):
    """Return every ``Quantity`` that ``text`` (plain text, one line) states, in order.

    Years, ordinals, calibres, distances and names such as T-72 are no quantities. A text that says that the figure is
    unknown gives one without ends; one that says nothing of a figure gives none.
    """
    found = [(match, *ends) for match in _QUANTITY.finditer(text) if (ends := _ends(text, match))]
    if not found:
        return _in_words(text)
    stops = [match.start() for match, *_ in found[1:]] + [len(text)]
    return tuple(_quantity(text, *one, stop) for one, stop in zip(found, stops, strict=True))


def _in_words(text):
    """Return what a text without numbers says: nothing lost, or not known how much."""
    if none := _NONE.search(text):
        return (Quantity(0, 0, False, text.strip(), "", none.start()),)
    if unknown := _UNKNOWN.search(text):
        return (Quantity(None, None, False, text.strip(), "", unknown.start()),)
    return ()


def _quantity(text, match, low, high, approximate, stop):
    clause = _CLAUSE_END.search(text, match.end(), stop)
    counted = text[match.end() : clause.start() if clause else stop].strip()
    words = _LOOSE.sub("", text[match.start() : stop])
    if words.count(")") > words.count("("):
        words = words.rstrip(")")
    return Quantity(low, high, approximate, words, _LOOSE.sub("", counted), match.start())


def _ends(text, match):
    """Return (low, high, approximate) of a match, or None if it is no quantity."""
    sign = (match["sign"] or "").lower()
    if match["magnitude"]:
        return *_magnitude(match["magnitude"].lower()), True
    if _UNIT.match(text, match.end()) or _is_date(text, match):
        return None
    if any(_is_too_long(match[name] or "") for name in ("low", "high")):
        return None
    low, high = _range(match, sign)
    if high >= 10**_MOST_DIGITS:
        return None
    if match["plus"] or sign in _AT_LEAST:
        return low, None, False
    if sign in _AT_MOST:
        return None, high, False
    return low, high, sign in _APPROXIMATE


def _is_too_long(words):
    """Tell whether a number has more digits or scales than any figure, and could be too long to work out."""
    return len(re.sub(r"\D", "", words)) > _MOST_DIGITS or len(re.findall(_SCALE, words, re.IGNORECASE)) > _MOST_SCALES


def _range(match, sign):
    """Return the two numbers of a match; ``2–3 million`` and ``3 to 4 dozen`` say the scale once."""
    low = _value(match["low"])
    if not match["high"] or match["and"] and sign != "between":
        return low, low
    high = _value(match["high"])
    scale = re.search(rf"{_SCALE}+$", match["high"], re.IGNORECASE)
    if scale and low < 1_000 and not re.search(_SCALE, match["low"], re.IGNORECASE):
        low = _value(match["low"] + scale[0])
    return min(low, high), max(low, high)


def _magnitude(words):
    """Return the limits of an order of magnitude: ``several hundred`` is what ``hundreds`` is."""
    if limits := _MAGNITUDES.get(words):
        return limits
    word = words.split()[-1].rstrip("s")
    return _MAGNITUDES.get(f"{word}s") or (2 * _SCALES[word], 10 * _SCALES[word] - 1)


def _is_date(text, match):
    """Tell whether a bare number is a year or a day, by the word or bracket before it."""
    low = match["low"]
    if not low.isascii() or not low.isdigit() or match["plus"]:
        return False
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    words = before.split()
    last = words[-1].lower().strip(".,(") if words else ""
    if len(low) == 4 and int(low) in _YEARS:
        span = re.search(r"[-–]\d\d$", match[0])  # 1993–94
        return bool(span) or before.endswith("(") or (match["sign"] or last).lower() in _BEFORE_YEAR
    return last in _MONTHS and last != "may" and int(low) <= 31


def _value(words):
    """Return the number that a match of ``_NUMBER`` states."""
    words = words.lower()
    digits = re.match(_DIGITS, words)
    value = Decimal(re.sub(r"[^\d.]", "", digits[0])) if digits else None
    for word in re.split(r"[\s-]+", words[digits.end() if digits else 0 :]):
        if word == "half":
            value = Decimal("0.5")
        elif word in ("a", "an"):
            value = Decimal(1) if value is None else value
        elif word == "dozen":
            value *= 12
        elif word in _SCALES:
            value *= _SCALES[word]
        elif word:
            value = (value or 0) + _SMALL[word]
    return int(value)
