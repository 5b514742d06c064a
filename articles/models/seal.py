"""Seals: a chain of digests over the revisions of an article, by which a change of its history is known."""

from django.db import models

from .guards import AppendOnly
from .revision import Revision


class Seal(AppendOnly):
    """What a revision wrote, as a digest, bound to the seal of the revision before."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="seal")
    content = models.CharField(max_length=64)
    """SHA-256 of all that the revision wrote, in hexadecimal."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the digest before and ``content``."""

    def __str__(self):
        return f"{self.revision}: {self.digest[:12]}"

    def may_be_written(self, write, *, deleting):
        """Tell whether the row is new and a revision of its article is open."""
        inside = write.revision_id is not None and write.article_id == self.revision.article_id
        return inside and super().may_be_written(write, deleting=deleting)
