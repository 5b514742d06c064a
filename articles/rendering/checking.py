"""What is wrong with an article's content, and where: rules 8 and 9 of citations.md.

Errors in text that is in no list and on no page (an unused note, a caption without place) are told too: the editor can
mend them, and the text may be used tomorrow. Warnings about single marks are told wherever the mark stands.
"""

import re

from ..folding import fold
from ..infobox_kinds import KINDS
from ..markup import CitationMark, FigureMark, LinkMark, LoneSign, NoteMark
from ..problems import ERROR, WARNING, Problem
from ..wording import gettext as _, gettext_lazy
from .references import is_empty_reference

# The language of the articles, not of the interface.
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions dozen dozens"
)
_NUMBER = re.compile(r"\d|\b(?:" + "|".join(_NUMBER_WORDS.split()) + r")\b", re.IGNORECASE)


def problems(reading, numbering, targets):
    """Return the problems of an article in the order of its parts."""
    return tuple(_Check(reading, numbering, targets).all())


def kinds_from_source(reference):
    """Return {kind: level} of the problems of a reference that follow from what its source says."""
    found = {}
    if is_empty_reference(reference):
        found["empty_reference"] = ERROR
    csl = reference.source.csl if reference.source else {}
    custom = csl.get("custom")
    if csl.get("URL") and not (isinstance(custom, dict) and custom.get("archive-url")):
        found["unarchived_url"] = WARNING
    return found


def kinds_from_image(image):
    """Return {kind: level} of the problems of a picture that follow from its credit and licence.

    ``image`` is whatever has them: a figure of a content, or a version of an image.
    """
    return {f"missing_{name}": WARNING for name in ("credit", "licence") if not getattr(image, name)}


_RIGHTS = {
    "missing_credit": gettext_lazy(
        "The picture of “{key}” names nobody who made it; give its credit on the image’s own page."
    ),
    "missing_licence": gettext_lazy(
        "The picture of “{key}” has no licence; say on the image’s own page under which it is shown."
    ),
}


class _Check:
    def __init__(self, reading, numbering, targets):
        self.reading = reading
        self.content = reading.content
        self.numbering = numbering
        self.targets = targets
        self.citing_notes = {key for key, markup in reading.notes.items() if _cites(markup.marks)}

    def all(self):
        yield from self.rows()
        yield from self.body()
        yield from self.notes()
        yield from self.references()
        yield from self.figures()

    # Parts of the article

    def rows(self):
        kind = KINDS.get(self.content.infobox.kind)
        for index, row, markup in sorted(self.reading.rows, key=lambda one: one[0]):
            place = f"infobox.rows[{index}].value"
            yield from self.marks(place, markup)
            if kind.by_name[row.field].counts and _NUMBER.search(_plain(markup)) and not self.cited(markup.marks):
                message = _("“{value}” gives a number without a source; cite one behind it, such as [@key].").format(
                    value=row.value[:60]
                )
                yield Problem(f"{place}:1:1", "uncited_figure", message, WARNING)

    def body(self):
        markup = self.reading.body
        yield from self.marks("body", markup)
        cited = {id(mark.block) for mark in markup.marks if not isinstance(mark, FigureMark) and self.cited([mark])}
        for token, text in zip(markup.tokens, markup.tokens[1:], strict=False):
            if token.type == "paragraph_open" and token.level == 0 and id(text) not in cited:
                line, column = markup.start(text)
                message = _("This paragraph cites no source; add a citation such as [@key].")
                yield Problem(f"body:{line}:{column}", "uncited_paragraph", message, WARNING)

    def notes(self):
        for index, note in enumerate(self.content.notes):
            place = f"notes[{index}]"
            if not note.text.strip():
                message = _("The note “{key}” is empty; write its text or remove it.").format(key=note.key)
                yield Problem(f"{place}.text", "empty_note", message, ERROR)
            yield from self.marks(f"{place}.text", self.reading.notes[note.key], nested=True)
            if note.key not in self.numbering.notes:
                message = _("No mark shows the note “{key}”; put [^{key}] where it belongs or remove the note.").format(
                    key=note.key
                )
                yield Problem(f"{place}.key", "unused_note", message, WARNING)

    def references(self):
        for index, reference in enumerate(self.content.references):
            place, key = f"references[{index}]", reference.key
            from_source = kinds_from_source(reference)
            if "empty_reference" in from_source:
                message = _("The reference “{key}” is empty; choose a source or write free text.").format(key=key)
                yield Problem(place, "empty_reference", message, ERROR)
            if reference.text:
                yield from self.marks(f"{place}.text", self.reading.texts[key])
            yield from self.marks(f"{place}.remark", self.reading.remarks[key], nested=True)
            if key not in self.numbering.references:
                message = _("Nothing cites the reference “{key}”; cite it with [@{key}] or remove it.").format(key=key)
                yield Problem(f"{place}.key", "unused_reference", message, WARNING)
            if "unarchived_url" in from_source:
                message = _("The linked page may vanish; add the address of an archived copy.")
                yield Problem(f"{place}.source.URL", "unarchived_url", message, WARNING)

    def figures(self):
        placed = {figure.key for figure in self.reading.placed.values()}
        for index, figure in enumerate(self.content.figures):
            place = f"figures[{index}]"
            yield from self.marks(f"{place}.caption", self.reading.captions[figure.key])
            if not figure.alt.strip():
                message = _("The figure “{key}” has no alternative text; say in words what the picture shows.").format(
                    key=figure.key
                )
                yield Problem(f"{place}.alt", "missing_alt", message, WARNING)
            if figure.image.startswith("sha256:"):
                yield from self.rights(f"{place}.image", figure)
            if figure.key not in placed and figure is not self.reading.infobox_figure:
                message = _("The figure “{key}” is shown nowhere; put ![[{key}]] on a line of its own.").format(
                    key=figure.key
                )
                yield Problem(f"{place}.key", "unplaced_figure", message, WARNING)

    def rights(self, place, figure):
        for kind, level in kinds_from_image(figure).items():
            yield Problem(place, kind, _RIGHTS[kind].format(key=figure.key), level)

    # Marks

    def marks(self, place, markup, *, nested=False):
        """Yield the problems of the marks of one field; ``nested`` fields may hold no note marks."""
        for mark in markup.marks:
            for kind, message, level in self.mark(mark, nested, markup):
                line, column = markup.position(mark)
                yield Problem(f"{place}:{line}:{column}", kind, message, level)
        for mark in markup.unclosed:
            line, column = markup.position(mark)
            yield Problem(f"{place}:{line}:{column}", "invalid", _of_unclosed(mark), WARNING)

    def mark(self, mark, nested, markup):
        if isinstance(mark, CitationMark):
            for cite in mark.cites:
                if cite.key not in self.reading.remarks:
                    message = _("There is no reference “{key}”; add one with this key or correct the mark.").format(
                        key=cite.key
                    )
                    yield "undefined_reference", message, ERROR
        elif isinstance(mark, NoteMark):
            yield from self.note_mark(mark.key, nested)
        elif isinstance(mark, LinkMark):
            if _is_meant_as_figure(mark, markup):
                message = _("A figure stands on a line of its own in the body; move ![[{key}]] to one.").format(
                    key=mark.target
                )
                yield "invalid", message, WARNING
            elif self.targets.get(fold(mark.target)) is None:
                message = _("No article “{target}” is published; the link leads nowhere yet.").format(
                    target=mark.target
                )
                yield "missing_link", message, WARNING
        elif mark not in self.reading.placed:
            yield self.figure_mark(mark.key)

    def note_mark(self, key, nested):
        if nested:
            yield (
                "nested_note",
                _("A note or remark holds no notes; take [^{key}] out and say it in words.").format(key=key),
                ERROR,
            )
        elif key not in self.reading.notes:
            yield (
                "undefined_note",
                _("There is no note “{key}”; add one with this key or correct the mark.").format(key=key),
                ERROR,
            )

    def figure_mark(self, key):
        figure = next((figure for figure in self.content.figures if figure.key == key), None)
        if figure is None:
            message = _("There is no figure “{key}”; add one with this key or correct the mark.").format(key=key)
            return "undefined_figure", message, ERROR
        if figure.placement == "infobox":
            message = _("The figure “{key}” stands in the infobox; set its placement to body to show it here.").format(
                key=key
            )
            return "undefined_figure", message, ERROR
        return (
            "invalid",
            _("The figure “{key}” stands further up already and is shown there only; remove one.").format(key=key),
            WARNING,
        )

    def cited(self, marks):
        """Tell whether among ``marks`` is one that cites, be it through a note."""
        return _cites(marks) or any(isinstance(mark, NoteMark) and mark.key in self.citing_notes for mark in marks)


def _of_unclosed(mark):
    """Return what there is to say about what looks like a mark and is none."""
    if isinstance(mark, LoneSign):
        message = _(
            "The sign {sign} stands alone and is shown as it is; put {sign} right before and right behind the words "
            "that it is for, in one paragraph, or a \\ before each sign that shall be shown."
        )
        return message.format(sign=mark.sign[:10])
    if mark.closed:
        return _(
            "These double brackets make no link; write [[title]] or [[title|words]] with no bracket and no backtick in "
            "the title, or \\[ for a bracket that is no link."
        )
    return _("A link is opened by [[ and not closed; write ]] behind it, or \\[ for a bracket that is no link.")


def _cites(marks):
    return any(isinstance(mark, CitationMark) for mark in marks)


def _is_meant_as_figure(link, markup):
    """Tell whether an exclamation mark that ends no word leads the link."""
    text = markup.text if link.block is None else link.block.content
    return text[max(0, link.start - 2) : link.start].lstrip() == "!"


def _plain(markup):
    """Return the words of a line without its marks."""
    return "".join(token.content for token in markup.tokens[0].children if not token.type.startswith("code"))
