"""Copying the rows of the first round: keys moved on, the ending of names replaced, digests made anew."""

import hashlib
import json
import re
from dataclasses import asdict

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from articles.models import Image, RenderedPage, Revision, Seal, Source
from articles.pages import links_for, up_to_date
from articles.revisions.sealing import chained, content_digests

from .world import FIRST_ENDING, sound

_VERSIONS = {"source_version": Source.history.model, "image_version": Image.history.model}
_IN_JSON = re.compile(r'"(source_id|source_version)":(\d+)')
_JSON_KEYS = {"source_id": Source, "source_version": Source.history.model}
_DIGESTED = {(RenderedPage, "etag"): "html", (Source, "digest"): "csl", (Source.history.model, "digest"): "csl"}
_ROWS_AT_ONCE = 5_000


def tables():
    """Return the models of all tables that hold articles and what hangs on them."""
    return list(apps.get_app_config("articles").get_models())


def finish_first_round():
    """Make the pages anew that were published before what they link to."""
    for page in RenderedPage.objects.select_related("publication"):
        up_to_date(page)


def copy_rounds(endings):
    """Copy the first round once for each of ``endings``, each in a transaction of its own; yield after each."""
    sound_of_first = sound(FIRST_ENDING)
    spans = spans_of_first_round()
    copied = [table for table in (_Table(model, spans) for model in tables() if model is not Seal) if table.rows]
    for number, ending in enumerate(endings, 1):
        spelling = (FIRST_ENDING, ending), (sound_of_first, sound(ending))
        with transaction.atomic(), connection.cursor() as cursor:
            for table in copied:
                table.write(cursor, number, spelling)
            _seal(cursor, number * spans[Revision])
            _count_on(cursor)
        yield number


def _seal(cursor, after):
    """Seal the revisions behind the key ``after``: a seal tells of keys and moments, so that none can be copied."""
    revisions = list(Revision.objects.filter(pk__gt=after).order_by("pk"))
    digests = content_digests(revisions, {"revision_id__gt": after})
    chains, rows = {}, []
    for revision in revisions:
        digest = chained(chains.get(revision.article_id, ""), digests[revision.pk])
        chains[revision.article_id] = digest
        rows.append((revision.pk, digests[revision.pk], digest))
    table = connection.ops.quote_name(Seal._meta.db_table)
    cursor.executemany(f"INSERT INTO {table} (revision_id, content, digest) VALUES (%s, %s, %s)", rows)  # noqa: S608


def _count_on(cursor):
    """Let the database count on from the keys that were written; PostgreSQL does not by itself."""
    for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
        cursor.execute(statement)


def settle():
    """Let the database look at its tables anew to plan its queries."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def spans_of_first_round():
    """Return by how much the keys of each model move on in each round: as many as the first round used at most."""
    spans = {model: model._base_manager.aggregate(most=models.Max(model._meta.pk.attname))["most"] or 0
             for model in tables()}  # fmt: skip
    for model in spans:
        if isinstance(model._meta.pk, models.OneToOneField):
            spans[model] = spans[model._meta.pk.related_model]
    return spans


def owner(model, field):
    """Return the model whose rows' keys stand in a column, None where it holds none."""
    if field.is_relation:
        return field.related_model
    if field.primary_key:
        return model
    if field.name in _VERSIONS:
        return _VERSIONS[field.name]
    # In a history row: the key of the row that it tells of.
    return getattr(model, "instance_type", None) if field.name == "id" else None


class _Table:
    """One table: the rows of its first round, and what is another in each copy."""

    def __init__(self, model, spans):
        self._model, self._spans = model, spans
        fields = model._meta.local_concrete_fields
        names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        self._insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608
            self.rows = [[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor]
        places = {field.name: place for place, field in enumerate(fields)}
        self._keys = [
            (place, span) for place, field in enumerate(fields) if (span := spans.get(owner(model, field), 0))
        ]
        self._digests = [(places[name], places[of]) for (owner, name), of in _DIGESTED.items() if owner is model]
        self._links = places["links_digest"] if model is RenderedPage else None
        self._page_links = _page_links() if model is RenderedPage else {}
        self._key = places[model._meta.pk.name]

    def write(self, cursor, number, spelling):
        """Write the rows of round ``number``; ``spelling`` pairs what is replaced with what replaces it."""
        rows = [self._copy(row, number, spelling) for row in self.rows]
        for at in range(0, len(rows), _ROWS_AT_ONCE):
            cursor.executemany(self._insert, rows[at : at + _ROWS_AT_ONCE])

    def _copy(self, row, number, spelling):
        copy = [self._respelled(cell, number, spelling) for cell in row]
        for place, span in self._keys:
            if copy[place] is not None:
                copy[place] += number * span
        for place, of in self._digests:
            copy[place] = hashlib.sha256(copy[of].encode()).hexdigest()
        if self._links is not None:
            links = self._respelled(self._page_links[row[self._key]], number, spelling)
            copy[self._links] = hashlib.sha256(links.encode()).hexdigest()
        return copy

    def _respelled(self, cell, number, spelling):
        if isinstance(cell, str):
            for old, new in spelling:
                cell = cell.replace(old, new)
            return _IN_JSON.sub(lambda found: self._moved(found, number), cell) if '"source_id":' in cell else cell
        if isinstance(cell, bytes):
            for old, new in spelling:
                cell = cell.replace(old.encode(), new.encode())
        return cell

    def _moved(self, found, number):
        name, key = found.groups()
        return f'"{name}":{int(key) + number * self._spans[_JSON_KEYS[name]]}'


def _page_links():
    """Return, by page, what the digest of its links is made of (``pages.links.digest``)."""
    pages = RenderedPage.objects.select_related("publication").defer("html")
    return {
        page.pk: json.dumps(asdict(links_for(page.publication.article_content(), page.article_id)), sort_keys=True)
        for page in pages
    }
