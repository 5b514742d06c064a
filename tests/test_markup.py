"""The grammar of marks, and their places (citations.md, Grammar and Places)."""

import pytest

from articles.markup import (
    CitationMark,
    FigureMark,
    LinkMark,
    Markup,
    NoteMark,
    parse_body,
    parse_line,
    parse_note,
    safe_url,
)
from tests.rendering_for_tests import cases


def _written(mark):
    match mark:
        case CitationMark():
            return "cite " + "; ".join(", ".join(filter(None, cite)) for cite in mark.cites)
        case NoteMark():
            return f"note {mark.key}"
        case FigureMark():
            return f"figure {mark.key}"
        case LinkMark():
            text = mark.block.content if mark.block else ""
            return f"link {mark.target}" + (f" = {text[slice(*mark.words)]}" if mark.words else "")


def _marks(markup: Markup):
    return "\n".join("{}:{} ".format(*markup.position(mark)) + _written(mark) for mark in markup.marks)


@pytest.mark.parametrize(("given", "expected"), cases("marks"))
def test_marks_are_found_at_their_places(given, expected):
    assert _marks(parse_body(given)) == expected


def test_a_line_has_marks_with_places_over_its_line_breaks():
    assert _marks(parse_line("a [@a]\n\nb [^n]\n[[T]]")) == "1:3 cite a\n3:3 note n\n4:1 link T"


def test_a_line_that_may_not_cite_has_links_only():
    assert _marks(parse_line("[@a] [^n] [[T]]", citing=False)) == "1:11 link T"


def test_a_note_has_no_figures_headings_and_tables():
    markup = parse_note("# a\n\n![[k]]\n\n|a|\n|-|\n\n    [@a]\n\n- [@b]\n\n> [@c]")
    assert {token.type.removesuffix("_open") for token in markup.tokens if token.nesting >= 0} == {
        "paragraph", "inline", "bullet_list", "list_item", "blockquote",
    }  # fmt: skip
    assert _marks(markup) == "3:2 link k\n8:5 cite a\n10:3 cite b\n12:3 cite c"


def test_blocks_deeper_than_twenty_stay_text_and_lose_nothing():
    markup = parse_body(">" * 25 + " deep [@a]")
    assert sum(token.type == "blockquote_open" for token in markup.tokens) == 20
    assert [token.content for token in markup.tokens if token.type == "inline"] == [">>>>> deep [@a]"]
    assert _marks(markup) == "1:32 cite a"


def test_short_rows_fill_a_table_but_not_without_limit():
    ragged = "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * 1_000
    markup = parse_body(ragged)
    assert sum(token.type == "td_open" for token in markup.tokens) < len(ragged)
    usual = parse_body("|a|b|c|\n|-|-|-|\n|1|\n|1|2|\n")
    assert sum(token.type == "td_open" for token in usual.tokens) == 6


def test_what_definitions_put_into_a_page_is_limited():
    address = "https://x.example/" + "x" * 1_000
    markup = parse_body(f"[a]: {address}\n\n" + "[a]\n" * 10_000)
    text = markup.tokens[1]
    assert 50 < sum(token.type == "link_open" for token in text.children) < 200


@pytest.mark.parametrize(
    "url",
    ["https://x.example/a?b=c&d#e", "http://x.example", "mailto:a@b.example", "/articles/a/", "https://x.example:81/é"],
)
def test_web_and_mail_addresses_and_paths_of_the_site_are_linked(url):
    assert safe_url(url) == url.replace("é", "%C3%A9")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)", "vbscript:x",
        "data:text/html,x", "file:///etc/passwd", "ftp://x.example", "//x.example", "/\\x.example", "\\\\x.example",
        "https://user@x.example", "https://user:pass@x.example", "https://x.example\\@y.example", "https:x.example",
        "https:///x", "https://x.example/\u202egpj.exe", "https://x.example/\u200b", "https://x .example", "#a", "a/b",
        "", "mailto:", "mailto:a@b.example?body=x", "https://x.example/" + "x" * 2_000,
    ],
)  # fmt: skip
def test_other_addresses_are_not_linked(url):
    assert safe_url(url) is None
