"""The rules of CSL-JSON 1.0.2: which members bibliographic data have, and what is wrong with them.

The members and their types are those of the CSL 1.0.2 data schema. Members that the schema does not know may hold
anything that JSON knows.
"""

import math
import re

from ..plain_text import forbidden, normalise, printable
from ..wording import gettext as _

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard "
    "thesis treaty webpage".split()
)
NAME_FIELDS = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator translator".split()
)
DATE_FIELDS = frozenset("accessed available-date event-date issued original-date submitted".split())
_TEXT_FIELDS = frozenset(
    "abstract annote archive archive-place archive_collection archive_location authority call-number citation-key "
    "citation-label collection-title container-title container-title-short dimensions division DOI event event-place "
    "event-title genre ISBN ISSN journalAbbreviation jurisdiction keyword language medium note original-publisher "
    "original-publisher-place original-title part-title PMCID PMID publisher publisher-place references "
    "reviewed-genre reviewed-title scale section shortTitle source status title title-short URL volume-title "
    "year-suffix".split()
)
_NUMBER_FIELDS = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
    "number-of-pages number-of-volumes page page-first part-number printing-number supplement-number version "
    "volume".split()
)
_NAME_MEMBERS = frozenset("family given literal suffix dropping-particle non-dropping-particle".split())
_DATE_TEXTS = frozenset(["raw", "literal"])
_CUSTOM_TEXTS = frozenset(["archive-url", "url-status"])
"""Members of ``custom`` that entries are written from; others may hold anything, as the schema has it."""
_YEAR = re.compile(r"-?[0-9]{1,5}\Z")
_MAX_INTEGER = 2**53 - 1
"""Larger ones do not come out of every JSON reader as they went in."""
_MAX_DEPTH = 20


def has_date_parts(date):
    """Tell whether ``date`` is a CSL date whose ``date-parts`` can be read: one or two of [year, month, day]."""
    parts = date.get("date-parts") if isinstance(date, dict) else None
    return isinstance(parts, list) and 1 <= len(parts) <= 2 and all(_is_date(one) for one in parts)


def csl_problems(csl, place, *, stored=False):
    """Yield (place, message) for everything in ``csl`` that is no CSL 1.0.2 object.

    What stands in ``custom`` was once not looked at: of a ``stored`` one it is not, lest a public page be closed.
    """
    if not isinstance(csl, dict):
        yield place, _("must be a CSL object")
        return
    yield from _json_problems(csl, place)
    if not isinstance(csl.get("type", ""), str) or csl.get("type", "document") not in TYPES:
        yield f"{place}.type", _("must be a CSL type such as book, report, article-journal, chapter or webpage")
    for member, value in csl.items():
        here = f"{place}.{member}"
        if member in NAME_FIELDS:
            yield from _name_problems(value, here)
        elif member in DATE_FIELDS:
            yield from _date_problems(value, here)
        elif member in _TEXT_FIELDS and not isinstance(value, str):
            yield here, _("must be text")
        elif member in _NUMBER_FIELDS and (isinstance(value, bool) or not isinstance(value, str | int | float)):
            yield here, _("must be text or a number")
        elif member == "custom" and not isinstance(value, dict):
            yield here, _("must be an object")
        elif member == "custom" and not stored:
            yield from _custom_problems(value, here)


def _json_problems(value, place, depth=0):
    """Yield what cannot be kept and given back as it is, at any depth."""
    if depth > _MAX_DEPTH:
        yield place, _("is nested too deeply")
    elif isinstance(value, str):
        if message := forbidden(normalise(value)):
            yield place, message
    elif isinstance(value, dict):
        yield from _member_problems(value, place)
        for member, one in value.items():
            yield from _json_problems(one, f"{place}.{printable(member)}", depth + 1)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _json_problems(one, f"{place}[{index}]", depth + 1)
    elif isinstance(value, float) and not math.isfinite(value) or isinstance(value, int) and abs(value) > _MAX_INTEGER:
        yield place, _("is a number too large to be kept exactly; write it as text")
    elif value is not None and not isinstance(value, int | float):
        yield place, _("is nothing that JSON knows")


def _member_problems(members, place):
    seen = set()
    for member in members:
        if not isinstance(member, str):
            yield place, _("a member's name must be text, not {member!r}").format(member=member)
        elif message := forbidden(member, one_line=True):
            yield place, _("a member's name {message}").format(message=message)
        elif normalise(member) in seen:
            yield place, _("member {member!r} stands twice").format(member=member)
        else:
            seen.add(normalise(member))


def _name_problems(names, place):
    if not isinstance(names, list):
        yield place, _("must be a list of names")
        return
    for index, name in enumerate(names):
        here = f"{place}[{index}]"
        if not isinstance(name, dict):
            yield here, _("must be an object with family and given, or literal")
            continue
        yield from _not_text(name, _NAME_MEMBERS, here)
        if not any(name.get(member, "") != "" for member in ("family", "given", "literal")):
            yield here, _("must have family, given or literal")


def _custom_problems(custom, place):
    yield from _not_text(custom, _CUSTOM_TEXTS, place)
    archived = custom.get("archive-date", "")
    if isinstance(archived, dict):
        yield from _date_problems(archived, f"{place}.archive-date")
    elif not isinstance(archived, str):
        yield f"{place}.archive-date", _("must be text or a date")


def _date_problems(date, place):
    if not isinstance(date, dict):
        yield place, _('must be an object such as {"date-parts": [[1994, 12]]}')
        return
    yield from _not_text(date, _DATE_TEXTS, place)
    if "date-parts" not in date:
        if not any(date.get(member, "") != "" for member in _DATE_TEXTS):
            yield place, _("must have date-parts, raw or literal")
        return
    parts = date["date-parts"]
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        yield f"{place}.date-parts", _("must be a list of one date or two")
        return
    for index, one in enumerate(parts):
        if not _is_date(one):
            yield f"{place}.date-parts[{index}]", _("must be [year], [year, month] or [year, month, day]")


def _not_text(members, names, place):
    for member in sorted(names & members.keys()):
        if not isinstance(members[member], str):
            yield f"{place}.{member}", _("must be text")


def _is_date(parts):
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return False
    if any(isinstance(part, bool) or not isinstance(part, str | int) for part in parts):
        return False
    # A number is looked at as a number: Python refuses to write out one of many thousand figures.
    if not all(_YEAR.match(part) if isinstance(part, str) else abs(part) < 100_000 for part in parts):
        return False
    numbers = [int(part) for part in parts] + [1, 1]
    return 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31
