"""What the forms of sources and images have in common: the version they were opened on, and the words on the change."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import hidden, line


class SharedForm(forms.Form):
    """A form of a shared thing. In goes the row (``shared``, without key for a new one), out comes the same row filled.

    ``stored`` is its newest version, a history row, or None. Where the post was made on an older one, the form is
    ``overtaken``: fields that the editor left alone show what is stored now, the others stay as typed, and ``theirs``
    lists (label, text stored now) beside which they stand. It is shown again and never saved.
    """

    summary = line(_("Edit summary"), _("What did you change, and why? It stands in the history of every article."))
    version = hidden()

    def __init__(self, data=None, files=None, *, shared):
        self.shared = shared
        self.stored = shared.history.order_by("-history_id").first() if shared.pk else None
        self.overtaken, self.theirs = False, []
        if data is not None and self.stored and data.get("version") != str(self.stored.history_id):
            data = self._caught_up(data.copy())
        super().__init__(data, files)
        self.initial = {"version": str(self.stored.history_id if self.stored else "")}

    @classmethod
    def texts(cls, version):
        """Return {field: text} of a version, a history row or None."""
        raise NotImplementedError

    def put(self):
        """Fill ``shared`` with what the valid form says."""
        raise NotImplementedError

    def same(self, name, text, other):
        """Tell whether two texts of a field are one to a browser."""
        return text == other

    def refuse(self, problems):
        """Show what the door below refused, each problem at its field."""
        for problem in problems:
            self.add_error(*self.field_of(problem))

    def field_of(self, problem):
        """Return the field of a problem, or None, and its message as a sentence."""
        message = problem.message[:1].upper() + problem.message[1:] + "."
        return (problem.place if problem.place in self.fields else None), message

    def _caught_up(self, data):
        """Bring what was typed on an older version up to the newest, and note where both differ."""
        self.overtaken = True
        version = data.get("version", "")
        known = version.isascii() and version.isdecimal() and len(version) < 19
        base = self.shared.history.filter(history_id=version).first() if known else None
        before, now = self.texts(base), self.texts(self.stored)
        for name, text in now.items():
            if name not in data or self.same(name, data[name], text):
                continue
            if self.same(name, data[name], before.get(name, "")):
                data[name] = text
            elif not self.same(name, text, before.get(name, "")):
                self.theirs.append((self.label(name), text))
        self.catch_up_further(data, base)
        data["version"] = str(self.stored.history_id)
        return data

    def catch_up_further(self, data, base):
        """Bring up what is no single field; ``base`` is the version of the post, or None."""

    @property
    def is_told_above(self):
        """Tell whether what stands in the way has a place of its own at the head of the page."""
        return self.overtaken

    @classmethod
    def label(cls, name):
        """Return the label of a field."""
        return cls.base_fields[name].label

    def clean(self):
        """Refuse what was made on an older version."""
        if self.overtaken:
            raise forms.ValidationError(
                _("Nothing is stored yet: look at what somebody else changed, then save again.")
            )
        return super().clean()
