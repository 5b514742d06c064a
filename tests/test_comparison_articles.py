"""Whole articles told apart: rows and their moves, citations, the summary, the tags, and what holds for any two."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from articles.comparison import PARTS, TAGS, compare, summary, tags
from articles.content import (
    ArticleContent,
)
from tests.articles_for_tests import DEMO
from tests.comparison_edits import LISTS, contents, edited_bodies, pairs, visible
from tests.comparison_for_tests import cases, differences, listed, source, written


@pytest.mark.parametrize(("old", "new", "expected"), cases("rows"))
def test_rows(old, new, expected):
    assert listed(differences(old, new)) == expected


@pytest.mark.parametrize(("old", "new", "expected"), cases("summary"))
def test_summary_and_tags(old, new, expected):
    comparison = differences(old, new)
    said, names = expected.split("\n") if "\n" in expected else (expected, "")
    assert summary(comparison) == said
    assert sorted(tags(comparison)) == names.split()


# --- What holds for any two articles ----------------------------------------------------------------------------------


@given(contents, edited_bodies())
def test_an_article_does_not_differ_from_itself(content, bodies):
    content = content.replace(body=bodies[0])
    comparison = compare(content, content)
    assert not comparison
    assert comparison.words == (0, 0)
    assert comparison.citations == ()
    assert summary(comparison) == ""
    assert tags(comparison) == frozenset()


@given(pairs())
def test_what_is_told_to_be_equal_is(pair):
    if not compare(*pair):
        assert visible(pair[0]) == visible(pair[1])


@given(pairs())
def test_backwards_additions_are_deletions(pair):
    def told(comparison, old, new, kinds):
        return sorted(
            (
                change.part,
                kinds.get(change.kind, change.kind),
                sorted((member.name, getattr(member, old), getattr(member, new)) for member in change.members),
            )
            for change in comparison.changes
            if change.part != "body"
        )

    forwards, backwards = compare(*pair), compare(*pair[::-1])
    turned = {"addition": "deletion", "deletion": "addition"}
    assert told(forwards, "old", "new", turned) == told(backwards, "new", "old", {})
    assert forwards.words == backwards.words[::-1]


@given(pairs())
def test_changes_of_rows_lead_from_the_old_to_the_new(pair):
    for change in compare(*pair).changes:
        for member in getattr(change, "members", ()):
            assert member.old != member.new
            assert source(member.spans, "same", "deletion") == member.old
            assert source(member.spans, "same", "addition") == member.new


@given(pairs())
def test_ids_are_unique_and_lead_to_their_change(pair):
    comparison = compare(*pair)
    assert all(comparison.change(change.id) is change for change in comparison.changes)
    assert [change.id for change in compare(*pair).changes] == [change.id for change in comparison.changes]
    assert all(len(change.id) <= 64 for change in comparison.changes)


@given(pairs())
def test_every_row_is_told_once(pair):
    """Kept and added rows are all new rows, kept and deleted ones all old rows."""
    comparison = compare(*pair)
    for part in (*LISTS, "infobox"):
        rows = [one.infobox.rows if part == "infobox" else getattr(one, part) for one in pair]
        kinds = [change.kind for change in comparison.part(part).changes]
        assert len(rows[0]) - kinds.count("deletion") == len(rows[1]) - kinds.count("addition")


@given(pairs())
def test_a_comparison_is_json(pair):
    comparison = compare(*pair)
    told = json.loads(json.dumps(comparison.to_json()))
    assert [part["name"] for part in told["parts"]] == list(PARTS)
    assert sum(len(part.get("changes", ())) for part in told["parts"]) == len(comparison.changes)


@given(pairs(), st.integers(40, 500))
def test_the_summary_fits(pair, limit):
    comparison = compare(*pair)
    assert len(summary(comparison, limit)) <= limit
    assert bool(summary(comparison)) == bool(comparison)


@given(pairs())
def test_tags_have_labels_and_no_small_one_stands_beside_another(pair):
    found = tags(compare(*pair))
    assert found <= TAGS.keys()
    assert len(found) == 1 or not found & {"minor_wording", "formatting_only"}


def test_all_tags_fit_their_column():
    assert len(f" {' '.join(TAGS)} ") <= 300


# --- Single things ----------------------------------------------------------------------------------------------------


def test_versions_of_sources_are_no_difference():
    old = written("book f1 a: Black Garden")
    row = replace(old.references[0], source_id=1, source_version=2)
    assert not compare(old, old.replace(references=(row,)))


def test_places_are_paths_of_the_interchange_form():
    comparison = differences(
        "box r1 casualties 2: 400\nbox r2 date: 1993\nnote k1 n: x\nbody:\nOne.\n\nTwo words here.",
        "box r1 casualties 2: 450\nbox r2 date: 1993\nnote k0 m: y\nnote k1 n: z\nbody:\nTwo words there.",
    )
    places = [(change.old_place, change.new_place) for change in comparison.changes]
    assert places == [
        ("infobox.rows[0]", "infobox.rows[0]"),
        ("body:1:1", ""),
        ("body:3:1", "body:1:1"),
        ("", "notes[0]"),
        ("notes[0]", "notes[1]"),
    ]


def test_the_infobox_is_told_in_the_order_in_which_it_is_shown():
    comparison = differences(
        "", "box r1 casualties all: 1\nbox r2 casualties 1: 2\nbox r3 date: 3\nbox r4 combatant 2: 4"
    )
    assert [change.row for change in comparison.changes if change.row] == ["r3", "r4", "r2", "r1"]


@settings(max_examples=20)
@given(st.data())
def test_an_edit_of_the_demo_is_all_that_is_told(data):
    demo = ArticleContent.from_json((DEMO / "battle-of-kalbajar.json").read_text(encoding="utf-8"))
    spaces = [at for at, sign in enumerate(demo.body) if sign == " " and demo.body[at - 1].isalpha()]
    at = data.draw(st.sampled_from(spaces))
    comparison = compare(demo, demo.replace(body=f"{demo.body[:at]} unheard-of{demo.body[at:]}"))
    (change,) = comparison.changes
    marked = [span.text.strip() for span in change.spans if span.kind != "same"]
    assert marked == ["unheard-of"] or "[" in "".join(marked)  # inside a mark the mark has changed
