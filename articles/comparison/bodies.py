"""Two bodies told apart block by block, unchanged blocks included, in the order of the new one."""

from ..wording import gettext
from .blocks import plain, read_blocks, shortened
from .changes import CHANGE, MOVE, BlockChange, Ids
from .matching import match_blocks
from .parts import Part
from .reflow import means_same
from .tokens import Tokens
from .words import ADDITION, DELETION, SAME, Span, only_space, word_spans


def compare_bodies(old, new):
    """Return the ``Part`` of the body for two source texts."""
    old_blocks, new_blocks = read_blocks(old).blocks, read_blocks(new).blocks
    last = (old_blocks[-1:], new_blocks[-1:])
    ids = Ids()
    blocks = tuple(_change(match, old_blocks, last, ids) for match in match_blocks(old_blocks, new_blocks))
    return Part("body", gettext("Text"), tuple(block for block in blocks if block.kind != SAME), blocks)


def text_spans(old, new):
    """Return the spans of two running texts block by block, in the order of the new one; a span may be a move too."""
    return [
        [Span(MOVE if block.kind == MOVE and kind == SAME else kind, text) for kind, text in block.spans]
        for block in compare_bodies(old, new).blocks
    ]


def _change(match, old_blocks, last, ids):
    old, new = _joined(match.old), _joined(match.new)
    spans = _spans(match, old, new)
    reflow = bool(old and new) and only_space(spans) and _is_reflow(match, spans, last)
    first = (match.new or match.old)[0]
    kind = _kind(match, spans, reflow)
    return BlockChange(
        kind=kind,
        block=first.kind,
        section=first.section,
        label=first.label if kind != SAME else "",
        spans=spans,
        old=tuple(block.index for block in match.old),
        new=tuple(block.index for block in match.new),
        old_place=f"body:{match.old[0].line}:1" if match.old else "",
        new_place=f"body:{match.new[0].line}:1" if match.new else "",
        shape="split" if len(match.new) > 1 else "merge" if len(match.old) > 1 else "",
        moved=_moved_from(match, old_blocks) if match.moved else "",
        reflow=reflow,
        old_gap=match.old[-1].gap if match.old else "",
        new_gap=match.new[-1].gap if match.new else "",
        id=ids.of("body", kind, old, new) if kind != SAME else "",
    )


def _joined(blocks):
    """Return the source of neighbours, without the white space behind the last."""
    return "".join(block.text + block.gap for block in blocks[:-1]) + blocks[-1].text if blocks else ""


def _spans(match, old, new):
    if old == new:
        return (Span(SAME, old),)
    if not old or not new:
        return (Span(DELETION, old),) if old else (Span(ADDITION, new),)
    return word_spans(*(_tokens(side, text) for side, text in ((match.old, old), (match.new, new))))


def _tokens(blocks, text):
    return blocks[0].tokens if len(blocks) == 1 else Tokens(text)


def _is_reflow(match, spans, last):
    """Tell whether two sources without a word's difference differ at all, and only in ways that no reader sees."""
    if len(match.old) != len(match.new):
        return False
    if len(spans) > 1:
        return means_same(match.old[0].text, match.new[0].text)
    at_end = match.old == last[0] or match.new == last[1]
    return match.old[0].gap != match.new[0].gap and not at_end


def _kind(match, spans, reflow):
    if not match.old:
        return ADDITION
    if not match.new:
        return DELETION
    if match.moved:
        return MOVE
    return CHANGE if reflow or len(spans) > 1 else SAME


def _moved_from(match, old_blocks):
    """Say in words where a moved block stood: ``moved from “Background”, after “The town lay …”``."""
    first, now = match.old[0], match.new[0]
    section = ""
    if first.section != now.section and first.kind != "heading":
        section = f"“{shortened(first.section)}”" if first.section else gettext("the lead")
    if first.index == 0:
        return gettext("moved from {section}").format(section=section) if section else gettext("moved from the top")
    before = shortened(plain(old_blocks[first.index - 1].text), 40)
    if section and before:
        return gettext("moved from {section}, after “{words}”").format(section=section, words=before)
    if section:
        return gettext("moved from {section}").format(section=section)
    return gettext("moved from after “{words}”").format(words=before) if before else gettext("moved")
