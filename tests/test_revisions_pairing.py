"""Pairing rows without ids with stored rows, and positions with gaps: pure functions over plain content."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from articles.content import Infobox, InfoboxRow, Name, Note
from articles.revisions.pairing import paired
from articles.revisions.positions import GAP, positions

from .making import content


def names(*rows):
    return content().replace(names=tuple(Name(id_, name, language) for id_, name, language in rows))


def infobox(*rows):
    made = tuple(InfoboxRow(id_, field, side, value) for id_, field, side, value in rows)
    return content().replace(infobox=Infobox("military-conflict", made))


def notes(*rows):
    return content().replace(notes=tuple(Note(id_, key, text) for id_, key, text in rows))


def ids(rows):
    return [row.id for row in rows]


def test_a_new_article_gets_an_id_on_every_row_and_keeps_those_that_it_brings():
    found = paired(notes(("", "a", ""), ("mine", "b", ""), ("", "c", "")), None)
    first, mine, third = ids(found.notes)
    assert mine == "mine"
    assert len({first, mine, third}) == 3
    assert "" not in (first, third)


def test_keyed_rows_pair_by_key_whatever_their_order_and_text():
    stored = notes(("k1", "a", "one"), ("k2", "b", "two"))
    assert ids(paired(notes(("", "b", "new"), ("", "a", "one")), stored).notes) == ["k2", "k1"]


def test_an_id_beats_a_key():
    stored = notes(("k1", "a", ""), ("k2", "b", ""))
    assert ids(paired(notes(("k2", "a", ""), ("", "b", "")), stored).notes)[0] == "k2"
    assert ids(paired(notes(("k2", "a", ""), ("", "b", "")), stored).notes)[1] not in ("k1", "k2")


def test_a_row_with_a_new_key_is_a_new_row():
    stored = notes(("k1", "a", "same text"))
    assert ids(paired(notes(("", "b", "same text")), stored).notes) != ["k1"]


def test_names_pair_by_name_and_language_then_by_order():
    stored = names(("n1", "Kelbecer", "tr"), ("n2", "Karvachar", "hy"), ("n3", "Kelbadjar", "fr"))
    found = paired(names(("", "Karvaçar", "hy"), ("", "Karvachar", "hy"), ("", "Kelbadzhar", "ru")), stored)
    assert ids(found.names) == ["n1", "n2", "n3"]


def test_equal_names_pair_first_with_first():
    stored = names(("n1", "Kelbecer", "tr"), ("n2", "Kelbecer", "tr"))
    assert ids(paired(names(("", "Kelbecer", "tr"), ("", "Kelbecer", "tr")), stored).names) == ["n1", "n2"]


def test_infobox_rows_pair_by_equal_value_first():
    stored = infobox(("r1", "commander", 1, "Monte Melkonian"), ("r2", "commander", 1, "Gurgen Daribaltayan"))
    found = paired(infobox(("", "commander", 1, "Monte"), ("", "commander", 1, "Monte Melkonian")), stored)
    assert ids(found.infobox.rows) == ["r2", "r1"]


def test_infobox_rows_pair_by_the_most_similar_value_then():
    stored = infobox(("r1", "strength", 1, "about 300 soldiers"), ("r2", "strength", 1, "20 tanks and guns"))
    found = paired(infobox(("", "strength", 1, "25 tanks and guns"), ("", "strength", 1, "300 soldiers")), stored)
    assert ids(found.infobox.rows) == ["r2", "r1"]


def test_equally_unlike_infobox_rows_pair_in_order():
    stored = infobox(("r1", "strength", 1, "aaa"), ("r2", "strength", 1, "bbb"))
    found = paired(infobox(("", "strength", 1, "ccc"), ("", "strength", 1, "ddd")), stored)
    assert ids(found.infobox.rows) == ["r1", "r2"]


@pytest.mark.parametrize("other", [("commander", 2), ("units", 1), ("commander", "all")])
def test_infobox_rows_of_another_field_or_side_do_not_pair(other):
    stored = infobox(("r1", "commander", 1, "Monte Melkonian"))
    assert ids(paired(infobox(("", *other, "Monte Melkonian")), stored).infobox.rows) != ["r1"]


def test_five_hundred_long_infobox_rows_pair_in_seconds():
    stored = infobox(*((f"r{i}", "units", 1, f"{i} " + "battalion of the guard " * 400) for i in range(500)))
    found = paired(infobox(*(("", "units", 1, f"new {i} " + "regiment " * 1000) for i in range(500))), stored)
    assert sorted(ids(found.infobox.rows)) == sorted(ids(stored.infobox.rows))


keys = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(keys, keys, st.data())
def test_pairing_gives_every_row_one_id_and_takes_no_stored_row_twice(stored_keys, new_keys, data):
    stored = notes(*((f"s{key}", key, "") for key in stored_keys))
    given_ids = data.draw(st.lists(st.sampled_from([f"s{key}" for key in "abcdefgh"]), unique=True))
    new = [(given_ids.pop() if given_ids and data.draw(st.booleans()) else "", key, "") for key in new_keys]
    found = paired(notes(*new), stored).notes
    assert len(set(ids(found))) == len(found)
    for (id_, key, _), row in zip(new, found, strict=True):
        assert row.id == id_ if id_ else row.id
        taken = {one for one, _, _ in new}
        if not id_ and key in stored_keys and f"s{key}" not in taken:
            assert row.id == f"s{key}"


@given(st.lists(st.tuples(st.sampled_from(["date", "units"]), st.text("ab", max_size=3)), max_size=8), st.randoms())
def test_infobox_rows_that_only_moved_keep_their_ids(cells, random):
    rows = [(f"r{i}", field, 1 if field == "units" else None, value) for i, (field, value) in enumerate(cells)]
    shuffled = random.sample(rows, len(rows))
    found = paired(infobox(*(("", *rest) for _, *rest in shuffled)), infobox(*rows)).infobox.rows
    assert sorted(ids(found)) == sorted(row[0] for row in rows)
    value_of = {row[0]: row[1:] for row in rows}
    assert [value_of[row.id] for row in found] == [tuple(rest) for _, *rest in shuffled]


# --- Positions --------------------------------------------------------------------------------------------------------

stored_positions = st.lists(st.none() | st.integers(-(2**40), 2**40), max_size=30)


@given(stored_positions)
def test_positions_rise_strictly(present):
    assert all(low < high for low, high in pairwise(positions(present)))


@given(st.lists(st.none() | st.integers(-100, 100), max_size=12))
def test_positions_rise_strictly_where_there_is_little_room(present):
    assert all(low < high for low, high in pairwise(positions(present)))


def unchanged(present):
    return sum(old == new for old, new in zip(present, positions(present), strict=True))


@given(st.lists(st.integers(0, 1000), unique=True, max_size=8))
def test_as_many_rows_as_can_keep_their_positions(order):
    present = [GAP * place for place in order]
    longest = [0] * len(present)
    for index, position in enumerate(present):
        longest[index] = 1 + max((longest[i] for i in range(index) if present[i] < position), default=0)
    assert unchanged(present) == max(longest, default=0)


@given(st.integers(0, 30), st.data())
def test_a_row_that_was_added_or_moved_is_the_only_one_to_get_another_position(count, data):
    stored = positions([None] * count)
    added = list(stored)
    added.insert(data.draw(st.integers(0, count)), None)
    assert unchanged(added) == count
    if count:
        moved = list(stored)
        moved.insert(data.draw(st.integers(0, count - 1)), moved.pop(data.draw(st.integers(0, count - 1))))
        assert unchanged(moved) >= count - 1


def test_rows_are_numbered_anew_where_a_gap_is_full():
    assert positions([1, None, 2]) == [GAP, 2 * GAP, 3 * GAP]


def test_rows_put_in_the_same_place_again_and_again_stay_in_order():
    stored = positions([None, None])
    for _ in range(100):
        stored = positions([stored[0], None, *stored[1:]])
        assert all(low < high for low, high in pairwise(stored))
