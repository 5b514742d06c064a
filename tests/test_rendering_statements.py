"""Statements that rest on a reference: the right sentence, its place and its mark."""

import pytest

from articles.rendered import Links
from articles.rendering import render, statements

from .articles_for_tests import content
from .growth import is_linear
from .rendering_for_tests import cases

REFERENCES = [{"key": "a", "text": "A report.", "pages": ""}, {"key": "b", "text": "A book.", "pages": "9"}]


@pytest.mark.parametrize(("body", "expected"), cases("statements"))
def test_the_sentence_that_cites(body, expected):
    found = statements(content(body=body, references=REFERENCES), {"a"})
    assert [f"{one.words} | {one.locator}" if one.locator else one.words for one in found] == expected.split("\n")


def test_every_mark_of_a_reference_is_told_with_its_place_and_its_own_anchor():
    article = content(
        body="Lead.[@b]\n\n## Losses\n\nMany.[^n] More.[@b, p. 4]",
        notes=[{"key": "n", "text": "Counted later.[@b]"}],
        references=[*REFERENCES, {"key": "c", "text": "Other.", "remark": "See also here.[@b]"}],
        infobox={"kind": "military-conflict",
                 "rows": [{"field": "casualties", "side": 2, "value": "400[@b] or 55[@c]. All."}]},
    )  # fmt: skip
    found = statements(article, {"b"})
    assert [(one.place, one.words, one.locator) for one in found] == [
        ("Casualties and losses · Side 2", "400 or 55. All.", "9"), ("", "Lead.", "9"), ("Losses", "More.", "p. 4"),
        ("Note a", "Counted later.", "9"), ("Remark on a reference", "See also here.", "9"),
    ]  # fmt: skip
    page = render(article, Links())
    html = " ".join(
        [page.lead_opening, page.sections, *(one.html for one in (*page.notes, *page.references))]
        + [value.html for section in page.infobox.sections for cell in section.cells for value in cell.values]
    )
    for one in found:
        assert f'id="{one.anchor}"' in html
    assert len({one.anchor for one in found}) == len(found)


def test_a_very_long_sentence_is_cut_at_its_beginning():
    [one] = statements(content(body=f"Start {'word ' * 300}end.[@a]", references=REFERENCES), {"a"})
    assert one.words.startswith("… word")
    assert one.words.endswith("end.")
    assert len(one.words) < 450


def _read(body):
    return statements(content(body=body, references=REFERENCES), {"a"})


@pytest.mark.parametrize("sign", [".", "?!", ".)"])
def test_a_line_of_stops_takes_no_time_beyond_its_length(sign):
    assert is_linear(lambda count: _read(f"Lead.[@a] {sign * count}x end.[@a]"), 5_000)


@pytest.mark.parametrize("text", ["word ", "&nbsp;"])
def test_a_sentence_of_many_citations_takes_no_time_beyond_its_length(text):
    assert is_linear(lambda count: _read(f"A{text * count}{'[@a]' * count}."), 2_000)
