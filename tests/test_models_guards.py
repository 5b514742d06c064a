"""The one door: every way round it raises ``WriteOutsideRevision`` and leaves the database as it was."""

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from articles.models import (
    Note,
    Revision,
)

from .writing_ways import (
    APPEND_ONLY,
    AROUND_HISTORY,
    DELETING,
    OWN_ROWS,
    STORING,
    TRACKED,
    changed,
    collected,
    columns,
    everything,
    got_through,
    make_article,
    one_of_each,
    twin,
    waited,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def article(editor):
    return make_article(editor)


# --- Articles, their rows, sources and images -------------------------------------------------------------------------


@pytest.mark.parametrize("way", {**STORING, **DELETING, **AROUND_HISTORY}.items(), ids=lambda way: way[0])
def test_no_way_round_the_door_writes_a_tracked_row(way):
    assert got_through(way[1], *one_of_each(*TRACKED)) == []


@pytest.mark.parametrize("way", {**STORING, **DELETING}.items(), ids=lambda way: way[0])
def test_history_rows_are_neither_made_nor_changed_nor_deleted_by_hand(way):
    assert got_through(way[1], *(model.history.first() for model in TRACKED)) == []


HISTORY = {
    "update": lambda history: history.update(history_type="-"),
    "delete": lambda history: history.all().delete(),
    "delete of some": lambda history: history.filter(history_type="+").delete(),
    "raw delete": lambda history: history.all()._raw_delete("default"),
    "bulk_create": lambda history: history.bulk_create([twin(history.first())]),
    "bulk_update": lambda history: history.bulk_update([changed(history.first())], ["history_type"]),
    "create": lambda history: history.create(**columns(history.first())),
    "get_or_create": lambda history: history.get_or_create(pk=0, defaults=columns(history.first())),
    "update_or_create": lambda history: history.update_or_create(
        pk=history.first().pk, defaults={"history_type": "-"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", HISTORY.items(), ids=lambda way: way[0])
def test_the_managers_of_history_write_nothing(way):
    assert got_through(lambda row: way[1](type(row).history), *one_of_each(*TRACKED)) == []
    assert got_through(lambda row: way[1](row.history), *one_of_each(*TRACKED)) == []


RELATED = {
    "create": lambda article: article.notes.create(row_id="x", key="x", text="x"),
    "get_or_create": lambda article: article.notes.get_or_create(row_id="x", key="x"),
    "update_or_create": lambda article: article.notes.update_or_create(row_id="k1", defaults={"text": "9"}),
    "add": lambda article: article.notes.add(article.notes.first()),
    "add one by one": lambda article: article.notes.add(article.notes.first(), bulk=False),
    "add of a new row": lambda article: article.notes.add(Note(row_id="x", key="x"), bulk=False),
    "set": lambda article: article.notes.set([Note(row_id="x", key="x")], bulk=False),
    "update": lambda article: article.notes.update(text="9"),
    "bulk_create": lambda article: article.notes.bulk_create([Note(article=article, row_id="x", key="x")]),
    "delete": lambda article: article.notes.all().delete(),
    "remove": lambda article: source_of(article).references.remove(source_of(article).references.first()),
    "remove one by one": lambda article: source_of(article).references.remove(
        source_of(article).references.first(), bulk=False
    ),
    "clear": lambda article: source_of(article).references.clear(),
    "clear one by one": lambda article: source_of(article).references.clear(bulk=False),
    "set to nothing": lambda article: source_of(article).references.set([]),
    "aupdate": lambda article: waited(article.notes.aupdate, text="9"),
    "acreate": lambda article: waited(article.notes.acreate, row_id="x", key="x"),
    "update of revisions": lambda article: article.revisions.update(summary="9"),
    "deletion of revisions": lambda article: article.revisions.all().delete(),
    "create of a revision": lambda article: article.revisions.create(number=9, base=2, created=timezone.now()),
    "update of review events": lambda article: article.review_events.update(comment="9"),
    "update of publications": lambda article: article.publications.update(content="9"),
    "update of slugs": lambda article: article.slugs.update(slug="nine"),
}


def source_of(article):
    return article.references.exclude(source=None).get().source


@pytest.mark.parametrize("way", RELATED.items(), ids=lambda way: way[0])
def test_related_managers_write_nothing(way, article):
    assert got_through(way[1], article) == []


def test_the_command_that_loads_fixtures_writes_nothing(article, tmp_path):
    path = tmp_path / "notes.json"
    path.write_text(serializers.serialize("json", [changed(Note.objects.get())]), encoding="utf-8")
    assert got_through(lambda _: call_command("loaddata", path, verbosity=0), article) == []


def test_rows_collected_for_a_cascade_are_not_deleted():
    assert got_through(collected, *one_of_each(*OWN_ROWS)) == []


# --- Revisions, slugs, events, publications ---------------------------------------------------------------------------

CHANGING = {
    name: way
    for name, way in {**STORING, **DELETING}.items()
    if not any(word in name for word in ("new", "create", "insert", "bulk_create"))
}


@pytest.mark.parametrize("way", CHANGING.items(), ids=lambda way: way[0])
def test_what_was_said_and_done_is_never_changed(way):
    assert got_through(way[1], *one_of_each(*APPEND_ONLY)) == []


def test_rows_that_are_only_added_bring_no_key_and_come_one_by_one():
    for way in ("save of a new row with the key of another", "bulk_create", "bulk_create over conflicts"):
        assert got_through(STORING[way], *one_of_each(*APPEND_ONLY)) == []


@pytest.mark.parametrize("way", ["save of a new row", "create", "get_or_create", "forced insert"])
def test_nobody_makes_a_revision_by_hand(way):
    assert got_through(STORING[way], Revision.objects.first()) == []


def test_a_user_who_wrote_something_cannot_be_deleted(editor):
    before = everything()
    with pytest.raises(ProtectedError):
        editor.delete()
    assert everything() == before
