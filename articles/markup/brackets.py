"""One pass over a text that decides what each of its brackets is: a mark, an ordinary link, or plain text.

Marks win over links, code spans and addresses in ``<…>`` over both, a backslash over all, and what stands first wins.
No link holds another. Time is linear: every bracket is pushed once and popped once, which the parser's own rules, that
look for the end of each opening bracket anew, are not.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from .addresses import read_address, safe_url
from .marks import CitationMark, LinkMark, NoteMark, UnclosedLink, read_cites, read_link, read_note_key

_EVENT = re.compile(r"\\[\s\S]|`+|<[^<>\s]+>|!?\[|\]")
_RUN = re.compile("`+")
_LABEL = re.compile(r"\[((?:\\[\s\S]|[^\[\]\\]){0,999})\]")
_SPACE = re.compile(r"[ \t\n]*")


class OrdinaryLink(NamedTuple):
    """``[words](href "title")`` or an image, which is shown as a link: span of the words, and the safe address."""

    words: tuple[int, int]
    href: str
    title: str


class Found(NamedTuple):
    """What stands at an opening bracket, and the offset behind it."""

    what: CitationMark | NoteMark | LinkMark | OrdinaryLink
    end: int


class Definitions:
    """The link definitions of a document: address and title by folded label.

    A short label may stand for a long address many times. What all of them put into the page is limited to the length
    of the document or 100,000 characters; once that is spent, labels stay text.
    """

    def __init__(self, references, length):
        self._references = references
        self._allowance = max(length, 100_000)

    def find(self, label):
        """Return address and title that ``label`` stands for, or None."""
        found = self._references.get(normalizeReference(label))
        if found is None:
            return None
        self._allowance -= len(found["href"]) + len(found["title"])
        return (safe_url(found["href"]), found["title"]) if self._allowance >= 0 else None


class Brackets:
    """``found`` maps the offset of each opening bracket (or of the ``!`` before it) that means something.

    ``unclosed`` lists each ``[[`` whose two brackets nothing closes before the next one or the end of the text, and
    each whose ``]]`` makes no link of it: ``[[a [b]]]``.
    ``definitions`` are the document's ``Definitions`` or None; without ``citing`` there are no citations and notes.
    """

    def __init__(self, text, definitions=None, *, citing=True, block=None):
        self.text = text
        self.definitions = definitions
        self.citing = citing
        self.block = block
        self.found = {}
        self.unclosed = []
        self._pair, self._depth, self._half = None, 0, None
        self._openers = []
        self._fresh = 0
        self._closed = -1
        self._runs = None
        self._walk()

    def _walk(self):
        text, position = self.text, 0
        while match := _EVENT.search(text, position):
            start, position = match.span()
            character = text[start]
            if character == "]":
                position = self._close(start)
                self._count_closed(start, position - start if text.startswith("]]", start) else 1)
            elif character in "[!":
                self._open(start, position - 1)
            elif character == "`":
                position = self._code_end(start, position)
            elif character == "<":
                position = self._address_end(start)
        self._give_up_pair()
        # [[[a]]: the link that begins one bracket further on is what was meant.
        self.unclosed = [one for one in self.unclosed if not self._links_at(one.start + 1)]

    def _links_at(self, start):
        return start in self.found and isinstance(self.found[start].what, LinkMark)

    def _open(self, start, bracket):
        """Push the opening bracket at ``bracket``, which a ``!`` at ``start`` may lead."""
        self._openers.append(start)
        if self._pair is not None and bracket == self._pair + 1:
            return
        if self.text.startswith("[[", bracket):
            self._give_up_pair()
            self._pair, self._depth, self._half = bracket, 2, None
        else:
            self._depth += 1

    def _count_closed(self, close, count):
        self._depth -= count
        if self._depth == 1 and self._half is None:
            self._half = close
        elif self._depth <= 0 and self._pair is not None:
            # Closed side by side, as in [[a [b]]] but not in [[sic] he].
            if self._half == close - 1 and not {self._pair, self._pair + 1} & self.found.keys():
                self.unclosed.append(UnclosedLink(self._pair, self.block, closed=True))
            self._pair = None

    def _give_up_pair(self):
        if self._pair is not None:
            self.unclosed.append(UnclosedLink(self._pair, self.block))
            self._pair = None

    def _code_end(self, start, position):
        """Return the end of the code span that the backticks from ``start`` to ``position`` open, else ``position``."""
        if self._runs is None:
            self._runs = {}
            for run in _RUN.finditer(self.text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        length = position - start
        starts = self._runs.get(length, ())
        index = bisect_left(starts, position)
        return starts[index] + length if index < len(starts) else position

    def _address_end(self, start):
        address = read_address(self.text, start)
        if address is None:
            return start + 1
        self._openers.clear()
        return address[2]

    def _close(self, close):
        """Decide what the closing bracket at ``close`` ends; return the offset to go on from."""
        end = self._mark(close) or self._link(close)
        if end:
            self._openers.clear()
        elif self._openers:
            self._openers.pop()
        self._fresh = len(self._openers)
        self._closed = close
        return end or close + 1

    def _bracket(self, index):
        """Return the offset of the opening bracket itself."""
        start = self._openers[index]
        return start + 1 if self.text[start] == "!" else start

    def _mark(self, close):
        """Record the mark that ends at ``close``, if there is one, and return the offset behind it."""
        link = self._article_link(close)
        mark = link
        if self.citing:
            mark = self._citation(close, link.start if link else close) or link or self._note(close)
        if mark is None:
            return None
        end = close + 2 if mark is link else close + 1
        self.found[mark.start] = Found(mark, end)
        return end

    def _citation(self, close, before):
        """Return the first citation among the brackets opened since the last closing one and before ``before``."""
        skip = 0
        for index in range(self._fresh, len(self._openers)):
            start = self._bracket(index)
            if start >= before:
                break
            if start >= skip:
                cites, skip = read_cites(self.text, start, close)
                if cites:
                    return CitationMark(cites, start, self.block)
        return None

    def _note(self, close):
        if self._fresh >= len(self._openers):
            return None
        start = self._bracket(-1)
        note = read_note_key(self.text, start)
        return NoteMark(note[0], start, self.block) if note and note[1] == close + 1 else None

    def _article_link(self, close):
        text, openers = self.text, self._openers
        if len(openers) < 2 or not text.startswith("]]", close):
            return None
        start = self._bracket(-2)
        if openers[-1] != start + 1:
            return None
        link = read_link(text, start + 2, close)
        return link and LinkMark(*link, start, self.block)

    def _link(self, close):
        """Record the ordinary link whose words end at ``close``, if there is one, and return the offset behind it."""
        if not self._openers:
            return None
        bracket = self._bracket(-1)
        target = self._inline_target(close + 1) or self._defined_target(bracket, close)
        if target is None:
            return None
        href, title, end = target
        self.found[self._openers[-1]] = Found(OrdinaryLink((bracket + 1, close), href, title), end)
        return end

    def _inline_target(self, start):
        """Read ``(destination "title")``: return address, title and end, or None."""
        text = self.text
        if not text.startswith("(", start):
            return None
        destination = parseLinkDestination(text, _SPACE.match(text, start + 1).end(), len(text))
        position = _SPACE.match(text, destination.pos).end() if destination.ok else 0
        title = parseLinkTitle(text, position, len(text)) if position > destination.pos else None
        if title and title.ok:
            position = _SPACE.match(text, title.pos).end()
        href = safe_url(destination.str) if destination.ok and text.startswith(")", position) else None
        return (href, title.str if title and title.ok else "", position + 1) if href else None

    def _defined_target(self, bracket, close):
        """Read ``[words][label]``, ``[words][]`` or ``[label]``: return address, title and end, or None."""
        if not self.definitions:
            return None
        label, end = None, close + 1
        if match := _LABEL.match(self.text, close + 1):
            label, end = match[1].strip() or None, match.end()
        if label is None:
            if self._closed > bracket or close - bracket > 1_000:
                return None
            label = self.text[bracket + 1 : close]
        definition = self.definitions.find(label)
        return definition and (*definition, end)
