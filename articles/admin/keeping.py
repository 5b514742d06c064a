"""What is typed into the article's form outlives whatever happens to its post.

Before anything else can fail – a token, a limit, a rule, the disk – the post is stashed; and whatever fails then is
answered with a page that holds the text and sends it again.
"""

import logging

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from ..allowance import may_save
from ..stashes import (
    StashesFull,
    form_id_of,
    keep,
    kept_text,
    mark_conflict,
    mark_recorded,
    new_form_id,
    offered_stashes,
    recorded_revision,
    token_of,
)
from .given_back import (
    forbidden,
    not_stored,
    other_person,
    sign_in_page,
    token_changed,
    too_large,
    too_often,
    went_wrong,
)
from .sent import PASSWORD, sent_by
from .sign_in import signed_in

_log = logging.getLogger("django.request")


def keeping(model_admin, view):
    """Wrap a view of the form: what is posted to it is kept first; all else goes to the view as the admin has it."""
    admin_view = model_admin.admin_site.admin_view(view)

    @csrf_exempt  # the token is checked in _Post, when the text is safe
    @sensitive_post_parameters(PASSWORD)
    def wrapper(request, **arguments):
        if request.method != "POST":
            return admin_view(request, **arguments)
        return _Post(model_admin, request, arguments.get("object_id")).answer(lambda: admin_view(request, **arguments))

    return wrapper


# --- What the form's own view needs -----------------------------------------------------------------------------------


def form_marks(request, article, taken_up=None):
    """Return what the page of the form carries: its id, how often it was stored, the stash it shows, what is offered.

    A form that comes back after its post goes on as the form that it was.
    """
    marks = {"form_id": new_form_id(request.user), "step": 0, "taken_from": taken_up.pk if taken_up else ""}
    if request.method == "POST":
        stash, sent = request.stash, request.sent
        marks = {"form_id": sent.form_id, "step": sent.step, "taken_from": sent.taken_from or ""}
        if stash:
            marks["form_id"] = form_id_of(stash.form_id, request.user)
        return marks | {"taken_up": None, "offers": []}
    taken = kept_text(taken_up) if taken_up else None
    return marks | {
        "taken_up": taken,
        "offers": [one for one in offered_stashes(request.user, article) if one != taken],
    }


def recorded_before(request):
    """Return the Revision that this very post made when it came before: a second click; else None."""
    return request.stash and recorded_revision(request.stash, request.sent.digest)


def came_before(request):
    """As ``recorded_before``, asked before anything is done: by the stash as it was when the post was kept."""
    return recorded_before(request) if request.stash and request.stash.state == request.stash.RECORDED else None


def let_go(request, article, revision):
    """Note in the transaction of ``revision`` (None: nothing differs) that the text of this post is recorded.

    Nothing differs too from what this very post recorded when it came before, while this one waited for the article.
    """
    if request.stash:
        request.recorded_meanwhile = None if revision else recorded_before(request)
        mark_recorded(request.stash, revision or article.revisions.newest(), request.sent.digest)


def in_conflict(request):
    """Note that the text of this post waits for its writer to settle a conflict."""
    if request.stash:
        mark_conflict(request.stash)


# --- The post ---------------------------------------------------------------------------------------------------------


class _Post:
    """One post of the form on its way through all that can fail."""

    def __init__(self, model_admin, request, object_id):
        self.model_admin, self.request, self.object_id = model_admin, request, object_id
        self.came_in, self.stash = False, None
        request.stash = request.recorded_meanwhile = None

    def answer(self, save):
        """Return what stands in the way, with the text, or what ``save()`` answers."""
        request = self.request
        try:
            self.came_in = self.model_admin.admin_site.has_permission(request)
        except DatabaseError as error:
            _log.exception("The article's form could not be taken")
            # Who sent it cannot be asked; whoever it is gets it back.
            request.user = AnonymousUser()
            return not_stored(request, sent_by(request, known=False), None, error)
        self.sent = request.sent = sent_by(request, known=self.came_in)
        try:
            return self._refused() or self._saved(save)
        except PermissionDenied:
            return forbidden(request, self.sent, self.stash)
        except DatabaseError as error:
            _log.exception("The article's form could not be stored")
            return not_stored(request, self.sent, self.stash, error)
        except Http404:
            raise
        except Exception:
            _log.exception("The article's form could not be saved")
            return went_wrong(request, self.sent, self.stash)

    def _refused(self):
        request, sent = self.request, self.sent
        came_in = self.came_in
        if came_in:
            # The signature tells that this very person opened the form: no other site can have sent it.
            self._keep(token_of(sent.form_id, request.user))
        if sent.too_large:
            return too_large(request, sent if came_in else None, self.stash)
        if _checked(request).status_code != HttpResponse.status_code:
            return token_changed(request, sent, self.stash)
        if not came_in:
            form = signed_in(request)
            if form is not None:
                return sign_in_page(request, sent, form)
            self._keep(token_of(sent.form_id, request.user))
        elif sent.form_id and token_of(sent.form_id, request.user) is None:
            return other_person(request, sent)
        return None if may_save(request.user) else too_often(request, sent, self.stash)

    def _saved(self, save):
        if self.stash is None and self._may_write():
            self._keep(token_of(new_form_id(self.request.user), self.request.user))
        response = save()
        # Now, while an error still finds the text in hand.
        return response.render() if isinstance(response, TemplateResponse) else response

    def _keep(self, token):
        """Stash the text, if the form's token is known; without a place for it, go on: saving may still succeed."""
        if token is None:
            return
        request, sent = self.request, self.sent
        try:
            self.stash = request.stash = keep(
                request.user, token, sent.fields, article=self._article(), base=sent.base, step=sent.step,
                digest=sent.digest, taken_from=sent.taken_from or None,
            )  # fmt: skip
        except (DatabaseError, StashesFull):
            _log.exception("A form could not be stashed")

    def _article(self):
        if self.object_id is None:
            return None
        return self.model_admin.get_object(self.request, unquote(self.object_id))

    def _may_write(self):
        article = self._article()
        if article is None and self.object_id is not None:
            return False
        if article is None:
            return self.model_admin.has_add_permission(self.request)
        return self.model_admin.has_change_permission(self.request, article)


@csrf_protect
def _checked(request):
    """Answer 200 if the post has the token of this browser; it is not asked for again then."""
    return HttpResponse()
