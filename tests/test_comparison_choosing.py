"""Settling what clashes: each choice gives an article, and nothing that somebody wrote is lost."""

from collections import Counter
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given, settings, strategies as st

from articles.comparison import Choice, merge
from articles.comparison.members import members_of
from articles.comparison.threeway import merge_words
from articles.infobox_kinds import KINDS
from tests.comparison_edits import edited_bodies, pairs, sentence
from tests.merging_for_tests import BASE, LONG, ROWS, article

_CHOSEN = ("side", "placement", "field")
"""Members that are chosen from a list: not words."""


def settled(base, mine, theirs, *choices):
    """Return what is merged when the clashes are settled by ``choices`` in order."""
    clashes = merge(base, mine, theirs).clashes
    chosen = {clash.key: Choice(*choice) for clash, choice in zip(clashes, choices, strict=True)}
    merged = merge(base, mine, theirs, chosen)
    assert merged.clashes == ()
    assert [clash.key for clash in merged.met] == list(chosen)
    return merged.content


def rows(content):
    return [(row.field, row.value, row.attribution) for row in content.infobox.rows]


@pytest.mark.parametrize(
    ("choice", "claims"),
    [
        (("mine",), [("450", "per A")]),
        (("theirs",), [("500", "per B")]),
        (("both",), [("450", "per A"), ("500", "per B")]),
        (("edit", "450–500\n— per both"), [("450–500", "per both")]),
        (("edit", "450–500"), [("450–500", "")]),
    ],
)
def test_a_claim_is_settled_with_who_says_so(choice, claims):
    base = article("box r1 casualties 2: 400")
    mine, theirs = article("box r1 casualties 2: 450 | per A"), article("box r1 casualties 2: 500 | per B")
    merged = settled(base, mine, theirs, choice)
    assert rows(merged) == [("casualties", *claim) for claim in claims]
    assert merged.infobox.rows[0].id == "r1"


@pytest.mark.parametrize(
    ("choice", "body"),
    [
        (("mine",), "One.\n\nThe second day of it was mine.\n\nThree."),
        (("theirs",), "One.\n\nThe second day of it was theirs.\n\nThree."),
        (("both",), "One.\n\nThe second day of it was mine.\n\nThe second day of it was theirs.\n\nThree."),
        (("edit", "\nThe second day of it was both.\n"), "One.\n\nThe second day of it was both.\n\nThree."),
        (("edit", ""), "One.\n\nThree."),
    ],
)
def test_a_paragraph_is_settled(choice, body):
    base, mine, theirs = (
        article("", "One.", f"The second day of it was {whose}.", "Three.") for whose in ("nobody's", "mine", "theirs")
    )
    assert settled(base, mine, theirs, choice).body == body


@pytest.mark.parametrize(("way", "stays"), [("mine", False), ("theirs", True)])
def test_a_deleted_row_is_settled(way, stays):
    note = "note k1 n: A note."
    base, theirs = article(note), article(note.replace("A note", "A long note"))
    merged = settled(base, article(""), theirs, (way,))
    assert [row.text for row in merged.notes] == (["A long note."] if stays else [])


@pytest.mark.parametrize(("way", "stays"), [("mine", True), ("theirs", False), ("edit", True)])
def test_a_deleted_paragraph_is_settled(way, stays):
    base, mine = article("", *LONG), article("", LONG[0].replace("tells", "speaks"), *LONG[1:])
    merged = settled(base, mine, article("", *LONG[1:]), (way, "Day 0 speaks."))
    assert ("speaks" in merged.body) is stays


def test_two_rows_of_one_key_both_stay_under_two_keys():
    base = article("ref f1 a: Somebody", "The first day of it.", "The second day of it.")
    mine = article("ref f1 a: Somebody\nref - c: One", "The first day of it.[@c]", "The second day of it.")
    theirs = article(
        "ref f1 a: Somebody\nref f4 c: Other\nnote k1 n: See [@a; @c, p. 3].",
        "The first day of it.",
        "The second day of it.[@c][^n]",
    )
    for choice, key in ((("both",), "c-2"), (("edit", "other"), "other")):
        merged = settled(base, mine, theirs, choice)
        assert {row.key: row.text for row in merged.references} == {"a": "Somebody", "c": "One", key: "Other"}
        assert merged.body == f"The first day of it.[@c]\n\nThe second day of it.[@{key}][^n]"
        assert merged.notes[0].text == f"See [@a; @{key}, p. 3]."
    assert [row.text for row in settled(base, mine, theirs, ("theirs",)).references] == ["Somebody", "Other"]


def test_a_key_that_is_taken_settles_nothing():
    sides = (article("ref f1 a: X"), article("ref f1 a: X\nref f2 c: One"), article("ref f1 a: X\nref f3 c: Other"))
    (clash,) = merge(*sides).clashes
    assert [one.key for one in merge(*sides, {clash.key: Choice("edit", "a")}).clashes] == [clash.key]


def test_other_clashes_stay_settled_when_a_key_is_renamed():
    base = article("", "The second day of it was nobody's.")
    mine, theirs = (
        article("ref - c: One", "The second day of it was mine.[@c]"),
        article("ref f4 c: Other", "The second day of it was theirs.[@c]"),
    )
    merged = settled(base, mine, theirs, ("both",), ("both",))
    assert merged.body == "The second day of it was mine.[@c]\n\nThe second day of it was theirs.[@c-2]"


def test_one_picture_stands_in_the_infobox_and_none_is_lost():
    def placed(*keys):
        figures = [replace(one, placement="infobox" if one.key in keys else "body") for one in drawn.figures]
        return drawn.replace(figures=tuple(figures))

    drawn = article("figure g1 x: A map\nfigure g2 y: A photograph")
    merged = merge(placed(), placed("x"), placed("y"))
    assert merged.content == placed("x")
    assert settled(placed(), placed("x"), placed("y"), ("theirs",)) == placed("y")


def test_a_choice_that_fits_no_clash_changes_nothing():
    sides = (BASE, article(ROWS.replace("400", "450"), *LONG), article(ROWS.replace("400", "500"), *LONG))
    (clash,) = merge(*sides).clashes
    for choice in (Choice("neither"), Choice("")):
        assert merge(*sides, {clash.key: choice, "other": Choice("mine")}).clashes[0].key == clash.key


@settings(max_examples=40)
@given(pairs(), pairs())
def test_every_word_of_both_is_in_the_text_or_in_a_clash(pair, other):
    base, mine, theirs = pair[0], pair[1], other[1]
    merged = merge(base, mine, theirs)
    there = words_of(merged.content)
    for clash in merged.met:
        there |= Counter(f"{clash.mine} {clash.theirs}".split())
    for side in (mine, theirs):
        assert not set(words_of(side) - words_of(base)) - set(there)


def words_of(content):
    rows = [*content.infobox.rows, *content.notes, *content.references, *content.figures, *content.names]
    told = " ".join(text for row in rows for name, text in members_of(row).items() if name not in _CHOSEN)
    return Counter(f"{content.title} {content.body} {content.short_description} {told}".split())


@given(edited_bodies(), edited_bodies())
def test_both_sides_meet_the_same_clashes(bodies, others):
    base, mine, theirs = (BASE.replace(body=body) for body in (bodies[0], bodies[1], others[1]))
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert sorted(map(_met, here.met)) == sorted((one[0], one[2], one[1]) for one in map(_met, there.met))


def _met(clash):
    return clash.base, clash.mine, clash.theirs


@settings(max_examples=40)
@given(pairs(), pairs(), st.lists(st.sampled_from(["mine", "theirs", "both", "edit"]), min_size=1, max_size=9))
def test_what_is_settled_is_an_article(pair, other, ways):
    sides = pair[0], pair[1], other[1]
    choices = {
        clash.key: Choice(way if way in clash.ways else "theirs", f"new-{place}")
        for place, (clash, way) in enumerate(zip(merge(*sides).clashes, cycle(ways), strict=False))
    }
    merged = merge(*sides, choices)
    for part in ("references", "notes", "figures"):
        keys = [row.key for row in getattr(merged.content, part)]
        assert len(keys) == len(set(keys))
    assert all(row.field in KINDS[merged.content.infobox.kind].by_name for row in merged.content.infobox.rows)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a b c d e", "A b c d e", "a b c d E", "A b c d E"),
        ("a b c", "a B c", "a B c", "a B c"),
        ("a b c", "a c", "a b c d", "a c d"),
        ("a b c", "a X c", "a Y c", None),
        ("a b c", "a X c", "a b Y", None),
        ("a b c", "a x b c", "a y b c", None),
        ("one two three", "one two three four", "zero one two three", "zero one two three four"),
    ],
)
def test_words_are_merged(base, mine, theirs, merged):
    assert merge_words(base, mine, theirs) == merged


@given(sentence, sentence, sentence)
def test_merged_words_do_not_depend_on_the_side(base, mine, theirs):
    assert merge_words(base, mine, theirs) == merge_words(base, theirs, mine)


def test_table_rows_stay_one_table():
    table = "| Side | Losses |\n|---|---|\n| Armenia | 100 |"
    mine, theirs = f"{table}\n| Azerbaijan | 400 |", table.replace("100", "120")
    merged = merge(*(BASE.replace(body=body) for body in (table, mine, theirs)))
    assert merged.content.body == mine.replace("100", "120")
