"""Errors and warnings with their places (citations.md, rules 8 and 9 and Places)."""

import pytest

from articles.problems import ERROR, WARNING
from tests.rendering_for_tests import cases, content, page, written

ERRORS = {
    "undefined_reference", "undefined_note", "undefined_figure", "empty_reference", "empty_note", "nested_note",
}  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), cases("problems"))
def test_problems_are_told_at_their_places(given, expected):
    found = page(written(given), "kalbajar").problems
    assert "\n".join(f"{problem.place}: {problem.kind}" for problem in found) == expected


@pytest.mark.parametrize(("given", "expected"), cases("problems"))
def test_errors_are_those_of_rule_8_and_all_else_warns(given, expected):
    for problem in page(written(given), "kalbajar").problems:
        assert problem.level == (ERROR if problem.kind in ERRORS else WARNING)
        assert problem.message.endswith(".")


def test_an_article_without_mistakes_has_no_problems():
    article = written("refs: a\nnote n: N[@a]\nfigure f: F\nbox casualties 1: 4[@a]\nbody:\nText.[^n]\n\n![[f]]")
    assert page(article).problems == ()


def _kinds(**members):
    return {(problem.place, problem.kind) for problem in page(content(**members)).problems}


def _reference(**source):
    return _kinds(body="[@a]", references=[{"key": "a", "source": source}])


def test_a_page_of_the_web_wants_an_archived_copy():
    url = {"type": "webpage", "title": "T", "URL": "https://x.example"}
    assert _reference(**url) == {("references[0].source.URL", "unarchived_url")}
    assert _reference(**url, custom={"archive-url": "https://web.archive.org/x"}) == set()
    assert _reference(type="book", title="T", DOI="10.1/x") == set()


def test_a_source_that_says_nothing_is_an_empty_reference():
    assert _reference(type="book", custom={"x": 1}) == {("references[0]", "empty_reference")}
    assert _reference(type="book", publisher="P") == set()


def test_a_figure_wants_words_for_those_who_do_not_see_it():
    figure = {"key": "f", "image": "f.png"}
    assert _kinds(body="![[f]]", figures=[figure]) == {("figures[0].alt", "missing_alt")}
    assert _kinds(body="![[f]]", figures=[figure | {"alt": "A map"}]) == set()


def test_a_figure_for_the_infobox_is_placed_whatever_the_kind():
    figure = {"key": "f", "image": "f.png", "alt": "A", "placement": "infobox"}
    assert _kinds(figures=[figure]) == set()
    assert _kinds(figures=[figure], infobox={"kind": "military-conflict"}) == set()


def test_messages_name_the_key_and_the_mend():
    article = content(body="[@hrw]", references=[{"key": "hwr", "text": "x"}])
    first, second = page(article).problems
    assert first.message == "There is no reference “hrw”; add one with this key or correct the mark."
    assert second.message == "Nothing cites the reference “hwr”; cite it with [@hwr] or remove it."


def test_a_missing_parent_is_no_problem():
    assert _kinds(part_of="first-nagorno-karabakh-war") == set()


@pytest.mark.parametrize("blank", ["\u2028", "\u00a0", "\u3000\n\u2003"])
def test_a_place_is_told_behind_lines_of_white_space_that_is_no_space(blank):
    found = page(content(body=f"Lead.\n\n{blank}\nAnd [[a]][^z]. [@y]")).problems
    places = {one.kind: one.place for one in found if one.kind.startswith("undefined")}
    line = 4 + blank.count("\n")
    assert places == {"undefined_note": f"body:{line}:10", "undefined_reference": f"body:{line}:16"}
