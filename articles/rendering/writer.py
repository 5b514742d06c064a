"""Tokens of markup to HTML: every piece of text is escaped here, at its origin."""

from ..folding import fold
from . import words
from .safe_html import escape

_DEEPEST = 20
"""Emphasis inside emphasis that is written; what lies deeper keeps its text."""

_TAGS = {
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "hr": "<hr>\n",
    "table_close": "</table></div>\n",
    "thead_open": "<thead>",
    "thead_close": "</thead>",
    "tbody_open": "<tbody>",
    "tbody_close": "</tbody>",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "th_close": "</th>",
    "td_close": "</td>",
}
_EMPHASIS = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>"}
_ALIGN = {
    "text-align:left": ' class="align-left"',
    "text-align:center": ' class="align-center"',
    "text-align:right": ' class="align-right"',
}


class Writer:
    """Writes markup of one article: ``numbering`` tells what marks show, ``targets`` where links lead,
    ``figures`` the HTML of a figure mark, ``sections`` the headings by identity of their tokens, ``foreign`` what is in
    another language."""

    def __init__(self, numbering, targets, figures, sections, foreign):
        self._places = numbering.places
        self._targets = targets
        self._figures = figures
        self._sections = sections
        self._foreign = foreign
        self._tables = 0

    # Blocks

    def blocks(self, tokens):
        """Return the HTML of block tokens."""
        out = []
        for token in tokens:
            kind = token.type
            if kind == "inline":
                out.append(self.inline(token.children))
            elif kind in _TAGS:
                out.append(_TAGS[kind])
            else:
                out.append(getattr(self, f"_{kind}")(token))
        return "".join(out)

    def note(self, tokens):
        """Return the HTML of a note; one that is a single paragraph has no ``<p>``."""
        if len(tokens) == 3 and tokens[0].type == "paragraph_open":
            return self.inline(tokens[1].children)
        return self.blocks(tokens)

    def _paragraph_open(self, token):
        return "" if token.hidden else "<p>"

    def _paragraph_close(self, token):
        return "" if token.hidden else "</p>\n"

    def _heading_open(self, token):
        section = self._sections.get(id(token))
        if section is None:
            return '<p class="heading"><strong>'
        former = f'<span id="{section.former}"></span>' if section.former else ""
        return f'<h{section.level} id="{section.anchor}">{former}'

    def _heading_close(self, token):
        return "</strong></p>\n" if token.level else f"</h{heading_level(token)}>\n"

    def _ordered_list_open(self, token):
        return f'<ol start="{token.attrs["start"]}">\n' if token.attrs else "<ol>\n"

    def _table_open(self, _token):
        self._tables += 1
        label = escape(words.TABLE.format(number=self._tables))
        return f'<div class="table" role="region" tabindex="0" aria-label="{label}"><table>\n'

    def _th_open(self, token):
        return f'<th scope="col"{_ALIGN.get(token.attrs.get("style"), "")}>'

    def _td_open(self, token):
        return f"<td{_ALIGN.get(token.attrs.get('style'), '')}>"

    def _code_block(self, token):
        return f'<pre tabindex="0"><code>{escape(token.content)}</code></pre>\n'

    _fence = _code_block

    def _figure(self, token):
        return self._figures(token.meta["mark"])

    # Inline

    def inline(self, tokens, *, marks=True):
        """Return the HTML of inline tokens; without ``marks`` citations, notes and links leave their words only."""
        out = []
        emphasis = link = 0
        for token in tokens:
            kind = token.type
            if kind in ("text", "text_special"):
                out.append(self._foreign.html(token.content))
            elif kind in _EMPHASIS:
                emphasis += token.nesting == 1
                if emphasis <= _DEEPEST:
                    out.append(_EMPHASIS[kind])
                emphasis -= token.nesting == -1
            elif kind in ("citation", "note_mark"):
                if marks:
                    out.append(self._mark(kind, token.meta["mark"]))
            elif kind == "softbreak":
                out.append("\n")
            elif kind == "hardbreak":
                out.append("<br>\n")
            elif kind == "code_inline":
                out.append(f"<code>{escape(token.content)}</code>")
            elif marks:
                link += token.nesting == 1
                if link == 1:
                    out.append(self._link(kind, token))
                link -= token.nesting == -1
        return "".join(out)

    def _mark(self, kind, mark):
        return self._citation(mark) if kind == "citation" else self._note_mark(mark)

    def _citation(self, mark):
        places = self._places.get(mark) or (None,) * len(mark.cites)
        return "".join(_one_citation(*cite, place) for cite, place in zip(mark.cites, places, strict=True))

    def _note_mark(self, mark):
        place = self._places.get(mark)
        if place is None:
            return f'<sup class="note-mark error" title="{escape(str(words.UNDEFINED_NOTE))}">[{mark.key}?]</sup>'
        return (
            f'<sup class="note-mark" id="{place.anchor}">'
            f'<a role="doc-noteref" href="#note-{mark.key}">[{place.shown}]</a></sup>'
        )

    def _link(self, kind, token):
        if kind == "link_open":
            return link_open(token.attrs["href"], token.attrs["title"])
        if kind == "article_link_open":
            target = self._targets.get(fold(token.meta["mark"].target))
            self._closing = "</a>" if target else "</span>"
            return article_link_open(target)
        return self._closing if kind == "article_link_close" else "</a>"


def _one_citation(key, locator, place):
    shown = f'<span class="locator">{escape(locator)}</span>' if locator else ""
    if place is None:
        return f'<sup class="citation error" title="{escape(str(words.UNDEFINED_REFERENCE))}">[{key}?]{shown}</sup>'
    return (
        f'<sup class="citation" id="{place.anchor}">'
        f'<a role="doc-noteref" href="#ref-{key}">[{place.shown}]</a>{shown}</sup>'
    )


def heading_level(token):
    """Return the level at which a heading token is shown: the title is the page's only level 1."""
    return max(2, int(token.tag[1]))


def link_open(href, title=""):
    """Return the opening tag of an ordinary link to a safe address."""
    title = f' title="{escape(title)}"' if title else ""
    if href.startswith("/"):
        return f'<a href="{escape(href)}"{title}>'
    return f'<a class="external" href="{escape(href)}" rel="external nofollow noopener"{title}>'


def article_link_open(target):
    """Return the opening tag of a link to ``target``, a ``Link``, or of the words that lead nowhere yet (None)."""
    if target is None:
        return f'<span class="missing-link" title="{escape(str(words.MISSING_LINK))}">'
    return f'<a href="{escape(target.address)}">'
