"""The kinds of infobox: what fields there are, how they are called, whether they have sides, in which order they stand.

A new kind is one more entry of ``KINDS``: a few lines of data. Fields are told here and nowhere else; form, page,
comparison and interchange read this list.
"""

from dataclasses import dataclass, field

from .wording import gettext_lazy as _, pgettext_lazy

MAX_SIDE = 5
ALL_SIDES = "all"


@dataclass(frozen=True)
class InfoboxFieldKind:
    """One field of a kind. ``sided`` fields hold values per side and joint ones; ``names_sides`` heads the columns."""

    name: str
    label: str
    sided: bool = False
    names_sides: bool = False
    counts: bool = False
    """Its values are figures that want a citation (people, losses)."""


@dataclass(frozen=True)
class InfoboxKind:
    """A kind of infobox; ``fields`` in display order, sided ones in one run. ``by_name`` finds a field by its name."""

    name: str
    label: str
    fields: tuple[InfoboxFieldKind, ...]
    joint_label: str = ""
    """Heads the values that hold for all sides."""
    facts_after: str = ""
    """The field behind which coordinates stand; part-of stands first in every kind."""
    by_name: dict = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})

    def order(self, name, side):
        """Return the sort key of a cell: fields as listed, in each side 1 to 5, then *all*."""
        return ([one.name for one in self.fields].index(name), MAX_SIDE + 1 if side == ALL_SIDES else side or 0)


_field = InfoboxFieldKind

KINDS = {
    kind.name: kind
    for kind in (
        InfoboxKind(
            "military-conflict",
            _("Military conflict"),
            (
                _field("date", _("Date")),
                _field("place", _("Location")),
                _field("action", pgettext_lazy("infobox", "Action")),
                _field("status", _("Status")),
                _field("result", _("Result")),
                _field("territory", _("Territorial changes")),
                _field("combatant", _("Belligerents"), sided=True, names_sides=True),
                _field("commander", _("Commanders and leaders"), sided=True),
                _field("units", _("Units involved"), sided=True),
                _field("strength", _("Strength"), sided=True, counts=True),
                _field("political_support", _("Political support"), sided=True),
                _field("military_support", _("Military support"), sided=True),
                _field("casualties", _("Casualties and losses"), sided=True, counts=True),
                _field("notes", pgettext_lazy("infobox", "Notes")),
            ),
            joint_label=_("Civilians and both sides"),
            facts_after="place",
        ),
        InfoboxKind(
            "military-person",
            _("Military person"),
            (
                _field("born", _("Born")),
                _field("died", _("Died")),
                _field("allegiance", _("Allegiance")),
                _field("branch", _("Branch")),
                _field("rank", _("Rank")),
                _field("commands", _("Commands")),
                _field("battles", _("Battles and wars")),
            ),
        ),
    )
}
