"""JSON text to plain objects; what JSON does not know, or programs read in different ways, is refused."""

import json
from collections import Counter

from ..problems import REFUSAL, Problem, Refused
from ..wording import gettext as _


def parse_json(text):
    """Return the object that JSON ``text`` (str or UTF-8 bytes) holds.

    Raises ``Refused`` where it is no JSON, holds a member twice, or a number that JSON does not know (NaN) or that is
    too large to keep.
    """
    try:
        if isinstance(text, bytes | bytearray):
            text = text.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_members_once, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        message = _("nested too deeply")
    except UnicodeDecodeError:
        message = _("is not UTF-8 text")
    except ValueError as error:
        message = _("is not JSON: {error}").format(error=error)
    raise Refused([Problem("file", "invalid", message, REFUSAL)])


def _members_once(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        counts = Counter(name for name, _value in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise ValueError(_("member {member!r} stands twice").format(member=twice))
    return members


def _no_constant(name):
    raise ValueError(_("{name} is not a number").format(name=name))


def _finite(digits):
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(_("the number {digits} is too large").format(digits=digits[:40]))
    return number
