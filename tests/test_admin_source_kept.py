"""A source's form opened and saved: what goes in comes out, whatever the work holds."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from articles.admin.source_form import kept
from articles.admin.source_members import MEMBERS
from articles.admin.source_words import ROLES, TYPES as NAMED_TYPES, USED_BY
from articles.content import Source as SourceContent
from articles.content.csl import DATE_FIELDS, NAME_FIELDS, TYPES, csl_problems
from articles.models import Source

from .making import BOOK, REPORT
from .source_desk import EXOTIC, address, errors, make_source, posted

pytestmark = pytest.mark.django_db


_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t"), max_size=12)
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | _text,
    lambda some: st.lists(some, max_size=3) | st.dictionaries(_text, some, max_size=3),
    max_leaves=5,
)  # fmt: skip
_part = st.integers(1, 12) | st.integers(1, 12).map(str)
_date = st.fixed_dictionaries(
    {"date-parts": st.lists(st.tuples(st.integers(-9999, 99999) | st.integers(1, 2020).map(str), _part, _part).flatmap(
        lambda parts: st.integers(1, 3).map(lambda length: list(parts[:length]))), min_size=1, max_size=2)},
    optional={"season": _json, "circa": _json, "literal": _json},
)  # fmt: skip
_date |= st.fixed_dictionaries({"literal": _text.filter(bool)}) | st.fixed_dictionaries({"raw": _text.filter(bool)})
_name = st.fixed_dictionaries(
    {"family": _text.filter(bool)},
    optional={"given": _text, "literal": _text, "suffix": _text, "non-dropping-particle": _text, "comma": _json},
) | st.fixed_dictionaries({"literal": _text.filter(bool)})
_number = st.integers(-9999, 9999) | st.floats(-1e9, 1e9) | _text
_csl = st.fixed_dictionaries(
    {},
    optional={"type": st.sampled_from(sorted(TYPES))}
    | dict.fromkeys(("title", "publisher", "ISBN", "DOI", "URL", "language", "note", "genre", "abstract"), _text)
    | dict.fromkeys(("volume", "issue", "page", "edition", "number", "chapter-number"), _number)
    | dict.fromkeys(("issued", "accessed", "original-date"), _date)
    | {name: st.lists(_name, max_size=3) for name in ("author", "editor", "translator", "host")}
    | {"custom": st.dictionaries(st.sampled_from(["archive-url", "archive-date", "url-status", "x"]), _json)}
    | {"unknown": _json, "id": _json},
)


def check_round_trip(client, csl):
    source = make_source(csl)
    response = posted(client, source)
    assert response.status_code == 302, errors(response)
    assert Source.objects.get(pk=source.pk).csl == SourceContent.of(csl).canonical
    assert source.history.count() == 1


@pytest.mark.parametrize("csl", [EXOTIC, BOOK, REPORT, {"type": "map"}, {}, {"title": "No type"}])
def test_an_untouched_form_changes_nothing(desk, csl):
    check_round_trip(desk, csl)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(_csl.filter(lambda csl: not list(csl_problems(csl, "source"))))
def test_an_untouched_form_changes_nothing_whatever_the_work_holds(desk, csl):
    check_round_trip(desk, csl)


def test_what_has_no_field_is_listed_and_kept(desk):
    source = make_source(EXOTIC)
    page = desk.get(address(source)).content.decode()
    paths = [path for path, _text in kept(EXOTIC)]
    assert paths == [
        "issued: season", "issued: circa", "issued: x", "original-date",
        "Author 1: non-dropping-particle", "Author 1: suffix", "Translator 1: parse-names",
        "custom: more", "abstract", "unknown",
    ]  # fmt: skip
    assert all(path in page for path in paths)
    posted(desk, source, publisher="Hurst", issued="1995", **{"contributors-0-given": "Vincent"})
    now = Source.objects.get(pk=source.pk).content.csl
    assert now["publisher"] == "Hurst"
    assert now["issued"] == {"date-parts": [[1995]], "season": 2, "circa": True, "x": None}
    assert now["author"][0] == EXOTIC["author"][0] | {"given": "Vincent"}
    changed = ("publisher", "issued", "author")
    assert {k: v for k, v in now.items() if k not in changed} == {k: v for k, v in EXOTIC.items() if k not in changed}


def test_every_type_and_every_role_of_csl_has_a_name():
    assert {name for _group, some in NAMED_TYPES for name, _label in some} == TYPES
    assert set(ROLES) == NAME_FIELDS
    assert {name for name in MEMBERS if name in DATE_FIELDS} == {"issued", "accessed"}
    assert all(types <= TYPES and name in MEMBERS for name, types in USED_BY.items())
