"""How many frames a GIF has, and on how large a canvas: not in its header, so its blocks are walked over.

Pillow tells only while it decodes, takes a file that ends between two frames for whole, and lets frames enlarge the
canvas.
"""

from .rules import MAX_FRAMES, MAX_PARTS, damaged, too_many_parts

_EXTENSION, _FRAME, _TRAILER = 0x21, 0x2C, 0x3B


def frames_and_size(data):
    """Return (number of frames, (width, height)); counting stops above the limit.

    Raises ``NotAPicture`` where a block is none or there are too many besides the frames, and IndexError where the file
    ends before its trailer.
    """
    width, height = _pair(data, 6)
    at, frames, others = 13 + _palette_bytes(data[10]), 0, 0
    while data[at] != _TRAILER and frames <= MAX_FRAMES:
        if data[at] == _EXTENSION:
            at, blocks = _after_blocks(data, at + 2)
            others += 1 + blocks
        elif data[at] == _FRAME:
            frames += 1
            (left, top), (across, down) = _pair(data, at + 1), _pair(data, at + 5)
            width, height = max(width, left + across), max(height, top + down)
            at, _blocks = _after_blocks(data, at + 11 + _palette_bytes(data[at + 9]))
        elif data[at] == 0:  # filling, which some programs leave between blocks
            at += 1
            others += 1
        else:
            raise damaged()
        if others >= MAX_PARTS:
            raise too_many_parts()
    if not frames:
        raise damaged()
    return frames, (width, height)


def _pair(data, at):
    return int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 4], "little")


def _palette_bytes(flags):
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data, at):
    """Return where a chain of blocks, each with its length before it, ends with an empty one, and how many they are."""
    blocks = 0
    while data[at]:
        at += 1 + data[at]
        blocks += 1
    return at + 1, blocks
