"""What maps, timelines and tables of a war show of a published page, without reading its publication.

Made from publications in the transaction that publishes them, like all that hangs on ``RenderedPage``.
"""

from django.db import models

from .page import RenderedPage


class Glance(models.Model):
    """A page at a glance."""

    page = models.OneToOneField(RenderedPage, models.CASCADE, related_name="glance")
    latitude = models.FloatField(null=True, db_index=True)
    """Degrees; null, like ``longitude``, where the article names no place."""
    longitude = models.FloatField(null=True)
    result = models.CharField(max_length=200, blank=True)
    losses = models.JSONField(default=list)
    """For each side its name and what is claimed, in words: [["Armenia", ["450 killed, per Armenia"]], …]."""

    def __str__(self):
        return self.result
