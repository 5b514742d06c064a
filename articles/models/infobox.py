"""Values of the infobox."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from ..content import LIMITS
from ..infobox_kinds import ALL_SIDES, MAX_SIDE
from .article import Article
from .guards import Revisioned
from .history import RowRecords


class InfoboxField(Revisioned):
    """One value under a field of the article's infobox kind and a side; several may stand under one field and side."""

    SIDES = [(str(side), str(side)) for side in range(1, MAX_SIDE + 1)] + [(ALL_SIDES, pgettext_lazy("sides", "all"))]

    article = models.ForeignKey(Article, models.PROTECT, related_name="infobox")
    row_id = models.CharField(max_length=LIMITS["id"], editable=False)
    field = models.CharField(max_length=40)
    side = models.CharField(max_length=3, blank=True, choices=SIDES)
    """Empty exactly on fields without sides."""
    value = models.TextField()
    attribution = models.CharField(max_length=LIMITS["attribution"], blank=True)
    position = models.BigIntegerField(default=0, editable=False)

    history = RowRecords()

    class Meta(Revisioned.Meta):
        ordering = ["position", "id"]
        verbose_name = _("infobox field")

    def __str__(self):
        return f"{self.field} {self.side}".strip()
