"""What others recorded while somebody was writing, told in words."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext

from .comparison import compare, summary
from .revisions import content_at

_SHORT = 300
_REMEMBERED = 60
"""Seconds: the words may say what is removed for legal reasons meanwhile, and two minutes later nothing may say it."""


@dataclass(frozen=True)
class Meanwhile:
    """The revisions after the one that was worked on: whose they are, what they changed, where to see it."""

    names: tuple[str, ...]
    """Those who made them, without the one who asks."""
    first: int
    last: int
    time: datetime
    """When the last was made."""
    summary: str
    compare: str
    """Address of the comparison."""
    merely_shared: bool
    """They only moved sources or pictures: no conflict."""

    @property
    def said(self):
        """Who saved what when, as the beginning of a sentence."""
        words = {"who": joined(self.names), "first": self.first, "last": self.last,
                 "time": date_format(localtime(self.time), "H:i")}  # fmt: skip
        one = self.first == self.last
        if not self.names:
            said = _("You saved revision %(last)s in another window at %(time)s") if one else _(
                "You saved revisions %(first)s to %(last)s in another window, the last at %(time)s")  # fmt: skip
        else:
            said = _("%(who)s saved revision %(last)s at %(time)s") if one else _(
                "%(who)s saved revisions %(first)s to %(last)s, the last at %(time)s")  # fmt: skip
        return said % words

    @property
    def words(self):
        """The same with what was changed."""
        return f"{self.said}: {self.summary}" if self.summary else self.said


def meanwhile(user, article, base, newest=None):
    """Return the ``Meanwhile`` since the revision number ``base``; None where there is nothing newer."""
    revisions = article.revisions.filter(number__gt=base).select_related("author").order_by("number")
    if newest:
        revisions = revisions.filter(number__lte=newest.number)
    revisions = list(revisions)
    if not revisions:
        return None
    last = revisions[-1]
    others = {one.author_id: one.author for one in revisions if one.author_id != user.pk}
    return Meanwhile(
        names=tuple(name_of(author) for author in others.values()),
        first=revisions[0].number,
        last=last.number,
        time=last.created,
        summary=_summary(article, base, last),
        compare=reverse("compare", args=[article.public_slug(), base, last.number]),
        merely_shared=all(one.shared for one in revisions),
    )


def _summary(article, base, last):
    """Return what differs, in words; remembered, since every open form asks again and again."""
    key = f"meanwhile:{article.pk}:{base}:{last.number}"
    words = cache.get(key)
    if not isinstance(words, str):  # nothing, or what another program left there
        before = content_at(article.revisions.get(number=base))
        words = summary(compare(before, content_at(last)), _SHORT)
        cache.set(key, words, _REMEMBERED)
    return words


def name_of(user):
    """Return what somebody is called; a command without a user is *the site*."""
    return (user.get_full_name() or user.get_username()) if user else _("the site")


def joined(names):
    """Return names as one subject: “Anna, Levon and Mariam”."""
    *first, last = names or ("",)
    return _("%(names)s and %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def editing_too(names):
    """Return the sentence that tells who else is at an article; empty for nobody."""
    if not names:
        return ""
    said = ngettext("%(who)s is editing this article too.", "%(who)s are editing this article too.", len(names))
    return said % {"who": joined(names)}
