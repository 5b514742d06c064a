"""Explanatory footnotes."""

from django.db import models

from ..content import LIMITS
from .article import Article
from .guards import Revisioned
from .history import RowRecords


class Note(Revisioned):
    """An explanatory footnote, found by its key. Keys are unique in the article; the write function sees to that."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="notes")
    row_id = models.CharField(max_length=LIMITS["id"], editable=False)
    key = models.CharField(max_length=LIMITS["key"])
    text = models.TextField(blank=True)
    position = models.BigIntegerField(default=0, editable=False)

    history = RowRecords()

    class Meta(Revisioned.Meta):
        ordering = ["position", "id"]

    def __str__(self):
        return self.key
