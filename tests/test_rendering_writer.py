"""Tokens of markup to HTML."""

import pytest

from tests.rendering_for_tests import Outline, cases, content, page


@pytest.mark.parametrize(("given", "expected"), cases("html"))
def test_markup_becomes_html(given, expected):
    rendered = page(content(body=given), "kalbajar")
    assert (rendered.lead_opening + rendered.lead_rest + rendered.sections).rstrip("\n") == expected


def test_a_note_of_one_paragraph_has_no_paragraph_element():
    notes = [{"key": "a", "text": "One."}, {"key": "b", "text": "One.\n\n- Two.\n\n> Three."}]
    one, more = page(content(body="[^a][^b]", notes=notes)).notes
    assert one.html == "One."
    assert [tag for tag, _ in Outline(more.html).elements] == ["p", "ul", "li", "blockquote", "p"]


def test_a_line_break_in_a_value_is_a_space():
    rows = [{"field": "place", "value": "Kalbajar\nDistrict\n\n# no heading"}]
    rendered = page(content(infobox={"kind": "military-conflict", "rows": rows}))
    assert rendered.infobox.facts[0].values[0].html == "Kalbajar\nDistrict\n\n# no heading"


def test_emphasis_deeper_than_twenty_keeps_its_text():
    rendered = page(content(body="*a " * 50 + "b" + " c*" * 50))
    assert rendered.lead_opening.count("<em>") == rendered.lead_opening.count("</em>") == 20
    assert Outline(rendered.lead_opening).balanced
    assert Outline(rendered.lead_opening).text.count("a") == 50


def test_tables_are_counted_over_the_whole_page():
    table = "|a|\n|-|\n|1|\n\n"
    rendered = page(content(body=f"{table}\n## A\n\n{table}"))
    assert 'aria-label="Table 1"' in rendered.lead_opening
    assert 'aria-label="Table 2"' in rendered.sections


def test_the_text_of_a_page_holds_all_words_and_no_marks():
    rendered = page(
        content(
            body="The *battle*[@a, p. 12] of [[Kalbajar]][^n] `x<y`.\n\n## Names\n\n- One\n- Two &amp; a half",
            notes=[{"key": "n", "text": "A note."}],
            references=[{"key": "a", "text": "A source"}],
            infobox={"kind": "military-conflict", "rows": [{"field": "place", "value": "**Kalbajar**[@a]"}]},
        )
    )
    assert rendered.text.split("\n") == [
        "The battle of Kalbajar x<y.", "Names", "One", "Two & a half", "Kalbajar", "A note.", "A source.",
    ]  # fmt: skip
