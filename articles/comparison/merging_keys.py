"""Rows that cannot stand together once they are merged: two of one key, two pictures in the infobox."""

from dataclasses import replace

from ..wording import gettext as _
from .clashes import BOTH, EDIT, MINE, THEIRS, picked
from .merging_rows import told


def keys_once(part, rows, mine, clashes, label):
    """Return ``rows`` in which each key stands once, and {key: new key} by which theirs are to be called before.

    Two rows of one key clash: one stays, or theirs gets another key. Without a choice mine stays.
    """
    ours = {row.id for row in mine if row.id}
    places, dropped, renames = {}, set(), {}
    for place, row in sorted(enumerate(rows), key=lambda one: one[1].id not in ours and one[1] not in mine):
        key = getattr(row, "key", "")
        if not key or key not in places:
            places[key] = place
            continue
        message = _("{row}: two have the key “{key}”; keep one, or give theirs another key").format(
            row=label(row), key=key
        )
        texts = ("", told(rows[places[key]]), told(row))
        choice = clashes.settle((part, "key", key), message, label(row), texts, (MINE, THEIRS, BOTH, EDIT))
        if choice and choice.way in (BOTH, EDIT):
            taken = {one.key for one in rows}
            new = choice.text.strip() if choice.way == EDIT else _free(key, taken)
            if new and new not in taken:
                renames[key] = new
            else:
                clashes.refuse_last()
        theirs_stay = bool(choice) and choice.way == THEIRS
        dropped.add(places[key] if theirs_stay else place)
        places[key] = place if theirs_stay else places[key]
    return tuple(row for place, row in enumerate(rows) if place not in dropped), renames


def _free(key, taken):
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"


def one_in_infobox(base, mine, figures, clashes):
    """Return ``figures`` of which one stands in the infobox: mine, if nothing else is chosen; the other in the text."""
    there = [figure for figure in figures if figure.placement == "infobox"]
    if len(there) < 2:
        return figures
    ours = {figure.key for figure in mine if figure.placement == "infobox"}
    there.sort(key=lambda figure: figure.key not in ours)
    before = [figure for figure in base if figure.placement == "infobox"]
    texts = [told(next(iter(before), None)), *map(told, there[:2])]
    message = _("Two pictures stand in the infobox; the other will be placed in the text")
    choice = clashes.settle(("figures", "infobox"), message, _("Picture of the infobox"), texts, (MINE, THEIRS))
    stays_there = picked(choice, *there[:2])
    return tuple(
        replace(one, placement="body") if one.placement == "infobox" and one is not stays_there else one
        for one in figures
    )
