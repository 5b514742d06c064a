"""Every markup field of an article, read once, and the reading order of its marks (citations.md, rule 1)."""

from functools import cached_property

from ..markup import FigureMark, parse_body, parse_line, parse_note


class Reading:
    """The content with its markup read: ``rows`` are (index, row, markup) in display order, the rest goes by key."""

    def __init__(self, content):
        self.content = content
        self.rows = [(index, row, parse_line(row.value)) for index, row in content.infobox.in_display_order()]
        self.body = parse_body(content.body)
        self.notes = {note.key: parse_note(note.text) for note in content.notes}
        self.remarks = {one.key: parse_line(one.remark) for one in content.references}
        self.texts = {one.key: parse_line(one.text, citing=False) for one in content.references if one.text}
        self.captions = {figure.key: parse_line(figure.caption) for figure in content.figures}

    @cached_property
    def infobox_figure(self):
        """The figure that stands in the infobox, None where there is none."""
        return next((figure for figure in self.content.figures if figure.placement == "infobox"), None)

    @cached_property
    def placed(self):
        """The figure that each figure mark of the body shows: each body figure once, at its first mark."""
        left = {figure.key: figure for figure in self.content.figures if figure.placement != "infobox"}
        marks = (mark for mark in self.body.marks if isinstance(mark, FigureMark))
        return {mark: left.pop(mark.key) for mark in marks if mark.key in left}

    def document(self):
        """Yield all displayed marks in reading order: the infobox, then the body with captions where they stand."""
        if self.infobox_figure:
            yield from self.captions[self.infobox_figure.key].marks
        for _, _, markup in self.rows:
            yield from markup.marks
        for mark in self.body.marks:
            if mark in self.placed:
                yield from self.captions[mark.key].marks
            else:
                yield mark

    def note_marks(self):
        """Return the marks of each note by its key."""
        return {key: markup.marks for key, markup in self.notes.items()}

    def remark_marks(self):
        """Return the marks of each reference's remark by its key."""
        return {key: markup.marks for key, markup in self.remarks.items()}
