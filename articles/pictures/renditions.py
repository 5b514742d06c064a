"""Smaller copies of stored pictures, made once and kept beside them."""

import logging
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image

from ..content import all_renditions
from .files import is_there, write_once
from .turns import turn

_log = logging.getLogger(__name__)


def missing_renditions(name, width):
    """Return the ``Rendition``s of the picture ``name`` that are not there, or empty."""
    return [one for one in all_renditions(name, width) if not is_there(one.name)]


def make_renditions(name, width, *, waiting=True):
    """Make what is missing of a picture's copies; tell whether all are there now.

    Never raises: a page shows the picture itself where a copy cannot be made. With ``waiting`` false nothing is made
    while another picture is at the encoder.
    """
    if not missing_renditions(name, width):
        return True
    try:
        with turn(waiting=waiting) as ours:
            if ours:
                _make(name, missing_renditions(name, width))
            return ours
    except Exception as error:  # Pillow has a dozen exceptions and the disk some more
        _log.error("No copies of %s could be made: %s: %s", name, type(error).__name__, error)
        return False


def _make(name, wanted):
    """Make ``wanted`` of the picture; what somebody else made while we waited is not among it."""
    if not wanted:
        return
    with default_storage.open(name) as file, Image.open(file) as image:
        # A JPEG is decoded at half or a quarter of its size where that is enough.
        image.draft(None, (2 * max(one.width for one in wanted), 1))
        frames, options = _frames(image)
        shape = frames[0].height / frames[0].width
        # The widest first: each one is made of the one before, which is much quicker and looks the same.
        for one in sorted(wanted, key=lambda one: -one.width):
            size = one.width, max(1, round(one.width * shape))
            frames = [frame.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0) for frame in frames]
            write_once(one.name, _encoded(frames, one.name.rpartition(".")[2], options))


def _frames(image):
    """Return the pixels of all frames in full colours, and what an animation needs besides."""
    number = getattr(image, "n_frames", 1)
    if number == 1 or image.format != "WEBP":
        return [_full_colours(image)], {}
    frames, durations = [], []
    for index in range(number):
        image.seek(index)
        frames.append(_full_colours(image))
        durations.append(image.info.get("duration", 0))
    return frames, {"save_all": True, "duration": durations, "loop": image.info.get("loop", 0)}


def _full_colours(image):
    image.load()
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    plain = image.convert("RGBA" if has_alpha else "RGB")
    plain.info = {}
    return plain


def _encoded(frames, extension, options):
    first, *others = frames
    file = BytesIO()
    if extension == "webp":
        more = options | {"append_images": others} if others else {}
        first.save(file, "WEBP", quality=82, method=4, **more)
    elif extension == "jpg":
        first.convert("RGB").save(file, "JPEG", quality=85, progressive=True, optimize=True)
    else:
        _few_colours(first).save(file, "PNG", optimize=True)
    return file.getvalue()


def _few_colours(image):
    """Return what stands in for a PNG: a palette, which is a third of the size and enough for an old browser."""
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    return image.quantize(256, method)
