"""Colour profiles of uploaded pictures: usual ones are applied, those that would cost much are never read."""

import struct

import pytest
from PIL import ImageCms

from articles.pictures import store_picture

from .making_pictures import animated, animation, distance, drawing, file, stored_image

pytestmark = pytest.mark.django_db
WHITE = struct.pack(">3i", 63190, 65536, 54061)
UNIT = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
CURVE = b"curv" + bytes(8)
"""As it comes, so it goes."""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def text(words, count=1):
    told = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", count, 12, b"enUS", len(told), 28) + told


def profile(tags, space=b"RGB ", version=4):
    """Return an ICC profile of {name: data of the tag}, from colours of a device to Lab."""
    tags = {b"desc": text("x"), b"cprt": text("x"), b"wtpt": b"XYZ \0\0\0\0" + WHITE} | tags
    table, data, start = b"", b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sB3x4s4s4s12x4s", start + len(data), b"lcms", version, b"mntr", space, b"Lab ", b"acsp")
    return (head + bytes(28) + WHITE).ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


def table(kind, channels, grid, there=True):
    """Return a tag of the kind mft1 or mft2 that makes all colours one; with its colours, or merely saying so."""
    width, entries = {b"mft1": (1, 256), b"mft2": (2, 4096)}[kind]
    size = bytes([channels, 3, grid, 0])
    colours = bytes(width * 3 * grid**channels) if there else b""
    counts = struct.pack(">HH", entries, entries) if kind == b"mft2" else b""
    return kind + bytes(4) + size + UNIT + counts + bytes(width * entries * (channels + 3)) + colours


def newer_table(channels, grid, there=True):
    """Return a tag of the kind mAB that makes all colours one."""
    colours = bytes([grid] * channels).ljust(16, b"\0") + b"\2\0\0\0" + bytes(6 * grid**channels if there else 4)
    colours += bytes(-len(colours) % 4)
    start = 32 + 3 * len(CURVE)
    head = struct.pack(">4s4xBBxx5I", b"mAB ", channels, 3, 32, 0, 0, start, start + len(colours))
    return head + CURVE * 3 + colours + CURVE * channels


def chain(steps):
    """Return a tag of the kind mpet: a chain of steps that are all the same matrix."""
    matrix = b"matf\0\0\0\0" + struct.pack(">HH12f", 3, 3, *[0.5, 0.2, 0.1] * 3, 0.1, 0.1, 0.1)
    return (
        struct.pack(">4s4xHHI", b"mpet", 3, 3, steps) + struct.pack(">II", 16 + 8 * steps, len(matrix)) * steps + matrix
    )


@pytest.mark.parametrize(
    ("mode", "made"),
    [
        ("RGB", profile({b"A2B0": table(b"mft1", 3, 33)}, version=2)),
        ("RGB", profile({b"A2B0": table(b"mft2", 3, 33)}, version=2)),
        ("RGB", profile({b"A2B0": newer_table(3, 33)})),
        ("CMYK", profile({b"A2B0": table(b"mft1", 4, 17)}, b"CMYK", version=2)),
        ("CMYK", profile({b"A2B0": table(b"mft2", 4, 25)}, b"CMYK", version=2)),
        ("CMYK", profile({b"A2B0": newer_table(4, 25)}, b"CMYK")),
    ],
)
def test_profiles_of_cameras_and_presses_are_applied(mode, made):
    applied = stored_image(store_picture(file(drawing(mode=mode), "JPEG", icc_profile=made), ""))
    assert all(high - low < 8 for low, high in applied.getextrema()), "the profiles of this test know one colour"


SOUND = {b"A2B0": newer_table(3, 9)}
WHOLE = profile(SOUND)
COSTLY = {
    "a chain of steps": profile(SOUND | {b"D2B0": chain(300)}),
    "a chain for another purpose": profile(SOUND | {b"B2D3": chain(2)}),
    "a chain under another name": profile(SOUND | {b"A2B1": chain(300)}),
    "a table that is not there": profile({b"A2B0": table(b"mft2", 3, 200, there=False)}, version=2),
    "a small table that is not there": profile({b"A2B0": table(b"mft1", 3, 200, there=False)}, version=2),
    "a newer table that is not there": profile({b"A2B0": newer_table(3, 200, there=False)}),
    "more languages than there are": profile(SOUND | {b"desc": text("x", 1_000_000)}),
    "too many tags": profile(SOUND | {b"%04d" % number: text("x") for number in range(100)}),
    "too many bytes": profile(SOUND | {b"long": bytes(4_000_000)}),
    "tags that are not there": WHOLE[:128] + struct.pack(">I", 90) + WHOLE[132:300],
    "a tag behind the end": WHOLE[:-20],
    "a header alone": WHOLE[:128],
    "a tag cut short": profile({b"A2B0": b"mAB " + bytes(8)}),
    "nothing that is one": b"x",
}


@pytest.mark.parametrize("what", COSTLY)
def test_a_profile_that_would_cost_much_or_is_broken_is_left_out_unread(what, monkeypatch):
    read = []
    monkeypatch.setattr(ImageCms, "getOpenProfile", read.append)
    left_out = stored_image(store_picture(file(drawing(), "WEBP", lossless=True, icc_profile=COSTLY[what]), ""))
    assert distance(left_out, drawing()) == 0
    assert read == []


def test_the_frames_of_an_animation_share_the_reading_of_their_profile(monkeypatch):
    opened, open_profile = [], ImageCms.getOpenProfile
    monkeypatch.setattr(ImageCms, "getOpenProfile", lambda source: opened.append(source) or open_profile(source))
    made = profile({b"A2B0": newer_table(3, 11)})
    image = stored_image(store_picture(animated("WEBP", animation(9), lossless=True, icc_profile=made), ""))
    assert image.n_frames == 9
    assert 1 <= len(opened) <= 2
    seen = {colour[:3] for _, colour in image.convert("RGBA").getcolors() if colour[3]}
    assert len(seen) == 1, "the profile of this test knows one colour"
