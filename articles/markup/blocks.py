"""Block rules: figures, and limits that keep markdown-it's own rules to linear time and lose nothing."""

from markdown_it.rules_block import blockquote, list_block, reference, table

from .marks import FigureMark, read_figure_key

DEEPEST = 20
"""Quotations and lists inside one another; deeper ones stay text."""
_BEFORE_ALL = ["paragraph", "reference", "blockquote", "list"]


def _source_line(state, line):
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def figure(state, line, _end, silent):
    """Read ``![[key]]`` alone on a line; it ends a paragraph too."""
    if not state.src.startswith("![[", state.bMarks[line] + state.tShift[line]) or state.is_code_block(line):
        return False
    key = read_figure_key(_source_line(state, line))
    if key is None:
        return False
    if not silent:
        state.push("figure", "", 0).meta = {"mark": FigureMark(key, line)}
        state.line = line + 1
    return True


def _nested(rule):
    """Return ``rule`` for a block that holds others, kept from nesting deeper than ``DEEPEST``."""

    def nested(state, line, end, silent):
        env = state.env
        if env["depth"] >= DEEPEST:
            return False
        if silent:
            return rule(state, line, end, True)
        env["depth"] += 1
        read = rule(state, line, end, False)
        env["depth"] -= 1
        return read

    return nested


def link_definition(state, line, end, silent):
    """Read ``[label]: address``, but not where what stands in the bracket is a mark."""
    start = state.bMarks[line] + state.tShift[line]
    return not state.src.startswith(("[@", "[^", "[["), start) and reference(state, line, end, silent)


def measured_table(state, line, end, silent):
    """Read a table, unless rows shorter than its head would make the page much longer than its source.

    The parser fills such rows with empty cells: kilobytes of markup would grow to megabytes of page. The document has
    an allowance for them; once it is spent, what looks like a table stays text.
    """
    if state.env["empty_cells"] < 0 or not table(state, line, end, True):
        return False
    if silent:
        return True
    columns = len(_source_line(state, line + 1).strip().strip("|").split("|"))
    row = line + 2
    while row < end and not state.isEmpty(row) and state.env["empty_cells"] >= 0:
        cells = max(1, state.src.count("|", state.bMarks[row], state.eMarks[row]) - 1)
        state.env["empty_cells"] -= max(0, columns - cells)
        row += 1
    return state.env["empty_cells"] >= 0 and table(state, line, end, False)


def install(md):
    """Put our block rules into a body parser."""
    ruler = md.block.ruler
    ruler.before("table", "figure", figure, {"alt": _BEFORE_ALL})
    ruler.at("table", measured_table, {"alt": ["paragraph", "reference"]})
    ruler.at("reference", link_definition)
    install_nesting(md)


def install_nesting(md):
    """Limit nesting in a parser."""
    ruler = md.block.ruler
    ruler.at("blockquote", _nested(blockquote), {"alt": _BEFORE_ALL})
    ruler.at("list", _nested(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
