"""How types and roles of CSL are called at the desk, and which fields a type makes use of."""

from django.utils.translation import gettext_lazy as _

TYPES = (
    (_("Most used"), (
        ("book", _("Book")), ("chapter", _("Chapter in a book")), ("article-journal", _("Article in a journal")),
        ("article-newspaper", _("Article in a newspaper")), ("article-magazine", _("Article in a magazine")),
        ("report", _("Report")), ("webpage", _("Web page")), ("document", _("Document")),
        ("interview", _("Interview")), ("map", _("Map")),
    )),
    (_("In writing"), (
        ("article", _("Article, preprint")), ("classic", _("Classical text")), ("collection", _("Collection")),
        ("entry", _("Entry in a reference work")), ("entry-dictionary", _("Entry in a dictionary")),
        ("entry-encyclopedia", _("Entry in an encyclopedia")), ("manuscript", _("Manuscript")),
        ("pamphlet", _("Pamphlet")), ("paper-conference", _("Paper at a conference")),
        ("periodical", _("Journal or newspaper as a whole")),
        ("personal_communication", _("Letter or personal communication")), ("post", _("Post on a site")),
        ("post-weblog", _("Post on a weblog")), ("review", _("Review")), ("review-book", _("Review of a book")),
        ("thesis", _("Thesis")),
    )),
    (_("Law and state"), (
        ("bill", _("Bill")), ("hearing", _("Hearing")), ("legal_case", _("Court decision")),
        ("legislation", _("Act, resolution")), ("patent", _("Patent")), ("regulation", _("Regulation, order")),
        ("standard", _("Standard")), ("treaty", _("Treaty")),
    )),
    (_("Sound, picture and other"), (
        ("broadcast", _("Broadcast")), ("dataset", _("Dataset")), ("event", _("Event")), ("figure", _("Figure")),
        ("graphic", _("Photograph, picture")), ("motion_picture", _("Film, video")),
        ("musical_score", _("Musical score")), ("performance", _("Performance")), ("software", _("Software")),
        ("song", _("Recording")), ("speech", _("Speech")),
    )),
)  # fmt: skip

ROLES = {
    "author": _("Author"), "editor": _("Editor"), "translator": _("Translator"), "interviewer": _("Interviewer"),
    "recipient": _("Recipient"), "collection-editor": _("Editor of the series"),
    "container-author": _("Author of the whole book"), "editorial-director": _("Editorial director"),
    "editor-translator": _("Editor and translator"), "compiler": _("Compiler"), "contributor": _("Contributor"),
    "chair": _("Chair"), "composer": _("Composer"), "curator": _("Curator"), "director": _("Director"),
    "executive-producer": _("Executive producer"), "guest": _("Guest"), "host": _("Host"),
    "illustrator": _("Illustrator"), "narrator": _("Narrator"), "organizer": _("Organizer"),
    "original-author": _("Original author"), "performer": _("Performer"), "producer": _("Producer"),
    "reviewed-author": _("Author of the work reviewed"), "script-writer": _("Script writer"),
    "series-creator": _("Creator of the series"),
}  # fmt: skip

_PERIODICAL = "article-journal article-magazine article-newspaper review review-book periodical "
_BOUND = "chapter entry entry-dictionary entry-encyclopedia paper-conference "
_BOOKS = "book collection classic document pamphlet map report manuscript "
_STATE = "bill hearing legal_case legislation patent regulation standard treaty "
_SITES = "webpage post post-weblog "
_SHOWN = "broadcast figure graphic interview motion_picture song speech "

USED_BY = {
    "container-title": frozenset(f"article {_PERIODICAL}{_BOUND}{_SITES}{_SHOWN}{_STATE}map".split()),
    "collection-title": frozenset(f"{_BOUND}{_BOOKS}thesis".split()),
    "volume": frozenset(f"{_PERIODICAL}{_BOUND}{_BOOKS}{_STATE}".split()),
    "issue": frozenset(_PERIODICAL.split()),
    "page": frozenset(f"{_PERIODICAL}{_BOUND}{_STATE}".split()),
    "publisher": frozenset(f"{_BOUND}{_BOOKS}{_SITES}{_SHOWN}{_STATE}thesis dataset software musical_score".split()),
    "publisher-place": frozenset(f"{_BOUND}{_BOOKS}{_STATE}article-newspaper thesis musical_score".split()),
    "edition": frozenset(f"{_BOUND}{_BOOKS}article-newspaper software musical_score".split()),
    "number": frozenset(f"{_STATE}report document manuscript map dataset broadcast software graphic".split()),
    "ISBN": frozenset(f"{_BOUND}{_BOOKS}musical_score".split()),
    "ISSN": frozenset(_PERIODICAL.split()),
    "DOI": frozenset(f"article article-journal review {_BOUND}{_BOOKS}thesis dataset periodical".split()),
}
"""Member → types that make use of it. The script folds the others away; a member that is not here suits every type."""
