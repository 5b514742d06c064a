"""Any decoded image of Pillow to 8 bits of sRGB without metadata, in the simplest mode that holds it."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageCms

from .profiles import is_modest

_KEPT = ("1", "L", "LA", "P", "RGB", "RGBA")


def plain_colours(image, deep=False):
    """Return a copy in one of the modes 1, L, LA, P, RGB and RGBA. ``deep``: the file had 16 bits in each channel."""
    profile = image.info.get("icc_profile")
    plain = _opaque_or_alpha(_eight_bits(image, deep))
    if profile and is_modest(profile):
        plain = _to_srgb(plain, profile)
    if plain.mode not in _KEPT:
        plain = plain.convert("RGBA" if plain.mode in ("PA", "La", "RGBa") else "RGB")
    # Pillow's encoders take comments, profiles and resolutions from here.
    plain.info = {name: plain.info[name] for name in ("transparency",) if plain.mode == "P" and name in plain.info}
    return plain


def _eight_bits(image, deep):
    plain = image.copy()
    if plain.mode.startswith("I"):
        # convert() alone would cut at 255 and leave almost everything white.
        plain = plain.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        plain.info = dict(image.info)
    key = plain.info.get("transparency")
    if deep and isinstance(key, int):
        plain.info["transparency"] = key >> 8
    elif deep and isinstance(key, tuple):
        plain.info["transparency"] = tuple(value >> 8 for value in key)
    return plain


def _opaque_or_alpha(image):
    """Turn one transparent colour into an alpha channel, except in palettes, which hold it themselves."""
    if "transparency" not in image.info or image.mode not in ("1", "L", "RGB"):
        return image
    return image.convert("RGBA" if image.mode == "RGB" else "LA")


def _to_srgb(image, profile):
    """Convert with the profile of the file; one that is unreadable or made for other colours is left out."""
    mode = {"P": "RGB", "1": "L", "LA": "L"}.get(image.mode, image.mode)
    transform = _transform(profile, mode, "RGBA" if mode == "RGBA" else "RGB")
    if transform is None:
        return image
    if image.mode == "P":
        return _palette_to_srgb(image, transform)
    if mode == "L":
        return _grey_to_srgb(image, transform)
    return ImageCms.applyTransform(image, transform)


@lru_cache(maxsize=2)
def _transform(profile, mode, made):
    """Return the transform of a profile to sRGB, None where it makes nothing else of the colours.

    It takes longer to make than to apply to a small frame. The frames of an animation have one profile and two modes.
    """
    try:
        source = ImageCms.getOpenProfile(BytesIO(profile))
        if ImageCms.getProfileDescription(source).startswith("sRGB"):
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, made)
    except ImageCms.PyCMSError:
        return None


def _palette_to_srgb(image, transform):
    colours = bytes(image.getpalette("RGB"))
    row = Image.frombytes("RGB", (len(colours) // 3, 1), colours)
    image.putpalette(ImageCms.applyTransform(row, transform).tobytes())
    return image


def _grey_to_srgb(image, transform):
    grey = ImageCms.applyTransform(image.convert("L"), transform).convert("L")
    return Image.merge("LA", (grey, image.getchannel("A"))) if image.mode == "LA" else grey
