"""Merging and undoing: what only one side did is kept, what both did differently clashes, nothing written is lost."""

from collections import Counter
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given, settings, strategies as st

from articles.comparison import Choice, Clash, compare, merge, undo
from articles.comparison.members import members_of
from articles.comparison.threeway import merge_words
from articles.infobox_kinds import KINDS
from tests.comparison_edits import contents, edited_bodies, pairs, recorded, sentence, visible
from tests.comparison_for_tests import written

LONG = [f"Paragraph {number} tells of day {number} of the offensive in the district of {name}." for number, name in
        enumerate(("Kalbajar", "Lachin", "Shusha", "Aghdam", "Fizuli", "Jabrayil", "Zangilan", "Qubadli"))]  # fmt: skip
ROWS = """
box r1 commander 1: Babayan
box r2 commander 1: Melkonian
box r3 casualties 2: 400 killed
ref f1 a: Somebody
ref f2 b: Another
note k1 n: A note about the first days of it and no more.
category: Battles
"""
_CHOSEN = ("side", "placement", "field")
"""Members that are chosen from a list: not words."""


def article(lines, *paragraphs):
    """Return the content of an article with rows in lines and a body of paragraphs."""
    return written(f"{lines}\nbody:\n" + "\n\n".join(paragraphs))


BASE = article(ROWS, *LONG)


# --- Merging ----------------------------------------------------------------------------------------------------------


@given(pairs())
def test_one_side_alone_is_taken(pair):
    base, side = pair
    for merged in (merge(base, side, base), merge(base, base, side), merge(base, side, side)):
        assert merged.content == side
        assert merged.clashes == ()


@given(st.integers(0, 7), st.integers(0, 7), st.sampled_from("rda"), st.sampled_from("rda"))
def test_edits_of_different_paragraphs_go_together(one, other, here, there):
    def edit(paragraphs, at, how):
        text = paragraphs[at]
        edits = {"r": text.replace("tells", "speaks"), "d": None, "a": f"{text}\n\nAdded at {at}."}
        return [*paragraphs[:at], edits[how], *paragraphs[at + 1 :]]

    if one == other:
        return
    sides = [edit(LONG, one, here), edit(LONG, other, there)]
    both = edit(edit(LONG, one, here), other, there)
    merged = merge(BASE, *(BASE.replace(body="\n\n".join(filter(None, side))) for side in sides))
    assert merged.clashes == ()
    assert merged.content.body == "\n\n".join(filter(None, both))


@given(edited_bodies(), edited_bodies())
def test_every_word_of_mine_is_kept(bodies, others):
    base, mine, theirs = (BASE.replace(body=body) for body in (bodies[0], bodies[1], others[1]))
    merged = merge(base, mine, theirs).content.body
    written_by_me = Counter(mine.body.split()) - Counter(base.body.split())
    assert written_by_me - Counter(merged.split()) == Counter()


@given(contents, contents, contents)
def test_merging_any_three_gives_an_article(base, mine, theirs):
    merged = merge(base, mine, theirs)
    for part in ("references", "notes", "figures"):
        keys = [row.key for row in getattr(merged.content, part)]
        assert len(keys) == len(set(keys))
    assert sum(figure.placement == "infobox" for figure in merged.content.figures) <= max(
        1, sum(figure.placement == "infobox" for figure in mine.figures)
    )
    assert all(str(clash) and clash.to_json()["message"] for clash in merged.clashes)


def clash_of(mine, theirs):
    merged = merge(BASE, article(*mine), article(*theirs))
    assert merged.content == article(*mine)
    (clash,) = merged.clashes
    return clash


def test_one_claim_changed_in_two_ways_clashes():
    clash = clash_of((ROWS.replace("400", "450"), *LONG), (ROWS.replace("400", "500"), *LONG))
    assert (clash.label, clash.base, clash.mine, clash.theirs) == (
        "Casualties and losses, side 2, value", "400 killed", "450 killed", "500 killed"
    )  # fmt: skip


def test_a_claim_is_never_mixed_from_two():
    assert clash_of((ROWS.replace("400", "450"), *LONG), (ROWS.replace("killed", "wounded"), *LONG))


def test_a_row_deleted_here_and_changed_there_clashes():
    deleted = ROWS.replace("ref f1 a: Somebody\n", "")
    assert "deleted" in str(clash_of((deleted, *LONG), (ROWS.replace("Somebody", "Somebody else"), *LONG)))


def test_two_references_of_one_key_clash():
    clash = clash_of((f"{ROWS}ref f3 c: One", *LONG), (f"{ROWS}ref f4 c: Other", *LONG))
    assert "“c”" in str(clash)


def test_a_paragraph_changed_in_two_ways_clashes():
    mine, theirs = ([LONG[0].replace("tells", word), *LONG[1:]] for word in ("speaks", "is silent"))
    assert "two ways" in str(clash_of((ROWS, *mine), (ROWS, *theirs)))


def test_a_paragraph_deleted_here_and_changed_there_clashes():
    theirs = [LONG[0].replace("tells", "speaks"), *LONG[1:]]
    assert "deleted" in str(clash_of((ROWS, *LONG[1:]), (ROWS, *theirs)))


def test_members_and_moves_go_together():
    mine = ROWS.replace("box r1 commander 1: Babayan\n", "").replace("box r3", "box r1 commander 1: Babayan\nbox r3")
    theirs = ROWS.replace("Babayan", "Babaian").replace("Somebody", "Somebody else")
    merged = merge(BASE, article(mine, *LONG), article(theirs, *LONG))
    assert merged.clashes == ()
    expected = mine.replace("Babayan", "Babaian").replace("Somebody", "Somebody else")
    assert merged.content == article(expected, *LONG)


def test_a_moved_paragraph_takes_the_edit_of_the_other():
    moved = [*LONG[1:], LONG[0]]
    edited = [LONG[0].replace("tells", "speaks"), *LONG[1:]]
    for sides in ((moved, edited), (edited, moved)):
        merged = merge(BASE, *(article(ROWS, *side) for side in sides))
        assert merged.clashes == ()
        assert merged.content == article(ROWS, *LONG[1:], edited[0])


# --- Choosing ---------------------------------------------------------------------------------------------------------


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


# --- Undoing ----------------------------------------------------------------------------------------------------------


@given(pairs())
def test_a_change_undone_is_gone(pair):
    old, new = pair
    for change in compare(old, new).changes:
        try:
            undone = undo(new, change.id, old, new)
        except Clash:
            continue
        assert undone != new
        left = compare(old, undone)
        assert sum(left.words) <= sum(compare(old, new).words)


@given(pairs())
def test_all_rows_undone_one_by_one_are_the_old_rows(pair):
    # What is undone was recorded, so every row has an id; rows without, of files, are paired before.
    old, new = recorded(pair[0], "o"), recorded(pair[1], "n")
    new = new.replace(body=old.body)
    present = new
    for change in compare(old, new).changes:
        try:
            present = undo(present, change.id, old, new)
        except Clash:
            return  # two rows that take each other's key cannot be undone alone
    left = compare(old, present)
    assert all(change.moved for change in left.changes)
    assert len(visible(old).references) == len(visible(present).references)


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)), st.data())
def test_paragraphs_undone_one_by_one_are_the_old_ones(order, edited, deleted, data):
    old = article("", *LONG)
    words = [LONG[at].replace("tells", "speaks") if at in edited else LONG[at] for at in order if at not in deleted]
    new = article("", *words)
    changes = compare(old, new).changes
    present = new
    for change in data.draw(st.permutations(changes)):
        present = undo(present, change.id, old, new)
    assert present == old


def test_an_old_change_is_undone_on_top_of_later_ones():
    old, new = BASE, article(ROWS.replace("400", "450"), LONG[0].replace("tells", "speaks"), *LONG[1:])
    later = article(ROWS.replace("400", "450").replace("Somebody", "X"), "First.", *new.body.split("\n\n")[::-1])
    box, body = compare(old, new).changes
    undone = undo(later, box.id, old, new)
    assert undone == later.replace(infobox=old.infobox)
    undone = undo(later, body.id, old, new)
    assert undone == later.replace(body=later.body.replace("speaks", "tells"))


def test_a_deleted_row_comes_back_with_its_id_and_its_place():
    new = article(ROWS.replace("box r1 commander 1: Babayan\n", ""), *LONG)
    (change,) = compare(BASE, new).changes
    later = article(ROWS.replace("box r1 commander 1: Babayan", "box r9 commander 1: Asgarov"), *LONG)
    undone = undo(later, change.id, BASE, new)
    assert [row.id for row in undone.infobox.rows] == ["r1", "r9", "r2", "r3"]


@pytest.mark.parametrize(
    ("present", "words"),
    [
        (article(ROWS.replace("400", "500"), *LONG), "two ways"),
        (article(ROWS.replace("box r3 casualties 2: 400 killed\n", ""), *LONG), "deleted"),
        (BASE, "no longer"),
    ],
)
def test_what_clashes_is_refused_with_a_reason(present, words):
    new = article(ROWS.replace("400", "450"), *LONG)
    (change,) = compare(BASE, new).changes
    with pytest.raises(Clash, match=words):
        undo(present, change.id, BASE, new)


def test_a_change_that_is_none_is_refused():
    with pytest.raises(Clash, match="no such change"):
        undo(BASE, "0123", BASE, BASE)
