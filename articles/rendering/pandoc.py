"""An article as Markdown in Pandoc's syntax: one file with its sources, ready for ``pandoc --citeproc``.

Our marks for citations and notes are Pandoc's own already; links, figures and the infobox are written out. The sources
stand as CSL data in the head of the file. https://pandoc.org/MANUAL.html#pandocs-markdown
"""

import json
import re
from bisect import bisect_left
from collections import defaultdict

from .. import wording
from ..folding import fold
from ..infobox_kinds import ALL_SIDES, KINDS
from ..markup import LinkMark, NoteMark, parse_body, parse_line, parse_note
from ..markup.addresses import read_address
from ..markup.brackets import OrdinaryLink
from . import words
from .dates_in_words import event_date_words
from .page_words import plain_words

_YAML_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")

_ESCAPED = re.compile(r"[<{}$^~]")
"""What means something to Pandoc and nothing to us: raw HTML, attributes, formulas, superscripts, struck words."""
_BEFORE = r"\\\g<0>"
_PLAIN = re.compile(r"[\\`*_\[\]<>{}$^~@!]")
_SIGN = re.compile(r"\\[!-/:-@\[-`{-~\n]|\\|`+|!?\[|[<{}$^~@]")


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
            said = f" ({_PLAIN.sub(_BEFORE, row.attribution)})" if row.attribution else ""
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
        """Return the source of ``markup``: figures and links as Pandoc's, escaped what the page shows as text."""
        lines = markup.text.split("\n")
        if markup.tokens[:1] and markup.tokens[0].type == "inline" and markup.tokens[0].map is None:
            return self.inline(markup.tokens[0])
        # Of each line with inline text: what is written of it, and up to where it is read.
        written, read = defaultdict(list), defaultdict(int)
        for token in markup.tokens:
            if token.type == "fence":
                # An info string in braces would make the code raw HTML.
                lines[token.map[0]] = lines[token.map[0]].replace("{", "").replace("}", "")
            elif token.type == "figure":
                line = token.meta["mark"].line
                start = lines[line].index("![[")
                lines[line] = lines[line][:start] + self.figure(token.meta["mark"].key)
            elif token.type == "inline":
                first = markup.first_line(token)
                for line, (old, new) in enumerate(
                    zip(token.content.split("\n"), self.inline(token).split("\n"), strict=True), first
                ):
                    old, new, source, done = old.strip(), new.strip(), lines[line], read[line]
                    start = source.find(old.replace("|", r"\|"), done) if "|" in old else -1  # bars in a cell
                    # Looked for no further than those: each of a thousand cells would be, to the end of the line.
                    plain = source.find(old, done, start + len(old) if start >= 0 else None)
                    if plain < 0 <= start:
                        old, new = (part.replace("|", r"\|") for part in (old, new))
                    else:
                        start = plain
                    if start < 0:  # not to be found: nothing of the rest of the line may mean anything
                        start, old, new = done, source[done:], _ESCAPED.sub(_BEFORE, source[done:])
                    written[line] += (source[done:start], new)
                    read[line] = start + len(old)
        for line, pieces in written.items():  # behind them stand cells that the page leaves out
            lines[line] = "".join(pieces) + _ESCAPED.sub(_BEFORE, lines[line][read[line] :])
        return "\n".join(lines)

    def inline(self, token):
        """Return the text of an inline token with its links as Pandoc's and the rest kept from meaning more."""
        text, brackets, runs = token.content, (token.meta or {}).get("brackets", {}), {}
        for run in re.finditer("`+", text):
            runs.setdefault(len(run[0]), []).append(run.start())
        return self.span(text, brackets, runs, 0, len(text))

    def span(self, text, brackets, runs, at, end):
        """Return what Pandoc reads as the page shows ``text`` from ``at`` to ``end``."""
        out = []
        while match := _SIGN.search(text, at, end):
            start, behind, sign = match.start(), match.end(), match[0]
            out.append(text[at:start])
            written = "".join(f"\\{one}" for one in sign)
            if found := brackets.get(start):
                behind = found.end
                written = self.found(text, brackets, runs, start, found)
            elif sign[0] == "`":
                starts = runs.get(len(sign), ())
                index = bisect_left(starts, behind)
                if index < len(starts) and starts[index] < end:
                    behind = starts[index] + len(sign)
                    written = text[start:behind]
            elif sign == "<" and (address := read_address(text, start)):
                behind = address[2]
                written = text[start:behind]
            elif sign[0] == "\\" and len(sign) == 2:
                written = sign
            out.append(written)
            at = behind
        return "".join([*out, text[at:end]])

    def found(self, text, brackets, runs, start, found):
        """Return what stands in the export for a mark or a link; its line breaks stay."""
        what, source = found.what, text[start : found.end]
        if isinstance(what, OrdinaryLink):
            words = self.span(text, brackets, runs, *what.words)
            address, title = what.href, _PLAIN.sub(_BEFORE, what.title).replace('"', '\\"')
        elif isinstance(what, LinkMark):
            words = self.span(text, {}, runs, *(what.words or (start + 2, found.end - 2))).strip()
            target = self.targets.get(fold(what.target))
            if target is None:
                return words + "\n" * (source.count("\n") - words.count("\n"))
            address, title = f"{self.site}{target.address}", ""
        elif isinstance(what, NoteMark):
            return source
        else:
            return _ESCAPED.sub(_BEFORE, source)
        address = address.replace("<", "%3C").replace(">", "%3E").replace("(", "%28").replace(")", "%29")
        title = f' "{title}"' if title else ""
        written = f"[{words}]({address}{title}"
        return written + "\n" * (source.count("\n") - written.count("\n")) + ")"


def _quoted(value):
    """Return JSON, which YAML reads; what YAML takes for line ends and does not take at all is escaped."""
    return _YAML_BREAKS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
