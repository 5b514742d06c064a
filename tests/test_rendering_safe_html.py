"""Nothing that an editor writes becomes an element, an attribute or a script (security.md, text to HTML)."""

import ast
from pathlib import Path

import pytest
from django.utils.functional import lazy
from django.utils.safestring import mark_safe

import articles
from articles.content import ArticleContent, ImageFile
from articles.rendered import Html, RenderedArticle
from articles.rendering import safe_html
from articles.rendering.safe_html import escape, filled, filled_each, safe
from tests.hostile_text import MARKER, PAYLOADS
from tests.rendering_for_tests import Outline, html_pieces, page

_ELEMENTS = frozenset(
    "a blockquote br cite code div em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre q span strong sup table "
    "tbody td th thead tr ul".split()
)
_ATTRIBUTES = frozenset(
    "href title id class role rel lang src alt width height loading decoding tabindex aria-label scope start".split()
)
_ADDRESSES = ("https://", "http://", "mailto:", "/articles/", "/media/", "/a", "#ref-", "#note-")


def _everywhere(text):
    """Return an article that holds ``text`` in every field that takes free text."""
    line = " ".join(text.split())
    source = {
        "type": "chapter", "title": text, "container-title": text, "publisher": text, "publisher-place": text,
        "author": [{"family": line, "given": text}, {"literal": text}], "editor": [{"literal": text}], "volume": text,
        "issued": {"literal": text}, "accessed": {"raw": text}, "page": text, "edition": text, "ISBN": text,
        "DOI": text, "URL": text, "language": text, "genre": text, "number": text, "archive": text, "event-title": text,
        "custom": {"archive-url": text, "archive-date": text, "url-status": "dead"}, "x-unknown": text,
    }  # fmt: skip
    own = {"pages": line, "quotation": text, "translation": text, "remark": text}
    article = ArticleContent.from_json({
        "format": "kalbajar.article/1", "slug": "a", "title": line[:200], "short_description": line,
        "body": f"Lead.[@a][@b][^n]\n\n{text}\n\nInline {text}\n\n![[f]]\n\n{text}\n\n- {text}\n",
        "names": [{"name": line}], "categories": [f"A {line}"],
        "infobox": {"kind": "military-conflict", "rows": [
            {"field": "date", "value": text}, {"field": "casualties", "side": 2, "value": text, "attribution": line},
        ]},
        "notes": [{"key": "n", "text": text}],
        "references": [{"key": "a", "source": source} | own, {"key": "b", "text": text, "remark": text}],
        "figures": [
            {"key": "f", "image": "f.png", "alt": text, "caption": text, "credit": line, "licence": line},
            {"key": "g", "image": line[:100], "alt": text, "caption": text, "placement": "infobox"},
        ],
    })  # fmt: skip
    figure = article.figures[0]
    stored = type(figure)(**vars(figure) | {"file": ImageFile("0" * 64, "0" * 64, "f.png", 1, 1)})
    return article.replace(figures=(stored, article.figures[1]))


def _assert_harmless(html):
    outline = Outline(html)
    assert outline.balanced, html
    for tag, attributes in outline.elements:
        assert tag in _ELEMENTS
        assert attributes.keys() <= _ATTRIBUTES
        for name in ("href", "src"):
            assert attributes.get(name, "/a").startswith(_ADDRESSES)
        assert MARKER not in attributes.get("id", "").replace(f"section-{MARKER}", "") or "section-" in attributes["id"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_nothing_breaks_out_of_any_field(text):
    for html in html_pieces(page(_everywhere(text))):
        _assert_harmless(html)


@pytest.mark.parametrize("text", PAYLOADS)
def test_nothing_breaks_out_without_the_second_wall(text, monkeypatch):
    class NoWall:
        clean = staticmethod(str)

    monkeypatch.setattr(safe_html, "_cleaner", NoWall)
    for html in html_pieces(page(_everywhere(text))):
        _assert_harmless(html)


@pytest.mark.parametrize("text", PAYLOADS)
def test_nothing_passes_the_second_wall_alone(text):
    for tag, attributes in Outline(safe(text)).elements:
        assert tag in _ELEMENTS - {"script"}
        assert attributes.keys() <= _ATTRIBUTES
        assert not attributes.get("href", "").lower().startswith(("javascript:", "vbscript:", "data:"))


@pytest.mark.parametrize("text", PAYLOADS)
def test_making_safe_twice_changes_nothing(text):
    assert safe(safe(text)) == safe(text)
    for html in html_pieces(page(_everywhere(text))):
        assert safe(html) == html


def test_the_second_wall_changes_nothing_that_we_write():
    page_of_all = page(_everywhere("*a* `b` [c](https://x.example) [[d]] [@a, p. 1] | x"))
    for html in html_pieces(page_of_all):
        assert safe(html).replace("&nbsp;", "\u00a0") == html


def test_foreign_classes_ids_and_roles_are_taken_off():
    html = safe('<p id="x"><span class="locator z" onclick="a()">b</span><a role="button" href="/a">c</a></p>')
    assert html == '<p><span class="locator">b</span><a href="/a">c</a></p>'


@pytest.mark.parametrize("html", ["<p>{}</p>", '<p>a</p><a href="/a?b&amp;c" title="{}">d</a>'])
@pytest.mark.parametrize("text", ["a & b ", "&", "\xa0", "&nbsp;<\xa0"])
def test_many_ampersands_and_spaces_that_do_not_break_pass_unchanged(html, text):
    html = html.format(escape(text * 2_000))
    assert safe(html) == safe(safe(html)) == html.replace("\xa0", "&nbsp;")


def test_a_rendered_article_comes_back_from_json():
    rendered = page(_everywhere("*a* & <b>\n\n## C\n\n### D"))
    again = RenderedArticle.from_json(rendered.to_json())
    assert again == rendered
    assert [type(piece) for piece in html_pieces(again)] == [Html] * len(list(html_pieces(rendered)))


def test_one_module_makes_html():
    """``Html`` is made in safe_html.py, and given back from stored pages in rendered.py; nothing else calls it."""
    makers = set()
    for path in Path(articles.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = getattr(node, "func", None)
            if getattr(called, "id", getattr(called, "attr", "")) in ("Html", "mark_safe"):
                makers.add(path.name)
    assert makers <= {"safe_html.py", "rendered.py"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_that_fill_markup_are_escaped_and_finished_html_is_not(payload):
    cell = filled('<td title="{}">{}</td>', payload, 7)
    assert cell == f'<td title="{escape(payload)}">7</td>'
    row = filled("<tr>{cells}</tr>", cells=cell)
    assert row == filled_each("<tr>{}</tr>", [(cell,)]) == f"<tr>{cell}</tr>"
    assert {type(cell), type(row)} == {Html}
    assert filled("{}", lazy(lambda: payload, str)()) == escape(payload)
    assert filled("{}", mark_safe("<b>")) == "<b>"
