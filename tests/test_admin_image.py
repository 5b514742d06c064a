"""The desk's page of an image: upload, facts, a new file for an old image, and what it does to articles."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image
from articles.pictures import MAX_BYTES, store_picture
from articles.revisions import content_at, newest_content, record_shared_change

from .desk import form_fields
from .making import content, record
from .making_pictures import drawing, file, stored

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/image/add/"
LIST = "/admin/articles/image/"


def upload(size=(80, 60), name="map.png"):
    """Return a picture as a browser sends it; another size is another picture."""
    return SimpleUploadedFile(name, file(drawing(size), "PNG"), "image/png")


def make_image(size=(80, 60), **words):
    """Put a picture into the library."""
    image = Image(**{"credit": "Survey", "licence": "CC0 1.0"} | words)
    image.set_file(store_picture(file(drawing(size), "PNG"), "map.png"))
    record_shared_change(image, author=None)
    return image


def use(image, **members):
    """Record an article with the image and return it."""
    row = {
        "key": "map",
        "image": f"sha256:{image.sha256}",
        "credit": image.credit,
        "licence": image.licence,
        "alt": "A",
    }
    return record(None, content(figures=[row], **members)).article


def address(image, what="change"):
    return reverse(f"admin:articles_image_{what}", args=[image.pk])


def posted(client, image, **changes):
    """Open the form of an image and post it with ``changes``."""
    fields = form_fields(client.get(address(image)), "image_form")
    return client.post(address(image), fields | {"_save": "1"} | changes)


# --- Upload -----------------------------------------------------------------------------------------------------------


def test_a_picture_is_uploaded(desk, editor):
    response = desk.post(ADD, {"file": upload(), "credit": " Survey ", "licence": "Anything typed"})
    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.credit, image.licence, image.uploaded_as) == ("Survey", "Anything typed", "map.png")
    assert (image.width, image.height) == (80, 60)
    assert stored(image.file_facts()).startswith(b"\x89PNG")
    assert image.history.get().history_user_id == editor.pk
    page = desk.get(address(image)).content.decode()
    assert f'src="/media/{image.name}"' in page
    assert "80 × 60" in page
    assert desk.get(image.address).status_code == 200


def test_a_pop_up_hands_the_new_image_back(desk):
    page = desk.get(ADD, {"_popup": "1", "_to_field": "id"})
    fields = form_fields(page, "image_form")
    assert 'enctype="multipart/form-data"' in page.content.decode()
    response = desk.post(f"{ADD}?_popup=1", fields | {"file": upload(), "credit": "A"})
    answer = json.loads(response.context_data["popup_response_data"])
    assert answer == {"value": str(Image.objects.get().pk), "obj": "map.png (80 × 60)"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"x" * (MAX_BYTES + 1), "may have up to 15 MB"),
    ],
    ids=["empty", "svg", "pdf", "half", "large"],
)
def test_what_is_no_picture_is_refused_with_the_words_kept(desk, data, said):
    response = desk.post(ADD, {"file": SimpleUploadedFile("a.png", data), "credit": "Survey", "licence": "X"})
    assert response.status_code == 200
    form = response.context["form"]
    assert said in form.errors["file"][0]
    assert form["credit"].value() == "Survey"
    assert "choose it again" in response.content.decode()
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [("credit", "c" * 501), ("credit", "two\nlines"), ("licence", "\x00"), ("summary", "s" * 501)],
)
def test_wrong_words_are_told_at_their_field(desk, field, text):
    response = desk.post(ADD, {"file": upload(), field: text})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == text
    assert not Image.objects.exists()


def test_an_upload_without_a_file_is_told(desk):
    response = desk.post(ADD, {"credit": "Survey"})
    assert list(response.context["form"].errors) == ["file"]


def test_a_full_disk_is_told_to_the_editor_and_to_the_log(desk, monkeypatch, caplog):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("articles.admin.image_form.store_picture", full)
    response = desk.post(ADD, {"file": upload(), "credit": "Survey"})
    assert "could not be stored" in response.context["form"].errors["file"][0]
    told = [(one.levelname, one.message) for one in caplog.records if one.name == "articles.admin.image_form"]
    assert told == [("ERROR", "A picture could not be stored: No space left on device")]


# --- Change -----------------------------------------------------------------------------------------------------------


def test_a_change_makes_revisions_and_the_message_leads_to_them(desk):
    image = make_image()
    article = use(image)
    response = posted(desk, image, credit="Survey of Armenia", summary="Name the survey")
    revision = article.revisions.newest()
    assert (revision.number, revision.summary) == (2, "Name the survey")
    assert newest_content(article).figures[0].credit == "Survey of Armenia"
    assert revision.get_absolute_url() in desk.get(response.url).content.decode()


def test_an_untouched_form_changes_nothing(desk):
    image = make_image(credit="Café ‘x’")
    use(image)
    response = posted(desk, image)
    assert image.history.count() == 1
    assert "Nothing was changed" in desk.get(response.url).content.decode()


def test_a_new_file_takes_the_place_of_the_old_one_and_old_revisions_keep_theirs(desk):
    image = make_image()
    article = use(image)
    before = stored(image.file_facts())
    assert posted(desk, image, file=upload((40, 30), "smaller.png")).status_code == 302
    now = Image.objects.get()
    assert (now.width, now.uploaded_as, now.credit) == (40, "smaller.png", "Survey")
    files = [content_at(one).figures[0].image for one in article.revisions.order_by("number")]
    assert files == [f"sha256:{image.sha256}", f"sha256:{now.sha256}"]
    assert stored(image.file_facts()) == before
    assert desk.get(image.address).status_code == 200


def test_a_form_of_an_older_version_is_refused_with_the_text_kept(desk):
    image = make_image()
    fields = form_fields(desk.get(address(image)), "image_form")
    other = Image.objects.get()
    other.credit, other.licence = "Theirs", "CC BY 4.0"
    record_shared_change(other, author=None)
    response = desk.post(address(image), fields | {"credit": "Mine"})
    form = response.context["form"]
    assert (form["credit"].value(), form["licence"].value()) == ("Mine", "CC BY 4.0")
    assert [text for _label, text in form.theirs] == ["Theirs"]
    desk.post(address(image), form_fields(response, "image_form"))
    assert Image.objects.values_list("credit", "licence").get() == ("Mine", "CC BY 4.0")


def test_a_form_that_leaves_fields_out_leaves_them_alone(desk):
    image = make_image()
    desk.post(address(image), {"version": image.history.latest().history_id, "credit": "New"})
    assert Image.objects.values_list("credit", "licence", "width").get() == ("New", "CC0 1.0", 80)


def test_the_same_file_twice_is_told(desk):
    first = make_image()
    response = desk.post(ADD, {"file": upload(), "credit": "Another"})
    assert "the same file already" in desk.get(response.url).content.decode()
    second = Image.objects.exclude(pk=first.pk).get()
    page = desk.get(address(second)).content.decode()
    assert "more than once" in page
    assert f'href="{address(first)}"' in page


# --- List, versions, rights -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "found"), [("map", True), ("survey cc0", True), ("SURVEY", True), ("other", False)])
def test_images_are_found_by_words(desk, words, found):
    make_image()
    assert bool(desk.get(LIST, {"q": words}).context["cl"].result_list) == found
    field = {"app_label": "articles", "model_name": "figure", "field_name": "image"}
    assert bool(desk.get("/admin/autocomplete/", {"term": words} | field).json()["results"]) == found


def test_the_list_counts_articles_without_a_query_for_each(desk, django_assert_max_num_queries):
    for width in range(70, 80):
        use(make_image((width, 60)), slug=f"battle-{width}", title=f"Battle {width}")
    with django_assert_max_num_queries(8):
        page = desk.get(LIST)
    assert {image.uses for image in page.context["cl"].result_list} == {1}


def test_versions_tell_who_changed_what(desk):
    image = make_image()
    posted(desk, image, licence="CC BY 4.0")
    newest = desk.get(address(image, "history")).context["versions"][0]
    assert (newest.number, newest.who, newest.changes) == (2, "editor", (("Licence", "CC0 1.0", "CC BY 4.0"),))


def test_nobody_deletes_an_image_and_who_only_views_changes_nothing(client_of, superuser, view_only):
    image = make_image()
    assert client_of(superuser).post(address(image, "delete"), {"post": "yes"}).status_code == 403
    viewer = client_of(view_only)
    assert viewer.get(address(image)).status_code == 200
    assert viewer.post(address(image), {"credit": "Mine"}).status_code == 403
    assert viewer.post(ADD, {"file": upload()}).status_code == 403
    assert Image.objects.get().credit == "Survey"


def test_nothing_breaks_out_of_the_page(desk):
    evil = '"><img src=x onerror=alert(1)>'
    image = make_image(credit=evil, licence=evil)
    use(image, title=evil)
    for where in (address(image), address(image, "history"), LIST):
        assert b"<img src=x" not in desk.get(where).content
