"""Bytes to pixels. Limits are checked in the header, before memory is taken and anything is decoded."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import ExifTags, Image, JpegImagePlugin

from . import gif
from .colours import plain_colours
from .parts import check_parts
from .rules import check_bytes, check_filled, check_frames, check_size, check_still, damaged, format_of

_ANIMATED = ("GIF", "WEBP")
_EXCESS = b"\xa5\x3c" * 2048
_STRIP = 64
"""Lines."""
_Turn = Image.Transpose
_TURNS = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
"""The orientations of EXIF but 1, which is upright, and what undoes each."""


@dataclass
class Picture:
    """Upright pixels and what the encoder has to know; ``frames`` are images of Pillow without any metadata."""

    format: str
    frames: list
    durations: list
    """Milliseconds, one for each frame."""
    loop: int | None = None
    """How often an animation repeats, 0 for ever, None not at all."""
    lossless: bool = False
    """A WebP without loss."""
    subsampling: int = -1
    """Of a JPEG, in Pillow's numbers: 0 is 4:4:4, 1 4:2:2, 2 4:2:0, -1 unknown."""


def decode(data):
    """Return the ``Picture`` in ``data``; raise ``NotAPicture``, or whatever Pillow raises for damaged files."""
    format_ = format_of(data)
    check_bytes(data)
    check_parts(data, format_)
    walked = gif.frames_and_size(data) if format_ == "GIF" else None
    with Image.open(BytesIO(data), formats=[format_]) as image:
        number, size = walked or (getattr(image, "n_frames", 1), image.size)
        check_size(*size)
        picture = Picture(format_, [], [])
        if format_ in _ANIMATED:
            check_frames(number, number * size[0] * size[1])
            _decode_frames(image, picture, number)
        else:
            if format_ == "JPEG":
                check_filled(data, *size)
                _check_whole(image, data)
            else:  # a JPEG of a phone may hold a second picture behind the first, which stands for itself
                check_still(number)
            picture.frames.append(_plain(image, _is_deep(data)))
        if format_ == "JPEG":
            picture.subsampling = JpegImagePlugin.get_sampling(image)
        if format_ == "WEBP":
            picture.lossless = _is_lossless(data)
    return picture


def _check_whole(image, data):
    """Raise ``NotAPicture`` if pixels of a JPEG are missing before its end mark.

    Its decoder makes them up and tells nobody. But where they are missing it reads what is put before the mark as
    pixels, and where none is missing it does not look at it.
    """
    end = data.rfind(b"\xff\xd9")
    # This one is let go before the other takes memory.
    read_on = _digest(Image.open(BytesIO(data[:end] + _EXCESS + data[end:]), formats=["JPEG"]))
    if read_on != _digest(image):
        raise damaged()


def _digest(image):
    """Return the SHA-256 of the pixels, without a copy of them all."""
    digest = sha256()
    for top in range(0, image.height, _STRIP):
        digest.update(image.crop((0, top, image.width, min(top + _STRIP, image.height))).tobytes())
    return digest.digest()


def _decode_frames(image, picture, number):
    for index in range(number):
        image.seek(index)
        check_size(*image.size)
        picture.frames.append(_plain(image))
        picture.durations.append(image.info.get("duration", 0))
    picture.loop = image.info.get("loop")
    if any(frame.size != picture.frames[-1].size for frame in picture.frames):
        # A frame reached over the canvas that the header promised.
        raise damaged()


def _plain(image, deep=False):
    """Decode fully and return a copy without metadata: upright, 8 bits, sRGB."""
    image.load()
    turn = _turn(image)
    plain = plain_colours(image, deep)
    return plain.transpose(turn) if turn is not None else plain


def _turn(image):
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    except Exception:  # EXIF comes in many broken forms; the pixels are sound all the same
        return None


def _is_deep(data):
    """Tell whether a PNG has 16 bits in each channel (its 25th byte says so)."""
    return data.startswith(b"\x89PNG") and data[24:25] == b"\x10"


def _is_lossless(data):
    """Tell whether the first pixels in a WebP are coded without loss."""
    lossless, lossy = data.find(b"VP8L"), data.find(b"VP8 ")
    return lossless >= 0 and (lossy < 0 or lossless < lossy)
