"""Pictures dropped onto the desk: by the rules of the image's own page, answered as JSON."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from articles.models import Image

from .making_pictures import SECRET, drawing, file, stored, with_secrets

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/articles/image/upload/"


def picture(size=(80, 60), name="map.png"):
    return SimpleUploadedFile(name, file(drawing(size), "PNG"), "image/png")


def test_a_picture_comes_into_the_library(desk, editor):
    answer = desk.post(UPLOAD, {"file": picture(), "credit": " Survey ", "licence": "CC0 1.0"})
    image = Image.objects.get()
    assert answer.status_code == 201
    told = answer.json()
    assert (told["id"], told["label"], told["known"]) == (str(image.pk), "map.png (80 × 60)", False)
    assert (told["credit"], image.credit, image.licence) == ("Survey", "Survey", "CC0 1.0")
    assert image.history.get().history_user_id == editor.pk
    assert desk.get(told["small"]).status_code == 200


def test_the_same_picture_with_the_same_words_is_not_stored_twice(desk):
    first = desk.post(UPLOAD, {"file": picture(), "credit": "Survey"}).json()
    again = desk.post(UPLOAD, {"file": picture(), "credit": "Survey"}).json()
    assert (again["id"], again["known"]) == (first["id"], True)
    assert desk.post(UPLOAD, {"file": picture(), "credit": "Another"}).json()["known"] is False
    assert Image.objects.count() == 2
    assert "messagelist" not in desk.get("/admin/").content.decode()


def test_it_is_turned_upright_and_tells_no_secrets(desk):
    desk.post(UPLOAD, {"file": SimpleUploadedFile("a.jpg", with_secrets("JPEG"))})
    assert SECRET not in stored(Image.objects.get().file_facts())
    exif = Pillow.Exif()
    exif[0x0112] = 6
    desk.post(UPLOAD, {"file": SimpleUploadedFile("b.jpg", file(drawing((90, 60)), "JPEG", exif=exif))})
    assert Image.objects.filter(width=60, height=90).exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"credit": "Survey"}, "file"), ({"file": SimpleUploadedFile("a.svg", b"<svg/>")}, "file"),
     ({"file": SimpleUploadedFile("a.png", b"")}, "file"), ({"credit": "c" * 501}, "credit")],
)  # fmt: skip
def test_what_is_refused_is_told_and_not_stored(desk, fields, field):
    answer = desk.post(UPLOAD, ({"file": picture()} if "credit" in fields and field == "credit" else {}) | fields)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["problems"]] == [field]
    assert not Image.objects.exists()


def test_only_those_who_may_add_images_upload(client, client_of, view_only, make_user):
    assert client.post(UPLOAD, {"file": picture()}).status_code == 302
    for user in (view_only, make_user("clerk")):
        assert client_of(user).post(UPLOAD, {"file": picture()}).status_code == 403
    assert not Image.objects.exists()


def test_nothing_is_uploaded_by_looking(desk):
    assert desk.get(UPLOAD).status_code == 405
