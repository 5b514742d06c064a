"""The content door: what goes in comes out again."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from articles.content import LIMITS, ArticleContent, ImageFile, Source, parse_json, read_line
from articles.infobox_kinds import KINDS
from articles.plain_text import normalise
from articles.problems import Refused

from .content_for_tests import LEAST, read, refusals, source

# --- What gets in comes out again -------------------------------------------------------------------------------------

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), max_size=20).filter(
    lambda text: not any("\u202a" <= one <= "\u202e" or "\u2066" <= one <= "\u2069" for one in text)
)
BLOCKS = st.lists(LINES, max_size=3).map("\n".join)
FILLED = LINES.filter(lambda text: normalise(text).strip())
KEYS = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_.:-]{0,9}\Z")
IDS = st.just("") | st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,9}\Z")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | BLOCKS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LINES.map(normalise), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
PEOPLE = st.lists(st.fixed_dictionaries({"family": FILLED}, optional={"given": LINES}), max_size=3)
DATES = st.fixed_dictionaries({"date-parts": st.just([[1994, 12]]) | st.just([["1993", 3, 27], [1993, 4, 3]])})
WORKS = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "report", "webpage"])},
    optional={"title": BLOCKS, "author": PEOPLE, "issued": DATES, "volume": LINES | st.integers(0, 99), "x-own": JSON,
              "custom": st.dictionaries(LINES.map(normalise), JSON, max_size=2)},
)  # fmt: skip


def rows(required, **optional):
    row = st.fixed_dictionaries(required, optional={"id": IDS, **optional})
    keys = (lambda row: row.get("id") or id(row),) + ((lambda row: row["key"],) if "key" in required else ())
    return st.lists(row, max_size=4, unique_by=keys)


CELLS = st.sampled_from([
    {"field": field.name} | ({"side": side} if side else {})
    for field in KINDS["military-conflict"].fields
    for side in ((1, 5, "all") if field.sided else (None,))
])  # fmt: skip
CONTENTS = st.fixed_dictionaries(
    {"format": st.just(LEAST["format"]), "slug": st.from_regex(r"\A[a-z0-9]{1,9}(-[a-z0-9]{1,9})?\Z"), "title": FILLED,
     "body": BLOCKS},
    optional={
        "short_description": LINES,
        "part_of": st.sampled_from(["", "a-war"]),
        "event_date": st.sampled_from(["", "1993", "1993-03-27/1993-04-03", "199X", "1993-03~"]),
        "coordinates": st.fixed_dictionaries({
            "latitude": st.integers(-90_000_000, 90_000_000).map(lambda n: n / 1_000_000),
            "longitude": st.integers(-180, 180) | st.just(-0.0) | st.just(1e-06),
        }),
        "names": rows({"name": FILLED}, language=st.sampled_from(["", "az", "zh-Hant"]), script=st.just("Armn")),
        "categories": st.lists(st.sampled_from(["Battles", "Sieges", "1993 in Azerbaijan"]), unique=True),
        "infobox": st.fixed_dictionaries({
            "kind": st.just("military-conflict"),
            "rows": st.lists(st.tuples(CELLS, FILLED, LINES), max_size=5).map(
                lambda made: [cell | {"value": value, "attribution": claim} for cell, value, claim in made]),
        }),
        "notes": rows({"key": KEYS}, text=BLOCKS),
        "references": rows({"key": KEYS}, pages=LINES, quotation=BLOCKS, translation=BLOCKS, remark=BLOCKS).flatmap(
            lambda made: st.tuples(*(st.one_of(
                st.just(row), WORKS.map(lambda work, row=row: row | {"source": work}),
                BLOCKS.map(lambda text, row=row: row | {"text": text})) for row in made)).map(list)),
        "figures": rows({"key": KEYS, "image": st.just("sha256:" + "a" * 64) | st.just("images/map.png")},
                        credit=LINES, licence=LINES, alt=BLOCKS, caption=BLOCKS, placement=st.just("body")),
    },
)  # fmt: skip


@given(CONTENTS)
def test_what_is_written_is_read_again_as_the_same(data):
    found = ArticleContent.from_json(data)
    written = found.to_json()
    assert ArticleContent.from_json(written) == found
    assert ArticleContent.from_json(json.dumps(written)) == found
    assert ArticleContent.from_json(written).to_json() == written


@given(CONTENTS, st.integers(1, 2**63 - 1))
def test_the_canonical_text_holds_versions_and_files_too(data, key):
    found = ArticleContent.from_json(data)
    file = ImageFile("a" * 64, "b" * 64, "a.png", 640, 480, "map.png")
    found = found.replace(
        references=tuple(replace(row, source_id=key, source_version=key) for row in found.references),
        figures=tuple(replace(row, file=file, image_id=key, image_version=key) for row in found.figures),
    )
    text = found.canonical_json()
    again = ArticleContent.from_json(text, stored=True)
    assert again == found
    assert again.canonical_json() == text
    assert [vars(row) for row in again.references + again.figures] == [
        vars(row) for row in found.references + found.figures
    ]


@given(WORKS)
def test_a_source_keeps_every_member_whatever_their_order(csl):
    source = Source.read(csl)
    assert Source.read(source.csl) == source
    assert Source.read(dict(reversed(csl.items()))).digest == source.digest
    assert source.csl.keys() == csl.keys()
    assert all(isinstance(text, str) for text in (source.title, source.authors, source.year, *source.identifiers))


def test_unknown_members_of_a_source_come_back_in_the_one_text_form():
    csl = {"type": "book", "x-own": {"deep": ["Cafe\u0301\r\n", 1.5, None, True]}}
    found = read(references=[{"key": "a", "source": csl}]).to_json()
    assert found["references"][0]["source"] == {"type": "book", "x-own": {"deep": ["Café\n", 1.5, None, True]}}


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_and_accents_come_into_the_one_form(ends):
    found = read(title=" Cafe\u0301 ", body=f"a{ends}b", notes=[{"key": "k", "text": f"{ends}a{ends}b{ends}"}])
    assert (found.title, found.body, found.notes[0].text) == ("Café", "a\nb", "a\nb")


def test_absent_and_empty_members_are_the_same():
    empty = {"names": [], "categories": [], "infobox": {}, "notes": [], "references": [], "figures": []}
    texts = dict.fromkeys(("short_description", "part_of", "event_date"), "")
    assert read(**empty, **texts, coordinates={}) == read() == read(coordinates=None)
    assert read().to_json() == LEAST


def test_order_of_rows_is_kept_and_display_order_is_made():
    cells = [{"field": "casualties", "side": "all"}, {"field": "casualties", "side": 1}, {"field": "date"}]
    found = read(infobox={"kind": "military-conflict", "rows": [cell | {"value": "v"} for cell in cells]})
    assert [row.side for row in found.infobox.rows] == ["all", 1, None]
    assert [row.side for row in found.in_display_order().infobox.rows] == [None, 1, "all"]


@pytest.mark.parametrize(
    ("given_", "kept"), [(40.10667, "40.10667"), (-0.0, "0"), (90, "90"), (1e-06, "0.000001"), (Decimal("1.50"), "1.5")]
)
def test_coordinates_are_kept_to_the_digit(given_, kept):
    found = read(coordinates={"latitude": given_, "longitude": 180})
    assert str(found.coordinates.latitude) == kept
    assert str(found.coordinates.longitude) == "180"


# --- Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "nothing", "[1,]", b"\xff\xfe", b'{"a": "\xed\xa0\x80"}', '{"a": NaN}', '{"a": 1e999}',
        '{"a": -Infinity}',
        '{"a": 1, "a": 2}', '{"a": {"b": [{"c": 1, "c": 1}]}}', "[" * 100_000, '{"a":' * 100_000, "9" * 5000,
        '{"a": 1} {"b": 2}', "\ufeff\ufeff{}",
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused(text):
    assert refusals(text).keys() == {"file"}
    with pytest.raises(Refused):
        parse_json(text)


@pytest.mark.parametrize("data", [[], "null", "5", None, 5, True, b"[]", object()])
def test_what_is_no_object_is_refused(data):
    assert refusals(data).keys() == {"file"}


def test_a_file_may_begin_with_a_byte_order_mark():
    assert ArticleContent.from_json(b"\xef\xbb\xbf" + json.dumps(LEAST).encode()) == read()


def test_a_source_nested_deeply_is_refused():
    for depth in (30, 900):
        nested = {}
        for _ in range(depth):
            nested = {"a": [nested]}
        assert any("deep" in message for message in refusals(LEAST | source(**{"x-own": nested})).values())


def test_a_member_that_stands_twice_is_named():
    with pytest.raises(Refused, match="'title'"):
        parse_json('{"title": 1, "body": 2, "title": 3}')


@pytest.mark.parametrize(("text", "kept"), [("  a  ", "a"), ("e\u0301", "é"), ("", "")])
def test_a_line_is_read_alone(text, kept):
    assert read_line(text, "summary", "summary") == kept


@pytest.mark.parametrize("text", ["a" * (LIMITS["summary"] + 1), "a\nb", "\x00", None, 5])
def test_a_line_that_never_gets_in_is_refused_alone(text):
    with pytest.raises(Refused) as refused:
        read_line(text, "summary", "summary")
    assert [problem.place for problem in refused.value.problems] == ["summary"]
