"""Pairing: which row of a new content is which stored row, where the content does not say so by id.

Keyed rows pair by key, names by name and language and then by order, infobox rows by field, side and equal value,
then by the most similar value under the same field and side, equals in order. What is left over is a new row.
"""

import secrets
from collections import defaultdict
from dataclasses import replace

from rapidfuzz import fuzz

from ..content import Infobox

# How much of a value is looked at for likeness: every row is compared with every other of its cell.
_COMPARED = 300


def paired(content, stored):
    """Return ``content`` with an id on every row, taken from ``stored`` (an ArticleContent or None) where rows pair."""
    return content.replace(
        names=_with_ids(content.names, stored and stored.names, _pair_names),
        infobox=Infobox(content.infobox.kind,
                        _with_ids(content.infobox.rows, stored and stored.infobox.rows, _pair_infobox)),
        notes=_with_ids(content.notes, stored and stored.notes, _pair_keys),
        references=_with_ids(content.references, stored and stored.references, _pair_keys),
        figures=_with_ids(content.figures, stored and stored.figures, _pair_keys),
    )  # fmt: skip


def _with_ids(rows, stored, pair):
    taken = {row.id for row in rows if row.id}
    unpaired = [row for row in rows if not row.id]
    free = [row for row in stored or () if row.id not in taken]
    found = pair(unpaired, free) if unpaired and free else {}
    taken |= {row.id for row in free}
    ids = iter([found.get(index) or _new_id(taken) for index in range(len(unpaired))])
    return tuple(row if row.id else replace(row, id=next(ids)) for row in rows)


def _new_id(taken):
    while (token := secrets.token_hex(4)) in taken:
        pass
    taken.add(token)
    return token


def _pair_keys(rows, stored):
    return _pair_by(rows, stored, lambda row: row.key)


def _pair_names(rows, stored):
    found = _pair_by(rows, stored, lambda row: (row.name, row.language))
    return _pair_in_order(rows, stored, found)


def _pair_infobox(rows, stored):
    found = _pair_by(rows, stored, lambda row: (row.field, row.side, row.value))
    return _pair_similar(rows, stored, found)


def _cell(row):
    return row.field, row.side


def _pair_by(rows, stored, identity):
    """Return {index in rows: stored id} for rows of equal identity, the first with the first."""
    free = defaultdict(list)
    for row in reversed(stored):
        free[identity(row)].append(row.id)
    return {index: free[identity(row)].pop() for index, row in enumerate(rows) if free[identity(row)]}


def _pair_similar(rows, stored, found):
    """Add the pairs of most similar values under one field and side, the most alike first, equals in order."""
    used = set(found.values())
    candidates = sorted(
        (-fuzz.ratio(row.value[:_COMPARED], old.value[:_COMPARED]), index, place, old.id)
        for index, row in enumerate(rows)
        if index not in found
        for place, old in enumerate(stored)
        if old.id not in used and _cell(old) == _cell(row)
    )
    for _, index, _, old in candidates:
        if index not in found and old not in used:
            found[index] = old
            used.add(old)
    return found


def _pair_in_order(rows, stored, found):
    used = set(found.values())
    unpaired = [index for index in range(len(rows)) if index not in found]
    free = [row.id for row in stored if row.id not in used]
    return found | dict(zip(unpaired, free, strict=False))
