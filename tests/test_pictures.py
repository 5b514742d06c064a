"""Uploaded pictures that are taken: each format to itself, animations whole, every pixel as it was."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from articles.pictures import NAME, store_picture
from articles.pictures.decoding import decode
from articles.pictures.encoding import encode

from .making_pictures import CLOSE, FORMATS, animated, animation, distance, drawing, file, stored, stored_image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_is_stored_as_itself_under_the_hash_of_its_content(format_):
    data = file(drawing(), format_)
    facts = store_picture(data, "whatever.txt")
    content = stored(facts)
    assert facts.received_sha256 == hashlib.sha256(data).hexdigest()
    assert facts.sha256 == hashlib.sha256(content).hexdigest()
    assert facts.name == f"images/{facts.sha256[:2]}/{facts.sha256}.{FORMATS[format_]}"
    assert NAME.fullmatch(facts.name)
    assert (facts.width, facts.height) == (80, 60)
    assert stored_image(facts).format == format_
    assert distance(stored_image(facts), drawing()) < CLOSE


@pytest.mark.parametrize("format_", FORMATS)
def test_equal_bytes_give_an_equal_file(format_):
    data = file(drawing((300, 200)), format_)
    assert encode(decode(data)) == encode(decode(data))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_keeps_every_pixel(mode):
    image = drawing(mode=mode)
    if "A" in mode:
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    facts = store_picture(file(image, "PNG"), "")
    assert stored_image(facts).mode == mode
    assert stored_image(facts).tobytes() == image.tobytes()


@pytest.mark.parametrize("lossless", [True, False])
def test_a_webp_stays_lossless_or_lossy(lossless):
    image = drawing((200, 200))
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    data = file(image, "WEBP", lossless=lossless, exact=True)
    again = encode(decode(data))
    assert (b"VP8L" in again) == lossless
    pixels = [Image.open(BytesIO(one)).convert("RGBA").tobytes() for one in (data, again)]
    assert (pixels[0] == pixels[1]) == lossless


def test_transparency_of_palettes_and_single_colours_is_kept():
    palette = drawing(mode="P")
    for data in (
        file(palette, "PNG", transparency=palette.getpixel((1, 50))),
        file(palette, "PNG", transparency=bytes([128]) * 256),
        file(palette, "GIF", transparency=palette.getpixel((1, 50))),
        file(drawing(), "PNG", transparency=drawing().getpixel((1, 50))),
        file(drawing(mode="L"), "PNG", transparency=drawing(mode="L").getpixel((1, 50))),
        file(drawing(mode="1"), "PNG", transparency=0),
    ):
        before = Image.open(BytesIO(data)).convert("RGBA")
        after = Image.open(BytesIO(encode(decode(data)))).convert("RGBA")
        assert before.getpixel((1, 50))[3] < 255
        assert [one.getpixel((1, 50))[3] for one in (before, after)] == [before.getpixel((1, 50))[3]] * 2
        assert distance(before, after) == 0


@pytest.mark.parametrize(("subsampling", "expected"), [("4:4:4", 1), ("4:2:0", 2)])
def test_a_jpeg_keeps_the_fineness_of_its_colours_and_becomes_progressive(subsampling, expected):
    with Image.open(BytesIO(encode(decode(file(drawing(), "JPEG", subsampling=subsampling))))) as again:
        assert again.layer[0][1] == expected
        assert again.info["progressive"]


@pytest.mark.parametrize(("format_", "options"), [("GIF", {"disposal": 2}), ("WEBP", {"lossless": True})])
def test_animations_keep_frames_times_and_repetition(format_, options):
    data = animated(format_, animation(), duration=[50, 60, 70, 80, 90, 100], loop=3, **options)
    before, after = decode(data), decode(encode(decode(data)))
    assert after.durations == before.durations == [50, 60, 70, 80, 90, 100]
    assert after.loop == before.loop == 3
    assert [distance(*pair) for pair in zip(before.frames, after.frames, strict=True)] == [0] * 6


def test_a_jpeg_that_holds_several_pictures_becomes_its_first():
    data = file(drawing(), "MPO", save_all=True, append_images=[drawing().rotate(180)])
    image = stored_image(store_picture(data, "phone.jpg"))
    assert image.format == "JPEG"
    assert distance(image, drawing()) < CLOSE
