"""When smaller copies of pictures are made, and what a file that is lost, damaged or left over does."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from articles.pictures import make_renditions, store_picture

from .making import library
from .making_pictures import drawing, file
from .pictures_for_tests import copies, opened, picture_of, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def made():
    return sorted(path.name[64:] for path in Path(default_storage.location).rglob("*") if path.is_file())


def test_an_upload_makes_them(client_of, editor, django_capture_on_commit_callbacks):
    upload = SimpleUploadedFile("map.png", file(drawing((800, 600)), "PNG"))
    with django_capture_on_commit_callbacks(execute=True):
        client_of(editor).post("/admin/articles/image/add/", {"file": upload, "credit": "A", "licence": "B"})
    assert made() == ["-330.webp", "-660.webp", ".png"]


def test_they_are_made_once():
    image = library(file(drawing((800, 600)), "PNG"))
    assert make_renditions(image.name, image.width)
    before = {path: path.stat().st_mtime_ns for path in Path(default_storage.location).rglob("*")}
    assert make_renditions(image.name, image.width)
    assert {path: path.stat().st_mtime_ns for path in Path(default_storage.location).rglob("*")} == before


def test_the_command_makes_what_is_missing_and_goes_on_where_it_was():
    one, two = (library(file(drawing((800, height)), "PNG")) for height in (600, 500))
    make_renditions(one.name, one.width)
    said = StringIO()
    call_command("makerenditions", stdout=said)
    assert said.getvalue() == "1 made, 1 were there.\n"
    Path(default_storage.path(two.name.replace(".png", "-330.webp"))).unlink()
    os.truncate(default_storage.path(two.name.replace(".png", "-660.webp")), 0)
    call_command("makerenditions", stdout=said)
    assert default_storage.size(two.name.replace(".png", "-660.webp"))
    assert made() == ["-330.webp", "-330.webp", "-660.webp", "-660.webp", ".png", ".png"]


def test_a_picture_that_was_lost_or_cannot_be_read_stops_nothing(client):
    lost, broken, sound = (library(file(drawing((800, height)), "PNG")) for height in (600, 500, 400))
    Path(default_storage.path(lost.name)).unlink()
    Path(default_storage.path(broken.name)).write_bytes(b"\x89PNG\r\n\x1a\n")
    told, said = StringIO(), StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("makerenditions", stdout=said, stderr=told)
    assert lost.name in told.getvalue()
    assert broken.name in told.getvalue()
    assert said.getvalue() == "1 made, 0 were there.\n"
    assert default_storage.exists(sound.name.replace(".png", "-660.webp"))


def test_what_killed_uploads_left_is_removed_and_a_file_of_no_image_is_named():
    image = library(file(drawing((800, 600)), "PNG"))
    former, latest = store_picture(file(drawing((700, 500)), "PNG"), "b"), store_picture(file(drawing(), "PNG"), "c")
    folder = Path(default_storage.path(image.name)).parent
    old, young, other = folder / ".abc12345.part", folder / ".def12345.part", folder / ".keep"
    for path in (old, young, other):
        path.write_bytes(b"half")
    for path in (old, other, *map(Path, map(default_storage.path, (image.name, former.name)))):
        os.utime(path, (0, 0))
    said = StringIO()
    call_command("makerenditions", stdout=said)
    assert said.getvalue().splitlines()[1:] == [
        "Removed what killed uploads left: 1 files.",
        f"{former.name}: no image has or had this file",
    ]
    assert [path.exists() for path in (old, young, other)] == [False, True, True]
    assert all(default_storage.exists(one.name) for one in (image, former, latest))


def test_an_empty_copy_is_made_anew_for_who_asks_for_it(client):
    address = copies(picture_of(client, shown(library(file(drawing((800, 600)), "PNG")))))[330]
    Path(default_storage.path(address.removeprefix("/media/"))).write_bytes(b"")
    assert opened(client.get(address)).width == 330


def test_a_folder_in_the_place_of_a_file_stops_nothing(client):
    image = library(file(drawing((800, 600)), "PNG"))
    address = copies(picture_of(client, shown(image)))[330]
    copy, picture = (Path(default_storage.path(name)) for name in (address.removeprefix("/media/"), image.name))
    copy.unlink(missing_ok=True)
    copy.mkdir()
    assert opened(client.get(address)).width == 800
    picture.unlink()
    picture.mkdir()
    call_command("verify_history", stdout=StringIO())


def test_where_no_copy_can_be_made_the_picture_itself_is_sent(client):
    image = library(file(drawing((800, 600)), "PNG"))
    shown(image)
    broken = b"\x89PNG\r\n\x1a\n"
    Path(default_storage.path(image.name)).write_bytes(broken)
    answer = client.get(image.address.replace(".png", "-330.webp"))
    assert (answer.getvalue(), answer["Content-Type"]) == (broken, "image/png")
    assert answer["Cache-Control"] == "private, no-store"
