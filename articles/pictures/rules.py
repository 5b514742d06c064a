"""What is taken: five formats, told by content, and limits."""

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

_DAMAGED = "The picture is damaged or incomplete. Upload it again, or open it in a picture editor and save it anew."
_INSTEAD = f"Taken are {ACCEPTED}: save it in one of these formats and upload that file."

_OTHERS = [
    ("a PDF", lambda head: head.startswith(b"%PDF")),
    ("a TIFF", lambda head: head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"))),
    ("an EPS or PostScript file", lambda head: head.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6"))),
    ("a Photoshop file", lambda head: head.startswith(b"8BPS")),
    ("an icon file", lambda head: head.startswith(b"\0\0\1\0")),
    ("a BMP", lambda head: head.startswith(b"BM")),
    ("a HEIC photo", lambda head: _brands(head) & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1"}),
    ("an SVG drawing", lambda head: b"<svg" in head.lower()),
    ("a web page", lambda head: b"<html" in head.lower() or b"<!doctype html" in head.lower()),
]


class NotAPicture(ValueError):
    """Bytes that are not taken; the message is a sentence for an editor: what is wrong and what to do."""


def damaged():
    """Return the ``NotAPicture`` for a file of the right format that cannot be read to its end."""
    return NotAPicture(_DAMAGED)


def too_many_pixels(how_many=""):
    """Return the ``NotAPicture`` for a picture that has ``how_many`` pixels, or simply too many."""
    return NotAPicture(
        f"The picture has {how_many}more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller."
    )


def format_of(data):
    """Return Pillow's name of the format of ``data``; raise ``NotAPicture`` for every other.

    Only the bytes count, whatever the file is called.
    """
    if not data:
        raise NotAPicture(f"The file is empty. Taken are {ACCEPTED}.")
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
            raise NotAPicture(f"The file is {name}, which is not taken. {_INSTEAD}")
    raise NotAPicture(f"The file is not a picture that is taken here. {_INSTEAD}")


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
        raise NotAPicture(
            f"The file has {len(data) / 1e6:.1f} MB; a picture may have up to {MAX_BYTES // 1_000_000} MB. "
            "Make it smaller, or save it as JPEG or WebP."
        )
    if format_of(data) == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
        raise NotAPicture("The JPEG is built in too many layers. Open it in a picture editor and save it anew.")


def check_size(width, height):
    """Raise ``NotAPicture`` if there are too many pixels, on a side or together."""
    if width < 1 or height < 1:
        raise damaged()
    if max(width, height) > MAX_SIDE:
        raise NotAPicture(
            f"The picture has {width:,} × {height:,} pixels; a side may have up to {MAX_SIDE:,}. Make it smaller."
        )
    if width * height > MAX_PIXELS:
        raise too_many_pixels(f"{width:,} × {height:,} pixels, which is ")


def check_frames(number, pixels):
    """Raise ``NotAPicture`` if an animation of ``number`` frames with together ``pixels`` pixels is too long."""
    if number > MAX_FRAMES or pixels > MAX_PIXELS:
        raise NotAPicture(
            f"The animation is too long: it may have up to {MAX_FRAMES} frames, and all frames together "
            f"{MAX_PIXELS // 1_000_000} million pixels. Leave frames out, make it smaller, or upload one frame."
        )
