"""Inline rules for markdown-it: our marks, links and addresses instead of its own links and images."""

from markdown_it.rules_inline import StateInline, backtick

from .addresses import read_address
from .brackets import OrdinaryLink
from .marks import CitationMark, LinkMark, LoneSign

STOPS = r"[\n&*<\[\\\]_`]|!(?=\[)"
"""Where plain text ends and a rule may begin; ``]`` because the words of a link end there."""


class InlineToken:
    """What markdown-it's ``Token`` is for inline rules, made in a third of the time; a page has a thousand of them."""

    __slots__ = ("attrs", "content", "info", "level", "markup", "meta", "nesting", "tag", "type")

    def __init__(self, kind, tag, nesting, content=""):
        self.type = kind
        self.tag = tag
        self.nesting = nesting
        self.content = content
        self.level = 0
        self.attrs = self.meta = None


class InlineState(StateInline):
    """markdown-it's state of reading one inline text, with our tokens.

    ``runs`` are the runs of ``*`` and ``_`` that may begin or end an emphasis: offset, length, the list of delimiters
    that holds theirs, and the index of the first there. ``spaced`` has the offset of the first run of each length that
    stands between spaces and may do neither.
    """

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.runs = []
        self.spaced = {}

    def scanDelims(self, start, canSplitWord):  # noqa: N802, N803 (markdown-it's names)
        """Tell what the run at ``start`` may be, and keep its place, which markdown-it's delimiters do not know."""
        scanned = super().scanDelims(start, canSplitWord)
        if scanned.can_open or scanned.can_close:
            self.runs.append((start, scanned.length, self.delimiters, len(self.delimiters)))
        else:
            self.spaced.setdefault(self.src[start : start + scanned.length], start)
        return scanned

    def pushPending(self):  # noqa: N802 (markdown-it's name)
        """Push the plain text that was read so far."""
        self.tokens.append(InlineToken("text", "", 0, self.pending))
        self.pending = ""

    def push(self, ttype, tag, nesting):
        """Push a token, behind the plain text that was read so far; emphasis does not reach over a link's ends."""
        if self.pending:
            self.pushPending()
        token, meta = InlineToken(ttype, tag, nesting), None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        elif nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            meta = {"delimiters": self.delimiters}
        self.tokens.append(token)
        self.tokens_meta.append(meta)
        return token


def bracket(state, silent):
    """Read what the bracket at this place was found to be (see ``brackets.Brackets``)."""
    position = state.pos
    if state.src[position] not in "[!":
        return False
    found = state.env["brackets"].get(position)
    if found is None or found.end > state.posMax:
        return False
    if not silent:
        _push(state, found.what)
    state.pos = found.end
    return True


def _push(state, what):
    if isinstance(what, OrdinaryLink):
        attributes = {"href": what.href, "title": what.title}
        _push_words(state, "link", what.words, what.href).attrs = attributes
        return
    state.env["marks"].append(what)
    if isinstance(what, LinkMark):
        _push_words(state, "article_link", what.words, what.target).meta = {"mark": what}
    else:
        kind = "citation" if isinstance(what, CitationMark) else "note_mark"
        state.push(kind, "", 0).meta = {"mark": what}


def _push_words(state, kind, words, otherwise):
    """Push a link around what the text holds in the span ``words``, or around the text ``otherwise``.

    Return the opening token.
    """
    opening = state.push(f"{kind}_open", "a", 1)
    if words and state.src[slice(*words)].strip():
        behind = state.posMax
        state.pos, state.posMax = words
        state.md.inline.tokenize(state)
        state.posMax = behind
    else:
        state.push("text", "", 0).content = otherwise
    state.push(f"{kind}_close", "a", -1)
    return opening


def code(state, silent):
    """Read a code span, or backticks that begin none.

    One beside a letter is no mistake: so names are written that begin with an ayin or have a hamza, ``Sana`a``.
    """
    start = state.pos
    read = backtick(state, silent)
    if read and not silent and state.pending:
        sign, beside = state.src[start : state.pos], state.src[max(start - 1, 0) : state.pos + 1]
        if len(sign) > 1 or not any(one.isalpha() for one in beside):
            state.env["unclosed"].append(LoneSign(sign, start, state.env["block"]))
    return read


def lone_emphasis(state):
    """Return a ``LoneSign`` for each run of ``*`` or ``_`` of which something is left over, once all were paired.

    Behind a word it is no mistake, ``40**``, nor where such a sign begins a line below that explains it: ``**per X``.
    But it is in ``** bold**``, and where a part of the run was paired. One sign inside a word is none either: ``2*3``.
    """
    lone, paired, notes = [], {}, state.env["signs_of_notes"]
    for start, length, delimiters, first in state.runs:
        if id(delimiters) not in paired:
            begun = [(index, one.end) for index, one in enumerate(delimiters) if one.end >= 0]
            paired[id(delimiters)] = {index for pair in begun for index in pair}
        left = [delimiters[n] for n in range(first, first + length) if n not in paired[id(delimiters)]]
        if not left:
            continue
        sign = state.src[start : start + length]
        if left[0].open and (length > 1 or not left[0].close):
            is_lone = sign not in notes or state.src[max(start - 1, 0) : start] not in ("", "\n")
        else:
            is_lone = len(left) < length or length > 1 and state.spaced.get(sign, start) < start
            if not is_lone:
                notes.add(sign)
        if is_lone:
            lone.append(LoneSign(sign, start, state.env["block"]))
    return lone


def address(state, silent):
    """Read ``<https://…>`` and ``<name@host>``."""
    if state.src[state.pos] != "<":
        return False
    found = read_address(state.src, state.pos)
    if found is None or found[2] > state.posMax:
        return False
    if not silent:
        href, words, _ = found
        state.push("link_open", "a", 1).attrs = {"href": href, "title": ""}
        state.push("text", "", 0).content = words
        state.push("link_close", "a", -1)
    state.pos = found[2]
    return True
