"""Forms of accounts: members of the program's groups come into the desk, and nobody locks themselves out."""

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, ReadOnlyPasswordHashWidget, UserChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..permissions import GROUPS
from ..plain_text import forbidden_sentence

_GROUPS_HELP = _("Editors write, Reviewers also approve and publish, Administrators also manage accounts.")


def _one_line(text):
    """Refuse what would hide or turn round the words beside it: names stand on public pages."""
    if why := forbidden_sentence(text, one_line=True):
        raise ValidationError(why)


class _Named:
    """Names of people and groups are plain lines; those of accounts are held to letters and figures by Django."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "name"):
            if name in self.fields:
                self.fields[name].validators.append(_one_line)


class _PasswordSet(ReadOnlyPasswordHashWidget):
    """Says that there is a password, not how it is kept."""

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"summary": [{"label": _("Password set")}]}


class _Groups:
    """What both forms know of groups: ticks instead of a list, and the door that goes with them."""

    def explain_groups(self):
        if field := self.fields.get("groups"):
            field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
            field.help_text = _GROUPS_HELP

    def joins(self):
        """Tell whether the account is in one of the program's groups, all of which work at the desk."""
        return any(group.name in GROUPS for group in self.cleaned_data.get("groups") or ())


class AccountForm(_Named, _Groups, UserChangeForm):
    """An account. ``is_own`` is set by the admin: the account of whoever fills the form in."""

    is_own = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.explain_groups()
        if (password := self.fields.get("password")) and self.instance.has_usable_password():
            password.widget, password.help_text = _PasswordSet(), ""
        if "is_active" in self.fields:
            self.fields["is_active"].help_text = _(
                "Take the tick away when somebody leaves. Accounts are not deleted: what they wrote stays signed."
            )
        if "is_staff" in self.fields:
            self.fields["is_staff"].help_text = _("May log in to the desk. On by itself for members of the groups.")

    def clean(self):
        cleaned = super().clean()
        if self.joins():
            cleaned["is_staff"] = True
        if self.is_own:
            for name in ("is_active", "is_superuser", "is_staff"):
                if getattr(self.instance, name) and name in self.fields and not cleaned.get(name):
                    self.add_error(name, _("You cannot take this from yourself; ask another administrator."))
        return cleaned


class GroupForm(_Named, forms.ModelForm):
    """A group and what its members may do."""


class NewAccountForm(_Groups, AdminUserCreationForm):
    """A new account: name, password, groups."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.explain_groups()

    def clean(self):
        cleaned = super().clean()
        self.instance.is_staff = self.joins()
        return cleaned
