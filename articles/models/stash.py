"""Stashes: what somebody typed into the article's form and did not record yet, exactly as the form sent it."""

from urllib.parse import parse_qsl, unquote_plus

from django.conf import settings
from django.db import models
from django.http import QueryDict

from ..content.limits import BODY_BYTES
from .article import Article

_TITLE_MOST, _TITLE_RAW = 200, 4_000
_BODY_RAW = 3 * BODY_BYTES
_RAW_SPACES = ("+", "%20", "%0D", "%0A", "%09")


class StashQuerySet(models.QuerySet):
    """Words for choosing stashes. Nobody but their owner ever sees them."""

    def of(self, user):
        """Keep those of ``user``; nobody has none."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def open_of(self, user):
        """Keep what ``user`` typed and what is not recorded yet, conflicts included, the newest first."""
        return self.of(user).exclude(state=Stash.RECORDED)

    def in_conflict(self):
        """Keep those that wait for their owner to settle a conflict."""
        return self.filter(state=Stash.CONFLICT)

    def recorded(self):
        """Keep those whose text is in a revision."""
        return self.filter(state=Stash.RECORDED)


class Stash(models.Model):
    """The raw fields of one opened form. One ``form_id`` has one stash; it is written over as its owner types on."""

    OPEN, CONFLICT, RECORDED = "open", "conflict", "recorded"
    STATES = [(state, state) for state in (OPEN, CONFLICT, RECORDED)]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stashes")
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="stashes")
    """Null: the form of a new article."""
    base = models.PositiveIntegerField(default=0)
    """Number of the revision that the form was made of; 0: a new article."""
    form_id = models.CharField(max_length=64)
    """The random token that was made when the form was opened."""
    fields = models.TextField(blank=True)
    """What the form sent, urlencoded, order and repetitions kept; without token and password. Empty when recorded."""
    step = models.PositiveBigIntegerField(default=0)
    """How often the page had stored before this: what arrives late is known by a smaller number."""
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    recorded_as = models.PositiveIntegerField(null=True)
    """Number of the newest revision that was made of this form; null until there is one. The form may go on after it:
    who comes back to it with the browser's button has in it what they saved."""
    choices = models.JSONField(default=dict)
    """How the owner settles the clashes of a conflict so far: key of a clash → [way, text]."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the fields and button that were recorded, by which a second click is known; empty until then."""
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField()

    objects = StashQuerySet.as_manager()

    class Meta:
        ordering = ["-updated", "-id"]
        verbose_name_plural = "stashes"
        constraints = [models.UniqueConstraint(fields=["user", "form_id"], name="stash_of_form")]
        # Everything that is asked of stashes is asked of one person's.
        indexes = [models.Index(fields=["user", "state", "-updated"], name="stash_of_user")]
        # Nobody needs a permission for what is their own, and nobody else gets any.
        default_permissions = ()

    def __str__(self):
        return f"{self.article or self.title} · {self.base}"

    @property
    def began_with(self):
        """Number of the revision that the text was made on: what was recorded of this form counts as read."""
        return max(self.base, self.recorded_as or 0)

    @property
    def title(self):
        """The title that was typed, cut to what a list can show."""
        text = unquote_plus(self._raw("title", _TITLE_RAW)).strip()
        return text if len(text) <= _TITLE_MOST else f"{text[:_TITLE_MOST]} …"

    @property
    def words(self):
        """Number of words in the text, as far as an article's text may be long."""
        raw = self._raw("body", _BODY_RAW)
        # A hundred times as fast as to read the text.
        for space in _RAW_SPACES:
            raw = raw.replace(space, " ")
        return len(raw.split())

    def _raw(self, name, most):
        """Return the first ``most`` characters of one field as it was sent, or an empty text.

        Lists of stashes ask for little, and each may hold more than any article.
        """
        mark, start = f"{name}=", 0
        if not self.fields.startswith(mark):
            start = self.fields.find(f"&{mark}") + 1
            if not start:
                return ""
        start += len(mark)
        return self.fields[start : start + most].partition("&")[0]

    def data(self):
        """Return the fields as a form reads them. Without a limit: they are shown and compared, never recorded."""
        data = QueryDict(mutable=True)
        for name, value in parse_qsl(self.fields, keep_blank_values=True):
            data.appendlist(name, value)
        return data
