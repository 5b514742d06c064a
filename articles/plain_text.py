"""The one text form: LF line ends, Unicode NFC, no characters that hide or reorder others.

Every door (admin form, interchange file) brings text into this form before anything is compared, so that a browser's
CR LF or a decomposed accent is never an edit.
"""

import re
import unicodedata
from itertools import groupby

from .wording import gettext as _, gettext_lazy

_LINE_ENDS = re.compile("\r\n?")
# What may stand nowhere, and what may not stand in a field of one line: characters, and what they are.
_NOWHERE = {
    r"\ud800-\udfff": gettext_lazy("half of a surrogate pair"),
    r"\x00-\x08\x0b-\x1f\x7f-\x9f": gettext_lazy("a control character"),
    r"\u202a-\u202e": gettext_lazy("a character that reverses the direction of text"),
    # XML, and with it the feeds, has no way to write the last two.
    "".join([r"\ufdd0-\ufdef", *(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))]): gettext_lazy(
        "a code point that is no character"
    ),
}
_NOT_IN_A_LINE = {
    r"\t": gettext_lazy("a tab"),
    r"\n\u2028\u2029": gettext_lazy("a line break"),
    r"\u2066-\u2069": gettext_lazy("an invisible direction mark"),
}
# Letters of which some may be combining marks: so many in a row are a word of a far script, or an attack.
_MANY = re.compile(r"[^\x00-\u02ff]{31,}")
# Of Tibetan: two marks in one code point, which by itself counts as a letter. NFC takes them apart.
_TWO_MARKS = str.maketrans({sign: unicodedata.normalize("NFD", sign) for sign in "\u0f73\u0f75\u0f81"})
_ALL = _NOWHERE | _NOT_IN_A_LINE
_IN_TEXT = re.compile(f"[{''.join(_NOWHERE)}]")
_IN_LINE = re.compile(f"[{''.join(_ALL)}]")


def normalise(text):
    """Return ``text`` with LF line ends and in Unicode NFC; idempotent."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return text if text.isascii() else unicodedata.normalize("NFC", _MANY.sub(_in_order, text))


def _in_order(match):
    """Return the match with the marks of each letter in the order of NFC, which takes the square of their number."""
    return "".join(
        "".join(sorted(letters, key=unicodedata.combining) if marks else letters)
        for marks, letters in groupby(
            match.group().translate(_TWO_MARKS), lambda letter: unicodedata.combining(letter) > 0
        )
    )


def normalise_line(text):
    """Return ``text`` in the one form, without white space at its ends: for fields of one line."""
    return normalise(text).strip()


def forbidden(text, *, one_line=False):
    """Return a sentence that names the first character that may not stand in ``text``, or None.

    Refused are control characters but tab and line feed, unpaired surrogates, bidirectional overrides and what Unicode
    calls noncharacters, in fields of one line also tabs, line breaks and bidirectional isolates.
    """
    match = (_IN_LINE if one_line else _IN_TEXT).search(text)
    if match is None:
        return None
    character, start = match.group(), match.start()
    what = next(words for characters, words in _ALL.items() if re.match(f"[{characters}]", character))
    line, column = line_and_column(text, start)
    where = (
        _("line {line}, column {column}").format(line=line, column=column)
        if line > 1
        else _("column {column}").format(column=column)
    )
    return _("contains {what} (U+{character:04X}, {where}); remove it").format(
        what=what, character=ord(character), where=where
    )


def forbidden_sentence(text, *, one_line=False):
    """Return what ``forbidden`` says as a sentence that stands alone, or None."""
    found = forbidden(text, one_line=one_line)
    return found and found[:1].upper() + found[1:] + "."


def without_forbidden(text):
    """Return ``text`` without the characters that ``forbidden`` refuses: for writers who could not find them."""
    return _IN_TEXT.sub("", text)


def printable(text):
    """Return ``text``, of whatever type, fit to stand in one line of a message: escaped where it is not, and cut."""
    return (text if isinstance(text, str) and not forbidden(text, one_line=True) else ascii(text))[:100]


def line_and_column(text, offset):
    """Return line and column, both from 1 and in characters, of ``offset`` in ``text``."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
