"""The file of a picture: its name, that it is written once and whole, and that known bytes are found again."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from django.core.files.storage import default_storage

from articles.models import Image as LibraryImage
from articles.pictures import NAME, NotAPicture, store_picture, turns
from articles.pictures.turns import turn
from articles.revisions import record_shared_change

from .making_pictures import drawing, file, stored

pytestmark = pytest.mark.django_db

BUSY = "Other pictures are being worked on; send this one again in a moment."


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("map.png", "map.png"),
        ("C:\\Users\\a\\Kəlbəcər xəritəsi.jpg", "Kəlbəcər xəritəsi.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\0b\r\nc\u202egnp.exe", "abcgnp.exe"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("Ke\u0301lbajar.png", "Kélbajar.png"),
        ("half \ud800 pair", "half  pair"),
        ("x" * 300, "x" * 255),
        ("", ""),
    ],
)
def test_the_name_of_the_uploader_is_only_text(name, kept):
    facts = store_picture(file(drawing(), "PNG"), name)
    assert facts.uploaded_as == kept
    assert NAME.fullmatch(facts.name)


def test_a_file_that_is_there_is_never_written_again():
    data = file(drawing(), "PNG")
    path = Path(default_storage.path(store_picture(data, "a").name))
    before = path.stat()
    assert store_picture(data, "a").name == store_picture(data, "b").name
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert before.st_mode & 0o777 == 0o644


def test_many_at_once_store_one_whole_file():
    data = file(drawing((400, 300)), "PNG")

    def store(_):
        try:
            return store_picture(data, "a")
        except NotAPicture as refused:
            return str(refused)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(store, range(32)))
    facts = answers - {BUSY}
    assert len(facts) == 1
    assert hashlib.sha256(stored(*facts)).hexdigest() == next(iter(facts)).sha256
    assert len([path for path in Path(default_storage.location).rglob("*") if path.is_file()]) == 1


def test_two_wait_for_the_encoder_and_no_thread_more():
    with ThreadPoolExecutor(3) as pool, turn():
        first = pool.submit(store_picture, file(drawing((40, 30)), "PNG"), "a")
        while turns._queue.acquire(blocking=False):
            turns._queue.release()
            sleep(0.005)
        with pytest.raises(NotAPicture, match=BUSY):
            pool.submit(store_picture, file(drawing((44, 30)), "PNG"), "a").result(20)
        assert not first.done()
    assert first.result(20).width == 40


def test_a_full_disk_leaves_no_half_file(monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("articles.pictures.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store_picture(file(drawing(), "PNG"), "a")
    assert not [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


@pytest.mark.django_db
class TestKnownBytes:
    """Bytes that match a file in the library are not encoded again."""

    @pytest.fixture
    def facts(self):
        facts = store_picture(file(drawing(), "JPEG"), "first.jpg")
        image = LibraryImage()
        image.set_file(facts)
        record_shared_change(image, author=None)
        return facts

    @pytest.fixture
    def _no_encoder(self, facts, monkeypatch):
        monkeypatch.setattr("articles.pictures.storing.encode", None)

    @pytest.mark.usefixtures("_no_encoder")
    def test_the_bytes_received_give_the_stored_file(self, facts):
        assert store_picture(file(drawing(), "JPEG"), "second.jpg") == replace(facts, uploaded_as="second.jpg")

    @pytest.mark.usefixtures("_no_encoder")
    def test_the_stored_file_gives_itself(self, facts):
        assert store_picture(stored(facts), "dump.jpg") == replace(facts, uploaded_as="dump.jpg")

    @pytest.mark.parametrize(
        "damage", [Path.unlink, lambda path: os.truncate(path, 100), lambda path: os.truncate(path, 0)]
    )
    def test_a_file_that_was_lost_or_damaged_is_made_again(self, damage, facts):
        whole = stored(facts)
        for data in (file(drawing(), "JPEG"), whole):
            damage(Path(default_storage.path(facts.name)))
            assert store_picture(data, "first.jpg") == facts
            assert stored(facts) == whole
