"""The infobox: facts, sides, joint cells (contract.md, Infobox kind)."""

from articles.rendered import Link
from tests.rendering_for_tests import content, page, words


def _box(*rows, kind="military-conflict", **members):
    rows = [dict(zip(("field", "side", "value", "attribution"), row, strict=False)) for row in rows]
    rows = [{name: value for name, value in row.items() if value is not None} for row in rows]
    return page(content(infobox={"kind": kind, "rows": rows}, **members), "first-war").infobox


def _facts(facts):
    return [(fact.field, fact.label, *(words(value.html) for value in fact.values)) for fact in facts]


def test_facts_stand_in_the_order_of_the_contract():
    box = _box(
        ("notes", None, "n"), ("territory", None, "t"), ("result", None, "r"), ("status", None, "s"),
        ("action", None, "a"), ("place", None, "p"), ("combatant", 1, "c"),
        part_of="first-war", event_date="1993-04", coordinates={"latitude": 40.10667, "longitude": 46.03833},
    )  # fmt: skip
    assert _facts(box.facts) == [
        ("part_of", "Part of", "First-War"),
        ("date", "Date", "April 1993"),
        ("place", "Location", "p"),
        ("coordinates", "Coordinates", "40°06′24″N 46°02′18″E (40.10667, 46.03833)"),
        ("action", "Action", "a"),
        ("status", "Status", "s"),
        ("result", "Result", "r"),
        ("territory", "Territorial changes", "t"),
    ]
    assert _facts(box.tail) == [("notes", "Notes", "n")]


def test_a_date_row_stands_instead_of_the_event_date():
    assert _facts(_box(("date", None, "Spring"), event_date="1993").facts) == [("date", "Date", "Spring")]


def test_the_parent_is_linked_where_it_is_published_and_in_words_where_it_is_not():
    published, missing = _box(part_of="first-war"), _box(part_of="first-nagorno-karabakh-war")
    assert published.facts[0].values[0].html == '<a href="/articles/first-war/">First-War</a>'
    assert missing.facts[0].values[0].html == "First nagorno karabakh war"
    assert page(content(part_of="first-nagorno-karabakh-war")).parent == Link("", "First nagorno karabakh war")
    assert page(content()).parent is None


def test_every_section_has_a_cell_for_each_side_blank_ones_included():
    box = _box(("combatant", 1, "A"), ("commander", 3, "C"), ("casualties", "all", "J"))
    assert box.sides == (1, 2, 3)
    assert [section.field for section in box.sections] == ["combatant", "commander", "casualties"]
    assert all([cell.side for cell in section.cells] == [1, 2, 3] for section in box.sections)
    assert [len(cell.values) for cell in box.sections[1].cells] == [0, 0, 1]
    assert [section.names_sides for section in box.sections] == [True, False, False]


def test_a_joint_value_is_no_third_side():
    box = _box(("combatant", 1, "A"), ("casualties", "all", "J", "per HRW"))
    assert box.sides == (1, 2)
    joint = box.sections[1].joint
    assert (joint.side, joint.values[0].html, joint.values[0].attribution) == ("all", "J", "per HRW")
    assert box.sections[1].joint_label == "Civilians and both sides"
    assert box.sections[0].joint is None


def test_several_values_of_a_cell_are_a_list_in_the_editor_s_order():
    box = _box(("strength", 2, "one", "per A"), ("strength", 1, "x"), ("strength", 2, "two", "per B"))
    assert [(value.html, value.attribution) for value in box.sections[0].cells[1].values] == [
        ("one", "per A"), ("two", "per B"),
    ]  # fmt: skip


def test_an_attribution_is_plain_text():
    box = _box(("strength", 1, "4", "per [@a] & *b*"))
    assert box.sections[0].cells[0].values[0].attribution == "per [@a] & *b*"


def test_a_box_without_sections_has_no_sides():
    assert _box(("place", None, "p")).sides == ()


def test_a_box_that_would_hold_its_title_alone_is_left_out():
    assert _box() is None
    assert [fact.field for fact in _box(part_of="x").facts] == ["part_of"]


def test_an_article_without_a_kind_still_shows_its_picture_time_and_place():
    figure = {"key": "f", "image": "f.png", "placement": "infobox"}
    assert page(content(part_of="x")).infobox is None
    assert page(content(figures=[figure])).infobox.figure
    box = page(content(event_date="1993", coordinates={"latitude": 1, "longitude": 2})).infobox
    assert [fact.field for fact in box.facts] == ["date", "coordinates"]


def test_another_kind_is_a_few_lines_of_data():
    box = _box(("rank", None, "Major"), ("born", None, "1957"), kind="military-person")
    assert _facts(box.facts) == [("born", "Born", "1957"), ("rank", "Rank", "Major")]
    assert box.caption == "A"


def test_coordinates_of_the_south_and_west_are_rounded_to_seconds():
    box = _box(coordinates={"latitude": -0.999999, "longitude": -179.999999})
    assert _facts(box.facts)[0][2] == "1°00′00″S 180°00′00″W (-0.999999, -179.999999)"


def test_names_have_tags_and_words_for_their_languages():
    names = [
        {"name": "Kəlbəcər", "language": "az", "script": "Latn"}, {"name": "کلبجر", "language": "az", "script": "Arab"},
        {"name": "X", "language": "zh-Hant"}, {"name": "Y", "script": "Armn"}, {"name": "Z"},
        {"name": "Q", "language": "qqq"},
    ]  # fmt: skip
    rendered = page(content(names=names)).names
    assert [(name.language, name.language_name) for name in rendered] == [
        ("az-Latn", "Azerbaijani"), ("az-Arab", "Azerbaijani, Arabic script"), ("zh-Hant", "Chinese"),
        ("und-Armn", "Armenian script"), ("", ""), ("qqq", "qqq"),
    ]  # fmt: skip


def test_categories_lead_to_their_pages():
    category = page(content(categories=["Battles of the First War"])).categories[0]
    assert (category.name, category.address) == ("Battles of the First War", "/categories/battles-of-the-first-war/")
