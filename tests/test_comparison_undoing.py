"""Undoing a change: it is gone, what came later stays, and what clashes is refused with a reason."""

import pytest
from hypothesis import given, strategies as st

from articles.comparison import Clash, compare, undo
from tests.comparison_edits import pairs, recorded, visible
from tests.merging_for_tests import BASE, LONG, ROWS, article


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
