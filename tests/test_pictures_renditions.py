"""Smaller copies of pictures: which there are, what is in them, who gets them, and how pages name them."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image as Pillow

from articles.models import Image, Publication, RenderedPage
from articles.pictures import make_renditions, store_picture
from articles.publishing import withdraw
from articles.revisions import newest_content, record_shared_change

from .articles_for_tests import make_article
from .making import library
from .making_pictures import SECRET, animated, animation, distance, drawing, file, stored
from .page_tree import read_page
from .pictures_for_tests import copies, opened, picture_of, shown

pytestmark = pytest.mark.django_db
STORED = ("JPEG", "PNG", "WEBP", "AVIF")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("format_", STORED)
def test_a_page_names_copies_that_are_there(client, format_):
    image = library(file(drawing((800, 600)), format_))
    img = picture_of(client, shown(image))
    assert (img["width"], img["height"], img["src"]) == ("800", "600", image.address)
    assert img.parent.tag == "figure"
    assert img["loading"] == "lazy"
    assert list(copies(img)) == [330, 660, 800]
    for width, address in copies(img).items():
        answer = client.get(address)
        assert answer.status_code == 200
        found = opened(answer)
        assert found.size == (width, round(width * 0.75))
        if width < 800:
            assert (answer["Content-Type"], found.format) == ("image/webp", "WEBP")


def test_what_a_copy_shows_is_the_picture(client):
    original = drawing((800, 600))
    img = picture_of(client, shown(library(file(original, "PNG"))))
    assert distance(opened(client.get(copies(img)[660])), original.resize((660, 495))) < 4


@pytest.mark.parametrize("size", [(80, 60), (330, 200)])
def test_a_small_picture_has_no_copies_and_is_not_enlarged(client, size):
    img = picture_of(client, shown(library(file(drawing(size), "PNG"))))
    assert copies(img) == {}
    assert "sizes" not in img.attributes


def test_a_wide_picture_goes_to_old_browsers_in_its_own_format(client):
    img = picture_of(client, shown(library(file(drawing((1600, 400)), "PNG"))))
    assert list(copies(img)) == [330, 660, 990, 1320]
    answer = client.get(img["src"])
    assert (answer["Content-Type"], opened(answer).size) == ("image/png", (1320, 330))


def test_the_picture_of_the_infobox_has_copies_and_is_not_lazy(client):
    image = library(file(drawing((800, 600)), "PNG"))
    row = {"key": "map", "image": f"sha256:{image.sha256}", "credit": "Survey", "licence": "CC0 1.0", "alt": "A"}
    article = make_article(figures=[row | {"placement": "infobox"}], infobox={"kind": "military-conflict"})
    img = picture_of(client, article)
    assert list(copies(img)) == [330, 660, 800]
    assert "20rem" in img["sizes"]
    assert img.get("loading") is None


def test_a_gif_stays_as_it_is(client):
    image = library(animated("GIF", animation(size=(600, 400))))
    img = picture_of(client, shown(image))
    assert copies(img) == {}
    assert client.get(image.address.replace(".gif", "-330.webp")).status_code == 404


def test_an_animated_webp_stays_animated(client):
    img = picture_of(client, shown(library(animated("WEBP", animation(6, (400, 300))))))
    assert opened(client.get(copies(img)[330])).n_frames == 6


def test_transparency_is_kept(client):
    picture = Pillow.new("RGBA", (400, 300), (200, 0, 0, 0))
    picture.paste((0, 0, 200, 255), (0, 0, 200, 300))
    img = picture_of(client, shown(library(file(picture, "PNG"))))
    found = opened(client.get(copies(img)[330])).convert("RGBA")
    assert (found.getpixel((20, 20))[3], found.getpixel((320, 20))[3]) == (255, 0)


def test_a_copy_tells_nothing_but_the_pixels(client):
    exif = Pillow.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), 6
    img = picture_of(client, shown(library(file(drawing((800, 600)), "JPEG", exif=exif, comment=SECRET))))
    assert (img["width"], img["height"]) == ("600", "800")
    answer = client.get(copies(img)[330])
    data = answer.getvalue()
    assert SECRET not in data
    assert Pillow.open(BytesIO(data)).size == (330, 440)
    assert not Pillow.open(BytesIO(data)).getexif()


# --- Who gets them ----------------------------------------------------------------------------------------------------


def test_a_copy_is_for_whoever_may_see_the_picture(client_of, editor, make_user):
    image = library(file(drawing((800, 600)), "PNG"))
    article = shown(image, published=False)
    address = image.address.replace(".png", "-330.webp")
    clerk = client_of(make_user("clerk"))
    assert (Client().get(address).status_code, clerk.get(address).status_code) == (404, 404)
    staff = client_of(editor).get(address)
    assert (staff.status_code, staff["Cache-Control"]) == (200, "private, no-store")
    assert article.revisions.count() == 1


def test_a_copy_is_gone_with_the_article(client, superuser):
    image = library(file(drawing((800, 600)), "PNG"))
    article = shown(image)
    address = copies(picture_of(client, article))[330]
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    withdraw(article, user=superuser, comment="Doubts.")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 404


@pytest.mark.parametrize("suffix", ["-331.webp", "-990.webp", "-330.png", "-330.avif", "-0330.webp", "-330.webp/"])
def test_other_copies_are_not_there(client, suffix):
    image = library(file(drawing((800, 600)), "PNG"))
    shown(image)
    assert client.get(image.address.replace(".png", suffix)).status_code == 404


def test_a_copy_forbids_to_run_anything(client):
    image = library(file(drawing((800, 600)), "PNG"))
    answer = client.get(copies(picture_of(client, shown(image)))[330])
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"


# --- Versions ---------------------------------------------------------------------------------------------------------


def test_a_replaced_picture_keeps_its_file_and_copies_for_old_revisions(client_of, editor):
    image = library(file(drawing((800, 600)), "PNG"))
    article = shown(image)
    now = Image.objects.get()
    now.set_file(store_picture(file(drawing((700, 600)), "PNG"), "new.png"))
    record_shared_change(now, author=None)
    desk = client_of(editor)
    slug = article.public_slug()
    old, new = (
        read_page(desk.get(f"/articles/{slug}/revisions/{number}/").content.decode()).one("figure").one("img")
        for number in (1, 2)
    )
    assert (old["width"], new["width"]) == ("800", "700")
    for address in (old["src"], new["src"], copies(old)[330], copies(new)[330]):
        assert desk.get(address).status_code == 200
    assert newest_content(article).figures[0].image == f"sha256:{now.sha256}"
    assert Client().get(new["src"]).status_code == 404
    assert stored(image.file_facts()).startswith(b"\x89PNG")


def test_equal_content_gives_equal_pages_whether_or_not_copies_are_made(client):
    image = library(file(drawing((800, 600)), "PNG"))
    article = shown(image)
    before = client.get(article.get_absolute_url()).content
    make_renditions(image.name, image.width)
    RenderedPage.objects.update(outdated=True)
    assert client.get(article.get_absolute_url()).content == before
    assert Publication.objects.count() == 1


def test_the_front_page_shows_a_copy(client):
    image = library(file(drawing((800, 600)), "PNG"))
    row = {"key": "map", "image": f"sha256:{image.sha256}", "credit": "Survey", "licence": "CC0 1.0", "alt": "A"}
    make_article(figures=[row | {"placement": "infobox"}], infobox={"kind": "military-conflict"})
    img = read_page(client.get("/").content.decode()).one("section", class_="featured").one("img")
    assert img["src"] == image.address.replace(".png", "-660.webp")
    assert opened(client.get(img["src"])).width == 660
