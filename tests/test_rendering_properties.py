"""What holds for every article that the content door lets through."""

import json
import re

from hypothesis import given, settings, strategies as st

from articles.content import ArticleContent
from articles.folding import fold
from articles.plain_text import forbidden
from articles.problems import Refused
from articles.rendered import Links, RenderedArticle
from articles.rendering import link_targets, render
from articles.rendering.safe_html import safe
from tests.hostile_text import PAYLOADS
from tests.rendering_for_tests import Outline, html_pieces, page

KEYS = ["a", "b", "c", "a-1", "A.b:c"]
_FRAGMENTS = [
    "[@", "[^", "[[", "![[", "]]", "]", "[", "![", "](", ")", "|", ";", "; @", ",", "@", "^", "`", "``", "\\", "*",
    "**", "_", "<", ">", "&", "&amp;", "<https://x.example>", "\n", "\n\n", "> ", "- ", "1. ", "# ", "## ", "### Same",
    "    ", "\t", "---", "|-|", "|a|\n|-|\n", "```", "  \n", "x", "Losses", "é", "Կ", "🪖", "\u00a0", "\u200b",
    "\u2028", '"', "'", "(", "p. 12",
]  # fmt: skip
_MARKS = [
    *(f"[@{key}]" for key in KEYS), *(f"[^{key}]" for key in KEYS), *(f"![[{key}]]\n" for key in KEYS),
    "[@a, p. 1; @b]", "[@zz]", "[^zz]", "[[A]]", "[[a|B]]", "[x](/x)", "[r]", "\n[r]: https://x.example\n",
]  # fmt: skip
_anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(lambda text: not forbidden(text))
markup = st.lists(
    st.sampled_from(_FRAGMENTS) | st.sampled_from(_MARKS) | st.sampled_from(PAYLOADS) | _anything, max_size=25
).map("".join)
line = markup.map(lambda text: " ".join(text.split())).filter(lambda text: not forbidden(text, one_line=True))
_cited_markup = st.tuples(st.sampled_from(_MARKS), markup, st.sampled_from(_MARKS)).map("".join)
sides = st.sampled_from([1, 2, 5, "all"])


def _rows(**members):
    row = st.fixed_dictionaries({"key": st.sampled_from(KEYS)} | members)
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda row: row["key"])


_source = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "chapter", "webpage", "report"])},
    optional={
        "title": markup, "publisher": markup, "container-title": markup, "URL": markup, "language": line,
        "author": st.lists(st.fixed_dictionaries({"family": st.just("F")}, optional={"given": markup}), max_size=8),
        "issued": st.sampled_from([{"date-parts": [[1993]]}, {"date-parts": [["1993", 4], [1994]]}, {"literal": "x"}]),
        "page": st.integers() | markup, "volume": markup, "DOI": markup,
        "custom": st.dictionaries(st.just("archive-url"), markup),
    },
)  # fmt: skip
_infobox_rows = st.lists(
    st.fixed_dictionaries({"field": st.just("place"), "value": markup})
    | st.fixed_dictionaries({"field": st.sampled_from(["combatant", "casualties"]), "side": sides, "value": markup}),
    max_size=4,
)
_members = st.fixed_dictionaries(
    {
        "format": st.just("kalbajar.article/1"), "slug": st.just("a"), "title": st.just("A"), "body": _cited_markup,
        "notes": _rows(text=_cited_markup),
        "references": _rows(text=markup, remark=_cited_markup) | _rows(source=_source, remark=markup, quotation=markup),
    },
    optional={
        "part_of": st.sampled_from(["", "a", "first-war"]),
        "event_date": st.sampled_from(["", "1993", "1993-03~", "1992/..", "1993-03-27/1993-04-03", "199X", "1993-21"]),
        "infobox": st.fixed_dictionaries({"kind": st.just("military-conflict"), "rows": _infobox_rows}),
        "figures": _rows(image=st.just("a.png"), alt=markup, caption=markup),
    },
)  # fmt: skip


def _content(members):
    members["infobox"] = members.get("infobox", {})
    rows = [row for row in members["infobox"].get("rows", []) if row["value"].strip()]
    try:
        return ArticleContent.from_json(members | {"infobox": members["infobox"] | {"rows": rows} if rows else {}})
    except Refused:
        return ArticleContent.from_json({name: members[name] for name in ("format", "slug", "title", "body")})


articles = _members.map(_content)


@given(articles)
def test_a_page_is_balanced_and_made_safe(article):
    for html in html_pieces(page(article, "a")):
        assert Outline(html).balanced
        assert safe(html) == html


@given(articles)
def test_ids_are_unique_and_every_link_within_the_page_leads_somewhere(article):
    rendered = page(article, "a")
    elements = [element for html in html_pieces(rendered) for element in Outline(html).elements]
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    ids += [entry.anchor for entry in (*rendered.notes, *rendered.references)]
    assert len(ids) == len(set(ids))
    assert not any(re.search(r"\s", one) for one in ids)
    targets = {attributes["href"][1:] for _, attributes in elements if attributes.get("href", "").startswith("#")}
    targets |= {link.anchor for entry in (*rendered.notes, *rendered.references) for link in entry.backlinks}
    assert targets <= set(ids)


@given(articles)
def test_there_are_as_many_backlinks_as_displayed_marks_and_numbers_run_without_a_gap(article):
    rendered = page(article, "a")
    elements = [attributes for html in html_pieces(rendered) for _, attributes in Outline(html).elements]
    entries = (*rendered.notes, *rendered.references)
    marks = sum("role" in attributes and "href" in attributes for attributes in elements)
    assert marks == sum(len(entry.backlinks) for entry in entries)
    assert all(entry.backlinks for entry in entries)
    assert [entry.label for entry in rendered.references] == [str(n + 1) for n in range(len(rendered.references))]


@given(articles)
def test_equal_content_and_links_give_an_equal_page(article):
    again = ArticleContent.from_json(json.loads(json.dumps(article.to_json())))
    assert page(article, "a") == page(again, "a")


@given(articles)
def test_a_page_comes_back_from_json(article):
    rendered = page(article, "a")
    assert RenderedArticle.from_json(json.loads(json.dumps(rendered.to_json()))) == rendered


@given(articles)
def test_every_link_that_is_missing_was_among_the_targets(article):
    targets = link_targets(article)
    for problem in render(article, Links()).problems:
        if problem.kind == "missing_link":
            assert fold(problem.message.partition("“")[2].rpartition("”")[0]) in targets


@given(articles)
def test_places_of_problems_in_markup_point_at_marks(article):
    for problem in page(article).problems:
        if match := re.fullmatch(r"body:(\d+):(\d+)", problem.place):
            line, column = map(int, match.groups())
            at = article.body.split("\n")[line - 1][column - 1 :]
            assert at
            if problem.kind.startswith(("undefined_reference", "undefined_note", "missing_link")):
                assert at.startswith(("[@", "[^", "[["))


@settings(max_examples=500)
@given(markup)
def test_no_text_in_a_body_raises(text):
    page(ArticleContent(slug="a", title="A", body=text))
