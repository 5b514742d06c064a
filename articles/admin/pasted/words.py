"""What the readers of pasted text share: how they refuse, and how they read dates and names."""

import re

from ..partial_dates import read_date

_DATE = re.compile(r"(-?[0-9]{1,4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?(?:[/ ].*)?\Z")


class Unreadable(ValueError):
    """The pasted text is none that could be read; the message is a sentence for the editor."""


def csl_date(text):
    """Return a CSL date for a date as other programs write it, None for none; what is no date is kept in words."""
    text = text.strip().strip("/")
    if not text:
        return None
    try:
        return read_date(text)
    except ValueError:
        pass
    if (match := _DATE.match(text)) and len(match[1].lstrip("-")) == 4:
        parts = [int(part) for part in match.groups() if part and int(part)]
        if len(parts) < 2 or 1 <= parts[1] <= 12 and (len(parts) < 3 or 1 <= parts[2] <= 31):
            return {"date-parts": [parts]}
    return {"literal": text}


def csl_name(text):
    """Return a CSL name for ``Family, Given`` or ``Family, Given, Suffix``; without a comma it is one piece."""
    family, *rest = [part.strip() for part in text.split(",")]
    if not rest or not family:
        return {"literal": text.strip(", ")}
    name = {"family": family, "given": rest[0], "suffix": ", ".join(rest[1:])}
    return {part: said for part, said in name.items() if said}
