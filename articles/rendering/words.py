"""Every word that the page itself says, in one place, ready for translation."""

PART_OF = "Part of"
SIDE = "Side {side}"
COORDINATES = "Coordinates"
MISSING_LINK = "No article of this name is published yet"
UNDEFINED_REFERENCE = "There is no reference with this key"
UNDEFINED_NOTE = "This mark leads to no note"
MISSING_PICTURE = "The picture “{image}” is missing."
MISSING_FIGURE = "There is no figure “{key}” to show here."
CREDIT = "Picture: {credit}"
TABLE = "Table {number}"
EMPTY_REFERENCE = "This reference is empty."
EMPTY_NOTE = "This note is empty."
NOTE = "Note {label}"
REMARK = "Remark on a reference"
UNTITLED = "Untitled"
ET_AL = "et al."
IN = "In"
PAGE, PAGES = "p.", "pp."
HERE = "Here"
VOLUME = "vol."
NUMBER = "no."
CHAPTER = "ch."
EDITION = "{edition} ed."
ACCESSED = "Accessed {date}"
ARCHIVED = "Archived copy"
ARCHIVED_ON = "Archived copy of {date}"
ORIGINAL = "original"
TRANSLATION = "Translation:"
SINCE = "since {date}"
UNTIL = "until {date}"
CIRCA = "c. {date}"
UNCERTAIN = "{date} (uncertain)"
UNKNOWN_DATE = "unknown"
DECADE = "{year}s"
CENTURY = "{century} century"
ONE_OF, ALL_OF = " or ", " and "
BEFORE_CHRIST = "{year} BC"

MONTHS = "January February March April May June July August September October November December".split()
SEASONS = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter", 25: "spring", 26: "summer", 27: "autumn", 28: "winter",
    29: "spring", 30: "summer", 31: "autumn", 32: "winter", 33: "first quarter of", 34: "second quarter of",
    35: "third quarter of", 36: "fourth quarter of", 37: "first third of", 38: "second third of", 39: "last third of",
    40: "first half of", 41: "second half of",
}  # fmt: skip
NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions dozen dozens".split()
)

LEADING_ROLES = {
    "editor": ("ed.", "eds"),
    "editor-translator": ("ed. and trans.", "eds and trans."),
    "translator": ("trans.", "trans."),
    "compiler": ("comp.", "comps"),
    "director": ("dir.", "dirs"),
}
"""What follows a name, or several, with which an entry begins."""
ROLES = {
    "editor": "edited by",
    "translator": "translated by",
    "editor-translator": "edited and translated by",
    "director": "directed by",
    "producer": "produced by",
    "interviewer": "interview by",
    "illustrator": "illustrated by",
    "compiler": "compiled by",
    "recipient": "to",
    "reviewed-author": "review of a work by",
    "original-author": "originally by",
    "contributor": "with",
    "host": "hosted by",
    "guest": "with",
    "narrator": "narrated by",
    "performer": "performed by",
    "composer": "music by",
    "script-writer": "written by",
    "curator": "curated by",
    "organizer": "organised by",
    "chair": "chaired by",
}
