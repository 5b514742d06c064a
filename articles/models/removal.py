"""What was taken out of recorded history for legal reasons."""

from django.conf import settings
from django.db import models

from .guards import AppendOnly
from .revision import Revision


class Removal(AppendOnly):
    """A passage was removed from what one revision wrote. Its seal stays, and binds what was there before."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="removals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Null: by a command without a user."""
    time = models.DateTimeField()
    reason = models.CharField(max_length=500)
    content = models.CharField(max_length=64)
    """SHA-256 of all that is left of what the revision wrote, counted as in its seal."""

    class Meta(AppendOnly.Meta):
        ordering = ["id"]

    def __str__(self):
        return f"{self.revision}: {self.reason}"
