"""Pictures for tests, and looking at what was stored of them."""

import struct
import zlib
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image, ImageChops, ImageDraw, PngImagePlugin, TiffImagePlugin

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
SECRET = b"Madagiz 40.3N 46.7E"
CLOSE = 12
"""Mean difference that lossy formats make in ``drawing()``; one wrong corner makes 60."""


def file(image, format_, **options):
    """Return ``image`` as the bytes of a file."""
    buffer = BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def drawing(size=(80, 60), mode="RGB"):
    """Return a picture without symmetry: red, green, blue and white corners, a line across."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 2, height // 2), "red")
    draw.rectangle((width // 2, 0, width, height // 2), "green")
    draw.rectangle((0, height // 2, width // 2, height), "blue")
    draw.line((0, 0, width, height // 3), "yellow", 3)
    return image.convert(mode)


def animation(frames=6, size=(60, 40)):
    """Return frames in which something transparent moves over colours."""
    images = []
    for number in range(frames):
        image = Image.new("RGBA", size, (0, 0, 0, 0))
        ImageDraw.Draw(image).rectangle((number * 3, 5, number * 3 + 20, 30), (200, number * 20 % 256, 30, 255))
        images.append(image)
    return images


def animated(format_, images, **options):
    return file(images[0], format_, save_all=True, append_images=images[1:], **{"duration": 70, "loop": 0} | options)


def png(*chunks):
    """Return a PNG made of (name, content) chunks."""
    made = [
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def header(width, height, depth=8, kind=2):
    return b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)


def stored(facts):
    """Return the bytes of the stored file."""
    with default_storage.open(facts.name) as opened:
        return opened.read()


def stored_image(facts):
    image = Image.open(BytesIO(stored(facts)))
    image.load()
    return image


def distance(one, other):
    """Return the mean difference of two pictures in a channel, 0 to 255, seen on grey."""
    assert one.size == other.size
    flat = []
    for image in (one, other):
        grey = Image.new("RGBA", image.size, "grey")
        grey.alpha_composite(image.convert("RGBA"))
        flat.append(grey.convert("RGB"))
    difference = ImageChops.difference(*flat).convert("L").resize((1, 1), Image.Resampling.BOX)
    return difference.getpixel((0, 0))


def with_secrets(format_):
    """Return a picture with everything that its format may carry besides pixels."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (TiffImagePlugin.IFDRational(40),) * 3, 29: SECRET.decode()})
    options = {
        "JPEG": {"exif": exif, "comment": SECRET, "xmp": SECRET, "dpi": (300, 300)},
        "PNG": {"exif": exif, "pnginfo": PngImagePlugin.PngInfo(), "dpi": (300, 300)},
        "WEBP": {"exif": exif, "xmp": SECRET},
        "GIF": {"comment": SECRET},
        "AVIF": {"exif": exif, "xmp": SECRET},
    }[format_]
    if format_ == "PNG":
        options["pnginfo"].add_text("Comment", SECRET.decode())
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return file(drawing(), format_, **options)
