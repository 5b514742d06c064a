"""``{% revision_rows revisions %}``: the rows of a history.

A tag and not a template, because a page shows fifty. What a revision says never changes, so that the row of one is
made once and kept: the same rows are read again and again.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import get_language, gettext as _

register = template.Library()

_KEPT = 4_000
"""Rows in the memory of each process, of about 1 kB."""
_ROW = """<li class="revision{is_published}" data-number="{number}">
<span class="pick"><label><input type="radio" name="old" value="{number}" aria-label="{older}"{old_picked}></label>\
<label><input type="radio" name="new" value="{number}" aria-label="{newer}"{new_picked}></label></span>
<a class="number" href="{address}"><span class="visually-hidden">{revision} </span>{number}</a>
<div class="told">
<p class="facts"><time datetime="{created_iso}">{created}</time> <span class="author">{author}</span>{state}{minor}</p>
{summary}{tags}{steps}</div>
<p class="measures">{size}{compare}</p>
</li>
"""
_STEP = '<li>{} <time datetime="{}">{}</time>{}</li>'
_STATE = ' <span class="state" data-state="{}">{}</span>'


@dataclass(frozen=True)
class Step:
    """A step of review: what was done in a word, by whom, when, and what was said."""

    word: str
    who: str
    time: datetime
    comment: str


@dataclass(frozen=True)
class RevisionRow:
    """All that the row of a revision tells: equal ones look the same."""

    slug: str
    number: int
    before: int | None
    """The number of the visible revision before it, with which it is compared."""
    created: datetime
    author: str
    summary: str
    minor: bool
    words: tuple[int, int] | None
    """Added and deleted; None where only shared things moved."""
    tags: tuple[str, ...]
    """In words."""
    verdict: str
    verdict_word: str
    is_published: bool
    is_hidden: bool
    """Readers see it no more."""
    steps: tuple[Step, ...] = ()
    """For staff, the first one first."""


@register.simple_tag
def revision_rows(revisions):
    """Return the rows of ``revisions`` (``RevisionRow``s); the two newest are picked to be compared."""
    older = min(1, len(revisions) - 1)
    spoken = get_language(), get_current_timezone_name()
    rows = (_row(one, at == older, at == 0, spoken) for at, one in enumerate(revisions))
    return format_html_join("", "{}", ((row,) for row in rows))


@lru_cache(maxsize=_KEPT)
def _row(row, is_older, is_newer, _spoken):
    number, (created_iso, created) = {"number": row.number}, _times(row.created)
    return format_html(
        _ROW,
        is_published=" is-published" if row.is_published else "",
        number=str(row.number),
        older=_("Revision %(number)s as the older one") % number,
        newer=_("Revision %(number)s as the newer one") % number,
        old_picked=" checked" if is_older else "",
        new_picked=" checked" if is_newer else "",
        address=reverse("revision", args=[row.slug, row.number]),
        revision=_("Revision"),
        created_iso=created_iso,
        created=created,
        author=row.author,
        state=_state(row),
        minor=format_html(' <span class="minor">{}</span>', _("minor")) if row.minor else "",
        summary=format_html('<p class="summary">{}</p>\n', row.summary) if row.summary else "",
        tags=_tags(row.tags) if row.tags else "",
        steps=_steps(row.steps) if row.steps else "",
        size=_size(*row.words) if row.words else "",
        compare=_compare(row) if row.before else "",
    )


def _state(row):
    hidden = format_html(_STATE, "hidden", _("hidden")) if row.is_hidden else ""
    return format_html("{}{}", _verdict(row), hidden)


def _verdict(row):
    if row.is_published:
        return format_html(' <strong class="state" data-state="published">{}</strong>', _("published"))
    if row.verdict == "published":
        return format_html(_STATE, "published", _("was published"))
    return format_html(_STATE, row.verdict, row.verdict_word) if row.verdict else ""


def _tags(tags):
    items = format_html_join("", "<li>{}</li>", ((tag,) for tag in tags))
    return format_html('<ul class="tags" aria-label="{}">{}</ul>\n', _("Kind of change"), items)


def _steps(steps):
    items = format_html_join("\n", _STEP, ((_done(one), *_times(one.time), _words(one.comment)) for one in steps))
    return format_html('<ul class="review-steps" aria-label="{}">{}</ul>\n', _("Review"), items)


def _done(step):
    return _("%(step)s by %(who)s,") % {"step": step.word, "who": step.who}


def _times(time):
    local = localtime(time)
    return local.isoformat(timespec="seconds"), date_format(local, "DATETIME_FORMAT")


def _words(comment):
    return format_html(": <q>{}</q>", comment) if comment else ""


def _size(added, deleted):
    shown = {"added": number_format(added, force_grouping=True), "deleted": number_format(deleted, force_grouping=True)}
    # Where the site is written from right to left, a sign would go behind its number.
    return format_html('<span class="size" dir="ltr">{}</span>\n', _("+%(added)s −%(deleted)s words") % shown)


def _compare(row):
    label = _("What changed in revision %(number)s") % {"number": row.number}
    address = reverse("compare", args=[row.slug, row.before, row.number])
    return format_html('<a class="compare-link" href="{}" aria-label="{}">{}</a>', address, label, _("What changed"))
