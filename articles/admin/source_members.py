"""The members of CSL data that have a field of their own: how each is shown as text, and how text is put back.

A member whose text was not touched is never written, whatever it holds; so a work comes out of the form as it went in.
"""

from django.utils.translation import gettext_lazy as _

from ..plain_text import forbidden_sentence, normalise, normalise_line
from . import identifiers
from .fields import block, choice, line
from .partial_dates import EXACT_HELP, HELP, SAYS_WHEN, date_text, read_date, read_exact_date
from .source_words import TYPES

CUSTOM = ("archive-url", "archive-date", "url-status")
_STATUS = [("", _("not told")), ("live", _("still there")), ("dead", _("gone"))]


class Member:
    """A member of text or of a number. ``read`` checks what was typed and returns it as it is kept."""

    one_line = True

    def __init__(self, name, label, help_text="", read=None):
        self.name, self.label, self.help_text = name, label, help_text
        self.read = read or (lambda text: text)

    def field(self, csl):
        """Return a form field; ``csl`` is what the work says now."""
        return line(self.label, self.help_text)

    def held(self, csl):
        """Return what the work holds, None if nothing."""
        return csl.get(self.name)

    def shown(self, csl):
        """Return the text of the field, empty where the work holds nothing that it could show."""
        value = self.held(csl)
        return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""

    def told(self, csl):
        """Return what the work holds in words, for those who look: what is chosen goes by its name."""
        return self.shown(csl)

    def put(self, csl, text):
        """Put what was typed into ``csl``; raise ``ValueError`` with a sentence for the editor."""
        text = normalise_line(text) if self.one_line else normalise(text).strip()
        if message := forbidden_sentence(text, one_line=self.one_line):
            raise ValueError(message)
        self.keep(csl, self.read(text) if text else None)

    def keep(self, csl, value):
        """Store ``value``; None takes the member out."""
        csl.pop(self.name, None)
        if value is not None:
            csl[self.name] = value

    def is_same(self, text, other):
        """Tell whether two texts are one to a browser, which takes line breaks out of fields of one line."""
        return _sent(text, self.one_line) == _sent(other, self.one_line)


class Type(Member):
    """What kind of work it is."""

    def field(self, csl):
        blank = [] if csl.get("type") else [("", _("Choose …"))]
        return choice(self.label, [*blank, *TYPES], self.help_text)

    def told(self, csl):
        return _named(self.shown(csl), [pair for _group, pairs in TYPES for pair in pairs])


class Note(Member):
    """Text of several lines."""

    one_line = False

    def field(self, csl):
        return block(self.label, 3, self.help_text)


class Date(Member):
    """A date. Members that the text does not stand for, such as a season, stay beside it."""

    def shown(self, csl):
        return date_text(self.held(csl))

    def keep(self, csl, value):
        before = csl.get(self.name)
        beside = {name: one for name, one in (before or {}).items() if name not in SAYS_WHEN}
        super().keep(csl, value and beside | value)


class Custom(Member):
    """A member inside ``custom``."""

    def held(self, csl):
        custom = csl.get("custom")
        return custom.get(self.name) if isinstance(custom, dict) else None

    def keep(self, csl, value):
        custom = {name: one for name, one in (csl.get("custom") or {}).items() if name != self.name}
        custom |= {} if value is None else {self.name: value}
        csl.pop("custom", None)
        if custom:
            csl["custom"] = custom


class ArchiveDate(Custom):
    """The day of the archived copy, kept as text; an older program may have left a CSL date."""

    def shown(self, csl):
        return date_text(self.held(csl)) or super().shown(csl)


class Status(Custom):
    """Whether the original is still there."""

    def field(self, csl):
        held = self.shown(csl)
        others = [] if held in dict(_STATUS) else [(held, held)]
        return choice(self.label, _STATUS + others, self.help_text)

    def told(self, csl):
        return _named(self.shown(csl), _STATUS[1:])


def _named(code, choices):
    return str(dict(choices).get(code, code))


def _sent(text, one_line):
    text = normalise(text)
    return text.replace("\n", "") if one_line else text.strip()


def _exact_text(text):
    return date_text(read_exact_date(text))


MEMBERS = {
    member.name: member
    for member in (
        Type("type", _("Type"), _("What the work is; it decides how the entry is set.")),
        Member("title", _("Title"), _("In the language of the work.")),
        Date("issued", _("Published"), HELP, read_date),
        Member("language", _("Language"), _("Tag of the language the work is in: en, ru, az, hy …"),
               identifiers.read_language),
        Member("container-title", _("Appeared in"), _("Journal, newspaper, book or site of which it is a part.")),
        Member("collection-title", _("Series")),
        Member("volume", _("Volume")),
        Member("issue", _("Issue")),
        Member("page", _("Pages"), _("Those of the whole work; pages cited stand in the article.")),
        Member("publisher", _("Publisher")),
        Member("publisher-place", _("Place")),
        Member("edition", _("Edition"), _("A number or words.")),
        Member("number", _("Number"), _("Of a report, act, resolution or shelf.")),
        Member("genre", _("Kind in words"), _("Such as PhD thesis, Press release, Telegram.")),
        Member("ISBN", _("ISBN"), _("Ten or thirteen figures; several with commas."), identifiers.read_isbns),
        Member("ISSN", _("ISSN"), "", identifiers.read_issn),
        Member("DOI", _("DOI"), _("Bare or as an address."), identifiers.read_doi),
        Member("URL", _("Address"), "", identifiers.read_address),
        Date("accessed", _("Seen on"), EXACT_HELP, read_exact_date),
        Custom("archive-url", _("Archived copy"), _("Address of a lasting copy."), identifiers.read_address),
        ArchiveDate("archive-date", _("Archived on"), EXACT_HELP, _exact_text),
        Status("url-status", _("The original is"), _("If it is gone, readers are led to the copy first.")),
        Note("note", _("Note"), _("For editors; readers do not see it.")),
    )
}  # fmt: skip
"""Name → member, in the order of the form."""
