"""HTML with what differs from other HTML marked in it: ``ins``, ``del``, and ``span.moved`` around words only.

What was added, deleted and moved is told by a function on plain text that the caller gives: it takes two texts whose
blocks stand apart by blank lines and returns for each block, in the order of the new text, its spans: pairs of kind
(same, addition, deletion or move) and text. White space counts for nothing. Marks of citations and notes are passed
by: their numbers are no words.
"""

import re
from collections import deque
from html import escape, unescape

from .safe_html import safe

_BLOCKS = "p|h[1-6]|li|tr|ul|ol|table|thead|tbody|div|figure|figcaption|blockquote|pre|hr"
_TOKEN = re.compile(
    rf"""(?P<mark> <sup\ [^>]*class="(?:citation|note-mark).*?</sup> )
       | (?P<open> <(?:{_BLOCKS})\b[^>]*> ) | (?P<close> </(?:{_BLOCKS})> )
       | (?P<cell> </?(?:td|th|br)\b[^>]*> )
       | (?P<tag> <[^>]*> )
       | (?P<space> \s+ )
       | (?P<sign> &[^;\s<]+; )
       | (?P<word> [^\s<&]+ | & )""",
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"\w+")
_MARKS = {"addition": ('<ins class="addition">', "</ins>"), "move": ('<span class="moved">', "</span>")}
_HERE = "\ufdd0"
"""Stands for a mark of a citation or a note in the text that is compared: no character, so that no text has it."""
_BREAK = "break"
"""Stands behind the spans of each block."""
_FRAMES = {"li": ("<li>", "</li>"), "tr": ("<tr><td>", "</td></tr>"), "thead": None, "tbody": None, "figcaption": None}
"""How a deleted block is shown before an element of that name, None: not there; elsewhere as a paragraph."""
_PARAGRAPH = ("<p>", "</p>")


def marked(old, new, tell):
    """Return the HTML ``new`` with what differs from the HTML ``old`` marked; both are inside one block."""
    return _marked([old], [new], tell, ("", ""))[0]


def marked_flow(old, new, tell):
    """Return the pieces of HTML ``new``, a list of running text, with what differs from the pieces ``old`` marked."""
    return _marked(old, new, tell, _PARAGRAPH)


def _marked(old, new, tell, frame):
    if old == new:
        return new
    pen = _Pen(tell("\n\n".join(map(plain, old)), "\n\n".join(map(plain, new))))
    written = [pen.write(piece) for piece in new]
    written[-1] += pen.rest(frame)
    return [safe(piece) for piece in written]


def plain(html):
    """Return the words of HTML, its blocks apart by blank lines, marks of citations and notes as a sign."""
    out = []
    for match in _TOKEN.finditer(html):
        kind, text = match.lastgroup, match[0]
        if kind in ("open", "close"):
            out.append("\n\n")
        elif kind in ("space", "cell"):
            out.append(" ")
        elif kind == "mark":
            out.append(_HERE)
        elif kind == "sign":
            out.append(unescape(text))
        elif kind == "word":
            out.append(text)
    return "\n\n".join(" ".join(block.split()) for block in "".join(out).split("\n\n") if block.strip())


class _Pen:
    """Writes HTML while it goes along the spans of its text; a span is [kind, text, how many signs are left of it]."""

    def __init__(self, blocks):
        self.spans = deque()
        for spans in blocks:
            alone = len(spans) == 1 and spans[0][0] == "deletion"
            for kind, text in spans:
                length = sum(map(len, text.split()))
                if length:
                    self.spans.append(["gone" if alone else kind, text, length])
            self.spans.append([_BREAK, "", 0])
        self.out = []
        self.inside = ""
        self.space = ""

    def write(self, html):
        """Return ``html``, the next piece, with its marks."""
        self.out = []
        for match in _TOKEN.finditer(html):
            kind, text = match.lastgroup, match[0]
            if kind == "word":
                self._word(text)
            elif kind == "sign":
                self._word(text, len("".join(unescape(text).split())))
            elif kind == "mark":
                self._word(text, len(_HERE), marking=False)
            elif kind == "space":
                self.space += text
            else:
                self._tag(kind, text)
        self._switch("")
        return "".join(self.out)

    def rest(self, frame):
        """Return what was deleted behind the end, each block of it framed."""
        self.out = []
        self._gone(frame)
        return "".join(self.out)

    def _tag(self, kind, text):
        if kind in ("open", "close"):
            self._end_block()
        self._switch("")
        if kind == "open":
            frame = _FRAMES.get(_NAME.search(text)[0], _PARAGRAPH)
            if frame:
                self._gone(frame, whole_only=True)
        self.out.append(text)

    def _end_block(self):
        """Write what was deleted at the end of a block before the element ends."""
        ahead = 0
        while ahead < len(self.spans) and self.spans[ahead][0] == "deletion":
            ahead += 1
        if ahead and ahead < len(self.spans) and self.spans[ahead][0] == _BREAK:
            self._deletions()

    def _gone(self, frame, *, whole_only=False):
        """Write whole blocks that were deleted here, each framed."""
        while self.spans and self.spans[0][0] in (("gone", _BREAK) if whole_only else ("gone", "deletion", _BREAK)):
            text = self.spans.popleft()[1]
            written = _deletion(text.strip())
            if written:
                self.out.append(f"{frame[0]}{written}{frame[1]}")

    def _deletions(self):
        """Write what was deleted before the next word."""
        if self.spans and self.spans[0][0] in ("gone", "deletion"):
            self._switch("")
        while self.spans and self.spans[0][0] in ("gone", "deletion", _BREAK):
            kind, text, _ = self.spans.popleft()
            self.out.append(_deletion(f"{text.strip()} " if kind == "gone" else text))

    def _word(self, text, length=None, *, marking=True):
        """Write a word, cut where its marks change; a ``length`` is that of a sign, which is never cut."""
        while text:
            self._deletions()
            if not self.spans:  # what was told is shorter than the text: leave the rest as it is
                self._switch("")
                self.out.append(text)
                return
            span = self.spans[0]
            taken = min(length if length is not None else len(text), span[2])
            span[2] -= taken
            self._switch(span[0] if marking and span[0] in _MARKS else "")
            self.out.append(text[:taken] if length is None else text)
            text = text[taken:] if length is None else ""
            if not span[2]:
                self.spans.popleft()

    def _switch(self, wanted):
        """Open and close marks so that ``wanted`` holds from here; white space inside a mark is marked too."""
        if self.inside == wanted:
            self.out.append(self.space)
        else:
            self.out.append(_MARKS[self.inside][1] if self.inside else "")
            self.out.append(self.space)
            self.out.append(_MARKS[wanted][0] if wanted else "")
        self.inside, self.space = wanted, ""


def _deletion(text):
    text = text.replace(_HERE, "")
    if not text.strip():
        return ""
    return f'<del class="deletion">{escape(text, quote=False)}</del>'
