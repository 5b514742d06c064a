"""The ways of Django and django-simple-history to write rows, which the one door must refuse."""

import copy

from asgiref.sync import async_to_sync
from django.apps import apps
from django.contrib import admin
from django.core import serializers
from django.db import connection
from django.db.models import F
from django.db.models.deletion import Collector
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history, update_change_reason

from articles.models import (
    Article,
    ArticleCategory,
    ArticleName,
    ArticleSlug,
    Figure,
    Image,
    InfoboxField,
    Note,
    Publication,
    Reference,
    ReviewEvent,
    Revision,
    Source,
    WriteOutsideRevision,
)

from .making import content, figure, picture, record

OWN_ROWS = (ArticleName, ArticleCategory, InfoboxField, Note, Reference, Figure)
TRACKED = (Article, *OWN_ROWS, Source, Image)
APPEND_ONLY = (Revision, ArticleSlug, Publication, ReviewEvent)


def make_article(editor):
    """Return an article with a row of every kind, a second revision, a review event and a publication."""
    picture("a")
    article = record(None, content(figures=[figure("a")]), author=editor).article
    newest = record(article, content(figures=[figure("a")], body="Second.[@hrw]"), author=editor)
    facts = {"article": article, "revision": newest, "user": editor}
    ReviewEvent.objects.create(kind=ReviewEvent.SUBMITTED, time=timezone.now(), **facts)
    Publication.objects.create(created=timezone.now(), slug=article.slug, content="{}", **facts)
    return article


def everything():
    """Return all that the database holds of the app, history included."""
    return {
        model: sorted(model.objects.values_list(), key=str) for model in apps.get_app_config("articles").get_models()
    }


def got_through(way, *rows):
    """Return the kinds of the rows for which ``way`` was not refused; what is stored must be as before in any case."""
    before = everything()
    through = []
    for row in rows:
        try:
            way(row)
            through.append(type(row).__name__)
        except WriteOutsideRevision:
            # Django may have marked the test's transaction as broken: the comparison below looks without a rollback.
            connection.needs_rollback = False
    assert everything() == before
    return through


def one_of_each(*models):
    return [model.objects.first() for model in models]


def changed(row):
    """Return the row as somebody would have it who wants to write: its last text column changed."""
    name = text_column(row)
    setattr(row, name, "9")
    return row


def text_column(row):
    kinds = ("CharField", "SlugField", "TextField")
    return [field.attname for field in row._meta.concrete_fields if field.get_internal_type() in kinds][-1]


def twin(row):
    """Return the same row as a new one that is not stored."""
    other = copy.copy(row)
    other._state = copy.copy(row._state)
    other.pk, other._state.adding = None, True
    return other


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def rows(row):
    return type(row).objects.filter(pk=row.pk)


def collected(row):
    collector = Collector("default")
    collector.collect([row])
    collector.delete()


def waited(method, *args, **kwargs):
    """Call an async method and wait for it."""

    async def main():
        return await method(*args, **kwargs)

    return async_to_sync(main)()


def deserialized(row):
    text = serializers.serialize("json", [changed(row)])
    next(iter(serializers.deserialize("json", text))).save()


def by_foreign_name(row):
    """Save under a proxy class made on the spot."""
    name = f"Proxy{type(row).__name__}"
    meta = type("Meta", (), {"proxy": True, "app_label": "articles", "apps": type(apps)()})
    proxy = type(row).__class__(name, (type(row),), {"__module__": __name__, "Meta": meta})
    proxy.objects.filter(pk=row.pk).update(**{text_column(row): "9"})


def delete_selected_of(row):
    """Do what the admin does when deletion of selected rows was confirmed."""
    admin.ModelAdmin(type(row), admin.site).delete_queryset(None, rows(row))


STORING = {
    "save": lambda row: changed(row).save(),
    "save of some columns": lambda row: changed(row).save(update_fields=[text_column(row)]),
    "save of a new row": lambda row: twin(row).save(),
    "save of a new row with the key of another": lambda row: type(row)(pk=row.pk, **columns(row)).save(),
    "forced insert": lambda row: twin(row).save(force_insert=True),
    "forced update": lambda row: changed(row).save(force_update=True),
    "save_base": lambda row: changed(row).save_base(),
    "raw save, as loaddata does": lambda row: changed(row).save_base(raw=True),
    "save of a deserialized row": deserialized,
    "save of an expression": lambda row: (setattr(row, text_column(row), F(text_column(row))), row.save()),
    "save of a refreshed row": lambda row: (row.refresh_from_db(), changed(row).save()),
    "save of a deferred row": lambda row: changed(rows(row).only("pk").get()).save(),
    "create": lambda row: type(row).objects.create(**columns(row)),
    "get_or_create": lambda row: type(row).objects.get_or_create(pk=0, defaults=columns(row)),
    "update_or_create of a stored row": lambda row: type(row).objects.update_or_create(
        pk=row.pk, defaults={text_column(row): "9"}
    ),
    "update_or_create of a new row": lambda row: type(row).objects.update_or_create(pk=0, defaults=columns(row)),
    "update": lambda row: rows(row).update(**{text_column(row): "9"}),
    "update of all": lambda row: type(row).objects.update(**{text_column(row): "9"}),
    "update by an expression": lambda row: rows(row).update(**{text_column(row): F(text_column(row))}),
    "update by the base manager": lambda row: type(row)._base_manager.update(**{text_column(row): "9"}),
    "update by a proxy class": by_foreign_name,
    "bulk_create": lambda row: type(row).objects.bulk_create([twin(row)]),
    "bulk_create over conflicts": lambda row: type(row).objects.bulk_create([row], ignore_conflicts=True),
    "bulk_update": lambda row: type(row).objects.bulk_update([changed(row)], [text_column(row)]),
    "asave": lambda row: waited(changed(row).asave),
    "acreate": lambda row: waited(type(row).objects.acreate, **columns(row)),
    "aget_or_create": lambda row: waited(type(row).objects.aget_or_create, pk=0, defaults=columns(row)),
    "aupdate_or_create": lambda row: waited(type(row).objects.aupdate_or_create, pk=0, defaults=columns(row)),
    "aupdate": lambda row: waited(rows(row).aupdate, **{text_column(row): "9"}),
    "abulk_create": lambda row: waited(type(row).objects.abulk_create, [twin(row)]),
    "abulk_update": lambda row: waited(type(row).objects.abulk_update, [changed(row)], [text_column(row)]),
}

DELETING = {
    "delete": lambda row: row.delete(),
    "delete of rows": lambda row: rows(row).delete(),
    "delete of all": lambda row: type(row).objects.all().delete(),
    "delete by the base manager": lambda row: type(row)._base_manager.all().delete(),
    "raw delete": lambda row: rows(row)._raw_delete("default"),
    "adelete": lambda row: waited(row.adelete),
    "adelete of rows": lambda row: waited(rows(row).adelete),
    "the admin's delete_selected": delete_selected_of,
}

AROUND_HISTORY = {
    "save_without_historical_record": lambda row: changed(row).save_without_historical_record(),
    "skip_history_when_saving": lambda row: (setattr(row, "skip_history_when_saving", True), changed(row).save()),
    "save of an instance from history": lambda row: changed(row.history.first().instance).save(),
    "save of an instance as of now": lambda row: changed(type(row).history.as_of(timezone.now()).first()).save(),
    "bulk_create_with_history": lambda row: bulk_create_with_history([twin(row)], type(row)),
    "bulk_update_with_history": lambda row: bulk_update_with_history([changed(row)], type(row), [text_column(row)]),
    "bulk_history_create": lambda row: type(row).history.bulk_history_create([row]),
    "update_change_reason": lambda row: update_change_reason(row, "another reason"),
}
