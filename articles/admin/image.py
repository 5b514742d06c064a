"""The desk's pages of images: upload, credit, licence, and where a picture is used."""

import logging
from functools import partial

from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Figure, Image
from ..pictures import make_renditions
from .image_form import ImageForm
from .shared_admin import SharedAdmin
from .upload import upload

_log = logging.getLogger(__name__)


@admin.register(Image)
class ImageAdmin(SharedAdmin):
    """Shared images; each change is a revision of every article that uses the image."""

    form_class = ImageForm
    used_by = (Figure, "image")
    list_display = ("preview", "uploaded_as_shown", "credit", "licence", "pixels", "article_count")
    list_display_links = ("preview", "uploaded_as_shown")
    search_fields = ("uploaded_as", "credit", "licence")
    search_help_text = _("Name of the file, credit or licence")
    list_per_page = 30

    class Media:
        css = {"all": ["css/admin_source.css", "css/desk_drop.css"]}

    def get_urls(self):
        """Add the address for pictures that are dropped."""
        view = self.admin_site.admin_view(partial(upload, self))
        return [path("upload/", view, name="articles_image_upload"), *super().get_urls()]

    @admin.display(description=_("Picture"))
    def preview(self, image):
        """The picture, small."""
        return format_html('<img class="library-picture" src="{}" alt="{}" loading="lazy">', image.small_address, image)

    @admin.display(description=_("Uploaded as"), ordering="uploaded_as")
    def uploaded_as_shown(self, image):
        """The name that the file had, or the one it has here."""
        return image.uploaded_as or image.name

    @admin.display(description=_("Pixels"), ordering="width")
    def pixels(self, image):
        """Width and height."""
        return f"{image.width} × {image.height}"

    def more_context(self, shared, form):
        if not shared.pk:
            return {}
        stored = form.stored.instance
        return {"others": _same_file(stored), "stored_file": stored, "file_size": _size(stored.name)}

    def follow(self, shared):
        transaction.on_commit(partial(make_renditions, shared.name, shared.width), robust=True)

    def warn(self, request, shared):
        for other in _same_file(shared)[:1]:
            address = reverse("admin:articles_image_change", args=[other.pk])
            said = _("The library has the same file already:")
            self.message_user(request, format_html('{} <a href="{}">{}</a>', said, address, other), messages.WARNING)

    def described(self, version):
        file = f"{version.uploaded_as} ({version.width} × {version.height}, {version.sha256[:12]})"
        said = {_("File"): file, _("Credit"): version.credit, _("Licence"): version.licence}
        return {label: text for label, text in said.items() if text}


def _same_file(image):
    """Return the first other images over the same file."""
    return list(Image.objects.filter(sha256=image.sha256).exclude(pk=image.pk).order_by("pk")[:5])


def _size(name):
    try:
        return filesizeformat(default_storage.size(name))
    except OSError:
        _log.error("The file %s of an image is not there", name)
        return ""
