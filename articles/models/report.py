"""What readers report: errors that they found in a published text."""

from django.conf import settings
from django.db import models

from .article import Article
from .revision import Revision


class ReaderReportQuerySet(models.QuerySet):
    """Words for choosing reports."""

    def open(self):
        """Keep those that nobody settled."""
        return self.filter(settled_at=None)


class ReaderReport(models.Model):
    """An error that a reader found, with the revision that was read. Who the reader is, nobody knows or stores."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="reports")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    """The published revision that the reader had before them."""
    anchor = models.CharField(max_length=200, blank=True)
    """The nearest anchor of the page, without #; empty for the article as a whole."""
    excerpt = models.CharField(max_length=500, blank=True)
    """The words of the article that are meant, as the reader's page or the reader gave them."""
    text = models.TextField()
    created = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Null while the report is open."""
    settled_at = models.DateTimeField(null=True)

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["-id"], name="reader_report_open", condition=models.Q(settled_at=None)),
            models.Index(fields=["-settled_at", "-id"], name="reader_report_settled"),
        ]

    def __str__(self):
        return self.text[:60]
