"""The three readers of markup: body, note and line; and what they make."""

import re
from bisect import bisect_left
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

from . import blocks, inline
from .addresses import safe_url
from .brackets import Brackets, Definitions
from .marks import FigureMark, LoneSign

_MEANS_SOMETHING = re.compile(r"[\n&*<\[\\_`]")


def _parser(block_rules):
    md = MarkdownIt("zero", {"maxNesting": 100})  # our own limit on nesting is lower and loses no text
    md.enable(["newline", "escape", "backticks", "emphasis", "balance_pairs", "entity", "autolink"])
    md.block.ruler.enableOnly(block_rules)
    md.inline.ruler.before("newline", "bracket", inline.bracket)
    md.inline.ruler.at("autolink", inline.address)
    md.inline.ruler.at("backticks", inline.code)
    md.inline.ruler2.disable("fragments_join")  # who writes the tokens does not mind text in pieces
    md.inline.terminator_re = re.compile(inline.STOPS)
    md.normalizeLink = str
    md.validateLink = lambda url: safe_url(url) is not None
    blocks.install_nesting(md)
    return md


_BODY = _parser(["table", "code", "fence", "blockquote", "hr", "list", "reference", "heading", "lheading", "paragraph"])
blocks.install(_BODY)
_NOTE = _parser(["blockquote", "list", "paragraph"])


def parse_body(text):
    """Return the ``Markup`` of a body: all blocks of CommonMark but HTML, tables, figures, all marks."""
    return _parse_blocks(_BODY, text)


def parse_note(text):
    """Return the ``Markup`` of a note: paragraphs, lists and quotations; marks as in a body."""
    return _parse_blocks(_NOTE, text)


def parse_line(text, *, citing=True):
    """Return the ``Markup`` of inline text; line breaks are spaces. Without ``citing`` links are the only marks."""
    if not text:
        return _NOTHING
    env = {"marks": [], "unclosed": [], "signs_of_notes": set()}
    token = Token("inline", "", 0, content=text, children=[])
    _parse_inline(_NOTE, token, env, None, None, citing)
    return Markup(text, (token,), tuple(env["marks"]), tuple(env["unclosed"]))


def parse_blocks_only(text):
    """Return the block tokens of a body, whose inline ones were not read."""
    tokens = []
    _BODY.block.parse(text, _BODY, {"marks": [], "depth": 0, "empty_cells": _empty_cells(text)}, tokens)
    return tokens


def _parse_blocks(md, text):
    env = {"marks": [], "unclosed": [], "signs_of_notes": set(), "depth": 0, "empty_cells": _empty_cells(text)}
    tokens = []
    md.block.parse(text, md, env, tokens)
    definitions = Definitions(env["references"], len(text)) if env.get("references") else None
    for token in tokens:
        if token.type == "inline":
            _parse_inline(md, token, env, token, definitions, True)
        elif token.type == "figure":
            env["marks"].append(token.meta["mark"])
    return Markup(text, tuple(tokens), tuple(env["marks"]), tuple(env["unclosed"]))


def _parse_inline(md, token, env, block, definitions, citing):
    text = token.content
    if not _MEANS_SOMETHING.search(text):
        token.children.append(inline.InlineToken("text", "", 0, text))
        return
    env["brackets"], earlier = {}, len(env["unclosed"])
    if "[" in text:
        brackets = Brackets(text, definitions, citing=citing, block=block)
        env["brackets"] = brackets.found
        env["unclosed"] += brackets.unclosed
    token.meta = {"brackets": env["brackets"]}
    env["block"] = block
    state = inline.InlineState(text, md, env, token.children)
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    env["unclosed"] += inline.lone_emphasis(state)
    env["unclosed"][earlier:] = sorted(env["unclosed"][earlier:], key=lambda mark: mark.start)


def _empty_cells(text):
    """Return the allowance of a body for cells that its tables leave out."""
    return 1_000 + len(text) // 10


class Markup:
    """A text that was read.

    ``tokens`` are markdown-it's block tokens, the inline ones with children; ``article_link_open``, ``citation``,
    ``note_mark`` and ``figure`` are ours, with ``meta["mark"]``. ``marks`` are all marks in the order of the text,
    ``unclosed`` what looks like a link, an emphasis or code and is none (``UnclosedLink``, ``LoneSign``).
    """

    def __init__(self, text, tokens, marks, unclosed=()):
        self.text = text
        self.tokens = tokens
        self.marks = marks
        self.unclosed = unclosed
        self._offsets = {}
        self._first_lines = {}

    def position(self, mark):
        """Return line and column, from 1 and in characters, of the first character of ``mark`` in the text."""
        if isinstance(mark, FigureMark):
            return mark.line + 1, self._lines[mark.line].index("!") + 1
        if isinstance(mark, LoneSign):
            return self._position_in_line(mark)
        breaks, brackets, _ = self._offsets_of(mark.block)
        line = bisect_left(breaks, mark.start)
        first = breaks[line - 1] + 1 if line else 0
        if mark.block is None:
            return line + 1, mark.start - first + 1
        nth = bisect_left(brackets, mark.start) - bisect_left(brackets, first)
        line += self._first_line(mark.block)
        return line + 1, self._columns(line)[nth + self._before.get(id(mark.block), 0)] + 1

    def _position_in_line(self, mark):
        """Return line and column of a sign that, unlike brackets, may begin a line of the source for another reason."""
        breaks, _, bars = self._offsets_of(mark.block)
        nth = bisect_left(breaks, mark.start)
        first = breaks[nth - 1] + 1 if nth else 0
        if mark.block is None:
            return nth + 1, mark.start - first + 1
        line = self._first_line(mark.block) + nth
        if id(mark.block) in self._cells:
            return line + 1, self._cells[id(mark.block)] + mark.start + bisect_left(bars, mark.start) + 1
        if (id(mark.block), nth) not in self._offsets:
            words = mark.block.content[first : breaks[nth] if nth < len(breaks) else None].rstrip()
            self._offsets[id(mark.block), nth] = self._lines[line].rfind(words)
        return line + 1, max(self._offsets[id(mark.block), nth], 0) + mark.start - first + 1

    def first_line(self, block):
        """Return the line, from 0, on which the text of an inline token begins."""
        return self._first_line(block)

    def start(self, block):
        """Return line and column, from 1, of the first character of the inline token of a paragraph."""
        line = self._first_line(block)
        first = block.content.partition("\n")[0].rstrip()
        return line + 1, len(self._lines[line].rstrip()) - len(first) + 1

    def _first_line(self, block):
        """Return the line, from 0, on which the text of an inline token begins.

        markdown-it takes white space from its ends, and with it whole lines of what is no space to CommonMark. It is
        found once for each block, of which every mark asks for it.
        """
        if id(block) not in self._first_lines:
            self._first_lines[id(block)] = self._find_first_line(block)
        return self._first_lines[id(block)]

    def _find_first_line(self, block):
        line, left_out = block.map[0], block.map[1] - block.map[0] - 1 - block.content.count("\n")
        first = block.content.partition("\n")[0].strip()
        lines = range(line, line + left_out + 1)
        return next((one for one in lines if self._lines[one].strip().endswith(first)), line)

    @cached_property
    def _lines(self):
        return self.text.split("\n")

    @cached_property
    def _before(self):
        """Count the brackets of a line that stand in cells before the one of each inline token.

        What stands before the text of a block on its lines (marks of quotations, lists and headings) never holds a
        bracket, so the n-th bracket of a block's line is the n-th bracket of that line of the source. Cells share one.
        """
        before, line, count = {}, None, 0
        for token in self.tokens:
            if token.type == "inline":
                if token.map[0] != line:
                    line, count = token.map[0], 0
                before[id(token)] = count
                count += token.content.count("[")
        return before

    @cached_property
    def _cells(self):
        """Return the column, from 0, at which the text of each cell of a table begins, by the id of its inline token.

        A ``|`` in it is written with a backslash, which its text has no more.
        """
        columns, line, end = {}, None, 0
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if before.type in ("th_open", "td_open"):
                if token.map[0] != line:
                    line, end = token.map[0], 0
                written = token.content.replace("|", r"\|")
                columns[id(token)] = max(self._lines[line].find(written, end), end)
                end = columns[id(token)] + len(written)
        return columns

    def _offsets_of(self, block):
        """Return the offsets of the line breaks, the opening brackets and the bars in the text of ``block``."""
        if id(block) not in self._offsets:
            text = self.text if block is None else block.content
            signs = ("\n", r"\[", r"\|")
            self._offsets[id(block)] = [[match.start() for match in re.finditer(sign, text)] for sign in signs]
        return self._offsets[id(block)]

    def _columns(self, line):
        """Return the columns, from 0, of the opening brackets on ``line`` of the source."""
        if line not in self._offsets:
            self._offsets[line] = [match.start() for match in re.finditer(r"\[", self._lines[line])]
        return self._offsets[line]


_NOTHING = Markup("", (Token("inline", "", 0, children=[]),), ())
