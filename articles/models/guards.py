"""The one door: guarded rows are written one by one, and only where the write that is open covers them.

Everything that guards is in this file: the write that is open, the querysets that refuse what sends no signals, the
receivers that refuse a save or a deletion before anything is stored, and the receiver that puts each history row into
its revision. What may be written when is told by each base in ``may_be_written``.
"""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from simple_history.manager import HistoricalQuerySet
from simple_history.signals import pre_create_historical_record


class WriteOutsideRevision(RuntimeError):
    """A row was to be written around ``record_revision`` or ``record_shared_change``, or one that never changes."""


@dataclass(frozen=True)
class OpenWrite:
    """What may be written: a revision of one article, or (``shared``) a source or an image; by itself nothing."""

    article_id: int | None = None
    revision_id: int | None = None
    """None while the revision itself is being made."""
    author_id: int | None = None
    shared: bool = False
    founding: bool = False
    """The row of a new article is being made; its revision, and so its history row, come right after."""
    written: set = field(default_factory=set, compare=False)
    """The revisioned models of which history rows were written."""


class _Present(threading.local):
    # By thread, as database connections are: no task or thread that inherits a context gets into the transaction.
    write = OpenWrite()


_present = _Present()


@contextmanager
def writing(**what):
    """Open a write (the fields of ``OpenWrite``) for the ``with`` block. Only ``articles.revisions`` may call this."""
    before, _present.write = _present.write, OpenWrite(**what)
    try:
        yield _present.write
    finally:
        _present.write = before


def _refuse(what):
    raise WriteOutsideRevision(
        f"{what} is refused; articles, sources and images are written by articles.revisions.record_revision and "
        "record_shared_change alone, and what was recorded stays"
    )


class _GuardedMethods:
    """Queryset methods that write without signals, and so without history: all refused."""

    def update(self, *args, **kwargs):
        """Raise ``WriteOutsideRevision``."""
        _refuse(f"update() of {self.model.__name__}")

    def delete(self):
        """Raise ``WriteOutsideRevision``."""
        _refuse(f"delete() of {self.model.__name__}")

    def bulk_create(self, *args, **kwargs):
        """Raise ``WriteOutsideRevision``."""
        _refuse(f"bulk_create() of {self.model.__name__}")

    def bulk_update(self, *args, **kwargs):
        """Raise ``WriteOutsideRevision``."""
        _refuse(f"bulk_update() of {self.model.__name__}")

    def _raw_delete(self, using):
        _refuse(f"deletion of {self.model.__name__}")

    update.alters_data = delete.alters_data = bulk_create.alters_data = bulk_update.alters_data = True
    delete.queryset_only = True
    _raw_delete.alters_data = True


class GuardedQuerySet(_GuardedMethods, models.QuerySet):
    """Queryset of rows that are written one by one."""


class GuardedHistoryQuerySet(_GuardedMethods, HistoricalQuerySet):
    """What the manager ``history`` gives."""


class Guarded(models.Model):
    """Base of all rows that are written under a rule."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def may_be_written(self, write, *, deleting):
        """Tell whether ``write`` (an ``OpenWrite``) covers storing or deleting this row."""
        raise NotImplementedError

    def delete(self, *args, **kwargs):
        """Delete the row; raise ``WriteOutsideRevision`` before Django looks for rows that hang on it."""
        refuse_delete(type(self), self)
        return super().delete(*args, **kwargs)


class Revisioned(Guarded):
    """Base of an article and its own rows: written inside a revision of that article."""

    class Meta(Guarded.Meta):
        abstract = True

    def owner_id(self):
        """Return the primary key of the article that this row belongs to."""
        return self.article_id

    def may_be_written(self, write, *, deleting):
        """Tell whether a revision of the row's article is open."""
        return write.revision_id is not None and write.article_id == self.owner_id()


class Shared(Guarded):
    """Base of sources and images: written by a shared change, or made inside a revision; never deleted."""

    class Meta(Guarded.Meta):
        abstract = True

    def may_be_written(self, write, *, deleting):
        """Tell whether a shared change is open, or a revision for a new row."""
        return not deleting and (write.shared or write.revision_id is not None and self.pk is None)


class AppendOnly(Guarded):
    """Base of rows that are inserted and never changed or deleted; the database gives them their key."""

    class Meta(Guarded.Meta):
        abstract = True

    def may_be_written(self, write, *, deleting):
        """Tell whether the row is new. One that brings a key could be another's."""
        return not deleting and self.pk is None


@receiver(pre_save)
def refuse_save(sender, instance, **kwargs):
    """Raise ``WriteOutsideRevision`` before a guarded row is stored, unless the open write covers it."""
    if isinstance(instance, Guarded) and not instance.may_be_written(_present.write, deleting=False):
        _refuse(f"save() of {instance._meta.verbose_name} {instance.pk or '(new)'}")


@receiver(pre_delete)
def refuse_delete(sender, instance, **kwargs):
    """Raise ``WriteOutsideRevision`` before a guarded row is deleted, unless the open write covers it."""
    if isinstance(instance, Guarded) and not instance.may_be_written(_present.write, deleting=True):
        _refuse(f"delete() of {instance._meta.verbose_name} {instance.pk}")


@receiver(pre_create_historical_record)
def stamp_history_row(sender, instance, history_instance, **kwargs):
    """Put a history row into the revision that is open, and note who wrote it."""
    history_instance.history_user_id = _present.write.author_id
    if isinstance(instance, Revisioned):
        history_instance.revision_id = _present.write.revision_id
        _present.write.written.add(type(instance))
