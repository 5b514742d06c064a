"""Into how many parts a file is divided besides its pixels: each takes its decoder time, however few bytes it has."""

from itertools import islice

from .rules import MAX_PARTS, too_many_parts

_WITHOUT_LENGTH = {0xC8, *range(0xD0, 0xDA), *range(0xF0, 0xFE)}
_START_OF_SCAN = 0xDA


def check_parts(data, format_):
    """Raise ``NotAPicture`` if a PNG or JPEG has too many parts. ``gif`` counts those of a GIF while it walks."""
    parts = {"PNG": _chunks, "JPEG": _segments}.get(format_)
    if parts and next(islice(parts(data), MAX_PARTS, None), None) is not None:
        raise too_many_parts()


def _chunks(data):
    """Yield where each chunk of a PNG begins."""
    at = 8
    while at < len(data):
        yield at
        at += 12 + int.from_bytes(data[at : at + 4])


def _segments(data):
    """Yield where each segment of a JPEG before its pixels begins, and each byte of filling between them."""
    at = 2
    while at + 1 < len(data):
        yield at
        if data[at] != 0xFF or data[at + 1] in (0x00, 0xFF):
            at += 1
        elif data[at + 1] == _START_OF_SCAN:
            return
        elif data[at + 1] in _WITHOUT_LENGTH:
            at += 2
        else:
            at += 2 + max(int.from_bytes(data[at + 2 : at + 4]), 2)
