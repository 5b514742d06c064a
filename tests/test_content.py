"""The content door: what goes in comes out again, and what never gets in is refused at its exact place."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from articles.content import LIMITS, ArticleContent, ImageFile, Source, parse_json, read_line
from articles.infobox_kinds import KINDS
from articles.plain_text import normalise
from articles.problems import REFUSAL, Refused

LEAST = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": ""}


def read(**members):
    return ArticleContent.from_json(LEAST | members)


def refusals(data, **options):
    """Return {place: message} of what is refused; every problem is a refusal that can be printed."""
    with pytest.raises(Refused) as refused:
        ArticleContent.from_json(data, **options)
    for problem in refused.value.problems:
        assert problem.level == REFUSAL
        assert problem.message
        str(problem).encode()
    return {problem.place: problem.message for problem in refused.value.problems}


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


# --- What never gets in -----------------------------------------------------------------------------------------------

INFOBOX_ROW = {"field": "strength", "side": 1, "value": "300"}
FIGURE = {"key": "g", "image": "images/a.png"}


def infobox(**members):
    return {"infobox": {"kind": "military-conflict", "rows": [INFOBOX_ROW, INFOBOX_ROW | members]}}


def source(**members):
    return {"references": [{"key": "a"}, {"key": "b", "source": {"type": "book"} | members}]}


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


# --- Text that never gets in ------------------------------------------------------------------------------------------

EVERYWHERE = LEAST | {
    "short_description": "s", "part_of": "p", "event_date": "1993", "categories": ["c"],
    "names": [{"id": "i", "name": "n", "language": "az", "script": "Latn"}],
    "infobox": {"kind": "military-conflict", "rows": [INFOBOX_ROW | {"id": "i", "attribution": "a"}]},
    "notes": [{"id": "i", "key": "k", "text": "t"}],
    "references": [
        {"id": "i", "key": "k", "text": "t", "pages": "p", "quotation": "q", "translation": "t", "remark": "r"},
        {"key": "l", "source": {"type": "book", "title": "t", "author": [{"family": "f"}], "custom": {"deep": ["x"]},
                                "issued": {"raw": "r"}}},
    ],
    "figures": [FIGURE | {"id": "i", "credit": "c", "licence": "l", "alt": "a", "caption": "c", "placement": "body"}],
    "body": "b",
}  # fmt: skip


def texts(value, place=""):
    """Yield the place and a function that puts another text there, for every text of an object."""
    for name, one in value.items() if isinstance(value, dict) else enumerate(value):
        here = f"{place}[{name}]" if isinstance(name, int) else f"{place}.{name}".lstrip(".")
        if isinstance(one, str):
            yield here, [name]
        elif isinstance(one, dict | list):
            for found, path in texts(one, here):
                yield found, [name, *path]


FIELDS = list(texts(EVERYWHERE))


def with_text(path, text):
    data = json.loads(json.dumps(EVERYWHERE))
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = text
    return data


@pytest.mark.parametrize("bad", [*"\x00\x1b\x85\ud800\u202e\ufdd0\ufffe\U0010ffff"], ids=ascii)
@pytest.mark.parametrize(("place", "path"), FIELDS, ids=str)
def test_characters_that_hide_or_reorder_text_are_refused_in_every_field(place, path, bad):
    assert refusals(with_text(path, f"a{bad}b")).keys() == {place}


@pytest.mark.parametrize(("place", "path"), [(place, path) for place, path in FIELDS if "custom" not in place], ids=str)
def test_a_wrong_type_is_refused_in_every_field(place, path):
    for wrong in (5, 1.5, True, [], ["a"], {}, {"a": 1}, b"a", object()):
        found = refusals(with_text(path, wrong))
        assert all(one.startswith(place) for one in found)


@pytest.mark.parametrize("name", ["\x00", "\ud800", "\u202e", 5, None, ("a",)])
def test_a_wrong_name_of_a_member_is_refused_and_can_be_printed(name):
    for holder in (LEAST | {name: 1}, LEAST | {"notes": [{"key": "k", name: 1}]}, LEAST | {"coordinates": {name: 1}},
                   LEAST | {"references": [{"key": "k", "source": {"type": "book", name: 1}}]}):  # fmt: skip
        assert refusals(holder)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=3)
    | st.sampled_from([Decimal("NaN"), 10**400, float("inf"), "\ud800", 2**64]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    | st.tuples(inner),
    max_leaves=5,
)  # fmt: skip
places = st.sampled_from([path for _, path in FIELDS])


@settings(max_examples=settings.default.max_examples * 3)
@given(places, st.integers(1, 4), anything, st.booleans())
def test_whatever_stands_anywhere_is_read_or_refused(path, depth, value, stored):
    data = with_text(path[:depth], value)
    if stored and path[0] not in ("references", "figures"):
        data["references"][0]["source_version"] = data["figures"][0]["file"] = value
    try:
        found = ArticleContent.from_json(data, stored=stored)
    except Refused as refused:
        for problem in refused.problems:
            str(problem).encode()
    else:
        assert ArticleContent.from_json(found.to_json(stored=stored), stored=stored) == found


@pytest.mark.parametrize("value", [{"file": 5}, {"file": {"name": 5}}, {"file": {"a": 1}}, {"image_id": "1"},
                                   {"image_version": True}, {"image_id": 2**63}, {"image_version": -1}])  # fmt: skip
def test_facts_that_our_own_database_never_wrote_are_refused_too(value):
    (name,) = value
    assert refusals(LEAST | {"figures": [FIGURE | value]}, stored=True).keys() == {f"figures[0].{name}"}


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
