"""Uploads that are refused, each with a sentence that helps, and nothing stored."""

import random
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from articles.pictures import MAX_BYTES, MAX_FRAMES, MAX_SIDE, NotAPicture, store_picture

from .making_pictures import FORMATS, animated, animation, drawing, file, header, png, with_secrets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def refusal(data, name="map.png"):
    """Return the sentence with which ``data`` is refused."""
    with pytest.raises(NotAPicture) as refused:
        store_picture(data, name)
    assert not [path for path in Path(default_storage.location).rglob("*") if path.is_file()]
    return str(refused.value)


def test_nothing_at_all_is_refused():
    assert refusal(b"") == "The file is empty. Taken are JPEG, PNG, WebP, GIF, AVIF."


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("TIFF", file(drawing(), "TIFF")),
        ("EPS", file(drawing(), "EPS")),
        ("PDF", file(drawing(), "PDF")),
        ("icon", file(drawing(), "ICO")),
        ("BMP", file(drawing(), "BMP")),
        ("SVG", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("web page", b"<!DOCTYPE html><title>x</title><script>alert(1)</script>"),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)),
        ("Photoshop", b"8BPS\0\1" + bytes(100)),
        ("not a picture", b"PK\3\4" + bytes(100)),
        ("not a picture", file(drawing(), "JPEG2000")),
        ("not a picture", file(drawing(), "TGA")),
        ("not a picture", file(drawing(), "PPM")),
    ],
)
def test_other_files_are_refused_under_any_name_with_what_is_taken(what, data):
    for name in ("map.png", "map.jpg", "map"):
        message = refusal(data, name)
        assert what in message
        assert "JPEG, PNG, WebP, GIF, AVIF" in message


@pytest.mark.parametrize("format_", FORMATS)
def test_half_a_picture_is_refused(format_):
    data = file(drawing((300, 200)), format_)
    for part in (0.1, 0.5, 0.9):
        assert "damaged or incomplete" in refusal(data[: int(len(data) * part)])


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0, "quality": 95}]
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_that_was_cut_and_closed_again_is_refused(mode, options):
    data = file(drawing((300, 200), mode), "JPEG", **options)
    for part in (0.5, 0.7, 0.9):
        assert "damaged or incomplete" in refusal(data[: int(len(data) * part)] + b"\xff\xd9")
    store_picture(data, "map.jpg")


def test_a_jpeg_of_a_few_bytes_that_says_it_is_huge_is_refused_and_a_plain_one_is_not():
    data = file(drawing((16, 16)), "JPEG")
    frame = data.index(b"\xff\xc0") + 5
    # Pillow alone takes it, and 700 MB.
    assert "damaged or incomplete" in refusal(data[:frame] + struct.pack(">HH", 6000, 6600) + data[frame + 4 :])
    for mode in ("L", "RGB"):
        plain = Image.new(mode, (6600, 6000), "white")
        assert store_picture(file(plain, "JPEG", progressive=True, quality=5), "plain.jpg").width == 6600


def test_an_animation_cut_anywhere_is_refused():
    for format_ in ("GIF", "WEBP"):
        data = animated(format_, animation())
        for end in range(16, len(data), 7):
            refusal(data[:end])


def test_bombs_are_refused_before_they_are_decoded():
    bomb = png(header(10_000, 10_000, 1, 0), (b"IDAT", zlib.compress(bytes(1251 * 10_000), 9)), (b"IEND", b""))
    assert len(bomb) < 13_000
    assert "10,000 × 10,000 pixels, which is more than 40 million pixels" in refusal(bomb)
    assert f"a side may have up to {MAX_SIDE:,}" in refusal(png(header(12_001, 1), (b"IDAT", b""), (b"IEND", b"")))
    assert "pixels" in refusal(file(Image.new("L", (13_000, 2)), "JPEG"))
    assert "pixels" in refusal(file(Image.new("1", (7_000, 6_000)), "GIF"))
    assert "pixels" in refusal(file(Image.new("RGB", (7_000, 6_000)), "WEBP", method=0))
    # Above 178 megapixels Pillow gives up first.
    assert "more than 40 million pixels" in refusal(png(header(2**31 - 1, 2**31 - 1), (b"IDAT", b""), (b"IEND", b"")))


def test_a_profile_that_unpacks_to_gigabytes_is_refused_or_ignored():
    packed = zlib.compress(bytes(200_000_000), 9)
    refusal(png(header(1, 1), (b"iCCP", b"x\0\0" + packed), (b"IDAT", zlib.compress(bytes(4))), (b"IEND", b"")))


def test_too_many_bytes_are_refused_unread():
    assert "may have up to 15 MB" in refusal(b"\xff\xd8\xff" + bytes(MAX_BYTES))


def test_a_jpeg_of_endless_passes_is_refused():
    data = file(drawing(mode="L"), "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    assert "layers" in refusal(data[:-2] + scan * 200 + b"\xff\xd9")


def test_a_jpeg_of_endless_pieces_of_exif_is_refused():
    """Pillow alone joins them one by one, 15 MB of them for many minutes."""
    data = file(drawing(), "JPEG")
    piece = b"\xff\xe1\0\x12Exif\0\0" + bytes(10)
    assert "pieces of EXIF" in refusal(data[:2] + piece * 1_000 + data[2:])
    store_picture(data[:2] + (b"\xff\xe1\xff\xffExif\0\0" + bytes(65_527)) * 225 + data[2:], "map.jpg")


@pytest.mark.parametrize("format_", ["GIF", "WEBP"])
def test_an_animation_with_too_many_frames_or_pixels_is_refused(format_):
    options = {"lossless": True} if format_ == "WEBP" else {}
    frames = [Image.new("RGB", (8, 8), (number % 256, number // 256 * 60, 0)) for number in range(800)]
    assert f"up to {MAX_FRAMES} frames" in refusal(animated(format_, frames, **options))
    large = [Image.new("P" if format_ == "GIF" else "RGB", (3000, 3000), number) for number in range(5)]
    assert "40 million pixels" in refusal(animated(format_, large, **options))


@pytest.mark.parametrize("format_", ["PNG", "AVIF"])
def test_what_would_stop_moving_is_refused(format_):
    assert "GIF or WebP" in refusal(animated(format_, [image.convert("RGB") for image in animation(3)]))


def test_a_gif_whose_later_frame_is_a_bomb_is_refused():
    small = animated("GIF", [image.convert("P") for image in animation(2)])
    at = small.rindex(b"\x2c\0\0") if b"\x2c\0\0" in small else small.rindex(b"\x2c")
    bomb = small[: at + 5] + struct.pack("<HH", 60_000, 60_000) + small[at + 9 :]
    assert "60,0" in refusal(bomb)


def test_mutated_files_are_taken_or_refused_and_never_an_error():
    random.seed(1993)
    taken = refused = 0
    for seed in samples():
        for _ in range(40):
            try:
                store_picture(mutated(seed), "x")
                taken += 1
            except NotAPicture:
                refused += 1
    assert min(taken, refused) > 50


def samples():
    """Return small files of every format, with metadata, animated, with a palette and for print."""
    seeds = [file(drawing((24, 18)), format_) for format_ in FORMATS]
    seeds += [with_secrets(format_) for format_ in FORMATS]
    seeds += [animated("GIF", animation(3, (40, 30))), animated("WEBP", animation(3, (40, 30)))]
    return [*seeds, file(drawing((24, 18), "P"), "PNG"), file(drawing((24, 18), "CMYK"), "JPEG", progressive=True)]


def mutated(data):
    """Return a picture's bytes with some of them changed, lost or doubled."""
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 5, 20])):
        at = random.randrange(len(data)) if random.random() < 0.6 else random.randrange(min(64, len(data)))
        match random.randrange(4):
            case 0:
                data[at] = random.randrange(256)
            case 1:
                data[at] = random.choice([0, 1, 0x7F, 0x80, 0xFF])
            case 2:
                del data[at : at + random.randrange(1, 9)]
            case 3:
                data[at:at] = data[at : at + random.randrange(1, 30)]
        if len(data) < 4:
            break
    return bytes(data)


def _split(data, at, part):
    """Return ``data`` with 20,000 times ``part`` before its byte ``at``."""
    return data[:at] + part * 20_000 + data[at:]


@pytest.mark.parametrize(
    ("format_", "part"),
    [
        ("PNG", struct.pack(">I4sI", 0, b"prVt", zlib.crc32(b"prVt"))),
        ("PNG", struct.pack(">I4s4xI", 4, b"gAMA", zlib.crc32(b"gAMA" + bytes(4)))),
        ("JPEG", b"\xff\xfe\0\2"),
        ("JPEG", b"\xff"),
        ("GIF", b"\0"),
        ("GIF", b"\x21\xfe\1a\0"),
    ],
)
def test_a_picture_of_tens_of_thousands_of_empty_parts_is_refused_before_it_is_decoded(format_, part):
    data = file(drawing(), format_)
    at = {"PNG": 33, "JPEG": 2, "GIF": data.find(b",")}[format_]
    assert "too many small parts" in refusal(_split(data, at, part))


def test_a_comment_of_a_gif_in_tens_of_thousands_of_blocks_is_refused():
    data = file(drawing(), "GIF")
    at = data.find(b",")
    assert "too many small parts" in refusal(data[:at] + b"\x21\xfe" + b"\1a" * 20_000 + b"\0" + data[at:])
