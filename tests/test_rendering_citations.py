"""Numbers, labels, lists and backlinks (citations.md, rules 1 to 6)."""

import pytest

from articles.rendering.citations import letters
from tests.rendering_for_tests import cases, content, numbered, page, words, written


@pytest.mark.parametrize(("given", "expected"), cases("numbering"))
def test_marks_are_numbered_in_reading_order(given, expected):
    assert numbered(page(written(given))) == expected


@pytest.mark.parametrize(
    ("count", "label"),
    [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (702, "zz"), (703, "aaa"), (18_278, "zzz")],
)
def test_labels_have_no_limit(count, label):
    assert letters(count) == label


def test_labels_and_backlinks_go_on_past_z():
    notes = [{"key": f"n{count}", "text": "N"} for count in range(30)]
    marks = "".join(f"[^n{count}]" for count in range(30)) + "[@a]" * 30
    rendered = page(content(body=marks, notes=notes, references=[{"key": "a", "text": "A"}]))
    assert [entry.label for entry in rendered.notes][24:28] == ["y", "z", "aa", "ab"]
    assert [link.letter for link in rendered.references[0].backlinks][24:28] == ["y", "z", "aa", "ab"]


def test_rule_7_there_is_a_list_whenever_there_is_something_to_list():
    only_in_a_picture = content(
        infobox={"kind": "military-conflict"},
        figures=[{"key": "m", "image": "m.png", "caption": "M[^n]", "placement": "infobox"}],
        notes=[{"key": "n", "text": "N[@a]"}],
        references=[{"key": "a", "text": "A"}],
    )
    rendered = page(only_in_a_picture)
    assert [entry.key for entry in rendered.notes] == ["n"]
    assert [entry.key for entry in rendered.references] == ["a"]
    nothing = page(content(body="Text.", references=[{"key": "a", "text": "A"}], notes=[{"key": "n", "text": "N"}]))
    assert nothing.notes == nothing.references == ()


@pytest.mark.parametrize("locator", ["p. 12", "pp. 3–4; n. 2", "<b>&amp\"'", "§ 5 (a), [sic", "стр. 7", "s.v. *x*"])
def test_rule_6_the_page_shows_exactly_the_locator(locator):
    rendered = page(content(body=f"Text.[@a, {locator}]", references=[{"key": "a", "text": "A"}]))
    assert words(rendered.lead_opening) == f"Text.[1]{locator}\n"
    assert rendered.lead_opening.count('<span class="locator">') == 1


def test_a_citation_has_the_hooks_that_other_programs_rely_on():
    article = written("refs: a\nnote n: N\nbody:\nA[@a, p. 1][^n][@x]")
    assert page(article).lead_opening == (
        '<p>A<sup class="citation" id="cite-a-1"><a role="doc-noteref" href="#ref-a">[1]</a>'
        '<span class="locator">p. 1</span></sup>'
        '<sup class="note-mark" id="mark-n-1"><a role="doc-noteref" href="#note-n">[a]</a></sup>'
        '<sup class="citation error" title="There is no reference with this key">[x?]</sup></p>\n'
    )


def test_the_order_of_the_content_s_lists_changes_no_number():
    lines = "refs: a b c\nnote m: [@b]\nnote n: [@a]\nbody:\n[^n][@c][^m]"
    article = written(lines)
    turned = article.replace(references=article.references[::-1], notes=article.notes[::-1])
    assert numbered(page(article)) == numbered(page(turned))
