"""Keeping what is typed and not recorded yet: one stash for each opened form, seen by its owner alone.

Goes in: the raw text of a form (urlencoded), whose it is, and which form it came from. Comes out: ``Stash`` rows, and
for the desk ``KeptText``. Nothing here writes an article.
"""

import json
import re
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Sum, TextField, Value
from django.db.models.functions import Cast, Length
from django.urls import reverse
from django.utils import timezone

from .models import Revision, Stash, prepared

MOST_CHARACTERS = 32 * 1024 * 1024
"""What is kept of one form; more than any article can hold."""
_MOST_CHOSEN = 8 * 1024 * 1024
"""What is kept of how one conflict is settled, in the JSON that SQLite holds: most letters are six characters there."""
_MOST_STASHES = 200
_MOST_IN_ALL = 4 * MOST_CHARACTERS
_STEP = 128 * 1024
"""A text that grows past each further so many characters is asked how much else its owner has: to count takes time."""
_RECORDED_STAY, _RECORDED_LEFT = timedelta(days=1), 20
"""Stashes of what was recorded hold no text; so many are left to lie before those of former days are deleted."""


class StashesFull(Exception):
    """The owner has more unrecorded text than the site keeps; nothing was stored."""


# --- Forms ------------------------------------------------------------------------------------------------------------


def new_form_id(user):
    """Return what a form that is opened now carries: a random token, signed as this user's."""
    return form_id_of(secrets.token_urlsafe(16), user)


def form_id_of(token, user):
    """Return the signed form of a token that ``Stash.form_id`` holds."""
    return _signer(user).sign(token)


def token_of(form_id, user):
    """Return the token of a form that was opened by ``user``, or None: a forged form, or somebody else's."""
    try:
        return _signer(user).unsign(form_id)
    except BadSignature:
        return None


def _signer(user):
    return Signer(salt=f"articles.stashes.{user.pk}")


# --- Keeping ----------------------------------------------------------------------------------------------------------


def keep(user, token, fields, *, article, base, step=0, late=False, digest="", taken_from=None):
    """Store the raw ``fields`` of a form and return its ``Stash``.

    With ``late`` what was stored after it stays: a script's message may be overtaken by the next one, or by the form
    itself. A form whose text is recorded stays so when the same (``digest``) comes again. ``taken_from`` is the primary
    key of the stash with which the form was opened; its text is in this one now. Raises ``StashesFull``.
    """
    facts = {"article": article, "base": base, "fields": fields, "step": step, "updated": timezone.now()}
    with transaction.atomic():
        stash, made = prepared.first(_of_form, Stash, user=user.pk, token=token), False
        if stash is None:
            _make_room(user, len(fields))
            stash, made = _made(user, token, facts)
        if not made and not _is_overtaken(stash, step, late, digest):
            if len(fields) // _STEP > len(stash.fields) // _STEP:
                _check_room(prepared.facts(_kept, Stash, user=user.pk), len(fields), len(stash.fields))
            if late and stash.state == Stash.CONFLICT:
                facts["state"] = Stash.CONFLICT
            facts = {"state": Stash.OPEN, "digest": ""} | facts
            facts["step"] = max(step, stash.step)
            _write(stash, **facts)
        if taken_from:
            Stash.objects.open_of(user).filter(pk=taken_from).exclude(pk=stash.pk).delete()
    return stash


def _made(user, token, facts):
    """Return the stash, and whether it was made here: the same form may have come twice at one moment."""
    try:
        with transaction.atomic():
            return Stash.objects.create(user=user, form_id=token, **facts), True
    except IntegrityError:
        stash = prepared.first(_of_form, Stash, user=user.pk, token=token)
        if stash is None:
            raise
        return stash, False


def _is_overtaken(stash, step, late, digest):
    if stash.state == Stash.RECORDED and (stash.digest == digest or late and step <= stash.step):
        return True
    return late and step < stash.step


def _make_room(user, size):
    """Let go of what was recorded long ago; refuse what is too much."""
    kept = prepared.facts(_kept, Stash, user=user.pk)
    if kept["recorded"] > _RECORDED_LEFT:
        Stash.objects.of(user).recorded().filter(updated__lt=timezone.now() - _RECORDED_STAY).delete()
    if kept["number"] >= _MOST_STASHES:
        raise StashesFull
    _check_room(kept, size)


def _check_room(kept, size, before=0):
    """Raise ``StashesFull`` where ``size`` characters in the place of ``before`` are too much."""
    if size > MOST_CHARACTERS or kept["size"] - before + size > _MOST_IN_ALL:
        raise StashesFull


def _of_form(model):
    found = model.objects.select_for_update().filter(user=prepared.USER, form_id=prepared.TOKEN)
    return found.defer("choices").order_by()


def _kept(model):
    """Return how many stashes a user has, recorded and not, and how many characters; grouped by nothing: one row."""
    is_open = ~Q(state=Stash.RECORDED)
    of_user = model.objects.filter(user=prepared.USER).order_by().values(nothing=Value(0))
    return of_user.annotate(
        size=Sum(Length("fields") + Length(Cast("choices", TextField())), filter=is_open, default=0),
        number=Count("pk", filter=is_open),
        recorded=Count("pk", filter=~is_open),
    ).values("size", "number", "recorded")


def _write(stash, **facts):
    # By its key, which asks nothing of it: thrown away in another window meanwhile, it must not keep a revision from
    # being made.
    Stash.objects.filter(pk=stash.pk).update(**facts)
    for name, value in facts.items():
        setattr(stash, name, value)


def mark_recorded(stash, revision, digest):
    """Note that the text of the form is in ``revision``, and let go of it. Called inside the revision's transaction."""
    _write(stash, state=Stash.RECORDED, recorded_as=revision.number, article=revision.article, digest=digest,
           fields="", choices={}, updated=timezone.now())  # fmt: skip


def mark_conflict(stash):
    """Note that somebody recorded something else meanwhile, so that the owner has to settle a conflict."""
    _write(stash, state=Stash.CONFLICT)


def keep_choices(stash, choices, asked):
    """Keep how the owner settles a conflict so far: {key of a clash: [way, text]}.

    What no page asks any more gives way where all is too much, and ``asked`` has the keys that one just asked. Raises
    ``StashesFull`` where they alone are too much.
    """
    size, before = len(json.dumps(choices)), len(json.dumps(stash.choices))
    if size > _MOST_CHOSEN:
        choices = {key: choice for key, choice in choices.items() if key in asked}
        size = len(json.dumps(choices))
    if size > _MOST_CHOSEN:
        raise StashesFull
    if size // _STEP > before // _STEP:
        _check_room(prepared.facts(_kept, Stash, user=stash.user_id), size, before)
    _write(stash, choices=choices, state=Stash.CONFLICT)


def recorded_revision(stash, digest):
    """Return the Revision that holds what was sent, if this very text was recorded from this form before, else None."""
    stored = Stash.objects.recorded().filter(pk=stash.pk, digest=digest).first()
    return stored and stored.article.revisions.get(number=stored.recorded_as)


def throw_away(stash):
    """Delete a stash at its owner's wish."""
    stash.delete()


# --- Offering ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KeptText:
    """A stash as it is offered to its owner."""

    pk: int
    title: str
    article: object
    """The Article, or None for a new one."""
    base: int
    time: datetime
    words: int
    rows: dict
    """Name of a list → how many of its rows hold something."""
    in_conflict: bool
    address: str
    """Where one goes on with it: the form, filled, or the page that settles its conflict."""
    difference: str
    """Address of the page that shows what it would change."""
    throw_away: str
    """Address to which the button posts."""


def open_stashes(user, most=None):
    """Return what ``user`` typed and did not record yet, the newest first, ``most`` at most, as ``KeptText``."""
    return [kept_text(stash) for stash in _listed(Stash.objects.open_of(user))[:most]]


def offered_stashes(user, article):
    """Return what is offered where ``user`` opens the form of ``article`` (None: a new one).

    That is what was typed since their own last revision of it: older text was left aside for a newer one.
    """
    if article is None:
        return [kept_text(stash) for stash in _listed(Stash.objects.open_of(user).filter(article=None))]
    which = {"article": article.pk, "user": user.pk}
    last = prepared.first(_last_own, Revision, **which)
    stashes = prepared.rows(_open_of_article, Stash, **which)
    return [kept_text(stash) for stash in stashes if last is None or stash.updated > last.created]


def _last_own(model):
    return model.objects.filter(article=prepared.ARTICLE, author=prepared.USER).order_by("-number")[:1]


def _open_of_article(model):
    return _listed(model.objects.filter(article=prepared.ARTICLE, user=prepared.USER).exclude(state=Stash.RECORDED))


def _listed(stashes):
    return stashes.select_related("article").defer("choices")


def find_stash(user, pk):
    """Return the open stash of ``user`` with this primary key (as it stands in an address), or None."""
    if not str(pk).isascii() or not str(pk).isdecimal() or len(str(pk)) > 18:
        return None
    return Stash.objects.open_of(user).select_related("article").filter(pk=pk).first()


def kept_text(stash):
    """Return a stash as it is offered."""
    article = stash.article
    form = reverse("admin:articles_article_change", args=[article.pk]) if article else reverse(
        "admin:articles_article_add")  # fmt: skip
    in_conflict = stash.state == Stash.CONFLICT and article is not None
    settle = in_conflict and reverse("admin:articles_article_settle", args=[stash.pk])
    return KeptText(
        pk=stash.pk,
        title=stash.title or (article.title if article else ""),
        article=article,
        base=stash.base,
        time=stash.updated,
        words=stash.words,
        rows=_rows_in(stash.fields),
        in_conflict=in_conflict,
        address=settle or f"{form}?stash={stash.pk}",
        difference=reverse("admin:articles_article_stash_difference", args=[stash.pk]),
        throw_away=reverse("admin:articles_article_stash_throw_away", args=[stash.pk]),
    )


_ROW = re.compile(r"&(infobox|notes|references|figures)-(\d{1,9})-(value|text|source|image|DELETE)=[^&]")
"""A row is told by what it cannot do without."""


def _rows_in(fields):
    """Count the rows of the lists in raw fields.

    All of a huge text is looked through, which takes milliseconds: between two fields nothing is looked at but for the
    next ``&``, and no more fields are kept than a form may send. The lists come behind all others.
    """
    found, struck = set(), set()
    for name, number, cell in _ROW.findall(fields, max(fields.find("-TOTAL_FORMS="), 0)):
        (struck if cell == "DELETE" else found).add((name, number))
    return dict(Counter(name for name, _number in found - struck))
