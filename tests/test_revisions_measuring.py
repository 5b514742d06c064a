"""The size and the kind of a change, stored with its revision."""

import pytest
from django.db import connection

from articles.models import Source
from articles.revisions import measuring

from .making import REPORT, change_source, content, record

pytestmark = pytest.mark.django_db


def test_a_revision_knows_its_size_and_kind(article):
    revision = record(article, content(body="The siege[^spelling] took place in spring.[@hrw]"))
    assert (revision.words_added, revision.words_deleted) == (3, 1)
    assert "citation_error" not in revision.tags.split()


def test_an_undefined_citation_is_told(article):
    assert "citation_error" in record(article, content(body="Nobody says so.[@nobody]")).tags.split()


def test_a_corrected_source_is_told(article):
    (revision,) = change_source(Source.objects.get(), REPORT | {"publisher": "HRW"})
    assert revision.tags.split() == ["source_corrected"]


def test_measuring_is_over_before_the_write_begins(article, monkeypatch):
    depths = []

    def note(*args):
        depths.append(len(connection.savepoint_ids))
        return (), ()

    monkeypatch.setattr(measuring, "compare", note)
    outside = len(connection.savepoint_ids)
    record(article, content(body="New."))
    assert depths == [outside]


def test_a_fault_in_measuring_never_keeps_a_text_from_being_saved(article, monkeypatch, caplog):
    monkeypatch.setattr(measuring, "compare", lambda *args: 1 / 0)
    revision = record(article, content(body="Saved."))
    assert (revision.number, revision.words_added, revision.tags) == (2, 0, "")
    assert "could not be measured" in caplog.text
