"""Bibliographic works, shared by articles."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..content import Source as SourceContent
from .guards import Shared
from .history import SharedRecords

_COLUMN_BYTES = 1200
"""Of authors and of title: PostgreSQL takes 2,704 bytes in one entry of the index that orders the list by both."""


def _column(text, most):
    """Return ``text`` cut to ``most`` characters, and in bytes so that an index entry holds two of them."""
    return text[:most].encode()[:_COLUMN_BYTES].decode(errors="ignore")


class Source(Shared):
    """A work, as CSL-JSON. The columns below ``csl`` are made from it when it is stored, for lists and look-ups."""

    csl = models.TextField("CSL-JSON")
    """Canonical JSON text; two sources with equal text are the same data."""
    digest = models.CharField(max_length=64, editable=False, db_index=True)
    title = models.CharField(max_length=500, editable=False, blank=True)
    authors = models.CharField(max_length=500, editable=False, blank=True)
    year = models.CharField(_("year"), max_length=10, editable=False, blank=True)
    identifiers = models.CharField(max_length=500, editable=False, blank=True, db_index=True)
    """DOI and ISBNs in plain form, each between bars: ``|doi:10.1/x|isbn:9780814719459|``."""

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    """The source that stands for this copy of it; old revisions still name the copy. Null for all others."""

    history = SharedRecords()

    class Meta(Shared.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["authors", "year", "title", "id"]
        # Read in these orders among those that no other stands for, or those that one does.
        indexes = [
            models.Index(fields=["merged_into", "authors", "year", "title"], name="source_standing_list"),
            models.Index(fields=["merged_into", "year"], name="source_standing_years"),
            models.Index(fields=["merged_into", "title"], name="source_standing_titles"),
        ]

    def __str__(self):
        year = self.year and f"({self.year})"
        if not self.authors:
            return f"{self.title} {year}".strip() or "(empty)"
        return ". ".join(filter(None, (f"{self.authors} {year}".strip(), self.title)))

    def get_absolute_url(self):
        """Return the address of the page that lists the published articles resting on this source."""
        return reverse("source", args=[self.pk])

    @property
    def content(self):
        """The work as plain content."""
        return SourceContent(self.csl)

    def standing_for(self):
        """Return the source that stands for this one: itself, or where its merging leads in the end."""
        source = self
        while source.merged_into_id:
            source = source.merged_into
        return source

    def all_keys(self):
        """Return the primary keys of this source and of all copies that were merged into it."""
        keys = newest = [self.pk]
        while newest:
            newest = list(Source.objects.filter(merged_into__in=newest).order_by("pk").values_list("pk", flat=True))
            keys = keys + newest
        return keys

    def set_content(self, content):
        """Take over a ``content.Source`` and make the derived columns of it."""
        self.csl, self.digest = content.canonical, content.digest
        self.title, self.authors, self.year = (_column(text, most) for text, most in zip(
            (content.title, content.authors, content.year), (500, 500, 10), strict=True))  # fmt: skip
        barred = "|".join(("", *content.identifiers, "")) if content.identifiers else ""
        self.identifiers = barred[: barred.rindex("|", 0, 500) + 1] if len(barred) > 500 else barred


class SourceWord(models.Model):
    """A word by which a source is found: made by ``content.search_words``, kept by those who store sources.

    Bytes, since only these stand in one order in every database, so that a beginning of a word is a range of the index.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="words", db_index=False)
    word = models.BinaryField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "word"], name="source_word_once")]
        indexes = [models.Index(fields=["word", "source"], name="source_word_found")]

    def __str__(self):
        return bytes(self.word).decode()
