"""Where the blocks of a body stand in its text: what a page and its source need to be scrolled together."""

from dataclasses import dataclass

from .parsing import parse_blocks_only


@dataclass(frozen=True)
class Block:
    """A block of the top level: ``line`` from 1, ``end`` its last line. ``figure`` is the key of a placed figure."""

    line: int
    end: int
    kind: str
    figure: str = ""


def outline(text):
    """Return the ``Block``s of a body in order; each but a figure shown elsewhere is one element of the page."""
    return [_block(token) for token in parse_blocks_only(text) if token.level == 0 and token.nesting >= 0
            and token.type != "inline"]  # fmt: skip


def _block(token):
    kind = token.type.removesuffix("_open")
    if kind == "figure":
        mark = token.meta["mark"]
        return Block(mark.line + 1, mark.line + 1, kind, mark.key)
    first, behind = token.map
    return Block(first + 1, max(first + 1, behind), kind)
