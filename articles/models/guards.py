"""The one door: revisioned and shared rows are written only while ``articles.revisions`` has a write open.

Everything that guards is in this file: the context variable that says which write is open, the querysets that refuse
bulk writes, the receivers that refuse a save or a deletion before anything is stored, and the receiver that puts each
history row into its revision.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from simple_history.manager import HistoricalQuerySet
from simple_history.signals import pre_create_historical_record


class WriteOutsideRevision(RuntimeError):
    """A row that has history was to be written around ``record_revision`` or ``record_shared_change``."""


@dataclass(frozen=True)
class OpenWrite:
    """The write that is open: for a revision of one article, or (``shared``) for a source or an image."""

    article_id: int | None = None
    revision_id: int | None = None
    author_id: int | None = None
    shared: bool = False
    founding: bool = False
    """The article's first row is being made; its revision, and so its history row, come right after."""


_open_write = ContextVar("open_write", default=None)


@contextmanager
def writing(**what):
    """Open a write (the fields of ``OpenWrite``) for the ``with`` block. Only ``articles.revisions`` may call this."""
    token = _open_write.set(OpenWrite(**what))
    try:
        yield
    finally:
        _open_write.reset(token)


def _refuse(what):
    raise WriteOutsideRevision(
        f"{what} would be stored outside a revision; use articles.revisions.record_revision or record_shared_change"
    )


class _GuardedMethods:
    """Queryset methods that write without signals, and so without history: all refused."""

    def update(self, *args, **kwargs):
        _refuse(f"update() of {self.model.__name__}")

    def delete(self):
        _refuse(f"delete() of {self.model.__name__}")

    def bulk_create(self, *args, **kwargs):
        _refuse(f"bulk_create() of {self.model.__name__}")

    def bulk_update(self, *args, **kwargs):
        _refuse(f"bulk_update() of {self.model.__name__}")

    def _raw_delete(self, using):
        _refuse(f"deletion of {self.model.__name__}")

    update.alters_data = delete.alters_data = bulk_create.alters_data = bulk_update.alters_data = True
    delete.queryset_only = True
    _raw_delete.alters_data = True


class GuardedQuerySet(_GuardedMethods, models.QuerySet):
    """Queryset of rows that are written one by one, inside a revision."""


class GuardedHistoryQuerySet(_GuardedMethods, HistoricalQuerySet):
    """Queryset of history rows, which are only ever added."""


class Guarded(models.Model):
    """Base of all rows that have history."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def may_be_written(self, write, *, deleting):
        """Tell whether the open write (an ``OpenWrite``) covers this row."""
        raise NotImplementedError


class Revisioned(Guarded):
    """Base of an article and its own rows: written inside a revision of that article."""

    class Meta(Guarded.Meta):
        abstract = True

    def owner_id(self):
        """Return the primary key of the article that this row belongs to."""
        return self.article_id

    def may_be_written(self, write, *, deleting):
        if write.founding:
            return not deleting and self._state.adding and self.owner_id() is None
        return write.revision_id is not None and write.article_id == self.owner_id()


class Shared(Guarded):
    """Base of sources and images: written by a shared change, or made inside a revision; never deleted."""

    class Meta(Guarded.Meta):
        abstract = True

    def may_be_written(self, write, *, deleting):
        return not deleting and (write.shared or write.revision_id is not None and self._state.adding)


@receiver(pre_save)
def refuse_save_outside(sender, instance, **kwargs):
    """Raise ``WriteOutsideRevision`` before a guarded row is stored without an open write."""
    if isinstance(instance, Guarded):
        write = _open_write.get()
        if write is None or not instance.may_be_written(write, deleting=False):
            _refuse(f"save() of {instance._meta.verbose_name} {instance.pk or '(new)'}")


@receiver(pre_delete)
def refuse_delete_outside(sender, instance, **kwargs):
    """Raise ``WriteOutsideRevision`` before a guarded row is deleted without an open write."""
    if isinstance(instance, Guarded):
        write = _open_write.get()
        if write is None or not instance.may_be_written(write, deleting=True):
            _refuse(f"delete() of {instance._meta.verbose_name} {instance.pk}")


@receiver(pre_create_historical_record)
def stamp_history_row(sender, instance, history_instance, **kwargs):
    """Put a history row into the revision that is open, and note who wrote it."""
    if isinstance(instance, Guarded):
        write = _open_write.get()
        if write is None:
            _refuse(f"history of {instance._meta.verbose_name} {instance.pk}")
        history_instance.history_user_id = write.author_id
        if isinstance(instance, Revisioned):
            history_instance.revision_id = write.revision_id
