"""A conflict, told: the editor's whole text beside the stored one, part for part."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from ..infobox_kinds import KINDS
from ..models import Revision
from ..revisions import content_at
from .form import rows_of
from .rows import LISTS


@dataclass(frozen=True)
class Line:
    """One thing that is there twice: what I typed and what is stored; empty where one side does not have it."""

    mine: str
    stored: str

    @property
    def differs(self):
        return self.mine != self.stored


@dataclass(frozen=True)
class Part:
    """A part of the article with its lines."""

    title: str
    lines: list = field(default_factory=list)

    @property
    def differs(self):
        return any(line.differs for line in self.lines)


@dataclass(frozen=True)
class Conflict:
    """``newest`` is the revision that stands in the way, ``base`` the number of the one that was worked on."""

    base: int
    newest: Revision
    parts: list

    @classmethod
    def of(cls, refusal, mine):
        """Make it of a ``RevisionConflict`` and the content that was to be recorded."""
        stored = content_at(refusal.newest)
        return cls(
            refusal.base, refusal.newest, [part for part in _parts(mine.in_display_order(), stored) if part.lines]
        )


def _parts(mine, stored):
    facts = [Line(_fact(label, old), _fact(label, new)) for label, old, new in _facts(mine, stored)]
    yield Part(_("Title and facts"), [line for line in facts if line.mine or line.stored])
    yield Part(_("Text"), [Line(mine.body, stored.body)])
    for name, kind in LISTS.items():
        yield Part(kind.title, _lines(name, mine, stored))


def _facts(mine, stored):
    names = ("title", "slug", "short_description", "part_of", "event_date")
    labels = (_("Title"), _("Slug"), _("Short description"), _("Part of"), _("Date"))
    for name, label in zip(names, labels, strict=True):
        yield label, getattr(mine, name), getattr(stored, name)
    yield _("Coordinates"), _degrees(mine), _degrees(stored)
    yield _("Kind of infobox"), mine.infobox.kind, stored.infobox.kind


def _fact(label, value):
    return f"{label}: {value}" if value else ""


def _degrees(content):
    return f"{content.coordinates.latitude}, {content.coordinates.longitude}" if content.coordinates else ""


def _lines(name, mine, stored):
    """Pair rows by id (categories by name): mine in my order, then those that only the stored text has."""
    if name == "categories":
        ours, theirs = ({one: one for one in content.categories} for content in (mine, stored))
    else:
        ours = {row.id or f"new {index}": _words(name, row) for index, row in enumerate(rows_of(mine, name))}
        theirs = {row.id: _words(name, row) for row in rows_of(stored, name)}
    left = [key for key in theirs if key not in ours]
    return [Line(ours[key], theirs.get(key, "")) for key in ours] + [Line("", theirs[key]) for key in left]


def _words(name, row):
    """Return everything that a row says, as lines of text."""
    if name == "infobox":
        label = next((kind.by_name[row.field].label for kind in KINDS.values() if row.field in kind.by_name), row.field)
        return _text(f"{label}{f' · {row.side}' if row.side else ''}", row.value, row.attribution)
    if name == "notes":
        return _text(f"[^{row.key}]", row.text)
    if name == "references":
        source = row.source and ". ".join(one for one in (row.source.authors, row.source.title, row.source.year) if one)
        return _text(f"[@{row.key}]", source, row.text, row.pages, row.quotation, row.translation, row.remark)
    if name == "figures":
        file = row.file.uploaded_as if row.file else row.image
        return _text(f"![[{row.key}]] {row.placement}", file, row.alt, row.caption)
    return _text(row.name, " ".join(one for one in (row.language, row.script) if one))


def _text(*lines):
    return "\n".join(line for line in lines if line)
