"""What is taken: five formats, told by content, and limits."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy

from ..wording import number

ACCEPTED = "JPEG, PNG, WebP, GIF, AVIF"
"""The formats, as forms name them."""
MAX_BYTES = 15_000_000
MAX_PIXELS = 40_000_000
"""Width × height, in animations times frames."""
MAX_SIDE = 12_000
"""Pixels."""
MAX_FRAMES = 300
MAX_SCANS = 100
"""Passes over one JPEG. Usual are up to 12; each pass costs time for all pixels and may be only some bytes long."""
MAX_EXIF = 250
"""Pieces of EXIF in one JPEG. As a piece may have 64 kB, no file needs more; they are joined in quadratic time."""
MAX_PARTS = 20_000
"""Chunks of a PNG, segments of a JPEG, extensions of a GIF. A PNG of 15 MB has some 1,800; 15 MB can hold millions."""

_MAX_PIXELS_IN_A_BYTE = 1024
"""Of a JPEG: each 8 × 8 pixels take a bit of brightness; those that keep brightness at its coarsest one for 128."""

_DAMAGED = gettext_lazy(
    "The picture is damaged or incomplete. Upload it again, or open it in a picture editor and save it anew."
)
_INSTEAD = gettext_lazy("Taken are {formats}: save it in one of these formats and upload that file.")

_OTHERS = [
    (gettext_lazy("a PDF"), lambda head: head.startswith(b"%PDF")),
    (gettext_lazy("a TIFF"), lambda head: head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"))),
    (gettext_lazy("an EPS or PostScript file"), lambda head: head.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6"))),
    (gettext_lazy("a Photoshop file"), lambda head: head.startswith(b"8BPS")),
    (gettext_lazy("an icon file"), lambda head: head.startswith(b"\0\0\1\0")),
    (gettext_lazy("a BMP"), lambda head: head.startswith(b"BM")),
    (
        gettext_lazy("a HEIC photo"),
        lambda head: _brands(head) & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1"},
    ),
    (gettext_lazy("an SVG drawing"), lambda head: b"<svg" in head.lower()),
    (gettext_lazy("a web page"), lambda head: b"<html" in head.lower() or b"<!doctype html" in head.lower()),
]


class NotAPicture(ValueError):
    """Bytes that are not taken; the message is a sentence for an editor: what is wrong and what to do."""


def damaged():
    """Return the ``NotAPicture`` for a file of the right format that cannot be read to its end."""
    return NotAPicture(str(_DAMAGED))


def too_many_pixels(how_many=""):
    """Return the ``NotAPicture`` for a picture that has ``how_many`` pixels, or simply too many."""
    message = _("The picture has {how_many}more than {most} million pixels. Make it smaller.")
    return NotAPicture(message.format(how_many=how_many, most=MAX_PIXELS // 1_000_000))


def too_many_parts():
    """Return the ``NotAPicture`` for a file that is divided into more parts than any picture needs."""
    return NotAPicture(_("The file is built of too many small parts. Open it in a picture editor and save it anew."))


def format_of(data):
    """Return Pillow's name of the format of ``data``; raise ``NotAPicture`` for every other.

    Only the bytes count, whatever the file is called.
    """
    if not data:
        raise NotAPicture(_("The file is empty. Taken are {formats}.").format(formats=ACCEPTED))
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if _brands(data) & {b"avif", b"avis"}:
        return "AVIF"
    head = data[:1024]
    for name, matches in _OTHERS:
        if matches(head):
            said = _("The file is {name}, which is not taken.").format(name=name)
            raise NotAPicture(f"{said} {_INSTEAD.format(formats=ACCEPTED)}")
    said = _("The file is not a picture that is taken here.")
    raise NotAPicture(f"{said} {_INSTEAD.format(formats=ACCEPTED)}")


def _brands(data):
    """Return the brands in the first box of a file of the ISO family (AVIF, HEIC, MP4), else an empty set."""
    if data[4:8] != b"ftyp":
        return set()
    box = data[8 : min(int.from_bytes(data[:4]), 256)]
    # After the first brand stands a version, which is none.
    return {box[at : at + 4] for at in range(0, len(box), 4) if at != 4}


def check_bytes(data):
    """Raise ``NotAPicture`` if the file is too large, or would take too many passes to decode."""
    if len(data) > MAX_BYTES:
        message = _(
            "The file has {size} MB; a picture may have up to {most} MB. Make it smaller, or save it as JPEG or WebP."
        )
        raise NotAPicture(message.format(size=number_format(len(data) / 1e6, 1), most=MAX_BYTES // 1_000_000))
    if format_of(data) == "JPEG":
        if data.count(b"\xff\xda") > MAX_SCANS:
            raise NotAPicture(_("The JPEG is built in too many layers. Open it in a picture editor and save it anew."))
        if data.count(b"Exif\0\0") > MAX_EXIF:
            raise NotAPicture(_("The JPEG has too many pieces of EXIF. Open it in a picture editor and save it anew."))


def check_size(width, height):
    """Raise ``NotAPicture`` if there are too many pixels, on a side or together."""
    if width < 1 or height < 1:
        raise damaged()
    if max(width, height) > MAX_SIDE:
        message = _("The picture has {width} × {height} pixels; a side may have up to {most}. Make it smaller.")
        raise NotAPicture(message.format(width=number(width), height=number(height), most=number(MAX_SIDE)))
    if width * height > MAX_PIXELS:
        size = _("{width} × {height} pixels, which is ").format(width=number(width), height=number(height))
        raise too_many_pixels(size)


def check_filled(data, width, height):
    """Raise ``NotAPicture`` if a JPEG has too few bytes for its pixels: decoders make up what is missing."""
    if width * height > len(data) * _MAX_PIXELS_IN_A_BYTE:
        raise damaged()


def check_still(frames):
    """Raise ``NotAPicture`` if a PNG or AVIF moves: it would be kept as a still without a word."""
    if frames > 1:
        raise NotAPicture(_("The picture moves, which only a GIF or WebP may. Save it as one, or upload one frame."))


def check_frames(frames, pixels):
    """Raise ``NotAPicture`` if an animation of ``frames`` frames with together ``pixels`` pixels is too long."""
    if frames > MAX_FRAMES or pixels > MAX_PIXELS:
        message = _(
            "The animation is too long: it may have up to {frames} frames, and all frames together {most} million "
            "pixels. Leave frames out, make it smaller, or upload one frame."
        )
        raise NotAPicture(message.format(frames=MAX_FRAMES, most=MAX_PIXELS // 1_000_000))
