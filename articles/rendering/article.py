"""One article's page, put together."""

import re

from ..folding import fold, make_slug
from ..rendered import Heading, RenderedArticle, RenderedCategory, RenderedName
from .checking import problems
from .citations import number
from .figures import figure_html, missing_figure_html, rendered_figure
from .foreign import Foreign
from .headings import sections
from .infobox import parent_link, rendered_infobox
from .languages import language_name, language_tag
from .page_words import box_texts, plain_words
from .reading import Reading
from .references import note_entries, reference_entries
from .safe_html import safe
from .writer import Writer

_LINK_TARGET = re.compile(r"\[\[([^\[\]|\\`]+)\\?(?:\||\]\])")
_LINE_START = re.compile(r"\n[ \t>]*")


def render(content, links):
    """Return the ``RenderedArticle`` of ``content``; ``links`` is the published world as it sees it.

    Pure: equal arguments give equal results. Any content that ``ArticleContent.from_json`` lets through is rendered;
    what is wrong with it stands in the result's ``problems``.
    """
    return _Page(content, links).article()


def link_targets(content):
    """Return every folded target that the page may name: those of links in any markup field, and the parent.

    What looks like one in a code span or names a figure is among them; nobody looks it up.
    """
    fields = [_LINE_START.sub(" ", text) for text in (content.body, *(note.text for note in content.notes))]
    fields += [row.value for row in content.infobox.rows]
    fields += [figure.caption for figure in content.figures]
    fields += [text for one in content.references for text in (one.remark, one.text)]
    targets = {fold(" ".join(found.split())) for text in fields for found in _LINK_TARGET.findall(text)}
    return frozenset((targets | {fold(content.part_of)} if content.part_of else targets) - {""})


class _Page:
    """The steps of one rendering, which share what was read and numbered."""

    def __init__(self, content, links):
        self.content = content
        self.links = links
        self.targets = dict(links.targets)
        self.reading = Reading(content)
        self.numbering = number(self.reading.document(), self.reading.note_marks(), self.reading.remark_marks())
        self.tokens = self.reading.body.tokens
        self.sections = sections(self.tokens)
        by_token = {id(self.tokens[section.index]): section for section in self.sections}
        self.writer = Writer(self.numbering, self.targets, self.figure, by_token, Foreign(content.names))

    def article(self):
        content = self.content
        parent = parent_link(content, self.targets)
        box = rendered_infobox(content, self.reading, self.writer, parent, self.infobox_figure())
        lead_opening, lead_rest, rest = self.body()
        notes = note_entries(self.reading.notes, self.numbering, self.writer)
        references = reference_entries(content.references, self.reading, self.numbering, self.writer)
        return RenderedArticle(
            title=content.title,
            short_description=content.short_description,
            infobox=box,
            lead_opening=lead_opening,
            lead_rest=lead_rest,
            sections=rest,
            contents=self.contents(),
            notes=notes,
            references=references,
            names=tuple(_name(name) for name in content.names),
            categories=tuple(RenderedCategory(name, f"/categories/{make_slug(name)}/") for name in content.categories),
            parent=parent,
            campaign=self.links.campaign,
            parts=self.links.parts,
            text=plain_words(
                lead_opening, lead_rest, rest, *box_texts(box), *(one.html for one in (*notes, *references))
            ),
            problems=problems(self.reading, self.numbering, self.targets),
        )

    def figure(self, mark):
        """Return the HTML of what a figure mark shows: nothing where another mark shows it already."""
        if figure := self.reading.placed.get(mark):
            return figure_html(figure, self.caption(figure), self.links.media)
        shown = any(figure.key == mark.key for figure in self.reading.placed.values())
        return "" if shown else missing_figure_html(mark.key)

    def infobox_figure(self):
        figure = self.reading.infobox_figure
        return figure and rendered_figure(figure, self.caption(figure), self.links.media)

    def caption(self, figure):
        return self.writer.inline(self.reading.captions[figure.key].tokens[0].children)

    def body(self):
        """Return the body in three parts: the first block of the lead, the rest of the lead, the sections."""
        behind_lead = self.sections[0].index if self.sections else len(self.tokens)
        ends = (place + 1 for place, token in enumerate(self.tokens) if token.level == 0 and token.nesting < 1)
        behind_first = min(next(ends, 0), behind_lead)
        parts = self.tokens[:behind_first], self.tokens[behind_first:behind_lead], self.tokens[behind_lead:]
        return tuple(safe(self.writer.blocks(tokens)) for tokens in parts)

    def contents(self):
        """Return the contents list as a tree."""
        below = {id(section): [] for section in self.sections}
        top = []
        for section in reversed(self.sections):
            words = safe(self.writer.inline(self.tokens[section.index + 1].children, marks=False).strip())
            heading = Heading(section.anchor, words, section.level, tuple(reversed(below[id(section)])))
            (below[id(section.parent)] if section.parent else top).append(heading)
        return tuple(reversed(top))


def _name(name):
    tag = language_tag(name.language, name.script)
    return RenderedName(name.name, tag, language_name(name.language, name.script))
