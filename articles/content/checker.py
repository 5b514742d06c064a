"""What reading is made of: text, lists, ids and keys, each checked, with every problem noted at its place."""

import re

from ..plain_text import forbidden, normalise, normalise_line, printable
from ..problems import REFUSAL, Problem, Refused
from ..wording import gettext as _, number
from .limits import LIMITS

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\Z")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}\Z")


def read_line(value, place, limit):
    """Return ``value`` as one line in the one text form, at most ``LIMITS[limit]`` long; raise ``Refused``."""
    checker = Checker()
    line = checker.text(value, place, LIMITS[limit], one_line=True)
    checker.finish()
    return line


def comment_fault(text):
    """Return what keeps ``text`` from being stored as somebody's comment, as the end of a sentence, or None."""
    checker = Checker()
    checker.text(text, "comment", LIMITS["comment"])
    return next((problem.message for problem in checker.problems), None)


class Checker:
    """Collects problems; every method gets a value and its place and returns what it made of it, empty if nothing."""

    def __init__(self):
        self.problems = []

    def refuse(self, place, message, kind="invalid"):
        """Note a problem."""
        self.problems.append(Problem(place, kind, message, REFUSAL))

    def finish(self):
        """Raise ``Refused`` if there is any problem."""
        if self.problems:
            raise Refused(self.problems)

    def text(self, value, place, limit=None, *, one_line=False):
        """Read text of at most ``limit`` characters."""
        if not isinstance(value, str):
            self.refuse(place, _("must be text"))
            return ""
        # Before white space is taken from the ends: Python counts control characters among it.
        if message := forbidden(normalise(value).strip(" \t\n") if one_line else normalise(value), one_line=one_line):
            self.refuse(place, message)
            return ""
        text = normalise_line(value) if one_line else normalise(value)
        if limit and len(text) > limit:
            self.refuse(
                place,
                _("is {count} characters long; at most {limit} fit").format(
                    count=number(len(text)), limit=number(limit)
                ),
            )
        return text

    def line(self, row, member, place, limit, *, required=False):
        """Read a member of one line, empty where it is absent."""
        return self._member(row, member, place, limit, required, one_line=True)

    def block(self, row, member, place, limit, *, required=False):
        """Read a member of several lines, without white space at its ends."""
        return self._member(row, member, place, limit, required).strip()

    def _member(self, row, member, place, limit, required, **form):
        place, before = join(place, member), len(self.problems)
        text = self.text(row.get(member, ""), place, LIMITS[limit], **form)
        if required and not text.strip() and len(self.problems) == before:
            self.refuse(place, _("must not be empty") if member in row else _("is required"))
        return text

    def list(self, data, member, place):
        """Read a list that is no longer than its limit."""
        value = data.get(member, [])
        if not isinstance(value, list | tuple):
            self.refuse(place, _("must be a list"))
        elif len(value) > LIMITS[member]:
            self.refuse(
                place,
                _("has {count} rows; at most {limit} fit").format(
                    count=number(len(value)), limit=number(LIMITS[member])
                ),
            )
        else:
            return value
        return []

    def rows(self, data, member, place, make):
        """Read a list of objects, each with ``make(object, place)``; ids and keys stand once."""
        made, places = [], {}
        for index, row in enumerate(self.list(data, member, place)):
            here = f"{place}[{index}]"
            if not isinstance(row, dict):
                self.refuse(here, _("must be an object"))
                continue
            one = make(row, here)
            made.append(one)
            if one.id and (first := places.setdefault(("id", one.id), here)) != here:
                self.refuse(f"{here}.id", _("is the id of {first} too; leave one of them out").format(first=first))
            key = getattr(one, "key", "")
            if key and (first := places.setdefault(("key", key), here)) != here:
                message = _('the key "{key}" stands at {first}.key already; give one of them another').format(
                    key=key, first=first
                )
                self.refuse(f"{here}.key", message, "duplicate_key")
        return tuple(made)

    def key(self, row, place):
        """Read the key by which marks find the row."""
        value = row.get("key", "")
        if isinstance(value, str) and KEY.match(value):
            return value
        message = _("a key is a letter or a figure, then up to {text} letters a–z, figures or _ . : -").format(
            text=LIMITS["key"] - 1
        )
        self.refuse(f"{place}.key", message if value else _("is required"), "malformed_key")
        return ""

    def id(self, row, place):
        """Read the id that a row keeps, empty where it has none yet."""
        value = row.get("id", "")
        if isinstance(value, str) and (not value or _ID.match(value)):
            return value
        self.refuse(f"{place}.id", _("must be up to {limit} letters a–z, figures, - and _").format(limit=LIMITS["id"]))
        return ""

    def unknown(self, row, known, place=""):
        """Refuse members that are not among the ``known``."""
        for member in row:
            if member not in known:
                self.refuse(join(place, printable(member)), _("unknown member; it may be misspelt"))


def join(place, member):
    """Return the place of a member."""
    return f"{place}.{member}" if place else member
