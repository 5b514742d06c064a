"""The one text form: LF line ends, Unicode NFC, no characters that hide or reorder others.

Every door (admin form, interchange file) brings text into this form before anything is compared, so that a browser's
CR LF or a decomposed accent is never an edit.
"""

import re
import unicodedata

from .wording import gettext as _

_LINE_ENDS = re.compile("\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BIDI_OVERRIDE = re.compile("[\u202a-\u202e]")
_BIDI_ISOLATE = re.compile("[\u2066-\u2069]")
_LINE_BREAK = re.compile("[\n\u2028\u2029]")
_TAB = re.compile("\t")


def normalise(text):
    """Return ``text`` with LF line ends and in Unicode NFC; idempotent."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))


def normalise_line(text):
    """Return ``text`` in the one form, without white space at its ends: for fields of one line."""
    return normalise(text).strip()


def forbidden(text, *, one_line=False):
    """Return a sentence that names the first character that may not stand in ``text``, or None.

    Refused are control characters but tab and line feed, unpaired surrogates and bidirectional overrides, in fields
    of one line also tabs, line breaks and bidirectional isolates.
    """
    rules = [
        (_SURROGATE, _("half of a surrogate pair")),
        (_CONTROL, _("a control character")),
        (_BIDI_OVERRIDE, _("a character that reverses the direction of text")),
    ]
    if one_line:
        rules += [
            (_TAB, _("a tab")),
            (_LINE_BREAK, _("a line break")),
            (_BIDI_ISOLATE, _("an invisible direction mark")),
        ]
    found = [(match.start(), match.group(), what) for rule, what in rules if (match := rule.search(text))]
    if not found:
        return None
    start, character, what = min(found)
    line, column = line_and_column(text, start)
    where = (
        _("line {line}, column {column}").format(line=line, column=column)
        if line > 1
        else _("column {column}").format(column=column)
    )
    return _("contains {what} (U+{character:04X}, {where}); remove it").format(
        what=what, character=ord(character), where=where
    )


def printable(text):
    """Return ``text``, of whatever type, fit to stand in one line of a message: escaped where it is not, and cut."""
    return (text if isinstance(text, str) and not forbidden(text, one_line=True) else ascii(text))[:100]


def line_and_column(text, offset):
    """Return line and column, both from 1 and in characters, of ``offset`` in ``text``."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
