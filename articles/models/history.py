"""How history rows look: bases and the ``HistoricalRecords`` of revisioned and of shared models.

A history row is only ever added. Its id (``history_id``) rises with time and is what "version" means for sources and
images; its date is for people and is never used to order anything.
"""

from functools import cache

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from .guards import AppendOnly, GuardedHistoryQuerySet


class RevisionedHistory(AppendOnly):
    """Base of the history rows of an article and its own rows: each carries the revision that wrote it."""

    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="+", db_index=False)

    class Meta(AppendOnly.Meta):
        abstract = True

    def may_be_written(self, write, *, deleting):
        """Tell whether the row is new and belongs to the revision that is open."""
        inside = write.revision_id is not None and write.revision_id == self.revision_id
        return inside and super().may_be_written(write, deleting=deleting)


class SharedHistory(AppendOnly):
    """Base of the history rows of sources and images; they belong to no revision."""

    class Meta(AppendOnly.Meta):
        abstract = True

    def may_be_written(self, write, *, deleting):
        """Tell whether the row is new and a shared change or a revision is open."""
        inside = write.shared or write.revision_id is not None
        return inside and super().may_be_written(write, deleting=deleting)


class _Manager(HistoryManager):
    """A manager whose class is made once: simple-history makes one at every ``.history``, and looks at all methods."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        """Return the manager class with the words of ``queryset_class``."""
        return super().from_queryset(queryset_class, class_name)


class _Records(HistoricalRecords):
    """History with rising ids, guarded querysets, a plain user id, and the indexes that reading a state needs."""

    index_fields = ()

    def __init__(self, base, **options):
        super().__init__(
            bases=[base],
            history_id_field=models.BigAutoField(),
            history_user_id_field=models.BigIntegerField(null=True),
            history_manager=_Manager,
            historical_queryset=GuardedHistoryQuerySet,
            **options,
        )

    def get_meta_options(self, model):
        """Add our indexes: those named in ``Meta`` of a base are dropped by simple-history."""
        options = super().get_meta_options(model)
        options["ordering"] = ("-history_id",)
        options["get_latest_by"] = "history_id"
        name = model._meta.model_name[:14]
        options["indexes"] = [
            models.Index(fields=[*self.fields_for_index(model), "history_id"], name=f"hist_{name}_state"),
            models.Index(fields=["revision"], name=f"hist_{name}_revision"),
        ][: 2 if issubclass(self.bases[1], RevisionedHistory) else 1]
        return options

    def fields_for_index(self, model):
        """Return the columns that find the history rows of one owner."""
        return ["id"]


class ArticleRecords(_Records):
    """History of ``Article`` itself."""

    def __init__(self):
        super().__init__(RevisionedHistory)


class RowRecords(_Records):
    """History of an article's own rows, found by article, then by row."""

    def __init__(self):
        super().__init__(RevisionedHistory, no_db_index=["article", "source", "image", "id"])

    def fields_for_index(self, model):
        return ["article", "id"]


class SharedRecords(_Records):
    """History of sources and images."""

    def __init__(self):
        super().__init__(SharedHistory)
