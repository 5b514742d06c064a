"""Numbers and addresses by which a work is known, checked as they are typed.

Each function takes the text of one field and returns it as it is kept, or raises ``ValueError`` with a sentence.
"""

import re

from django.utils.translation import gettext_lazy as _

from ..markup import safe_url

_HYPHENS = re.compile("[-‐‑–]")
_DOI_BEFORE = re.compile(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def read_isbns(text):
    """Read one ISBN or several with spaces, commas or semicolons between; groups may be split by hyphens or spaces."""
    whole = _plain(text)
    numbers = [text] if len(whole) in (10, 13) and whole[:-1].isdecimal() else re.split(r"[\s,;]+", text)
    for number in numbers:
        _check_isbn(number)
    return ", ".join(numbers)


def _check_isbn(number):
    digits = _plain(number).upper()
    if not re.fullmatch(r"[0-9]{9}[0-9X]|97[89][0-9]{10}", digits):
        raise ValueError(_("“%s” is no ISBN: it has 10 or 13 figures, the longer ones begin with 978 or 979.") % number)
    expected = _isbn13_check(digits) if len(digits) == 13 else _mod11_check(digits)
    if digits[-1] != expected:
        message = _("“%(number)s” is mistyped: its last figure would have to be %(check)s. Compare it with the book.")
        raise ValueError(message % {"number": number, "check": expected})


def _plain(text):
    return _HYPHENS.sub("", "".join(text.split()))


def _isbn13_check(digits):
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12])) % 10)


def _mod11_check(digits):
    """Return the check digit that ISBN-10 and ISSN share."""
    weights = range(len(digits), 1, -1)
    check = -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return "X" if check == 10 else str(check)


def read_issn(text):
    """Read an ISSN."""
    digits = _plain(text).upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        raise ValueError(_("An ISSN has eight figures, such as 0317-8471."))
    if digits[-1] != (expected := _mod11_check(digits)):
        raise ValueError(_("The ISSN is mistyped: its last figure would have to be %s.") % expected)
    return f"{digits[:4]}-{digits[4:]}"


def read_doi(text):
    """Read a DOI, bare or as an address of doi.org."""
    doi = _DOI_BEFORE.sub("", text)
    if not _DOI.match(doi):
        raise ValueError(_("A DOI begins with 10. and has a stroke, such as 10.1093/ehr/cew052."))
    return doi


def read_address(text):
    """Read an address of the web."""
    if not _WEB.match(text) or not safe_url(text):
        raise ValueError(_("This is no address that could be linked; it begins with http:// or https://."))
    return text


def read_language(text):
    """Read a language tag."""
    if not _LANGUAGE.match(text):
        raise ValueError(_("This is no language tag. For instance en, ru, az, hy or az-Cyrl."))
    return text
