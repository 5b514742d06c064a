"""Signing in: the form, and its use on the page that holds the text of somebody whose session ended."""

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.utils.translation import gettext as _, gettext_lazy

from .sent import NAME, PASSWORD


class SignInForm(AdminAuthenticationForm):
    """Name and password, and one short answer for all that does not fit."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": gettext_lazy("This name and password do not fit."),
    }


def signed_in(request):
    """Sign in whoever sent name and password with the text, and return None; else return the form to be shown.

    Wrong passwords count as they do on the page for logging in, and lock out; the page says so itself, since the site's
    own page for that would not hold the text.
    """
    if NAME not in request.POST:
        return SignInForm(request)
    data = {"username": request.POST[NAME], "password": request.POST.get(PASSWORD, "")}
    form = SignInForm(request, data=data)
    if form.is_valid():
        login(request, form.get_user())
        return None
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False
        form.errors.clear()
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        said = _("Too many wrong passwords. Keep this page open and try again in %s minutes.") % minutes
        form.add_error(None, said)
    return form
