"""Bodies: blocks matched, moved, split and merged, and every block of both texts there once."""

import pytest
from hypothesis import given, strategies as st

from articles.comparison import fold
from articles.comparison.blocks import read_blocks
from articles.comparison.bodies import compare_bodies
from tests.comparison_edits import block, blocks, edited_bodies, wild
from tests.comparison_for_tests import cases, check_body, shown, source

LONG = [f"Paragraph {number} tells of day {number} of the offensive in the district of {name}." for number, name in
        enumerate(("Kalbajar", "Lachin", "Shusha", "Aghdam", "Fizuli", "Jabrayil", "Zangilan", "Qubadli"))]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), cases("text"))
def test_case(old, new, expected):
    assert shown(check_body(old, new)) == expected


@given(edited_bodies())
def test_what_holds_for_any_edit(bodies):
    check_body(*bodies)


@given(wild, wild)
def test_what_holds_for_any_text(old, new):
    check_body(old, new)


@given(edited_bodies())
def test_a_text_does_not_differ_from_itself(bodies):
    for text in bodies:
        part = compare_bodies(text, text)
        assert not part
        assert text.endswith("".join(block.new_text + block.new_gap for block in part.blocks))


@given(wild | st.lists(block).map("\n".join))
def test_blocks_are_the_text_to_the_letter(text):
    read = read_blocks(text)
    assert read.text == text
    lines = text.split("\n")
    for one in read.blocks:
        assert one.text.split("\n")[0] == lines[one.line - 1]
        assert one.text.strip()
        assert not one.gap.strip()


@given(blocks, st.data())
def test_an_added_block_is_all_that_changed(old, data):
    at = data.draw(st.integers(0, len(old)))
    new = [*old[:at], "Unheard-of tidings came overnight.", *old[at:]]
    changes = compare_bodies("\n\n".join(old), "\n\n".join(new)).changes
    assert [(change.kind, change.new_text) for change in changes] == [("addition", new[at])]


@given(st.permutations(LONG))
def test_moved_blocks_are_shown_once_and_unmarked(new):
    part = check_body("\n\n".join(LONG), "\n\n".join(new))
    assert [block.new_text for block in part.blocks] == new
    assert {change.kind for change in part.changes} <= {"move"}
    assert not any(source(block.spans, "addition", "deletion") for block in part.blocks)


@given(st.integers(0, 7), st.integers(0, 6), st.integers(0, 7))
def test_one_block_moved_and_another_edited(moved, to, edited):
    new = [text.replace("tells", "speaks") if at == edited else text for at, text in enumerate(LONG)]
    new.insert(to, new.pop(moved))
    part = check_body("\n\n".join(LONG), "\n\n".join(new))
    assert sum(block.kind == "move" for block in part.blocks) == (moved != to)
    marked = [source(block.spans, "addition", "deletion") for block in part.changes]
    assert "".join(marked) == "tellsspeaks"


@given(st.integers(0, 7), st.integers(1, 10))
def test_words_of_a_split_block_are_kept(at, middle):
    parts = LONG[at].split(" ")
    new = [*LONG[:at], " ".join(parts[:middle]), " ".join(parts[middle:]), *LONG[at + 1 :]]
    part = check_body("\n\n".join(LONG), "\n\n".join(new))
    assert [change.shape for change in part.changes] == ["split"]
    assert source(part.changes[0].spans, "addition", "deletion").strip() == ""


def test_pieces_moved_apart_are_all_found():
    body = " ".join(LONG)
    part = check_body(body, "\n\n".join(LONG))
    assert [change.shape for change in part.changes] == ["split"]
    assert part.changes[0].new == tuple(range(8))


def test_changes_say_where_they_are():
    old = "Lead one.\n\n## Background\n\nFirst there.\n\nSecond there, about the armour.\n"
    part = compare_bodies(old, old.replace("armour", "brigade"))
    assert part.changes[0].label == "Background, paragraph 2"
    assert part.changes[0].new_place == "body:7:1"
    assert part.changes[0].section == "Background"


def test_ids_stay_while_the_change_does():
    old, new = "\n\n".join(LONG), "\n\n".join([*LONG[:3], LONG[3].replace("tells", "speaks"), *LONG[4:]])
    alone = compare_bodies(old, new).changes[0].id
    among = compare_bodies(f"Other.\n\n{old}", f"Others came.\n\n{new}\n\nLast.").changes
    assert alone in [change.id for change in among]
    assert len({change.id for change in among}) == len(among)


def test_equal_changes_have_ids_of_their_own():
    changes = compare_bodies("", "Same words.\n\nSame words.\n\nSame words.").changes
    assert len({change.id for change in changes}) == 3


@given(edited_bodies(), st.integers(0, 3), st.booleans())
def test_folding_hides_no_change_and_no_block(bodies, context, hide_reflow):
    part = compare_bodies(*bodies)
    stretches = fold(part.blocks, context=context, hide_reflow=hide_reflow)
    assert tuple(block for stretch in stretches for block in stretch.blocks) == part.blocks
    hidden = [block for stretch in stretches if stretch.folded for block in stretch.blocks]
    assert all(block.kind == "same" or hide_reflow and block.reflow for block in hidden)
    assert all(len(stretch.blocks) > 1 for stretch in stretches if stretch.folded)


def test_a_fold_tells_how_much_it_holds():
    part = compare_bodies("\n\n".join(LONG), "\n\n".join([*LONG, "And then."]))
    folded, open_ = fold(part.blocks)
    assert (folded.folded, len(folded.blocks), folded.words) == (True, 7, 7 * 14)
    assert [block.kind for block in open_.blocks] == ["same", "addition"]
