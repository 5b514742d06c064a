"""What was posted, read: form fields to the interchange shape, with the place of every row kept."""

import re
from decimal import Decimal
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..content import LIMITS
from ..models import Image, Source
from ..problems import REFUSAL, Problem
from .rows import LISTS, Row, whole
from .shared import newest_images, newest_sources

_NUMBER = re.compile(r"[-+−]?\d{1,6}(?:\.\d{1,20})?\Z")
_ORDER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?\Z")
_MOST_ROWS = 5000
"""More rows than any list may have, so that a list that is too long is told and not cut."""
_MOST_DIGITS = 5
_LIMITED = {"infobox": "rows"}
_LINES = ("title", "slug", "short_description", "body", "part_of", "event_date")


def posted_fields(request):
    """Return the posted fields; bytes that are not UTF-8 come as halves of surrogate pairs: told, not replaced."""
    if "\ufffd" not in "".join(value for _name, values in request.POST.lists() for value in values):
        return request.POST
    if request.content_type != "application/x-www-form-urlencoded":
        return request.POST
    fields = QueryDict(mutable=True)
    for name, value in parse_qsl(request.body.decode("ascii", "replace"), True, errors="surrogateescape"):
        fields.appendlist(name, value)
    return fields


def posted_totals(data):
    """Return {list: number of its rows} for the lists that the post speaks of: as told, or more if more came.

    Told are never more than a list may have: what did not come has no text.
    """
    totals = {
        name: min(whole(data[f"{name}-TOTAL_FORMS"]) or 0, LIMITS[_LIMITED.get(name, name)])
        for name in LISTS
        if f"{name}-TOTAL_FORMS" in data
    }
    for field in data:
        name, _, row = field.partition("-")
        if name in LISTS:
            index, _, column = row.partition("-")
            if column and len(index) <= _MOST_DIGITS and index.isascii() and index.isdecimal():
                totals[name] = max(totals.get(name, 0), int(index) + 1)
    return {name: min(total, _MOST_ROWS) for name, total in totals.items()}


def read_article(data, lists, stored):
    """Return the interchange object of the posted ``data`` and the problems that only the form can see.

    ``lists`` are the ``Rows`` of the form; their ``in_order`` is set, so that a place in the content leads back to the
    row on the page. What the post does not speak of is taken from ``stored`` (an ArticleContent or None).
    """
    article = (stored.to_json(stored=True) if stored else {}) | {"format": "kalbajar.article/1"}
    problems = []
    article |= {name: data[name] for name in _LINES if name in data}
    for name in ("slug", "part_of"):
        article[name] = article.get(name, "").strip()
    if "latitude" in data or "longitude" in data:
        article["coordinates"] = _coordinates(data)
    rows = {name: _rows(one, data, problems) for name, one in lists.items() if one.posted is not None}
    infobox = dict(article.get("infobox", {}))
    if "infobox_kind" in data:
        infobox["kind"] = data["infobox_kind"]
    if "infobox" in rows:
        infobox["rows"] = [_infobox_row(row) for row in rows.pop("infobox")]
    article["infobox"] = infobox
    if "categories" in rows:
        article["categories"] = [row["name"] for row in rows.pop("categories")]
    if "references" in rows:
        _take_sources(rows["references"], stored, problems)
    if "figures" in rows:
        _take_images(rows["figures"], stored, problems)
    return article | rows, problems


def _coordinates(data):
    degrees = {name: data.get(name, "").strip() for name in ("latitude", "longitude")}
    if not any(degrees.values()):
        return None
    return {name: Decimal(text.replace("−", "-")) if _NUMBER.match(text) else text for name, text in degrees.items()}


def _rows(rows, data, problems):
    """Return the rows of a list as dicts, in the editor's order, without deleted and blank ones."""
    kept = []
    for row in rows.rows:
        # The page may show what was posted with other characters than those that were sent.
        posted = row if data is rows.posted else Row.of_post(rows.kind, row.prefix, data, row.is_stored)
        words = dict(posted.words)
        if not posted.is_blank and not words.pop("DELETE"):
            kept.append((words, row))
    kept.sort(key=lambda one: _order(one[0]["ORDER"]))
    rows.in_order = [row for _words, row in kept]
    for index, (words, _row) in enumerate(kept):
        order = words.pop("ORDER").strip()
        if order and not _ORDER.match(order):
            place = f"{'infobox.rows' if rows.name == 'infobox' else rows.name}[{index}].ORDER"
            problems.append(Problem(place, "invalid", _("must be a number; rows stand in the order of these"), REFUSAL))
        if "key" in words:
            words["key"] = words["key"].strip()
        words["id"] = words.pop("row_id")
        if not words["id"]:
            del words["id"]
    return [words for words, _row in kept]


def _order(text):
    """A row without a number comes last, in the order of the page."""
    return Decimal(text.strip()) if _ORDER.match(text.strip()) else Decimal("Infinity")


def _infobox_row(row):
    side = row.pop("side").strip()
    if side:
        row["side"] = int(side) if side.isascii() and side.isdecimal() and len(side) < 4 else side
    return row


def _take_sources(rows, stored, problems):
    """Put into each reference the source that was chosen, in the version of the base where it is the same as there."""
    before = {row.id: row for row in stored.references} if stored else {}
    chosen = [row.pop("source").strip() for row in rows]
    kept = [before.get(row.get("id")) for row in rows]
    newest = newest_sources(pk for pk, old in zip(chosen, kept, strict=True) if pk and not _uses(old, "source_id", pk))
    for index, (row, pk, old) in enumerate(zip(rows, chosen, kept, strict=True)):
        if pk and _uses(old, "source_id", pk):
            row |= {"source": old.source, "source_id": old.source_id, "source_version": old.source_version}
        elif pk in newest:
            row |= newest[pk]
        elif pk:
            problems.append(_unknown(f"references[{index}].source", Source))


def _take_images(rows, stored, problems):
    before = {row.id: row for row in stored.figures} if stored else {}
    chosen = [row["image"].strip() for row in rows]
    kept = [before.get(row.get("id")) for row in rows]
    newest = newest_images(pk for pk, old in zip(chosen, kept, strict=True) if pk and not _uses(old, "image_id", pk))
    for index, (row, pk, old) in enumerate(zip(rows, chosen, kept, strict=True)):
        if pk and _uses(old, "image_id", pk):
            row |= {"image": old.image, "credit": old.credit, "licence": old.licence, "file": dict(vars(old.file)),
                    "image_id": old.image_id, "image_version": old.image_version}  # fmt: skip
        elif pk in newest:
            row |= newest[pk]
        elif pk:
            row["image"] = "?"
            problems.append(_unknown(f"figures[{index}].image", Image))


def _uses(row, column, pk):
    return row is not None and str(getattr(row, column)) == pk


def _unknown(place, model):
    message = _("there is no such %(thing)s; choose one from the list") % {"thing": model._meta.verbose_name}
    return Problem(place, "invalid", message, REFUSAL)
