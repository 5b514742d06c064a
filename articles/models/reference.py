"""What an article rests on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..content import LIMITS
from .article import Article
from .guards import Revisioned
from .history import RowRecords
from .source import Source


class Reference(Revisioned):
    """An article's use of one version of a source, or a reference in free text, found by its key."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="references")
    row_id = models.CharField(max_length=LIMITS["id"], editable=False)
    key = models.CharField(max_length=LIMITS["key"])
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="references")
    source_version = models.BigIntegerField(null=True, editable=False)
    """History id of the source's row that this reference uses; null exactly where ``source`` is."""
    text = models.TextField(_("free text"), blank=True)
    pages = models.CharField(max_length=LIMITS["pages"], blank=True)
    quotation = models.TextField(blank=True)
    translation = models.TextField(_("translation of the quotation"), blank=True)
    remark = models.TextField(blank=True)
    position = models.BigIntegerField(default=0, editable=False)

    history = RowRecords()

    class Meta(Revisioned.Meta):
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=True, source_version__isnull=True)
                | Q(source__isnull=False, source_version__isnull=False),
                name="reference_names_the_version_of_its_source",
            )
        ]

    def __str__(self):
        return self.key
