"""Every word that the page itself says, in one place, in the site's language wherever it is used."""

from ..wording import gettext_lazy as _, pgettext_lazy

PART_OF = _("Part of")
SIDE = _("Side {side}")
SIDE_BEHIND = _("{label}, side {side}")
SIDE_APART = _("{label} – side {side}")
COORDINATES = _("Coordinates")
DATE = _("Date")
MISSING_LINK = _("No article of this name is published yet")
UNDEFINED_REFERENCE = _("There is no reference with this key")
UNDEFINED_NOTE = _("This mark leads to no note")
MISSING_PICTURE = _("The picture “{image}” is missing.")
MISSING_FIGURE = _("There is no figure “{key}” to show here.")
CREDIT = _("Picture: {credit}")
TABLE = _("Table {number}")
EMPTY_REFERENCE = _("This reference is empty.")
EMPTY_NOTE = _("This note is empty.")
NOTE = _("Note {label}")
REMARK = _("Remark on a reference")
UNTITLED = _("Untitled")
ET_AL = _("et al.")
IN = pgettext_lazy("before the book in which a chapter stands", "In")
PAGE, PAGES = pgettext_lazy("one page", "p."), pgettext_lazy("several pages", "pp.")
HERE = pgettext_lazy("before the pages that are cited", "Here")
VOLUME = _("vol.")
NUMBER = pgettext_lazy("issue of a periodical", "no.")
CHAPTER = _("ch.")
EDITION = _("{edition} ed.")
ACCESSED = _("Accessed {date}")
ARCHIVED = _("Archived copy")
ARCHIVED_ON = _("Archived copy of {date}")
ORIGINAL = pgettext_lazy("of an archived copy", "original")
TRANSLATION = _("Translation:")

SINCE = _("since {date}")
UNTIL = _("until {date}")
CIRCA = _("c. {date}")
UNCERTAIN = _("{date} (uncertain)")
UNKNOWN_DATE = pgettext_lazy("date", "unknown")
DECADE = _("{year}s")
CENTURY = _("{century} century")
ONE_OF, ALL_OF = pgettext_lazy("between dates", " or "), pgettext_lazy("between dates", " and ")
BEFORE_CHRIST = _("{year} BC")
DAY_OF_YEAR = pgettext_lazy("date", "{day} {month} {year}")
DAY_OF_MONTH = pgettext_lazy("date", "{day} {month}")
MONTH_OF_YEAR = pgettext_lazy("date", "{month} {year}")
SEASON_OF_YEAR = pgettext_lazy("date", "{season} {year}")
DAYS = pgettext_lazy("two days of one month: 27–28 March 1993", "{day}–{date}")
ORDINALS = (
    pgettext_lazy("ordinal that ends in 0, 4–9 or is 11–13", "{number}th"),
    pgettext_lazy("ordinal that ends in 1", "{number}st"),
    pgettext_lazy("ordinal that ends in 2", "{number}nd"),
    pgettext_lazy("ordinal that ends in 3", "{number}rd"),
)

MONTHS = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
    _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
)  # fmt: skip
MONTHS_WITH_DAY = (
    pgettext_lazy("alt. month", "January"), pgettext_lazy("alt. month", "February"),
    pgettext_lazy("alt. month", "March"), pgettext_lazy("alt. month", "April"),
    pgettext_lazy("alt. month", "May"), pgettext_lazy("alt. month", "June"),
    pgettext_lazy("alt. month", "July"), pgettext_lazy("alt. month", "August"),
    pgettext_lazy("alt. month", "September"), pgettext_lazy("alt. month", "October"),
    pgettext_lazy("alt. month", "November"), pgettext_lazy("alt. month", "December"),
)  # fmt: skip
"""As they stand behind a day: many languages have a form for it. Django's own catalogues know them by this context."""
_SEASONS = (_("spring"), _("summer"), _("autumn"), _("winter"))
SEASONS = dict(enumerate(_SEASONS * 3, 21)) | {
    33: _("first quarter of"), 34: _("second quarter of"), 35: _("third quarter of"), 36: _("fourth quarter of"),
    37: _("first third of"), 38: _("second third of"), 39: _("last third of"),
    40: _("first half of"), 41: _("second half of"),
}  # fmt: skip

LEADING_ROLES = {
    "editor": (pgettext_lazy("one editor", "ed."), pgettext_lazy("several editors", "eds")),
    "editor-translator": (_("ed. and trans."), _("eds and trans.")),
    "translator": (pgettext_lazy("one translator", "trans."), pgettext_lazy("several translators", "trans.")),
    "compiler": (_("comp."), _("comps")),
    "director": (pgettext_lazy("one director", "dir."), pgettext_lazy("several directors", "dir.")),
}
"""What follows a name, or several, with which an entry begins."""
ROLES = {
    "editor": pgettext_lazy("before names", "edited by"),
    "translator": pgettext_lazy("before names", "translated by"),
    "editor-translator": pgettext_lazy("before names", "edited and translated by"),
    "director": pgettext_lazy("before names", "directed by"),
    "producer": pgettext_lazy("before names", "produced by"),
    "interviewer": pgettext_lazy("before names", "interview by"),
    "illustrator": pgettext_lazy("before names", "illustrated by"),
    "compiler": pgettext_lazy("before names", "compiled by"),
    "recipient": pgettext_lazy("before the name who got a letter", "to"),
    "reviewed-author": pgettext_lazy("before names", "review of a work by"),
    "original-author": pgettext_lazy("before names", "originally by"),
    "contributor": pgettext_lazy("before names", "with"),
    "host": pgettext_lazy("before names", "hosted by"),
    "guest": pgettext_lazy("before names", "with"),
    "narrator": pgettext_lazy("before names", "narrated by"),
    "performer": pgettext_lazy("before names", "performed by"),
    "composer": pgettext_lazy("before names", "music by"),
    "script-writer": pgettext_lazy("before names", "written by"),
    "curator": pgettext_lazy("before names", "curated by"),
    "organizer": pgettext_lazy("before names", "organised by"),
    "chair": pgettext_lazy("before names", "chaired by"),
}
