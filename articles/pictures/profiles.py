"""Which colour profiles of uploaded files are read: those that cannot cost much.

LittleCMS runs through every step that a profile names and takes the memory that its tables claim to need before it
looks whether they are there. A profile of some hundred bytes can so take minutes and half a gigabyte.
"""

import struct
from math import prod

_MAX_BYTES = 4_000_000
"""Those of presses have up to 3 MB."""
_MAX_TAGS = 100
"""As many as LittleCMS reads."""
_HEADER = 128
_CHAINS = {way + number for way in (b"D2B", b"B2D") for number in (b"0", b"1", b"2", b"3")}
"""Tags that hold a chain of any number of steps, which may all be the same bytes. Cameras and presses write none."""


def is_modest(profile):
    """Tell whether the ICC profile (bytes) is whole, of a usual size, and claims no more than it holds."""
    if not _HEADER + 4 <= len(profile) <= _MAX_BYTES:
        return False
    count = int.from_bytes(profile[_HEADER : _HEADER + 4])
    table = profile[_HEADER + 4 : _HEADER + 4 + 12 * count]
    if count > _MAX_TAGS or len(table) < 12 * count:
        return False
    return all(_is_modest_tag(profile, *tag) for tag in struct.iter_unpack(">4sII", table))


def _is_modest_tag(profile, name, offset, size):
    if name in _CHAINS or size < 8 or offset + size > len(profile):
        return False
    # Offsets inside a tag may lead out of it, so what follows counts as well.
    data = memoryview(profile)[offset:]
    kind = bytes(data[:4])
    if kind == b"mpet":
        return False
    try:
        return _claimed(kind, data) <= len(data)
    except (IndexError, struct.error):
        return False


def _claimed(kind, data):
    """Return how many bytes of a table or of texts the data of a tag say that they hold; 0 for other kinds."""
    if kind == b"mluc":
        return 12 * struct.unpack_from(">I", data, 8)[0]
    if kind in (b"mft1", b"mft2"):
        return data[10] ** data[8] * data[9] * (2 if kind == b"mft2" else 1)
    if kind in (b"mAB ", b"mBA "):
        at = struct.unpack_from(">I", data, 24)[0]
        return prod(data[at : at + data[8]]) * data[9] * data[at + 16] if at else 0
    return 0
