"""The page that gives the text back: what happened, what to do, all that was sent, and a button that sends it again.

It stands in the frame of the public pages and asks no database, which may be what failed.
"""

from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from ..stashes import form_id_of, new_form_id
from .field_words import typed_texts
from .sent import FORM_ID, NAME, PASSWORD


def sign_in_page(request, sent, form):
    """The session ended: signing in here saves the text in one step."""
    heading = _("Your text is here. Sign in and it will be saved.")
    told = [_("You were signed out since you opened the form. Nothing was saved yet, and nothing is lost: all that you"
              " typed stands in this page. Keep it open until it says that it is saved.")]  # fmt: skip
    signing_in = {"form": form, "name": NAME, "password": PASSWORD}
    return _page(request, sent, 403, heading, told, button=_("Sign in and save"), signing_in=signing_in)


def token_changed(request, sent, stash):
    """Somebody logged in or out in another tab, or another site sent this."""
    told = [_("Nothing was saved yet. The form could not prove any more that it comes from this browser: most often"
              " somebody signed in or out in another tab since it was opened.")]  # fmt: skip
    return _page(request, sent, 403, _("Please send your text again"), [*told, _kept(stash)], stash=stash)


def other_person(request, sent):
    """The form was opened by somebody else, in the same browser."""
    told = [_("You are signed in as %s, and somebody else opened this form. Nothing was saved yet.") % request.user,
            _("Send it again to save it under your own name.")]  # fmt: skip
    return _page(request, sent, 403, _("Save this as yours?"), told)


def forbidden(request, sent, stash):
    """Whoever sent it may not write this article, or not any more."""
    told = [_("%s may not change this article, so nothing was saved.") % request.user, _kept(stash)]
    return _page(request, sent, 403, _("You may not save this"), told, button=None)


def too_large(request, sent, stash):
    """More than the site takes at once. Strangers (``sent`` None) are not given back what they send."""
    if sent is None:
        return render(request, "413.html", status=413)
    told = [_("Nothing was saved. Here is what you sent, as far as it could be kept: copy it to a safe place, then go"
              " back and send less at once."), _kept(stash)]  # fmt: skip
    return _page(request, sent, 413, _("That is more than one article can hold"), told, button=None)


def too_often(request, sent, stash):
    """More saves came in a minute than anybody makes by hand."""
    told = [_("You saved very often within a minute. Nothing was saved this time."), _kept(stash)]
    return _page(request, sent, 429, _("Wait a minute, then send it again"), told, stash=stash)


def not_stored(request, sent, stash, error):
    """The database does not answer, is locked, or has no space left."""
    status, why = 503, _("The site is very busy or being looked after. Wait a moment, then send it again.")
    if "full" in str(error) or "space" in str(error):
        status, why = 507, _("The disk of the site is full; please tell an administrator.")
    return _page(request, sent, status, _("Your text could not be saved yet"), [why, _kept(stash)], stash=stash)


def went_wrong(request, sent, stash):
    """A mistake of ours."""
    told = [_("The site made a mistake, which is in its log; it was not yours. Nothing was saved."), _kept(stash)]
    return _page(request, sent, 500, _("Your text could not be saved"), told, stash=stash)


def _kept(stash):
    if stash is None:
        return _("Your text stands in this page. Keep it open until it says that it is saved.")
    return _("Your text is safe: it is kept for you at the desk, and it stands in this page.")


def _page(request, sent, status, heading, told, *, button="", stash=None, signing_in=None):
    """``button`` is what it says on it: None for no button, empty for “Send again”."""
    again = sent.about
    if request.user.is_authenticated:
        again[FORM_ID] = form_id_of(stash.form_id, request.user) if stash else new_form_id(request.user)
    context = {
        "heading": heading,
        "told": told,
        "button": _("Send again") if button == "" else button,
        "again": format_html_join(
            "\n",
            '<input type="hidden" name="{}" value="{}">',
            [*again.items(), *sent.pairs] if button is not None else [],
        ),
        "texts": typed_texts(sent.pairs),
        "signing_in": signing_in,
        "address": request.get_full_path(),
        "desk": reverse("admin:index"),
    }
    response = render(request, "admin/articles/article/given_back.html", context, status=status)
    add_never_cache_headers(response)
    return response
