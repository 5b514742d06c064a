"""The form of one image: a file, and who made it under which licence."""

import logging

from django import forms
from django.utils.translation import gettext_lazy as _

from ..pictures import ACCEPTED, MAX_BYTES, NotAPicture, store_picture
from ..plain_text import normalise_line
from .fields import line
from .shared_form import SharedForm

LICENCES = (
    "CC0 1.0", "CC BY 4.0", "CC BY-SA 4.0", "CC BY-SA 3.0", "CC BY 3.0", "CC BY-NC 4.0", "Public domain",
    "Open Government Licence v3.0", "Used with permission", "Fair use",
)  # fmt: skip
"""What the field offers; anything else can be typed."""
_log = logging.getLogger(__name__)
_WORDS = ("credit", "licence")
_MEGABYTES = MAX_BYTES // 1_000_000


class ImageForm(SharedForm):
    """One picture. Its file is checked and stored when everything else is right."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}),
    )
    credit = line(_("Credit"), _("Who made it, and where it comes from; it stands under the picture."))
    licence = line(_("Licence"), _("Choose one or type another."), list="licences")

    fieldsets = ((None, {"fields": ("file", "credit", "licence")}),)
    last_fieldsets = ((_("This change"), {"fields": ("summary",)}),)
    licences = LICENCES

    def __init__(self, data=None, files=None, *, shared):
        super().__init__(data, files, shared=shared)
        self.initial |= self.texts(self.stored)
        self.facts = self.stored and self.stored.instance.file_facts()
        taken = _("%(formats)s, up to %(megabytes)s MB.") % {"formats": ACCEPTED, "megabytes": _MEGABYTES}
        keeping = _("Leave it empty to keep the present file. Old revisions keep the file that they had.")
        self.fields["file"].help_text = f"{taken} {keeping}" if self.stored else taken

    def clean(self):
        super().clean()
        upload = self.cleaned_data.get("file")
        if upload is None and not self.stored and "file" not in self.errors:
            self.add_error("file", _("Choose the file of the picture."))
        elif upload is not None and self.is_fit():
            self._take(upload)

    def is_fit(self):
        """Tell whether nothing else is wrong: a picture is not decoded for a form that is refused anyhow."""
        return not self.errors

    def _take(self, upload):
        """Check and store the file."""
        try:
            if upload.size > MAX_BYTES:
                message = _("The file has %(size).1f MB; a picture may have up to %(most)s MB. Make it smaller.")
                raise NotAPicture(message % {"size": upload.size / 1e6, "most": _MEGABYTES})
            self.facts = store_picture(upload.read(), upload.name)
        except NotAPicture as error:
            self.add_error("file", str(error))
        except OSError as error:
            _log.error("A picture could not be stored: %s", error)
            self.add_error("file", _("The file could not be stored; the disk may be full. Tell an administrator."))

    def put(self):
        self.shared.set_file(self.facts)
        for name, stored in self.texts(self.stored).items():
            setattr(self.shared, name, self.cleaned_data[name] if name in self.data else stored)

    @classmethod
    def texts(cls, version):
        return {name: getattr(version, name) if version else "" for name in _WORDS}

    def same(self, name, text, other):
        return normalise_line(text) == normalise_line(other)

    @property
    def must_be_chosen_again(self):
        """Tell whether a file was sent with a form that is shown again: browsers forget it."""
        return self.is_bound and bool(self.files)
