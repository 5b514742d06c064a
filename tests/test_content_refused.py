"""What never gets in through the content door is refused at its exact place."""

from decimal import Decimal

import pytest

from .content_for_tests import FIGURE, INFOBOX_ROW, LEAST, read, refusals, source


def infobox(**members):
    return {"infobox": {"kind": "military-conflict", "rows": [INFOBOX_ROW, INFOBOX_ROW | members]}}


REFUSED = [
    ({"format": "kalbajar.article/2"}, "format"),
    ({"format": []}, "format"),
    ({"color": "red"}, "color"),
    ({"slug": "Two Words"}, "slug"),
    ({"slug": "a--b"}, "slug"),
    ({"slug": "a" * 101}, "slug"),
    ({"slug": ""}, "slug"),
    ({"title": ""}, "title"),
    ({"title": "  "}, "title"),
    ({"title": "t" * 500}, "title"),
    ({"title": None}, "title"),
    ({"title": "two\nlines"}, "title"),
    ({"title": "ends in a control character\x1f"}, "title"),
    ({"short_description": "s" * 301}, "short_description"),
    ({"part_of": "Not A Slug"}, "part_of"),
    ({"body": "b" * 2**21}, "body"),
    ({"body": "ə" * (2**19 + 1)}, "body"),
    ({"body": "|\n" * 20_001}, "body"),
    ({"body": "a\n\n" * 20_001}, "body"),
    ({"body": "- > 1. - a\n" * 5_001}, "body"),
    ({"body": 5}, "body"),
    ({"event_date": "27 March 1993"}, "event_date"),
    ({"event_date": "1993-13"}, "event_date"),
    ({"event_date": "1993-02-30"}, "event_date"),
    ({"event_date": "1993-04-03/1993-03-27"}, "event_date"),
    ({"event_date": "1993-X92"}, "event_date"),
    ({"event_date": "Y1E9999999"}, "event_date"),
    ({"event_date": ".."}, "event_date"),
    ({"event_date": 1993}, "event_date"),
    ({"coordinates": {"latitude": 91, "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": 0, "longitude": -180.000001}}, "coordinates.longitude"),
    ({"coordinates": {"latitude": 0.1234567, "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": 0}}, "coordinates.longitude"),
    ({"coordinates": {"latitude": True, "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": "40", "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": float("nan"), "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": float("inf"), "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": 10**5000, "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": Decimal("NaN"), "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": Decimal("sNaN"), "longitude": 0}}, "coordinates.latitude"),
    ({"coordinates": {"latitude": 0, "longitude": 0, "height": 0}}, "coordinates.height"),
    ({"coordinates": [40, 46]}, "coordinates"),
    ({"categories": ["Battles", "battles"]}, "categories[1]"),
    ({"categories": ["…"]}, "categories[0]"),
    ({"categories": [f"c{n}" for n in range(101)]}, "categories"),
    ({"categories": "Battles"}, "categories"),
    ({"categories": [None]}, "categories[0]"),
    ({"names": [{"name": "a"}, {"name": ""}]}, "names[1].name"),
    ({"names": [{"language": "az"}]}, "names[0].name"),
    ({"names": [{"name": "a", "language": "Azerbaijani language"}]}, "names[0].language"),
    ({"names": [{"name": "a", "script": "latin"}]}, "names[0].script"),
    ({"names": [{"name": "a"}] * 201}, "names"),
    ({"names": {"name": "a"}}, "names"),
    ({"infobox": []}, "infobox"),
    ({"infobox": {"kind": "battle"}}, "infobox.kind"),
    ({"infobox": {"rows": [INFOBOX_ROW]}}, "infobox.kind"),
    ({"infobox": {"kind": "military-conflict", "rows": [INFOBOX_ROW] * 501}}, "infobox.rows"),
    (infobox(field="weather"), "infobox.rows[1].field"),
    (infobox(side=9), "infobox.rows[1].side"),
    (infobox(side=0), "infobox.rows[1].side"),
    (infobox(side="1"), "infobox.rows[1].side"),
    (infobox(side=True), "infobox.rows[1].side"),
    (infobox(side=1.0), "infobox.rows[1].side"),
    (infobox(side=None), "infobox.rows[1].side"),
    (infobox(field="date"), "infobox.rows[1].side"),
    (infobox(value=" \n"), "infobox.rows[1].value"),
    (infobox(value="v" * 10_001), "infobox.rows[1].value"),
    (infobox(attribution="a" * 301), "infobox.rows[1].attribution"),
    (infobox(colour="red"), "infobox.rows[1].colour"),
    ({"notes": ["text"]}, "notes[0]"),
    ({"notes": [{"text": "no key"}]}, "notes[0].key"),
    ({"notes": [{"key": "ə"}]}, "notes[0].key"),
    ({"notes": [{"key": "k" * 65}]}, "notes[0].key"),
    ({"notes": [{"key": 5}]}, "notes[0].key"),
    ({"notes": [{"key": "a", "text": "t" * 50_001}]}, "notes[0].text"),
    ({"notes": [{"key": "a", "id": "-"}]}, "notes[0].id"),
    ({"notes": [{"key": "a", "id": "i" * 33}]}, "notes[0].id"),
    ({"notes": [{"key": "a", "id": 7}]}, "notes[0].id"),
    ({"notes": [{"key": f"k{n}"} for n in range(1001)]}, "notes"),
    ({"references": [{"key": "a", "source": {"type": "book"}, "text": "Text."}]}, "references[0]"),
    ({"references": [{"key": "a", "source": "Text."}]}, "references[0].source"),
    ({"references": [{"key": "a", "source_id": 1}]}, "references[0].source_id"),
    ({"references": [{"key": "a", "source_version": 1}]}, "references[0].source_version"),
    (source(type="novel"), "references[1].source.type"),
    (source(title=["A"]), "references[1].source.title"),
    (source(author="de Waal"), "references[1].source.author"),
    (source(author=[{"given": ""}]), "references[1].source.author[0]"),
    (source(author=[{"family": "A", "given": 5}]), "references[1].source.author[0].given"),
    (source(issued="1994"), "references[1].source.issued"),
    (source(issued={"date-parts": [[1994, 13]]}), "references[1].source.issued.date-parts[0]"),
    (source(issued={"date-parts": [[10**5000]]}), "references[1].source.issued.date-parts[0]"),
    (source(volume=float("inf")), "references[1].source.volume"),
    (source(volume=[1]), "references[1].source.volume"),
    (source(**{"x-own": {"deep": [float("nan")]}}), "references[1].source.x-own.deep[0]"),
    (source(**{"x-own": 10**5000}), "references[1].source.x-own"),
    (source(**{"x-own": b"bytes"}), "references[1].source.x-own"),
    (source(**{"x-own": {1: "a"}}), "references[1].source.x-own"),
    (source(custom={"é": 1, "e\u0301": 2}), "references[1].source.custom"),
    (source(abstract="a" * 50_001), "references[1].source"),
    ({"figures": [{"key": "g"}]}, "figures[0].image"),
    ({"figures": [FIGURE | {"image": "sha256:xyz"}]}, "figures[0].image"),
    ({"figures": [FIGURE | {"placement": "margin"}]}, "figures[0].placement"),
    ({"figures": [FIGURE | {"placement": []}]}, "figures[0].placement"),
    ({"figures": [FIGURE | {"file": 5}]}, "figures[0].file"),
    ({"figures": [FIGURE | {"image_id": 5}]}, "figures[0].image_id"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "place"), REFUSED)
def test_what_never_gets_in_is_refused_at_its_place(members, place):
    found = refusals(LEAST | members)
    assert place in found
    assert all(one.startswith(place) for one in found)


def test_long_texts_broken_into_lines_are_taken():
    body = "\n\n".join(["- a\n" * 19_998, "words and words\n" * 60_000, "the end"]).strip()
    assert read(body=body).body == body


@pytest.mark.parametrize("member", ["format", "slug", "title", "body"])
def test_required_members_are_asked_for(member):
    assert refusals({name: value for name, value in LEAST.items() if name != member}).keys() == {member}


def test_all_problems_are_told_in_one_go():
    found = refusals(LEAST | {"slug": "A", "title": "", "notes": [{"key": "!"}, {"text": 5}], "colour": 1})
    assert found.keys() == {"colour", "slug", "title", "notes[0].key", "notes[1].key", "notes[1].text"}


def test_a_second_figure_in_the_infobox_names_the_first():
    found = refusals(LEAST | {"figures": [FIGURE | {"key": key, "placement": "infobox"} for key in "ab"]})
    assert "figures[0]" in found["figures[1].placement"]


@pytest.mark.parametrize("name", ["notes", "references"])
def test_a_key_that_stands_twice_names_both_places(name):
    found = refusals(LEAST | {name: [5, {"key": "a"}, {"key": "b"}, {"key": "a"}]})
    assert found.keys() == {f"{name}[0]", f"{name}[3].key"}
    assert f"{name}[1].key" in found[f"{name}[3].key"]


@pytest.mark.parametrize("key", [" a", "a ", "a\n", "\ta", "", "-a", "ä", "a b"])
def test_a_key_with_anything_around_it_is_malformed(key):
    assert refusals(LEAST | {"notes": [{"key": key}]}).keys() == {"notes[0].key"}


@pytest.mark.parametrize("slug", ["abc\n", " abc", "abc ", "-abc", "abc-", "a--b", "Abc", "ə"])
def test_a_slug_is_taken_to_the_letter(slug):
    assert refusals(LEAST | {"slug": slug}).keys() == {"slug"}


def test_one_key_may_stand_for_a_note_and_a_reference():
    assert read(notes=[{"key": "a"}], references=[{"key": "a"}])


@pytest.mark.parametrize("name", ["names", "notes", "references", "figures"])
def test_an_id_that_stands_twice_names_both_places(name):
    row = {"id": "x"} | {"names": {"name": "n"}, "figures": FIGURE}.get(name, {})
    made = [row | ({} if name == "names" else {"key": key}) for key in "abc"]
    found = refusals(LEAST | {name: [made[0], {**made[1], "id": "y"}, made[2]]})
    assert found.keys() == {f"{name}[2].id"}
    assert f"{name}[0]" in found[f"{name}[2].id"]
