"""Anchors of headings and the contents list (contract.md, Page shape)."""

import re

import pytest

from tests.rendering_for_tests import Outline, cases, content, page


def _headings(rendered):
    return re.findall(r'<(h\d) id="([^"]*)">(.*?)</h\d>', rendered.lead_opening + rendered.sections)


def _listed(headings):
    for heading in headings:
        yield f"h{heading.level} {heading.anchor} {heading.text}"
        yield from _listed(heading.children)


@pytest.mark.parametrize(("given", "expected"), cases("headings"))
def test_headings_get_anchors_and_stand_in_the_contents(given, expected):
    rendered = page(content(body=given))
    assert "\n".join(_listed(rendered.contents)) == expected
    assert [f"{tag} {anchor}" for tag, anchor, _ in _headings(rendered)] == [
        " ".join(line.split(" ")[:2]) for line in expected.splitlines()
    ]


def test_the_contents_list_is_a_tree():
    rendered = page(content(body="## A\n### B\n##### C\n### D\n## E"))
    a, e = rendered.contents
    assert [heading.text for heading in a.children] == ["B", "D"]
    assert [heading.text for heading in a.children[0].children] == ["C"]
    assert e.children == ()


def test_an_anchor_stays_the_same_when_other_headings_change():
    before = page(content(body="## A\n\n## Losses\n\n## C"))
    after = page(content(body="## New\n\n### Deep\n\n## Losses\n\n## A and more"))
    assert before.contents[1].anchor == after.contents[1].anchor == "section-losses"


def test_an_address_from_before_another_equal_heading_came_still_leads_to_the_first():
    before = page(content(body="## A\n### Losses"))
    after = page(content(body="## A\n### Losses\n## B\n### Losses"))
    assert before.contents[0].children[0].anchor == "section-losses"
    assert '<h3 id="section-a-losses"><span id="section-losses"></span>Losses</h3>' in after.sections
    assert after.sections.count('id="section-losses"') == 1


def test_marks_stay_in_the_heading_and_out_of_the_contents():
    rendered = page(content(body="## A[@a] [x](/x)", references=[{"key": "a", "text": "A"}]))
    assert rendered.contents[0].text == "A x"
    assert "cite-a-1" in rendered.sections
    assert rendered.contents[0].anchor == "section-a-x"


def test_the_body_comes_in_three_parts():
    rendered = page(content(body="One.\n\nTwo.\n\n- Three.\n\n## Four\n\nFive."))
    assert Outline(rendered.lead_opening).text == "One.\n"
    assert Outline(rendered.lead_rest).text == "Two.\n\nThree.\n\n"
    assert Outline(rendered.sections).text == "Four\nFive.\n"


def test_a_body_without_lead_or_headings_or_text():
    only_sections, only_lead, empty = (page(content(body=body)) for body in ("## A\n\nB.", "A.", ""))
    assert (only_sections.lead_opening, only_sections.lead_rest) == ("", "")
    assert (only_lead.lead_rest, only_lead.sections, only_lead.contents) == ("", "", ())
    assert (empty.lead_opening, empty.lead_rest, empty.sections) == ("", "", "")
