"""Uploaded pictures come out upright, in 8 bits of sRGB, and with nothing in the file but pixels."""

import struct
import subprocess
import sys
import zlib

import pytest
from django.conf import settings as ours
from PIL import Image, ImageCms

from articles.pictures import NotAPicture, store_picture

from .making_pictures import (
    CLOSE,
    FORMATS,
    SECRET,
    distance,
    drawing,
    file,
    header,
    png,
    stored,
    stored_image,
    with_secrets,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_orientations_become_upright(format_, orientation):
    turned = {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}.get(orientation, [])
    image = drawing()
    for turn in turned:
        image = image.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    facts = store_picture(file(image, format_, exif=exif), "")
    assert (facts.width, facts.height) == (80, 60)
    assert distance(stored_image(facts), drawing()) < CLOSE
    assert not stored_image(facts).getexif()


BROKEN_EXIF = [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12"]
_DECODE = """
import django, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "kalbajar_site.settings"
django.setup()
from articles.pictures.decoding import decode
print(decode(sys.stdin.buffer.read()).frames[0].width)
"""


@pytest.mark.parametrize("exif", BROKEN_EXIF)
def test_broken_exif_does_not_spoil_a_sound_picture(exif):
    assert store_picture(file(drawing(), "JPEG", exif=exif), "").width == 80


def test_broken_exif_is_no_line_in_the_log():
    # In a process of its own: pytest takes all warnings to itself.
    picture = file(drawing(), "JPEG", exif=BROKEN_EXIF[0])
    command = [sys.executable, "-c", _DECODE]
    done = subprocess.run(command, check=False, input=picture, capture_output=True, cwd=ours.BASE_DIR)
    assert (done.stdout, done.stderr) == (b"80\n", b"")


@pytest.mark.parametrize("format_", FORMATS)
def test_places_comments_and_what_stands_behind_the_picture_are_gone(format_):
    data = with_secrets(format_) + b"<script>alert(1)</script>" * (format_ != "AVIF")
    assert SECRET in data
    facts = store_picture(data, "")
    image = stored_image(facts)
    assert SECRET not in stored(facts)
    assert b"script" not in stored(facts)
    assert not image.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile", "dpi", "Comment"} & set(image.info)


def test_a_gif_that_is_also_a_script_becomes_a_gif():
    picture = file(drawing(), "GIF")
    data = picture[:6] + b"/*" + picture[8:] + b"*/=1;alert(document.domain)//"
    try:
        assert b"alert" not in stored(store_picture(data, "x.js"))
    except NotAPicture:
        pass  # the width has become 10,799 pixels
    assert b"alert" not in stored(store_picture(picture + b"*/=1;alert(document.domain)//", "x.js"))


def test_a_cmyk_jpeg_becomes_rgb():
    facts = store_picture(file(drawing(mode="CMYK"), "JPEG"), "print.jpg")
    assert stored_image(facts).mode == "RGB"
    assert distance(stored_image(facts), drawing()) < CLOSE


def test_a_16_bit_png_becomes_8_bits_of_the_same_brightness():
    grey = Image.linear_gradient("L")
    deep = Image.frombytes("I;16", grey.size, b"".join(bytes([0, value]) for value in grey.tobytes()))
    facts = store_picture(file(deep, "PNG"), "scan.png")
    assert stored_image(facts).mode == "L"
    assert stored_image(facts).tobytes() == grey.tobytes()


def test_a_transparent_colour_of_16_bits_is_kept():
    rows = b"".join(b"\0" + b"\x80\0\x40\0\x20\0" * 2 for _ in range(2))
    data = png(header(2, 2, 16), (b"tRNS", b"\x80\0\x40\0\x20\0"), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    assert stored_image(store_picture(data, "")).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_colour_profile_is_applied_and_dropped(mode):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    profiles = [file_of_profile() for file_of_profile in (_swapped_profile, lab.tobytes)]
    applied = stored_image(store_picture(file(drawing(mode=mode), "PNG", icc_profile=profiles[0]), ""))
    assert applied.mode == mode
    red, green, blue = applied.convert("RGB").getpixel((1, 10))
    assert green > 200 > 60 > max(red, blue), "the profile of this test swaps red and green"
    assert "icc_profile" not in applied.info
    # A profile for other colours than the picture has is left out.
    left_out = stored_image(store_picture(file(drawing(mode=mode), "PNG", icc_profile=profiles[1]), ""))
    assert distance(left_out, drawing(mode=mode)) == 0


def _swapped_profile():
    """Return an sRGB profile in which red and green have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {}
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132]), 12):
        places[bytes(profile[at : at + 4])] = at
        if profile[at : at + 4] == b"desc":
            offset, length = struct.unpack(">II", profile[at + 4 : at + 12])
            text = profile[offset : offset + length]
            profile[offset : offset + length] = text.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
    red, green = places[b"rXYZ"] + 4, places[b"gXYZ"] + 4
    profile[red : red + 8], profile[green : green + 8] = profile[green : green + 8], profile[red : red + 8]
    return bytes(profile)
