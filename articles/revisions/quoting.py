"""How edit summaries, labels and logs quote a text on one line: without its marks, cut short at either end."""

import re
from functools import lru_cache

from ..comparison import plain

_CUT = re.compile("([…→])")
"""Where words are left out: for length, or since the other text ends as this one does."""


def without_quoted(line, passage, mark, least):
    """Return ``line`` with ``mark`` for each quotation of ``passage``: the whole of it, or ``least`` characters of it.

    A piece of it is taken for a quotation only where something is left out, which may be at the end of the line; before
    an arrow only ends are left out without an ellipsis.
    """
    for quoted in _on_one_line(passage):
        if len(quoted) >= least:
            pieces = _CUT.split(line.replace(quoted, mark))
            pieces[::2] = [
                _without_piece(piece, quoted, mark, least, begins_cut=before == "…")
                for before, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True)
            ]
            line = "".join(pieces)
    return line


@lru_cache(maxsize=1)
def _on_one_line(passage):
    # Once, and not for each of thousands of lines.
    return tuple(dict.fromkeys((" ".join(passage.split()), plain(passage))))


def _without_piece(piece, quoted, mark, least, *, begins_cut):
    words = piece.strip()
    if begins_cut and len(words) >= least and words in quoted:
        return piece.replace(words, mark)
    lengths = range(min(len(quoted), len(words)), least - 1, -1)
    heads = (quoted[:length].rstrip() for length in lengths)
    tails = (quoted[-length:].lstrip() for length in lengths) if begins_cut else ()
    found = [next((head for head in heads if words.endswith(head)), ""),
             next((tail for tail in tails if words.startswith(tail)), "")]  # fmt: skip
    for one in filter(None, found):
        piece = piece.replace(one, mark)
    return piece
