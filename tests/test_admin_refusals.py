"""Bad input at the desk: each is told at its place, with the text kept, and nothing is written."""

import random
import re
from urllib.parse import urlencode

import pytest

from articles.models import Article, Revision
from articles.revisions import content_at

from .desk import ADD, add_row, change_address, form_fields, open_form, send
from .making import BOOK, content, record


def field_errors(response, field):
    """Return the errors that stand at the field with this name."""
    form = response.context["form"]
    main = form.main.errors.get(field)
    if main:
        return " ".join(main)
    name, _, rest = field.partition("-")
    index, _, word = rest.partition("-")
    return " ".join(form.lists[name].rows[int(index)].errors.get(word, []))


ONCE = [
    ("title", "", "must not be empty"),
    ("title", "x" * 500, "is 500 characters long; at most 200 fit"),
    ("title", "a\x00b", "a control character (U+0000, column 2)"),
    ("title", "a\nb", "a line break"),
    ("title", "a\u202eb", "reverses the direction"),
    ("short_description", "x" * 301, "is 301 characters long; at most 300 fit"),
    ("slug", "Not a slug", "small letters"),
    ("slug", "a" * 101, "at most 100 fit"),
    ("slug", "capture-of-lachin", "Capture of Lachin"),
    ("part_of", "No Slug!", "must be the title of another article, or an address: small letters"),
    ("event_date", "March 1993", "must be a date: 1993, 1993-04 or 1993-04-03; two dates joined by"),
    ("event_date", "1993-04-03/1993-03-27", "ends before it starts"),
    ("latitude", "91", "from −90 to 90"),
    ("latitude", "north", "number of degrees"),
    ("latitude", "", "is missing"),
    ("longitude", "181", "from −180 to 180"),
    ("longitude", "46.0383333333", "at most 6 decimals"),
    ("longitude", "1e999999999", "number of degrees"),
    ("infobox_kind", "battleship", "must be one of"),
    ("infobox_kind", "", "is required where there are rows"),
    ("summary", "x" * 501, "is 501 characters long; at most 500 fit"),
    ("body", "a\x07b", "a control character"),
]


@pytest.mark.parametrize(("field", "value", "message"), ONCE)
def test_a_field_that_stands_once(desk, article, field, value, message):
    record(None, content(slug="capture-of-lachin", title="Capture of Lachin"))
    fields = open_form(desk, article)
    response = send(desk, article, fields | {field: value})
    assert message.lower() in field_errors(response, field).lower()
    assert Revision.objects.count() == 2
    again = form_fields(response)
    assert {name: text for name, text in again.items() if name not in (field, "csrfmiddlewaretoken")} == {
        name: text for name, text in fields.items() if name not in (field, "csrfmiddlewaretoken")
    }


ROWS = [
    ("infobox-0-field", "cavalry", "unknown field 'cavalry'"),
    ("infobox-0-side", "9", "must be 1 to 5"),
    ("infobox-0-side", "", "must be 1 to 5"),
    ("infobox-0-value", "", "must not be empty"),
    ("infobox-0-value", "x" * 10_001, "at most 10,000 fit"),
    ("infobox-0-attribution", "x" * 301, "at most 300 fit"),
    ("notes-0-key", "", "is required"),
    ("notes-0-key", "my key", "a key is a letter"),
    ("notes-0-text", "x" * 50_001, "at most 50,000 fit"),
    ("references-0-key", "-x", "a key is a letter"),
    ("references-1-key", "hrw", "stands at References, row 1 already"),
    ("references-0-pages", "x" * 201, "at most 200 fit"),
    ("references-0-source", "999", "there is no such source"),
    ("references-0-source", "x; drop", "there is no such source"),
    ("references-0-ORDER", "first", "must be a number"),
    ("references-0-quotation", "a\x1bb", "a control character"),
    ("names-0-language", "Azerbaijani language", "BCP 47"),
    ("names-0-script", "latin", "ISO 15924"),
    ("names-0-name", "x" * 201, "at most 200 fit"),
    ("categories-0-name", "x" * 201, "at most 200 fit"),
    ("categories-0-name", "!", "letter or a figure"),
]


@pytest.mark.parametrize(("field", "value", "message"), ROWS)
def test_a_field_of_a_row(desk, article, field, value, message):
    response = send(desk, article, open_form(desk, article) | {field: value})
    assert message.lower() in field_errors(response, field).lower()
    assert form_fields(response)[field] == (value if field not in SELECTS else "")
    assert Revision.objects.count() == 1


SELECTS = {"infobox-0-field", "infobox-0-side", "references-0-source"}
"""A choice that is none cannot be shown as chosen."""


def test_a_source_and_free_text_in_one_row(desk, article):
    response = send(desk, article, open_form(desk, article) | {"references-0-text": "Free"})
    assert field_errors(response, "references-0-") == "This row has both a source and free text; keep one of them."
    assert Revision.objects.count() == 1


def test_messages_lead_to_the_field(desk, article):
    response = send(desk, article, open_form(desk, article) | {"infobox-1-value": "", "notes-0-key": "a b"})
    page = response.content.decode()
    assert "2 things must be mended" in page
    assert re.search(r'href="#id_infobox-1-value">Infobox: Casualties and losses, all sides, Value<', page)
    assert re.search(r'href="#id_notes-0-key">Note “a b”<', page)


def test_the_place_follows_the_row_when_rows_are_deleted_and_moved(desk, article):
    fields = add_row(open_form(desk, article), "references", key="bad key", text="x", ORDER="5")
    response = send(desk, article, fields | {"references-0-DELETE": "on"})
    assert "a key is a letter" in field_errors(response, "references-3-key").lower()


def test_a_body_of_two_megabytes(desk, article):
    body = "0123456789abcde\r\n" * 125_000
    response = send(desk, article, open_form(desk, article) | {"body": body})
    assert field_errors(response, "body") == "Text is 2,000,000 bytes long; at most 1,048,576 fit."
    assert form_fields(response)["body"] == body
    assert Revision.objects.count() == 1


def test_a_thousand_and_one_notes(desk, article):
    fields = {name: text for name, text in open_form(desk, article).items() if not name.startswith("notes-")}
    for index in range(1001):
        fields |= {f"notes-{index}-key": f"n{index}", f"notes-{index}-text": f"Note {index}"}
    response = send(desk, article, fields | {"notes-TOTAL_FORMS": "1001", "notes-INITIAL_FORMS": "0"})
    assert response.context["form"].lists["notes"].errors == ["This list has 1,001 rows; at most 1,000 fit."]
    assert form_fields(response)["notes-1000-text"] == "Note 1000"
    assert Revision.objects.count() == 1


def test_halves_of_surrogate_pairs(desk, article):
    """They come as bytes that are no UTF-8."""
    fields = open_form(desk, article) | {"_save": "Save"}
    body = urlencode(fields | {"title": "TITLE"}).replace("TITLE", "Battle%ED%A0%80")
    response = desk.post(change_address(article), body, content_type="application/x-www-form-urlencoded")
    assert "half of a surrogate pair" in field_errors(response, "title")
    assert Revision.objects.count() == 1


def test_a_figure_without_an_image(desk, article):
    fields = add_row(open_form(desk, article), "figures", key="map", placement="body", caption="A map.")
    response = send(desk, article, fields)
    assert field_errors(response, "figures-1-image") == "Image must not be empty."
    assert Revision.objects.count() == 1


def test_a_new_article_without_a_title(desk):
    response = send(desk, None, form_fields(desk.get(ADD)))
    assert field_errors(response, "title") == "Title must not be empty."
    assert "slug" not in response.context["form"].main.errors
    assert Article.objects.count() == 0


def test_a_new_article_under_the_slug_of_another(desk, article):
    response = send(desk, None, form_fields(desk.get(ADD)), title="Battle of Kalbajar", body="Mine.")
    assert "belongs to the article" in field_errors(response, "slug").lower()
    assert form_fields(response)["body"] == "Mine."
    assert Article.objects.count() == 1


# --- More than a form may hold ----------------------------------------------------------------------------------------


def encoded(fields):
    return {"data": urlencode(fields), "content_type": "application/x-www-form-urlencoded"}


def test_too_many_fields_give_the_text_back(desk, article, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    fields = {f"notes-{index}-text": f"Note {index}" for index in range(30)} | {"body": "My <b>long</b> text"}
    response = desk.post(change_address(article), **encoded(fields))
    assert response.status_code == 413
    page = response.content.decode()
    assert "My &lt;b&gt;long&lt;/b&gt; text" in page
    assert "Note 29" in page
    assert Revision.objects.count() == 1


def test_too_much_data_gives_the_text_back(desk, article, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = desk.post(change_address(article), **encoded({"title": "T", "body": "b" * 2000}))
    assert response.status_code == 413
    assert "b" * 2000 in response.content.decode()
    assert Revision.objects.count() == 1


def test_too_much_data_from_a_stranger_is_only_refused(client, article, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post(change_address(article), **encoded({"body": "b" * 2000}))
    assert "bbbb" not in response.content.decode()
    assert response.status_code == 413


def test_hostile_text_is_shown_as_text(desk, db):
    hostile = '"><script>alert(1)</script>'
    rows = [{"key": "a", "source": BOOK | {"title": hostile}}]
    article = record(None, content(title=hostile, body=hostile, references=rows, notes=[], infobox={})).article
    assert "<script>alert" not in desk.get(change_address(article)).content.decode()
    response = send(desk, article, open_form(desk, article) | {"slug": hostile, "notes-0-key": hostile})
    assert "<script>alert" not in response.content.decode()


STRANGE = [
    "", " ", "\x00", "²", "٣", "-1", "1e9", "9" * 30, "NaN", "sNaN", "Infinity", "null", "[]", "{}", "\ufffe", "\u2028",
    "é", "a" * 3000, "../..", "%00", "<b>", "{{ x }}", "on", "1" * 400, "\U0001f600", "−5", "1,5", "0x10", "true",
]  # fmt: skip


def test_nothing_that_is_sent_breaks_the_form(desk, article):
    """Strange values in random fields, dropped and invented ones: always an answer, never half a save."""
    chance = random.Random(822)
    fields = open_form(desk, article)
    names = [
        *fields,
        "looked_at",
        "references-7-key",
        "figures-0-image",
        "notes-99999-key",
        "x-1-y",
        "infobox-1-DELETE",
    ]
    for _ in range(80):
        sent = dict(fields)
        for name in chance.sample(names, chance.randint(1, 6)):
            if chance.random() < 0.2:
                sent.pop(name, None)
            else:
                sent[name] = chance.choice(STRANGE)
        before = article.revisions.count()
        response = desk.post(change_address(article), sent | {chance.choice(BUTTONS): "x"})
        assert response.status_code in (200, 302, 403), sent
        assert article.revisions.count() - before in (0, 1)
        content_at(article.revisions.newest())


BUTTONS = ["_save", "_continue", "_submit", "_publish", "_saveasnew", "_popup"]
