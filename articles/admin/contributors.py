"""Those who made a work, as rows of a form: role, family and given name, or a name in one piece."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from ..plain_text import forbidden_sentence, normalise, normalise_line
from .fields import choice, hidden, line
from .source_words import ROLES

BLANK_ROWS = 3
PARTS = ("family", "given", "literal")
_ROW = re.compile(r"contributors-([0-9]{1,5})-(?:role|family|given|literal|at)\Z")


class ContributorForm(forms.Form):
    """One person or body. ``at`` says which stored name the row shows (``author:0``), empty for a new one."""

    role = choice(_("Role"), list(ROLES.items()))
    family = line(_("Family name"))
    given = line(_("Given name"))
    literal = line(_("Or in one piece"))
    at = hidden()

    def text(self, name):
        """Return what the field holds, as it was typed or is shown."""
        return self[name].value() or ""

    def stored_in(self, csl):
        """Return the stored name that the row shows, or None."""
        role, _colon, index = self.text("at").partition(":")
        names = csl.get(role) if role in ROLES else None
        there = names and index.isascii() and index.isdecimal() and len(index) < 6 and int(index) < len(names)
        return names[int(index)] if there else None

    def name(self, csl):
        """Return the CSL name that the row says, None for a blank row. What has no field is kept."""
        stored = self.stored_in(csl)
        if stored and all(_sent(self.text(part)) == _sent(stored.get(part) or "") for part in PARTS):
            return stored
        said = {part: normalise_line(self.text(part)) for part in PARTS}
        if not any(said.values()):
            return None
        self._check(said)
        beside = {member: one for member, one in (stored or {}).items() if member not in PARTS}
        return beside | {part: text for part, text in said.items() if text}

    def _check(self, said):
        for part, text in said.items():
            if message := forbidden_sentence(text, one_line=True):
                self.add_error(part, message)
        if said["literal"] and (said["family"] or said["given"]):
            self.add_error("literal", _("Give a name in its parts or in one piece, not both."))


class Contributors:
    """All rows. ``errors`` are those that belong to no single field."""

    def __init__(self, forms):
        self.forms = forms
        self.errors = []

    @classmethod
    def of_csl(cls, csl):
        """Show the names of a work and three blank rows."""
        initial = [
            {"role": role, "at": f"{role}:{index}"} | {part: name.get(part, "") for part in PARTS}
            for role in ROLES
            for index, name in enumerate(csl.get(role) or ())
        ]
        return cls([_shown(one, index) for index, one in enumerate(initial + [{}] * BLANK_ROWS)])

    @classmethod
    def of_post(cls, data):
        """Show what was posted, rows in the order in which the browser sent them, and blank ones after them."""
        numbers = dict.fromkeys(int(match[1]) for name in data if (match := _ROW.match(name)))
        forms = [ContributorForm(data, prefix=f"contributors-{number}") for number in numbers]
        filled = [form for form in forms if form.text("at") or any(form.text(part).strip() for part in PARTS)]
        free = max(numbers, default=-1) + 1
        blank = [_shown({}, free + index) for index in range(BLANK_ROWS)]
        return cls(filled + blank)

    @property
    def empty(self):
        """The blank row that the script copies."""
        return ContributorForm(initial={"role": "author"}, prefix="contributors-__prefix__")

    @property
    def has_errors(self):
        """Tell whether something is wrong in any row."""
        return bool(self.errors) or any(form.is_bound and form._errors for form in self.forms)

    def is_same(self, csl):
        """Tell whether the rows say what ``csl`` says."""
        before = dict(csl)
        self.put(before)
        return before == csl

    def find_again(self, data, before, now):
        """Let the rows in ``data``, which show names of ``before``, show the same names of ``now``."""
        for form in self.forms:
            role = form.text("at").partition(":")[0]
            if stored := form.is_bound and form.stored_in(before):
                names = now.get(role) or []
                data[form.add_prefix("at")] = f"{role}:{names.index(stored)}" if stored in names else ""

    def put(self, csl):
        """Put the names into ``csl``; what is wrong is noted at its row."""
        names, self._rows = {}, {}
        for form in self.forms:
            if not form.is_bound or (name := form.name(csl)) is None:
                continue
            role = form.text("role")
            if role not in ROLES:
                form.add_error("role", _("Choose a role."))
                continue
            self._rows[f"{role}[{len(names.setdefault(role, []))}]"] = form
            names[role].append(name)
        for role in ROLES:
            if role in names:
                csl[role] = names[role]
            elif csl.get(role):
                del csl[role]

    def refuse(self, place, message):
        """Note a problem at a place such as ``author[0].family``."""
        row, _dot, part = place.partition(".")
        form = self._rows.get(row)
        if form is None:
            self.errors.append(message)
        else:
            form.add_error(part if part in PARTS else None, message)


def _shown(initial, number):
    return ContributorForm(initial={"role": "author"} | initial, prefix=f"contributors-{number}")


def _sent(text):
    return normalise(text).replace("\n", "")


def names_text(csl):
    """Return all names of a work in one line, for lists of what changed."""
    return "; ".join(
        f"{ROLES[role]}: {name.get('literal') or ', '.join(filter(None, (name.get('family'), name.get('given'))))}"
        for role in ROLES
        for name in csl.get(role) or ()
    )
