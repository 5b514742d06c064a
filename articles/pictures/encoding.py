"""Pixels to bytes, each format to itself. Equal pixels give equal bytes with one release of Pillow."""

from io import BytesIO

from PIL.Image import Dither

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
_LARGE = 10_000_000
"""Pixels; above, time and memory count more than the last per cent of size."""


def encode(picture):
    """Return the bytes of a file with nothing but the pixels of a ``Picture``."""
    frames = [_indexed(frame) for frame in picture.frames] if picture.format == "GIF" else picture.frames
    first, *others = frames
    options = _OPTIONS[picture.format](picture)
    if others:
        options |= {"save_all": True, "append_images": others, "duration": picture.durations}
        if picture.loop is not None:
            options["loop"] = picture.loop
    file = BytesIO()
    first.save(file, picture.format, **options)
    return file.getvalue()


def _jpeg(picture):
    # Maps with thin coloured lines come in 4:4:4 and would blur in anything coarser.
    return {"quality": 90, "progressive": True, "optimize": True, "subsampling": picture.subsampling}


def _png(picture):
    # Measured: level 9 takes three times as long as 6, for 3 % less. 14 megapixels full of detail take 6 seconds.
    return {"compress_level": 6 if _is_large(picture) else 9}


def _webp(picture):
    # The effort is chosen for time: 40 megapixels take seconds, with the defaults up to a minute. Below method 2 the
    # lossy encoder gives up on large pictures full of detail.
    if picture.lossless:
        return {"lossless": True, "quality": 30, "method": 0, "exact": True}
    return {"quality": 90, "method": 2}


def _gif(picture):
    # Each frame is whole, so it replaces the one before: what is transparent in it shows nothing of that.
    return {"disposal": 2, "optimize": False} if len(picture.frames) > 1 else {"interlace": 0}


def _indexed(frame):
    """Return a frame with a palette; up to 255 colours stay as they are. Pillow's own way with alpha loses some."""
    if frame.mode not in ("RGB", "RGBA", "LA"):
        return frame
    indexed = frame.convert("RGB").quantize(255, dither=Dither.NONE)
    if frame.mode != "RGB":
        colours = indexed.getpalette("RGB")
        indexed.putpalette(colours[: 255 * 3] + [0] * (256 * 3 - len(colours[: 255 * 3])))
        indexed.paste(255, mask=frame.getchannel("A").point(lambda alpha: 255 if alpha < 128 else 0))
        indexed.info["transparency"] = 255
    return indexed


def _avif(picture):
    # Measured: speed 8 takes a fifth of the time of the default 6 for files a seventh larger.
    # Full colour takes half as much memory again, 1.3 GB for 40 megapixels.
    return {"quality": 85, "speed": 8, "subsampling": "4:2:0" if _is_large(picture) else "4:4:4"}


def _is_large(picture):
    width, height = picture.frames[0].size
    return width * height > _LARGE


_OPTIONS = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif, "AVIF": _avif}
