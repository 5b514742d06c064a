"""What readers search: the words of every published page, and the facts by which results are narrowed.

Made from publications in the transaction that publishes them, like all that hangs on ``RenderedPage``. The database
keeps its own full-text index over the folded columns: SQLite an FTS5 table that triggers fill, PostgreSQL a generated
``tsvector`` with a GIN index (see the migration that makes them, and ``articles/search/``).
"""

from django.db import models

from .page import RenderedPage


class SearchEntry(models.Model):
    """The words of one page, folded, in four weights; each column holds words and the sounds of its names."""

    page = models.OneToOneField(RenderedPage, models.CASCADE, related_name="search_entry")
    names = models.TextField()
    """Title and other spellings."""
    facts = models.TextField(blank=True)
    """Short description, categories and the infobox."""
    text = models.TextField(blank=True)
    lists = models.TextField(blank=True)
    """Notes and references."""
    plain = models.TextField(blank=True)
    """The page's words as readers see them, a line for each block: excerpts are cut from it."""

    def __str__(self):
        return self.names


class PublishedFact(models.Model):
    """A fact of a published page by which results are narrowed."""

    WAR, SIDE, COMMANDER, YEAR = "war", "side", "commander", "year"
    KINDS = (WAR, SIDE, COMMANDER, YEAR)

    page = models.ForeignKey(RenderedPage, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    """The value folded: what stands in an address."""

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "page"], name="fact_found")]

    def __str__(self):
        return f"{self.kind}: {self.value}"
