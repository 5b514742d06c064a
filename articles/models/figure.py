"""Pictures in an article."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..content import LIMITS
from .article import Article
from .guards import Revisioned
from .history import RowRecords
from .image import Image


class Figure(Revisioned):
    """An article's use of one version of an image, with alt text and caption, found by its key."""

    PLACEMENTS = [("body", _("in the text")), ("infobox", _("in the infobox"))]

    article = models.ForeignKey(Article, models.PROTECT, related_name="figures")
    row_id = models.CharField(max_length=LIMITS["id"], editable=False)
    key = models.CharField(max_length=LIMITS["key"])
    image = models.ForeignKey(Image, models.PROTECT, related_name="figures")
    image_version = models.BigIntegerField(editable=False)
    """History id of the image's row that this figure uses."""
    alt = models.TextField(_("alternative text"), blank=True)
    caption = models.TextField(blank=True)
    placement = models.CharField(max_length=7, choices=PLACEMENTS, default="body")
    position = models.BigIntegerField(default=0, editable=False)

    history = RowRecords()

    class Meta(Revisioned.Meta):
        ordering = ["position", "id"]

    def __str__(self):
        return self.key
