"""Which addresses may be linked: the one rule for everything that editors write."""

import re
from urllib.parse import quote

_WEB = re.compile(r"(https?)://([^/?#\\@\s]+)([/?#][^\s]*)?\Z", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+\Z", re.IGNORECASE)
_PATH = re.compile(r"/(?![/\\])[^\s\\]*\Z")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\uffff]")
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"
_UNUSUAL = re.compile(r"[^A-Za-z0-9%/:?#\[\]@!$&'()*+,;=._~-]")
_BRACKETED = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*)>")
_BRACKETED_MAIL = re.compile(r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)>")
LONGEST = 2_000


def safe_url(url):
    """Return ``url`` fit for an ``href``, or None where it may not be linked.

    Web and mail addresses and paths of this site pass. What names a user before its host, holds white space, control,
    direction or invisible characters, or is longer than 2,000 characters does not.
    """
    if len(url) > LONGEST or _HIDDEN.search(url):
        return None
    if match := _WEB.match(url):
        scheme, host, rest = match.groups()
        return f"{scheme.lower()}://{host}{_quoted(rest or '')}"
    if _MAIL.match(url):
        return url
    if _PATH.match(url):
        return _quoted(url)
    return None


def _quoted(url):
    return quote(url, safe=_KEPT) if _UNUSUAL.search(url) else url


def read_address(text, start):
    """Return safe address, words and end of the ``<address>`` at ``start``, or None."""
    match = _BRACKETED.match(text, start)
    prefix = "" if match else "mailto:"
    match = match or _BRACKETED_MAIL.match(text, start)
    href = match and safe_url(prefix + match[1])
    return (href, match[1], match.end()) if href else None
