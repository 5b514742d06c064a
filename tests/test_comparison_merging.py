"""Merging: what only one side did is kept, what both did differently clashes, nothing written is lost."""

from collections import Counter

from hypothesis import given, strategies as st

from articles.comparison import merge
from tests.comparison_edits import contents, edited_bodies, pairs
from tests.merging_for_tests import BASE, LONG, ROWS, article


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
        "Casualties and losses, side 2 – Value", "400 killed", "450 killed", "500 killed"
    )  # fmt: skip


def test_who_says_so_is_named_where_it_is_chosen_too():
    clash = clash_of((ROWS.replace("400", "450"), *LONG), (ROWS.replace("400 killed", "500 killed | per B"), *LONG))
    assert (clash.label, clash.theirs) == (
        "Casualties and losses, side 2 – Value and who says so", "500 killed\n— per B"
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
