"""Text that never gets in through the content door: in every field, whatever its type, it is read or refused."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from articles.content import ArticleContent
from articles.problems import Refused

from .content_for_tests import FIGURE, INFOBOX_ROW, LEAST, refusals

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
