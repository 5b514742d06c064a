"""What an open write covers: the rows of its own revision, in its own thread and task, until it ends."""

import asyncio
import threading
from contextvars import copy_context

import pytest

from articles.models import (
    Image,
    Note,
    Source,
    WriteOutsideRevision,
)
from articles.models.guards import refuse_save, writing

from .making import content, record
from .writing_ways import (
    DELETING,
    OWN_ROWS,
    STORING,
    got_through,
    make_article,
    one_of_each,
    twin,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def article(editor):
    return make_article(editor)


def open_for(article, revision=None):
    revision = revision or article.revisions.newest()
    return writing(article_id=article.pk, revision_id=revision.pk)


def test_an_open_revision_does_not_cover_the_rows_of_another_article(article):
    other = record(None, content(slug="lachin", title="Lachin")).article
    with open_for(other):
        rows = [article, *(model.objects.filter(article=article).first() for model in OWN_ROWS)]
        assert got_through(STORING["save"], *rows) == []
        assert got_through(DELETING["delete"], *rows) == []


def test_an_open_revision_takes_no_history_row_of_another_revision(article):
    with open_for(article):
        row = Note.history.first()
        row.revision = article.revisions.get(number=1)
        assert got_through(lambda row: twin(row).save(), row) == []


def test_an_open_revision_changes_no_source_and_deletes_no_article(article):
    with open_for(article):
        for way in (STORING["save"], DELETING["delete"]):
            assert got_through(way, *one_of_each(Source, Image)) == []
        assert got_through(DELETING["delete"], article) == []
        assert got_through(STORING["update"], Note.objects.first()) == []


def test_a_shared_change_covers_no_row_of_an_article(article):
    with writing(shared=True):
        assert got_through(STORING["save"], Note.objects.first()) == []
        assert got_through(STORING["save"], article) == []
        assert got_through(DELETING["delete"], Source.objects.first()) == []


def test_an_error_inside_the_write_closes_it(article):
    with pytest.raises(ZeroDivisionError), open_for(article):
        raise ZeroDivisionError
    assert got_through(STORING["save"], Note.objects.first()) == []


def test_a_write_inside_a_write_gives_the_outer_one_back(article):
    other = record(None, content(slug="lachin", title="Lachin")).article
    with open_for(article):
        with open_for(other):
            assert got_through(STORING["save"], article.notes.first()) == []
        article.notes.first().save()


def test_threads_do_not_inherit_the_open_write(article):
    refusals = []

    def store(row):
        try:
            row.save()
        except WriteOutsideRevision as refusal:
            refusals.append(refusal)

    with open_for(article):
        row = Note.objects.first()
        for target, arguments in ((store, (row,)), (copy_context().run, (store, row))):
            thread = threading.Thread(target=target, args=arguments)
            thread.start()
            thread.join()
    assert len(refusals) == 2


def test_tasks_that_were_started_inside_the_write_do_not_keep_it():
    row = Note(article_id=1)

    async def store():
        refuse_save(Note, row)

    async def main():
        with writing(article_id=1, revision_id=1):
            refuse_save(Note, row)
            task = asyncio.get_running_loop().create_task(store())
        await task

    with pytest.raises(WriteOutsideRevision):
        asyncio.run(main())
