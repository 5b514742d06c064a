"""Uploaded pictures: bytes in, a checked and re-encoded file in the media storage out.

``store_picture(data, uploaded_as)`` returns the ``ImageFile`` or raises ``NotAPicture``. What it does, in order:
``rules`` tells the format from the first bytes and refuses all but five; ``parts`` refuses files of millions of empty
parts; ``decoding`` checks the limits in the header and decodes every pixel; ``colours`` brings it to 8 bits of sRGB, by
its own colour profile if ``profiles`` lets it;
``encoding`` writes it anew, without metadata and without whatever was hidden before, between or behind the pixels;
``storing`` names the file by its content, ``files`` brings it to the disk. ``make_renditions`` makes the smaller copies
that pages show, once, beside it. ``turns`` lets one picture at a time to the encoder,
``leftovers`` finds what killed uploads left.

Every picture keeps its format. GIF and WebP stay animated, an animated PNG or AVIF is refused, and of a JPEG that holds
several pictures the first one is kept. Floor 3: imports the floors below.
"""

from .files import is_there
from .leftovers import remove_unfinished, unnamed_files
from .renditions import make_renditions, missing_renditions
from .rules import ACCEPTED, MAX_BYTES, MAX_FRAMES, MAX_PIXELS, MAX_SIDE, NotAPicture
from .storing import NAME, damaged_pictures, store_picture

__all__ = [
    "ACCEPTED",
    "MAX_BYTES",
    "MAX_FRAMES",
    "MAX_PIXELS",
    "MAX_SIDE",
    "NAME",
    "NotAPicture",
    "damaged_pictures",
    "is_there",
    "make_renditions",
    "missing_renditions",
    "remove_unfinished",
    "store_picture",
    "unnamed_files",
]
