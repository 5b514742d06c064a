"""A comparison as its page shows it: every change with what happened in words, its number, its comments, the next."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile

from django.conf import settings
from django.utils.translation import gettext as _

from .comparison import BlockChange, Change, fold
from .content.renditions import small

_LONGEST_LABEL = 80
MOST_SHOWN = 3_000
"""Changes on one page; of more than that a browser makes nothing that anybody could read."""


@dataclass(frozen=True)
class Shown:
    """One change, or an unchanged block: then all but ``change`` is empty."""

    change: Change | BlockChange
    happened: tuple[str, ...] = ()
    """What happened, in words: ``moved from “Background”``, ``reworded``."""
    number: int = 0
    """From 1, as they stand on the page."""
    next: str = ""
    """Anchor of the next change; empty for the last."""
    comments: tuple[dict, ...] = ()
    resolved: tuple[dict, ...] = ()

    @property
    def label(self):
        """Where it is, in few words."""
        return _short(self.change.label)

    @property
    def is_plain(self):
        """Tell whether the label of the change says already what its one member is."""
        names = {member.name for member in self.change.members}
        return len(names) == 1 and names <= {"value", "text", "name", self.change.field}


@dataclass(frozen=True)
class ShownStretch:
    """A run of blocks of the body, folded where nothing in it changed."""

    folded: bool
    words: int
    blocks: tuple[Shown, ...]


@dataclass(frozen=True)
class ShownPart:
    """One part of the page in which something changed; ``stretches`` for the body alone."""

    name: str
    label: str
    changes: tuple[Shown, ...]
    stretches: tuple[ShownStretch, ...] = ()


@dataclass(frozen=True)
class ShownPicture:
    """A picture in a comparison: its small copy's ``address``, its own size in pixels, and what it is called."""

    address: str
    width: int
    height: int
    name: str


def shown_pictures(*contents, named):
    """Return the ``ShownPicture`` of every figure of ``contents`` by the name that it has in the interchange.

    The name of the uploader's file is for staff (``named``): it may say what the uploader would not publish.
    """
    return {
        figure.image: ShownPicture(
            settings.MEDIA_URL + small(figure.file.name, figure.file.width),
            figure.file.width,
            figure.file.height,
            named and figure.file.uploaded_as or _("picture"),
        )
        for content in contents
        for figure in content.figures
        if figure.file
    }


def _short(label):
    """Return a label in few words: a heading may be as long as its writer likes."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def placed(comments, difference):
    """Return ``comments`` (dicts), those hung anew whose change a later revision made another one.

    The id of a change follows from its words; its label stays, and is trusted where only one change bears it.
    """
    here = {change.id for change in difference.changes}
    if all(not comment["change"] or comment["change"] in here for comment in comments):
        return list(comments)
    bearers = defaultdict(list)
    for change in difference.changes:
        bearers[_short(change.label)].append(change.id)
    return [_hung_anew(comment, bearers) if comment["change"] not in here else comment for comment in comments]


def _hung_anew(comment, bearers):
    found = bearers[comment["label"]] if comment["change"] else ()
    return comment | {"change": found[0]} if len(found) == 1 else comment


def shown_parts(difference, comments=(), *, hides_reflow=False):
    """Return the ``ShownPart``s of a ``Comparison`` in which something is to be seen, with ``comments`` (dicts).

    They hold the first ``MOST_SHOWN`` changes.
    """
    changes = [change for change in difference.changes if not (hides_reflow and change.reflow)][:MOST_SHOWN]
    hanging = defaultdict(list)
    for comment in comments:
        hanging[comment["change"]].append(comment)
    anchors = [change.anchor for change in changes[1:]] + [""] * bool(changes)
    shown = {
        change.id: Shown(
            change,
            tuple(_happened(change)),
            number,
            anchor,
            tuple(one for one in hanging[change.id] if not one["resolved_by"]),
            tuple(one for one in hanging[change.id] if one["resolved_by"]),
        )
        for number, (change, anchor) in enumerate(zip(changes, anchors, strict=True), 1)
    }
    parts = [
        ShownPart(
            part.name,
            part.label,
            tuple(shown[change.id] for change in part.changes if change.id in shown),
            tuple(_stretches(part, shown, hides_reflow)),
        )
        for part in difference.parts
    ]
    return [part for part in parts if part.changes]


def _stretches(part, shown, hides_reflow):
    for stretch in fold(_up_to_last(part.blocks, shown), hide_reflow=hides_reflow):
        blocks = tuple(shown.get(block.id) or Shown(block) for block in stretch.blocks)
        yield ShownStretch(stretch.folded, stretch.words, blocks)


def _up_to_last(blocks, shown):
    """Return the blocks up to the first change that is left out."""
    if len(shown) < MOST_SHOWN:
        return blocks
    return tuple(takewhile(lambda block: not block.id or block.id in shown or block.reflow, blocks))


def _happened(change):
    """Yield what happened to a change, in words."""
    if change.moved:
        yield change.moved
    shape = getattr(change, "shape", "")
    if shape:
        yield _("split into several") if shape == "split" else _("several made one")
    if change.reflow:
        yield _("line breaks only")
    elif change.kind == "addition":
        yield _("added")
    elif change.kind == "deletion":
        yield _("deleted")
    elif any(change.words):
        yield _("reworded") if change.part == "body" else _("changed")


def citations_in_words(difference):
    """Yield what became of each citation: its kind, the words for it, the anchor of the change that did it."""
    sentences = {kind: sentence() for kind, sentence in _SENTENCES.items()}
    no_locator, none = _("no locator"), _("none")
    for one in difference.citations:
        words = {"key": one.key, "place": one.label, "old": one.old or no_locator, "new": one.new or none}
        cite = f"{one.key}, {one.new or one.old}" if one.new or one.old else one.key
        if one.kind in sentences:
            yield {"kind": one.kind, "words": sentences[one.kind] % (words | {"cite": cite}), "where": one.where}


_SENTENCES = {
    "addition": lambda: _("%(cite)s added in %(place)s"),
    "deletion": lambda: _("%(cite)s removed in %(place)s"),
    "move": lambda: _("%(cite)s moved to %(place)s"),
    "locator": lambda: _("%(key)s: %(old)s → %(new)s in %(place)s"),
    "source": lambda: _("%(key)s: the source was corrected"),
    "key": lambda: _("%(old)s is now called %(new)s"),
}
