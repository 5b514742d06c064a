"""Pictures in the library, shared by articles."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..content import LIMITS, ImageFile, small
from .guards import Shared
from .history import SharedRecords


class Image(Shared):
    """A picture with its credit and licence. Its file is named by its content and never overwritten."""

    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True, editable=False)
    received_sha256 = models.CharField(_("SHA-256 as received"), max_length=64, db_index=True, editable=False)
    name = models.CharField(_("file"), max_length=200, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    uploaded_as = models.CharField(_("uploaded as"), max_length=255, blank=True, editable=False)
    credit = models.CharField(_("credit"), max_length=LIMITS["credit"], blank=True)
    licence = models.CharField(_("licence"), max_length=LIMITS["licence"], blank=True)

    history = SharedRecords()

    class Meta(Shared.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.uploaded_as or self.name} ({self.width} × {self.height})"

    @property
    def address(self):
        """The address of the file."""
        return settings.MEDIA_URL + self.name

    @property
    def small_address(self):
        """The address of a copy for lists."""
        return settings.MEDIA_URL + small(self.name, self.width)

    @property
    def medium_address(self):
        """The address of a copy for a page on which the picture is one thing among others."""
        return settings.MEDIA_URL + small(self.name, self.width, 660)

    def file_facts(self):
        """Return the facts of the file as plain content."""
        return ImageFile(self.sha256, self.received_sha256, self.name, self.width, self.height, self.uploaded_as)

    def set_file(self, facts):
        """Take over an ``ImageFile``."""
        for name, value in vars(facts).items():
            setattr(self, name, value)
