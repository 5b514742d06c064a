"""An article as Markdown in Pandoc's syntax: one file with its sources, ready for ``pandoc --citeproc``.

Our marks for citations and notes are Pandoc's own already; links, figures and the infobox are written out. The sources
stand as CSL data in the head of the file. https://pandoc.org/MANUAL.html#pandocs-markdown
"""

import json
import re

from .. import wording
from ..folding import fold
from ..infobox_kinds import ALL_SIDES, KINDS
from ..markup import FigureMark, LinkMark, parse_body, parse_line, parse_note
from . import words
from .dates_in_words import event_date_words
from .page_words import plain_words

_YAML_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def pandoc_markdown(content, links, site, page):
    """Return the Markdown of ``content``.

    ``links`` are its ``Links``, ``site`` the address before every path, ``page`` its ``RenderedArticle``.
    """
    return _Export(content, links, site).text(page)


def csl_items(content):
    """Return the sources of the article as CSL data, each under its key; free text is a document of that title."""
    return [_item(reference) for reference in content.references]


def _item(reference):
    if reference.source is None:
        return {"id": reference.key, "type": "document", "title": _plain_line(reference.text)}
    return dict(reference.source.csl) | {"id": reference.key}


def _plain_line(text):
    """Return the words of free text: what stands in its links, without emphasis."""
    return plain_words("".join(token.content for token in parse_line(text, citing=False).tokens[0].children))


class _Export:
    def __init__(self, content, links, site):
        self.content, self.links, self.site = content, links, site
        self.targets = dict(links.targets)
        self.figures = {figure.key: figure for figure in content.figures}

    def text(self, page):
        parts = [self.head(), self.infobox(), self.body(), *self.notes(page)]
        return "\n\n".join(part for part in parts if part) + "\n"

    def head(self):
        """The metadata block: JSON is YAML, and nothing in it can end the block."""
        content = self.content
        facts = {"title": content.title, "subtitle": content.short_description, "lang": wording.language()}
        lines = [f"{name}: {_quoted(value)}" for name, value in facts.items() if value]
        lines.append(f"references: {_quoted(csl_items(content))}")
        return "\n".join(["---", *lines, "---"])

    def infobox(self):
        """The infobox as a definition list: field and side, then the values."""
        kind = KINDS.get(self.content.infobox.kind)
        entries = {}
        if self.content.event_date and not any(row.field == "date" for row in self.content.infobox.rows):
            entries[str(words.DATE)] = [event_date_words(self.content.event_date)]
        for _index, row in self.content.infobox.in_display_order() if kind else ():
            label = kind.by_name[row.field].label
            if row.side == ALL_SIDES:
                label = f"{label} – {kind.joint_label}"
            elif row.side:
                label = words.SIDE_APART.format(label=label, side=row.side)
            value = self.line(row.value)
            said = f" ({row.attribution})" if row.attribution else ""
            entries.setdefault(str(label), []).append(value + said)
        return "\n\n".join("\n".join([label, *(f":   {value}" for value in some)]) for label, some in entries.items())

    def body(self):
        markup = parse_body(self.content.body)
        return self.written_out(markup).strip("\n")

    def figure(self, key):
        figure = self.figures.get(key)
        if figure is None or not figure.file:
            return ""
        caption = self.line(figure.caption)
        return f"![{caption}]({self.site}{self.links.media}{figure.file.name}){{#figure-{key}}}"

    def notes(self, page):
        """The notes that the page lists, in its order."""
        texts = {note.key: note.text for note in self.content.notes}
        for entry in page.notes:
            text = self.written_out(parse_note(texts[entry.key])).replace("\n", "\n    ")
            yield f"[^{entry.key}]: {text}"

    def line(self, text):
        """Return a line of markup written out."""
        return self.written_out(parse_line(" ".join(text.split())))

    def written_out(self, markup):
        """Return the source of ``markup`` with figures and links to articles as ordinary ones, or their words alone."""
        text = markup.text
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        for mark in reversed(markup.marks):
            if isinstance(mark, LinkMark | FigureMark):
                line, column = markup.position(mark)
                start = starts[line - 1] + column - 1
                end = text.index("]]", start) + 2
                text = text[:start] + self.instead(mark, text[start:end]) + text[end:]
        return text

    def instead(self, mark, source):
        """Return what stands in the export for the ``source`` of a mark."""
        if isinstance(mark, FigureMark):
            return self.figure(mark.key)
        words = re.split(r"\\?\|", source[2:-2], maxsplit=1)[-1].strip()
        target = self.targets.get(fold(mark.target))
        return f"[{words}]({self.site}{target.address})" if target else words


def _quoted(value):
    """Return JSON, which YAML reads; what YAML takes for line ends and does not take at all is escaped."""
    return _YAML_BREAKS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
