"""Reflow: whether two sources that differ in white space alone give readers the same page."""

import re

from ..markup import parse_body

# Lines that begin with a letter or an opening sign begin nothing but themselves, and these breaks are mere spaces.
_PROSE = re.compile(r"[^\W\d_](?:[^\n]*[^ \\\n])?(?:\n[^\W\d_“‘«(\[](?:[^\n]*[^ \\\n])?)*")


def means_same(old, new):
    """Tell whether two blocks mean the same: the same structure around the same words, line breaks being spaces."""
    if _PROSE.fullmatch(old) and _PROSE.fullmatch(new):
        return True  # what nearly all are, told without reading them
    return _meaning(old) == _meaning(new)


def _meaning(text):
    meaning = []
    for token in parse_body(text).tokens:
        meaning.append((token.type, token.tag, token.info, "" if token.type == "inline" else token.content))
        words = []
        for child in token.children or ():
            if child.type in ("text", "softbreak"):
                words.append(child.content or " ")
            else:
                meaning.append((" ".join("".join(words).split()), child.type, child.content, str(child.attrs)))
                words = []
        meaning.append(" ".join("".join(words).split()))
    return meaning
