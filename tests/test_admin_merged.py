"""Two editors at different places of one article: their work is put together, and said."""

from django.urls import reverse

from articles.content import Source as SourceContent
from articles.models import Publication, Reference, ReviewEvent, Revision, Source, Stash
from articles.publishing import publish
from articles.revisions import newest_content, record_shared_change

from .conflicts_for_tests import (
    BODY,
    LOSSES,
    boxed,
    disputed_article,  # noqa: F401 - a fixture
    saves_of_anna,  # noqa: F401 - a fixture
    user_anna,  # noqa: F401 - a fixture
    written,
)
from .desk import add_row, open_form, send, words_of
from .making import BOOK, REPORT, change_source, content, record


def test_changes_at_different_places_are_put_together_and_said(desk, article, other_saves):
    fields = open_form(desk, article)
    other_saves(**boxed(LOSSES | {"value": "450 killed"}))
    response = send(desk, article, fields, body=BODY.replace("quiet", "calm"))
    newest = newest_content(article)
    assert newest.body == BODY.replace("quiet", "calm")
    assert newest.infobox.rows[1].value == "450 killed"
    assert (article.revisions.newest().number, article.revisions.newest().base) == (3, 2)
    assert "Anna Petrosyan saved revision 2 at" in words_of(response)
    assert "Casualties and losses, side 2: 400 → 450" in words_of(response)
    assert "Your change was put together with what was saved meanwhile: Anna Petrosyan saved" in words_of(response)
    assert reverse("compare", args=[article.slug, 1, 2]) in words_of(response)
    assert not Stash.objects.exclude(state=Stash.RECORDED).exists()


def test_what_everybody_added_is_there(desk, article, other_saves):
    fields = open_form(desk, article)
    notes = content().to_json()["notes"]
    other_saves(notes=[*notes, {"key": "theirs", "text": "Their note."}], body=f"{BODY}\n\nTheir paragraph.")
    other_saves(notes=[*notes, {"id": "k2", "key": "theirs", "text": "Their note."}], categories=["Theirs"],
                body=f"{BODY}\n\nTheir paragraph.")  # fmt: skip
    fields = add_row(fields, "notes", key="mine", text="My note.")
    fields = add_row(fields, "categories", name="Mine")
    response = send(desk, article, fields, body=f"My paragraph.\n\n{BODY}")
    newest = newest_content(article)
    assert newest.body == f"My paragraph.\n\n{BODY}\n\nTheir paragraph."
    assert {note.key for note in newest.notes} == {"spelling", "theirs", "mine"}
    assert {"Theirs", "Mine"} <= set(newest.categories)
    assert "saved revisions 2 to 3, the last at" in words_of(response)


def test_what_others_changed_alike_makes_no_revision(desk, article, other_saves):
    fields = open_form(desk, article)
    other_saves(title="One title")
    response = send(desk, article, fields, title="One title")
    assert Revision.objects.count() == 2
    assert "All that you changed was saved meanwhile: Anna Petrosyan saved" in words_of(response)


def test_a_text_put_together_is_submitted(desk, article, other_saves):
    fields = open_form(desk, article)
    other_saves(title="Theirs")
    response = send(desk, article, fields, "_submit", body=f"{BODY} Mine.")
    assert "Submitted for review." in words_of(response)
    assert article.review_events.newest(ReviewEvent.SUBMITTED).revision.number == 3


def test_what_others_changed_is_not_published_unseen(client_of, superuser, article, other_saves):
    publish(article.revisions.newest(), user=superuser)
    client = client_of(superuser)
    fields = open_form(client, article)
    other_saves(title="Theirs")
    response = send(client, article, fields, "_publish", body=f"{BODY} Mine.")
    assert (Revision.objects.count(), Publication.objects.count()) == (3, 1)
    assert "was not published" in words_of(response)
    assert reverse("compare", args=[article.slug, 1, 3]) in words_of(response)


def test_what_one_saved_oneself_meanwhile_is_published(client_of, superuser, article):
    client = client_of(superuser)
    fields = open_form(client, article)
    record(article, written(title="Mine"), author=superuser)
    response = send(client, article, fields, "_publish", body=f"{BODY} Mine.")
    assert "You saved revision 2 in another window" in words_of(response)
    assert Publication.objects.get().revision.number == 3


def test_a_form_come_back_to_goes_on_from_what_it_saved(desk, article):
    fields = open_form(desk, article)
    fields = add_row(fields, "notes", key="mine", text="My note.")
    send(desk, article, fields, body=BODY.replace("quiet", "calm"))
    response = send(desk, article, fields | {"notes-2-text": "My longer note."}, body=BODY.replace("quiet", "silent"))
    assert "Revision 3 saved." in words_of(response)
    newest = newest_content(article)
    assert newest.body == BODY.replace("quiet", "silent")
    assert [note.text for note in newest.notes][1:] == ["My longer note."]


def test_a_source_mended_from_the_forms_own_window_is_no_conflict(desk, article, editor):
    fields = open_form(desk, article)
    source = Reference.objects.get(article=article, key="hrw").source
    change_source(source, REPORT | {"title": "Mended"}, author=editor)
    added = Source()
    added.set_content(SourceContent.of(BOOK))
    record_shared_change(added, author=editor)
    fields = add_row(fields, "references", key="book", source=str(added.pk))
    response = send(desk, article, fields, body=f"{BODY}[@book]")
    assert "saved revision 2" not in words_of(response)
    titles = {row.key: row.source.title for row in newest_content(article).references if row.source}
    assert titles == {"hrw": "Mended", "book": BOOK["title"]}
