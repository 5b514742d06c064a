"""Smaller copies of a stored picture: which there are and how they are called, told from its name and width alone.

Equal facts give equal names, so that a page can name the copies whether or not they are made yet. WebP serves every
present browser; one copy in the picture's own format stands in for what reads neither WebP nor ``srcset``. A GIF stays
as it is.
"""

import re
from dataclasses import dataclass

WIDTHS = (330, 660, 990, 1320)
"""Pixels: the infobox and the text column, each at single and at double density, and one between."""

_STORED = re.compile(r"(?P<stem>images/[0-9a-f]{2}/[0-9a-f]{64})\.(?P<extension>jpg|png|webp|avif)")
_FALLBACKS = ("jpg", "png")


@dataclass(frozen=True)
class Rendition:
    """A copy ``width`` pixels wide; ``name`` below the media root. A picture is never made wider than it is."""

    name: str
    width: int


def renditions(name, width):
    """Return the WebP copies of the picture ``name`` that is ``width`` pixels wide, the narrowest first."""
    stored = _STORED.fullmatch(name)
    if not stored:
        return ()
    return tuple(Rendition(f"{stored['stem']}-{one}.webp", one) for one in WIDTHS if one < width)


def fallback(name, width):
    """Return the copy in the picture's own format that old browsers get of a wide picture, or None."""
    stored = _STORED.fullmatch(name)
    if not stored or stored["extension"] not in _FALLBACKS or width <= WIDTHS[-1]:
        return None
    return Rendition(f"{stored['stem']}-{WIDTHS[-1]}.{stored['extension']}", WIDTHS[-1])


def all_renditions(name, width):
    """Return every copy that belongs to a picture."""
    other = fallback(name, width)
    return (*renditions(name, width), other) if other else renditions(name, width)


def small(name, width, least=WIDTHS[0]):
    """Return the name of the narrowest copy at least ``least`` pixels wide, or of the picture itself."""
    return next((one.name for one in renditions(name, width) if one.width >= least), name)
