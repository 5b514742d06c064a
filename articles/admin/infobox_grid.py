"""What the script that lays the infobox out as a grid must know of the kinds of infobox."""

from ..infobox_kinds import KINDS


def grid_kinds():
    """Return ``{name: {"fields": [{"name", "label", "sided"}, …]}}``, fields in display order."""
    return {
        kind.name: {"fields": [{"name": one.name, "label": str(one.label), "sided": one.sided} for one in kind.fields]}
        for kind in KINDS.values()
    }
