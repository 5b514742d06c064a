"""What the tests of rendering share: case files, small articles written in lines, and pages as lines."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from articles.content import ArticleContent
from articles.rendered import Html, Link, Links
from articles.rendering import link_targets, render

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"<sup .*?</sup>", re.DOTALL)


def cases(name):
    """Return the cases of ``tests/cases/<name>.txt`` for ``pytest.mark.parametrize("given, expected", …)``.

    A case is a title, then lines of one full stop around what is given and around what is expected.
    """
    parts = re.split(r"^\.\n", (CASES / f"{name}.txt").read_text() + "\n", flags=re.MULTILINE)
    titles, given, expected = parts[:-1:3], parts[1::3], parts[2::3]
    return [
        pytest.param(what.removesuffix("\n"), result.removesuffix("\n"), id=title.strip())
        for title, what, result in zip(titles, given, expected, strict=True)
    ]


def content(**members):
    """Return the content of an article; ``members`` are those of the interchange form."""
    head = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": ""}
    return ArticleContent.from_json(head | members)


def page(article, *published):
    """Render ``article``; of the targets that it names those in ``published`` lead somewhere."""
    targets = ((target, Link(f"/articles/{target}/", target.title())) for target in sorted(link_targets(article)))
    return render(article, Links(tuple((target, link if target in published else None) for target, link in targets)))


def written(lines):
    """Return the content of an article that is written in lines.

    ``refs: a b`` makes references, ``box FIELD [SIDE]: value``, ``note KEY: text``, ``text KEY: free text``,
    ``remark KEY: text``, ``figure KEY: caption`` and ``boxfigure KEY: caption`` rows; ``body:`` takes all that follows.
    """
    head, _, body = f"\n{lines}".partition("\nbody:")
    rows, notes, figures, references = [], [], [], {}
    for line in head.strip().splitlines():
        what, _, text = line.partition(":")
        kind, *names = what.split()
        text = text.strip().replace("\\n", "\n")
        if kind == "refs":
            references |= {key: {"key": key, "source": {"type": "book", "title": key}} for key in text.split()}
        elif kind == "box":
            side = {"side": names[1] if names[1] == "all" else int(names[1])} if names[1:] else {}
            rows.append({"field": names[0], "value": text} | side)
        elif kind == "note":
            notes.append({"key": names[0], "text": text})
        elif kind == "text":
            references[names[0]] = {"key": names[0], "text": text}
        elif kind == "remark":
            references[names[0]]["remark"] = text
        else:
            place = "infobox" if kind == "boxfigure" else "body"
            figure = {"key": names[0], "caption": text, "placement": place, "image": "a.png", "alt": "a"}
            figures.append(figure)
    return content(
        body=body.strip("\n "), notes=notes, figures=figures, references=list(references.values()),
        infobox={"kind": "military-conflict", "rows": rows} if rows or "boxfigure" in head else {},
    )  # fmt: skip


def marks(html):
    """Return the marks in ``html`` as words: ``[1] [2, p. 3] [a] [x?]``."""
    return " ".join(_mark(mark) for mark in _MARK.findall(html))


def _mark(html):
    locator = re.search(r'<span class="locator">(.*?)</span>', html)
    shown = re.search(r"\[[^\]<]*", html)[0]
    return f"{shown}, {locator[1]}]" if locator else f"{shown}]"


def numbered(rendered):
    """Return the marks and lists of a page, a line for each part that has any."""
    box, lines = rendered.infobox, []
    if box:
        cells = [cell for section in box.sections for cell in (*section.cells, section.joint) if cell]
        values = [value.html for part in (*box.facts, *cells, *box.tail) for value in part.values]
        lines += [f"box: {found}" for html in values if (found := marks(html))]
        if box.figure:
            lines.insert(0, f"picture: {marks(box.figure.caption)}")
    body = marks(rendered.lead_opening + rendered.lead_rest + rendered.sections)
    lines += [f"body: {body}"] if body else []
    for name, entries in (("note", rendered.notes), ("reference", rendered.references)):
        for entry in entries:
            backlinks = " ".join(f"{link.letter}>{link.anchor}" for link in entry.backlinks)
            lines.append(f"{name} {entry.label} {entry.key}: {marks(entry.html)} {backlinks}".replace(":  ", ": "))
    return "\n".join(lines)


def html_pieces(value):
    """Yield every piece of HTML in a rendered article."""
    if isinstance(value, Html):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from html_pieces(one)
    elif hasattr(value, "__dataclass_fields__"):
        yield from html_pieces(tuple(vars(value).values()))


class Outline(HTMLParser):
    """What a piece of HTML holds: ``elements`` as (tag, attributes), its ``text``, whether it is ``balanced``."""

    _VOID = frozenset(("br", "hr", "img"))

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.wrong, self.words = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    @property
    def balanced(self):
        return not self.open and not self.wrong

    @property
    def text(self):
        return "".join(self.words)


def words(html):
    """Return the text of a piece of HTML."""
    return Outline(html).text


def csl(text):
    """Return the article whose one reference has the CSL data ``text`` and what else stands beside it."""
    data = json.loads(text)
    own = {name: data.pop(name) for name in ("pages", "quotation", "translation", "remark") if name in data}
    return content(body="[@a]", references=[{"key": "a", "source": data} | own])
