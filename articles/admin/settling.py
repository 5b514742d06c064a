"""The page on which an editor settles a conflict: what both changed, side by side, and what was put together.

It shows a stash, keeps the choices in it, and can be left and come back to. Works without scripts.
"""

import re
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from ..comparison import WAYS, Choice, Clash, compare, summary, word_spans
from ..meanwhile import meanwhile
from ..plain_text import normalise
from ..problems import Refused
from ..revisions import Unmerged, content_at, merged_with, paired, record_merged
from ..shown_changes import shown_pictures
from ..stashes import StashesFull, find_stash, keep_choices, mark_recorded
from .form import WholeForm
from .outcome import Together, after_save
from .places import told
from .stash import form_of_stash

_MOST_CLASHES = 5_000
_KEY = re.compile(r"[0-9a-f]{12}(?:-[0-9]{1,9})?")


def _storable(text):
    """Return ``text`` as every database stores it, with plain line ends."""
    return normalise(text).replace("\0", "").encode(errors="replace").decode()


@dataclass(frozen=True)
class ShownClash:
    """A clash as the page shows it: both sides marked against the base, the choice so far, what was typed instead."""

    clash: Clash
    number: int
    mine: tuple
    theirs: tuple
    way: str
    text: str
    is_left: bool
    base: str
    pictures: dict
    said: dict
    """What mine and theirs are in plain words, with nothing of what they deleted."""


def settle(model_admin, request, pk):
    """Show the conflict of a stash; a post keeps the choices and, but for ``_keep`` and ``_quietly``, saves.

    ``_quietly`` comes from the page's script while choices are made: 204, and the page stays where it is. Where they
    are more than is kept, 413, and nothing is written.
    """
    stash = find_stash(request.user, pk)
    if stash is None or stash.article is None:
        raise Http404
    if not model_admin.has_change_permission(request, stash.article):
        raise PermissionDenied
    if not stash.article.revisions.filter(number=stash.began_with).exists():
        return HttpResponseRedirect(f"{_form_address(stash)}?stash={stash.pk}")
    try:
        conflict = _Conflict(request.user, stash)
    except Refused:
        messages.warning(request, _("Something in your text must be mended before it can be put together."))
        return HttpResponseRedirect(f"{_form_address(stash)}?stash={stash.pk}")
    if request.method == "POST":
        return _settled(model_admin, request, conflict)
    return _page(model_admin, request, conflict)


def _form_address(stash):
    return reverse("admin:articles_article_change", args=[stash.article.pk])


class _Conflict:
    """What a stash holds against what is stored now. Raises ``Refused`` where the stash makes no content."""

    def __init__(self, user, stash):
        self.user, self.stash, self.article = user, stash, stash.article
        form, stored = form_of_stash(stash)
        self.content = form.content(stash.data(), stored)
        self.choices = {key: Choice(*choice) for key, choice in stash.choices.items()}

    @property
    def base(self):
        return self.stash.began_with

    def take(self, posted):
        """Take over the choices that were posted, and keep them.

        What was chosen before stays, unless all is more than is kept: then what this page does not ask gives way. Any
        key is taken that may be a clash's: the page may be older than what somebody saved meanwhile. Raises
        ``StashesFull``; the choices are taken over all the same, for the page that tells so.
        """
        typed = {name: _storable(text) for name, text in posted.items()}
        asked = {name.partition("-")[2] for name in typed if name.startswith(("way-", "text-"))}
        for name, way in typed.items():
            key = name.removeprefix("way-")
            if name.startswith("way-") and self._may_be_asked(key) and way in WAYS:
                self.choices[key] = Choice(way, typed.get(f"text-{key}", ""))
        for name, text in typed.items():
            key = name.removeprefix("text-")
            if name.startswith("text-") and not self._is_chosen(key) and self._may_be_asked(key):
                # Typed and not chosen yet: nothing is settled by it, and nothing of it is lost.
                self.choices[key] = Choice("", text)
        keep_choices(self.stash, {key: list(choice) for key, choice in self.choices.items()}, asked)

    def _is_chosen(self, key):
        return key in self.choices and bool(self.choices[key].way)

    def _may_be_asked(self, key):
        """Tell whether ``key`` may be that of a clash, and there is still room for one more."""
        return _KEY.fullmatch(key) is not None and (key in self.choices or len(self.choices) < _MOST_CLASHES)

    def record(self):
        """Record what was settled; raise ``Unmerged`` where a clash is left, ``Refused`` for what never gets in."""
        data = self.stash.data()
        return record_merged(
            self.article, self.content, base=self.base, choices=self.choices, author=self.user,
            summary=data.get("summary", ""), minor="minor" in data, then=self._let_go,
        )  # fmt: skip

    def _let_go(self, revision):
        mark_recorded(self.stash, revision or self.article.revisions.newest(), "")

    def merged(self, newest):
        return merged_with(self.article, self.content, self.base, newest, self.choices)


# --- The answer -------------------------------------------------------------------------------------------------------


def _settled(model_admin, request, conflict):
    try:
        conflict.take(request.POST)
    except StashesFull:
        if "_quietly" in request.POST:
            return HttpResponse(status=413)
        return _page(model_admin, request, conflict, is_full=True, status=413)
    if "_quietly" in request.POST:
        return HttpResponse(status=204)
    if "_keep" in request.POST:
        said = _("Kept as it is. Nothing of it is in the article yet; the desk leads you back to it.")
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:index"))
    try:
        done = conflict.record()
    except Unmerged as unmerged:
        return _page(model_admin, request, conflict, left=len(unmerged.merged.clashes))
    except Refused as refused:
        return _page(model_admin, request, conflict, problems=refused.problems)
    together = done.over and Together(meanwhile(request.user, conflict.article, done.base, done.over), seen=True)
    return after_save(model_admin, request, conflict.article, done.revision, together)


def _page(model_admin, request, conflict, left=0, problems=(), is_full=False, status=200):
    article, newest = conflict.article, conflict.article.revisions.newest()
    merged = conflict.merged(newest)
    before, stored = (content_at(article.revisions.get(number=one)) for one in (conflict.base, newest.number))
    pictures = shown_pictures(before, stored, conflict.content, named=True)
    open_keys = {clash.key for clash in merged.clashes}
    met = [*merged.met, *(clash for clash in merged.clashes if clash not in merged.met)]
    form = WholeForm.of_content(merged.content, newest)
    clashes = [_shown(number, clash, conflict, open_keys, pictures) for number, clash in enumerate(met, 1)]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Two texts of “%(title)s”") % {"title": article},
        "article": article,
        "stash": conflict.stash,
        "base": conflict.base,
        "newest": newest,
        "meanwhile": meanwhile(request.user, article, conflict.base, newest),
        "clashes": clashes,
        "left": left,
        "first_left": next((shown.clash.key for shown in clashes if shown.is_left), None),
        "left_words": ngettext(
            "Nothing was saved yet: one place still waits for your choice.",
            "Nothing was saved yet: %(count)s places still wait for your choice.", left) % {"count": left},
        "is_full": is_full,
        "problems": [told(form, problem) for problem in problems],
        "theirs": _pieces(before, stored),
        "mine": _pieces(before, paired(conflict.content, before)),
        "edit_summary": conflict.stash.data().get("summary", ""),
        "may_submit": True,
    }  # fmt: skip
    return TemplateResponse(request, "admin/articles/article/settle.html", context, status=status)


def _shown(number, clash, conflict, open_keys, pictures):
    choice = conflict.choices.get(clash.key, Choice(""))
    text = choice.text or clash.mine or clash.theirs
    (base, was), *others = (_pictured(side, pictures) for side in (clash.base, clash.mine, clash.theirs))
    sides = [tuple(word_spans(base, side)) if side else () for side, _picture in others]
    seen = dict(zip(("base", "mine", "theirs"), (was, *(picture for _side, picture in others)), strict=True))
    way = choice.way if choice.way in clash.ways else ""
    said = dict(zip(("mine", "theirs"), (side for side, _picture in others), strict=True))
    return ShownClash(clash, number, *sides, way, text, clash.key in open_keys, base, seen, said)


def _pictured(text, pictures):
    """Return a side with the picture's name in place of its digest, and the picture, or None."""
    for name, picture in pictures.items():
        if name and name in text:
            return text.replace(name, picture.name), picture
    return text, None


def _pieces(before, after):
    """Return in words, piece by piece, what one side changed."""
    words = summary(compare(before, after), limit=5_000)
    return [piece for piece in words.split("; ") if piece]


def settle_address(stash):
    """Return the address of the page for a stash."""
    return reverse("admin:articles_article_settle", args=[stash.pk])


def settle_view(model_admin):
    """Return the view, for the article's admin."""
    return model_admin.admin_site.admin_view(partial(settle, model_admin))
