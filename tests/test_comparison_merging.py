"""Merging and undoing: what only one side did is kept, what both did differently clashes, nothing written is lost."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from articles.comparison import Clash, compare, merge, undo
from articles.comparison.threeway import merge_words
from tests.comparison_edits import contents, edited_bodies, pairs, sentence, visible
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
    old, new = pair
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
