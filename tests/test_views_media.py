"""Picture files: who gets them, and with which headers."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from articles.content import ArticleContent, Figure
from articles.models import Publication, PublishedImage, RenderedPage
from articles.permissions import is_staff_reader
from articles.pictures import store_picture
from articles.revisions import record_revision

from .making_pictures import FORMATS, drawing, file, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def unpublished(format_="PNG"):
    """Return the facts of a picture that a draft shows, and the draft's revision."""
    facts = store_picture(file(drawing(), format_), "map")
    content = ArticleContent.from_json(
        {"format": "kalbajar.article/1", "slug": "battle-of-kalbajar", "title": "Battle of Kalbajar", "body": "Text."}
    ).replace(figures=(Figure("g1", "map", f"sha256:{facts.sha256}", file=facts),))
    return facts, record_revision(None, content, base=0, author=None, summary="")


def published(format_="PNG"):
    """Return the facts of a picture that a current publication shows."""
    facts, revision = unpublished(format_)
    publication = Publication.objects.create(
        article=revision.article, revision=revision, created=timezone.now(), slug="battle-of-kalbajar", content="{}"
    )
    page = RenderedPage.objects.create(
        article=revision.article, publication=publication, slug="battle-of-kalbajar", title="Battle of Kalbajar"
    )
    PublishedImage.objects.create(page=page, name=facts.name)
    return facts


def address(facts):
    return f"/media/{facts.name}"


@pytest.mark.parametrize("format_", FORMATS)
def test_everybody_gets_a_published_picture(format_):
    facts = published(format_)
    response = Client().get(address(facts))
    assert response.getvalue() == stored(facts)
    assert response["Content-Type"] == f"image/{format_.lower()}"
    assert response["Content-Length"] == str(len(stored(facts)))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("condition", [None, '"{sha256}"', 'W/"{sha256}"', "*"])
def test_every_answer_forbids_to_run_anything(method, condition):
    facts = published()
    headers = {"If-None-Match": condition.format(sha256=facts.sha256)} if condition else {}
    response = getattr(Client(), method)(address(facts), headers=headers)
    assert response.status_code == (304 if condition else 200)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["ETag"] == f'"{facts.sha256}"'
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    assert "Cookie" not in response.get("Vary", "")


def test_head_answers_length_and_type_without_the_picture():
    facts = published("JPEG")
    response = Client().head(address(facts))
    assert (response["Content-Length"], response["Content-Type"]) == (str(len(stored(facts))), "image/jpeg")
    assert response.content == b""


def test_a_picture_that_no_publication_shows_is_for_staff_readers(client_of, editor, view_only, make_user):
    facts, _ = unpublished()
    for user in (editor, view_only):
        response = client_of(user).get(address(facts))
        assert response.getvalue() == stored(facts)
        assert response["Cache-Control"] == "private, no-store"
    for user in (make_user("reader", is_staff=False), make_user("clerk")):
        assert not is_staff_reader(user)
        assert client_of(user).get(address(facts)).status_code == 404
    assert not is_staff_reader(AnonymousUser())
    assert Client().get(address(facts)).status_code == 404


def test_a_picture_of_a_withdrawn_article_is_gone_even_for_who_has_it():
    facts = published()
    RenderedPage.objects.all().delete()
    response = Client().get(address(facts), headers={"If-None-Match": f'"{facts.sha256}"'})
    assert response.status_code == 404


def test_a_file_that_nothing_names_is_not_there(client_of, superuser):
    facts = store_picture(file(drawing(), "PNG"), "stray.png")
    assert client_of(superuser).get(address(facts)).status_code == 404


@pytest.mark.parametrize("instead", [lambda path: None, Path.mkdir], ids=["nothing", "a folder"])
def test_a_file_that_was_lost_is_not_there(instead):
    facts = published()
    path = Path(default_storage.path(facts.name))
    path.unlink()
    instead(path)
    for method in (Client().get, Client().head):
        assert method(address(facts)).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "secret_key",
        "../secret_key",
        "images/../../secret_key",
        "images/ab/" + "a" * 64 + ".svg",
        "images/ab/" + "a" * 64 + ".png/",
        "images/ab/" + "a" * 64 + ".png\n",
        "images/ab/" + "a" * 63 + "/.png",
        "/etc/passwd",
        "images/ab/.abc.part",
    ],
)
def test_other_names_are_not_there_even_if_a_row_names_them(name, client_of, superuser):
    PublishedImage.objects.create(page=PublishedImage.objects.get(name=published().name).page, name=name)
    assert client_of(superuser).get("/media/" + name.replace("\n", "%0A")).status_code == 404


def test_nothing_is_written_through_an_address():
    facts = published()
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)(address(facts)).status_code == 405
