"""The made-up corpus: its copies equal, row by row, what the ordinary functions write."""

import hashlib
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction

from articles.management.corpus import copying, world
from articles.models import Article, Publication, Reference, RenderedPage, Revision, Seal, Standing
from articles.revisions.sealing import first_broken

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
SIZE = 5
_CHANGING = re.compile(r'\d{4}-\d\d-\d\dT[\d:.+Z-]*|"source_(?:id|version)":\d+')
"""Moments in pages; keys in publications, which another test looks at."""


def corpus(articles, size=SIZE):
    call_command("makecorpus", articles=articles, size=size, stdout=StringIO(), stderr=StringIO())


def stored(after):
    """Return the rows of every table behind the key that ``after`` has for it: its keys as ranks, no moments."""
    found = {model: model._base_manager.filter(pk__gt=after.get(model, 0)).order_by("pk") for model in copying.tables()}
    ranks = {
        model: {pk: rank for rank, pk in enumerate(rows.values_list("pk", flat=True))} for model, rows in found.items()
    }
    return {model.__name__: [_row(values, model, ranks) for values in rows.values()] for model, rows in found.items()}


def _row(values, model, ranks):
    row = {}
    for field in model._meta.local_concrete_fields:
        value = values[field.attname]
        of = ranks.get(copying.owner(model, field))
        if isinstance(field, models.DateTimeField) or field.name == "etag" or _is_of_keys(model, field):
            continue
        if isinstance(value, str):
            value = _CHANGING.sub("", value)
        row[field.attname] = of[value] if of is not None and value is not None else value
    return row


def _is_of_keys(model, field):
    """Tell whether a column is a digest of keys and moments; another test looks at those."""
    return model is Seal and field.name in ("content", "digest")


def test_copied_rows_equal_those_of_the_ordinary_functions(make_user):
    authors = [make_user("one"), make_user("two")]
    ending = world.rounds(1)[0]
    with transaction.atomic():
        world.write(world.FIRST_ENDING, SIZE, authors)
        copying.finish_first_round()
        after = copying.spans_of_first_round()
        assert list(copying.copy_rounds([ending])) == [1]
        copied = stored(after)
        transaction.set_rollback(True)
    assert not Article.objects.exists()
    world.write(ending, SIZE, authors)
    copying.finish_first_round()
    written = stored({})
    filled = {name for name, rows in written.items() if rows}
    assert filled >= {"Article", "Revision", "RenderedPage", "SearchEntry", "Standing", "HistoricalReference", "Source"}
    for name, rows in written.items():
        assert copied[name] == rows, name


def test_a_corpus_is_found_read_and_edited_like_any_other(client):
    corpus(3 * SIZE)
    assert Revision.objects.count() == 9 * SIZE
    page = RenderedPage.objects.order_by("pk").last()
    assert client.get(page.get_absolute_url()).content.decode() == page.html
    assert page.etag == hashlib.sha256(page.html.encode()).hexdigest()
    address = f'href="{page.get_absolute_url()}"'
    assert address in client.get("/search/", {"q": page.title}).content.decode()
    assert client.get(f"{page.get_absolute_url()}history/").status_code == 200
    edit(page.article, body="Another text.", published=True)
    assert "Another text." in client.get(page.get_absolute_url()).content.decode()
    make_article()
    assert Standing.objects.count() == 3 * SIZE + 1


def test_a_corpus_that_was_broken_off_takes_more_articles(make_user):
    world.write(world.FIRST_ENDING, SIZE, [make_user("one")])
    next(copying.copy_rounds(world.rounds(2)))
    edit(Article.objects.last(), body="Another text.")
    make_article()
    assert Article.objects.count() == 2 * SIZE + 1


def test_a_copied_publication_names_its_own_sources():
    corpus(2 * SIZE)
    publication = Publication.objects.order_by("pk").last()
    told = [(row.source_id, row.source_version) for row in publication.article_content().references]
    rows = Reference.objects.filter(article=publication.article).order_by("position")
    assert told == list(rows.values_list("source", "source_version"))
    assert len(told) == 6


def test_the_seals_of_copies_hold():
    corpus(3 * SIZE)
    assert Seal.objects.count() == Revision.objects.count()
    assert [first_broken(pk) for pk in Article.objects.values_list("pk", flat=True)] == [None] * 3 * SIZE


def test_a_base_with_articles_is_left_as_it_is():
    make_article()
    with pytest.raises(CommandError, match="There are articles in this base already"):
        corpus(SIZE)
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_one_corpus(tmp_path, empty_database):
    place = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")} | empty_database
    options = {"cwd": ROOT, "env": place, "text": True}

    def manage(*command):
        return subprocess.Popen([sys.executable, "manage.py", *command], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)  # fmt: skip

    for commands, ends in ((["migrate"] * 2, [0, 0]), ([f"makecorpus --articles 4 --size {SIZE}"] * 2, [0, 1])):
        done = [(*one.communicate(), one.returncode) for one in [manage(*command.split()) for command in commands]]
        assert sorted(status for *_, status in done) == ends
        assert any("Waiting for another command to end" in said for _, said, _ in done)
    assert any("There are articles in this base already" in said for _, said, _ in done)
    assert "Traceback" not in "".join(said for _, said, _ in done)


def test_more_articles_than_there_are_names_for_are_refused_before_anything_is_written():
    with pytest.raises(CommandError, match="There are names for"):
        corpus(10**9)
    assert not Article.objects.exists()


def test_every_round_has_an_ending_of_its_own_and_of_the_same_length():
    endings = world.rounds(20_000)
    assert len({world.FIRST_ENDING, *endings}) == len(endings) + 1
    assert {len(one) for one in endings} == {len(world.FIRST_ENDING)}
    assert {len(world.sound(one)) for one in endings} == {len(world.sound(world.FIRST_ENDING))}
