"""The form of one source: CSL data in labelled fields, and back without touching what was left alone."""

import json
from copy import deepcopy

from django.utils.translation import gettext_lazy as _

from ..content import Source as SourceContent, parse_json
from ..problems import Refused
from ..rendering.works import is_empty
from .contributors import PARTS, Contributors, names_text
from .fields import hidden, tick
from .partial_dates import SAYS_WHEN
from .shared_form import SharedForm
from .source_duplicates import likely_duplicates
from .source_members import CUSTOM, MEMBERS, Date
from .source_words import ROLES


class SourceForm(SharedForm):
    """One work. ``contributors`` are its rows of names, ``kept`` lists what has no field.

    A new work may begin with a CSL object that was ``pasted``; the form carries it along until it is stored.
    """

    another = tick(_("It is another work or another edition: save it all the same"))
    pasted = hidden()

    fieldsets = (
        (None, {"fields": ("type", "title", ("issued", "language"))}),
        (_("Where it appeared"), {"fields": ("container-title", "collection-title", ("volume", "issue", "page"))}),
        (_("Publication"), {"fields": (("publisher", "publisher-place"), ("edition", "number", "genre"))}),
        (_("Identifiers"), {"fields": (("ISBN", "ISSN", "DOI"),)}),
        (_("On the web"), {"fields": (("URL", "accessed"), "archive-url", ("archive-date", "url-status"))}),
        (_("Besides"), {"fields": ("note",)}),
    )
    last_fieldsets = ((_("This change"), {"fields": ("summary",)}),)

    def __init__(self, data=None, files=None, *, shared, pasted=None):
        self.new_contributors = None
        super().__init__(data, files, shared=shared)
        carried = pasted or _carried(data)
        self.csl = csl_of(self.stored) if self.stored else carried
        self.fields |= {name: member.field(self.csl) for name, member in MEMBERS.items()}
        self.initial |= {name: member.shown(self.csl) for name, member in MEMBERS.items()}
        self.initial["pasted"] = SourceContent.of(carried).canonical if carried else ""
        self.contributors = self.new_contributors or (
            Contributors.of_csl(self.csl) if data is None else Contributors.of_post(self.data)
        )
        self.duplicates = []
        self.content = None

    @property
    def kept(self):
        """What the work holds without a field: (path, JSON) pairs."""
        return list(kept(self.csl))

    @property
    def pasted_content(self):
        """What was pasted, as content."""
        return SourceContent.of(self.csl)

    @property
    def is_told_above(self):
        return self.overtaken or bool(self.duplicates)

    # --- Reading what was posted ---

    def clean(self):
        super().clean()
        csl = deepcopy(self.csl)
        for name, member in MEMBERS.items():
            self._put(member, csl, self.cleaned_data.get(name))
        if any(name.startswith("contributors-") for name in self.data):
            self.contributors.put(csl)
        if csl == self.csl and self.stored:
            self.content = SourceContent(self.stored.csl)
        elif not self.errors and not self.contributors.has_errors:
            self._read(csl)
        if self.contributors.has_errors:
            self.add_error(None, _("Look at the contributors."))

    def _put(self, member, csl, text):
        # A field that was not sent is left alone, as one that was sent untouched.
        if text is None or member.name not in self.data or member.is_same(text, member.shown(self.csl)):
            return
        try:
            member.put(csl, text)
        except ValueError as error:
            self.add_error(member.name, str(error))

    def _read(self, csl):
        """Make the content of ``csl``, or say what is wrong with it."""
        if not csl.get("type"):
            self.add_error("type", _("Choose what kind of work it is."))
        if is_empty(csl):
            self.add_error("title", _("Say what the work is: at least a title, a name or an address."))
        try:
            self.content = SourceContent.read(csl)
        except Refused as refused:
            self.refuse(refused.problems)
        else:
            self._look_for_duplicates()

    def _look_for_duplicates(self):
        before = SourceContent(self.stored.csl).identifiers if self.stored else None
        if self.content.identifiers == before or self.cleaned_data.get("another"):
            return
        self.duplicates = likely_duplicates(self.content, self.shared.pk)[:5]
        if self.duplicates:
            self.add_error(None, _("The library seems to have this work already."))

    def put(self):
        self.shared.set_content(self.content)

    # --- Problems, versions ---

    def field_of(self, problem):
        place = problem.place.removeprefix("source.").removeprefix("custom.")
        name, _bracket, _rest = place.partition("[")
        _name, message = super().field_of(problem)
        if name in ROLES:
            self.contributors.refuse(place, message)
            return None, _("Look at the contributors.")
        name = name.partition(".")[0]
        return (name if name in self.fields else None), message

    @classmethod
    def texts(cls, version):
        csl = csl_of(version)
        return {name: member.shown(csl) for name, member in MEMBERS.items()}

    @classmethod
    def label(cls, name):
        return MEMBERS[name].label if name in MEMBERS else super().label(name)

    def same(self, name, text, other):
        return MEMBERS[name].is_same(text, other)

    def catch_up_further(self, data, base):
        """Names are taken over as a whole where the editor left them alone; else theirs are told and his stay."""
        mine, before, now = Contributors.of_post(data), csl_of(base), csl_of(self.stored)
        if mine.is_same(before):
            self.new_contributors = Contributors.of_csl(now)
            return
        mine.find_again(data, before, now)
        if names_text(before) != names_text(now):
            self.theirs.append((_("Contributors"), names_text(now)))


def _carried(data):
    """Return the CSL object that a posted form carries; nothing where it is none."""
    try:
        text = data.get("pasted", "") if data is not None else ""
        return SourceContent.read(parse_json(text)).csl if text else {}
    except Refused:
        return {}


def csl_of(version):
    """Return the CSL object of a version of a source, empty for None."""
    return json.loads(version.csl) if version else {}


def kept(csl):
    """Yield (path, JSON) for everything in a CSL object that no field of the form shows."""
    for member, value in csl.items():
        if member in ROLES:
            for index, name in enumerate(value):
                yield from _listed(f"{ROLES[member]} {index + 1}: ", name, PARTS)
        elif member == "custom":
            shown = [name for name in CUSTOM if MEMBERS[name].shown(csl)]
            yield from _listed("custom: ", value, shown)
        elif isinstance(MEMBERS.get(member), Date):
            yield from _listed(f"{member}: ", value, [name for name in SAYS_WHEN if name in value][:1])
        elif member not in MEMBERS:
            yield member, _json(value)


def _listed(path, members, shown):
    for name, value in members.items():
        if name not in shown:
            yield f"{path}{name}", _json(value)


def _json(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
