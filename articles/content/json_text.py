"""JSON text to plain objects; what JSON does not know, or programs read in different ways, is refused."""

import json
from collections import Counter

from ..problems import REFUSAL, Problem, Refused


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
        message = "nested too deeply"
    except UnicodeDecodeError:
        message = "is not UTF-8 text"
    except ValueError as error:
        message = f"is not JSON: {error}"
    raise Refused([Problem("file", "invalid", message, REFUSAL)])


def _members_once(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise ValueError(f"member {next(name for name, count in counts.items() if count > 1)!r} stands twice")
    return members


def _no_constant(name):
    raise ValueError(f"{name} is not a number")


def _finite(digits):
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"the number {digits[:40]} is too large")
    return number
