"""Exact state: any revision is read back as it was recorded, whatever happened since and whatever the clock said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings, strategies as st

from articles.content import Source as SourceContent
from articles.models import Article, Figure, Image, InfoboxField, Note, Reference, Source
from articles.revisions import content_at, newest_content, record_shared_change, restored_content

from .making import BOOK, REPORT, change_source, content, figure, picture, record

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, tzinfo=UTC)


def clock(step):
    """Return a clock that moves by ``step`` every time somebody looks at it."""
    times = (START + looks * step for looks in count())
    return mock.patch("django.utils.timezone.now", times.__next__)


CLOCKS = {
    "forwards": timedelta(seconds=1),
    "an hour back at every look": timedelta(hours=-1),
    "standing still": timedelta(0),
}


@pytest.mark.parametrize("step", CLOCKS.values(), ids=CLOCKS)
def test_every_revision_is_read_back_whatever_the_clock_says(step):
    bodies = [f"Body {number}." for number in range(1, 8)]
    with clock(step):
        article = record(None, content(body=bodies[0])).article
        for number, body in enumerate(bodies[1:], 2):
            notes = [{"id": "k1", "key": "spelling", "text": f"Note {number}."}] * (number % 3 != 0)
            record(article, content(body=body, notes=notes))
            change_source(Source.objects.get(), REPORT | {"number": number})
        revisions = list(article.revisions.order_by("number"))
        assert [content_at(one).body for one in revisions[::2]] == bodies
        assert [len(content_at(one).notes) for one in revisions[1::2]] == [1, 0, 1, 1, 0, 1]
        assert [content_at(one).references[0].source.csl.get("number") for one in revisions[2::2]] == [2, 3, 4, 5, 6, 7]
        assert article.revisions.newest().number == 13


def test_dates_that_somebody_sets_on_history_rows_do_not_count(monkeypatch):
    for years, model in enumerate((Article, Note, Reference, InfoboxField, Source)):
        monkeypatch.setattr(model, "_history_date", START - timedelta(days=365 * years), raising=False)
    article = record(None, content()).article
    record(article, content(body="Second.", notes=[]))
    assert [content_at(one).body for one in article.revisions.order_by("number")] == [content().body, "Second."]


def test_the_stored_rows_say_what_the_newest_revision_says():
    picture("a")
    article = record(None, content(figures=[figure("a")])).article
    assert newest_content(article).canonical_json() == content_at(article.revisions.newest()).canonical_json()


def test_a_row_deleted_and_made_again_under_its_id_is_in_both_revisions_and_not_between():
    article = record(None, content()).article
    record(article, content(notes=[]))
    record(article, content(notes=[{"id": "k1", "key": "other", "text": "Again."}]))
    notes = [[(note.id, note.text) for note in content_at(one).notes] for one in article.revisions.order_by("number")]
    assert notes == [[("k1", "Also Kelbajar.[@dewaal]")], [], [("k1", "Again.")]]


def test_reading_asks_as_much_for_a_large_article_with_a_long_history_as_for_a_small_one():
    picture("a")
    small = record(None, content(figures=[figure("a")])).article
    large = record(None, content(slug="large", title="Large")).article
    for number in range(2, 30):
        rows = [{"id": f"x{i}", "key": f"k{i}", "source": BOOK | {"number": i}} for i in range(number)]
        notes = [{"id": f"m{i}", "key": f"n{i}", "text": str(number)} for i in range(number)]
        figures = [figure("a", id=f"g{i}", key=f"f{i}") for i in range(number)]
        record(large, content(slug="large", title="Large", references=rows, notes=notes, figures=figures))
    queries = []
    for revision in (small.revisions.newest(), large.revisions.newest(), large.revisions.get(number=12)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            content_at(revision)
        queries.append(len(asked))
    assert queries == [9, 9, 9]


# --- Random histories -------------------------------------------------------------------------------------------------

IDS, KEYS = st.sampled_from(["i1", "i2", "i3"]), st.sampled_from("abcd")
TEXTS = st.sampled_from(["One.", "Two.", "Three.[@a]", "Əlavə\n\nցից"])
WORKS = st.sampled_from([BOOK, REPORT, REPORT | {"publisher": "HRW"}])


def rows(**members):
    """Return lists of rows with few ids and keys, so that rows go, come back, move and swap their keys."""
    return st.lists(st.fixed_dictionaries({"id": IDS, "key": KEYS, **members}), max_size=3, unique_by=(
        lambda row: row["id"], lambda row: row["key"]))  # fmt: skip


def merged(*parts):
    return st.tuples(rows(), st.lists(st.one_of(*parts), min_size=3, max_size=3)).map(
        lambda drawn: [row | part for row, part in zip(*drawn, strict=False)]
    )


CELLS = st.sampled_from([{"field": "date"}, {"field": "units", "side": 1}, {"field": "units", "side": "all"}])
CONTENTS = st.fixed_dictionaries(
    {"title": st.sampled_from(["Kalbajar", "Battle of Kalbajar"]), "body": TEXTS},
    optional={
        "short_description": TEXTS.filter(lambda text: "\n" not in text),
        "event_date": st.sampled_from(["1993", "1993-03-27/1993-04-03"]),
        "coordinates": st.sampled_from([{"latitude": 40.1, "longitude": -0.000001}, {"latitude": 0, "longitude": 180}]),
        "names": st.lists(st.fixed_dictionaries({"id": IDS, "name": TEXTS.map(str.split).map("".join)}), max_size=3,
                          unique_by=lambda row: row["id"]),
        "categories": st.lists(st.sampled_from(["Battles", "1993", "Sieges"]), unique=True),
        "infobox": st.lists(st.tuples(IDS, CELLS, TEXTS), max_size=3, unique_by=lambda row: row[0]).map(
            lambda made: {"kind": "military-conflict", "rows": [{"id": i, "value": t, **cell} for i, cell, t in made]}
        ),
        "notes": rows(text=TEXTS),
        "references": merged(st.fixed_dictionaries({"source": WORKS}), st.fixed_dictionaries({"text": TEXTS}),
                             st.just({})),
        "figures": rows(image=st.sampled_from([f"sha256:{letter * 64}" for letter in "ab"]), caption=TEXTS,
                        credit=st.sampled_from(["", "Survey"])),
    },
)  # fmt: skip
WHICH = st.integers(0, 100)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), WHICH, CONTENTS),
        st.tuples(st.just("edit"), WHICH, CONTENTS),
        st.tuples(st.just("change source"), WHICH, WORKS),
        st.tuples(st.just("change image"), WHICH, st.sampled_from(["", "Survey", "Somebody"])),
        st.tuples(st.just("restore"), WHICH, WHICH),
        st.tuples(st.just("record old content"), WHICH, WHICH),
        st.tuples(st.just("swap keys"), WHICH, st.none()),
        st.tuples(st.just("reverse"), WHICH, st.none()),
    ),
    min_size=1,
    max_size=10,
)


EMPTY = {"names": [], "categories": [], "infobox": {}, "notes": [], "references": [], "figures": [], "coordinates": {}}


class Desk:
    """Two articles, what was recorded of them in each revision, and the steps that editors take."""

    def __init__(self):
        for letter in "ab":
            picture(letter, licence="")
        self.articles = [record(None, content(slug=slug, title=slug)).article for slug in ("one", "two")]
        self.recorded = {}
        for article in self.articles:
            self.note(article, content(slug=article.slug, title=article.slug))

    def note(self, article, expected):
        """Remember what the newest revision of an article must say, to the letter and the version."""
        newest = article.revisions.newest()
        self.recorded[newest] = (expected.in_display_order(), content_at(newest).canonical_json())

    def present(self, article):
        return self.recorded[article.revisions.newest()][0]

    def record(self, article, what, expected=None):
        expected = (expected or what).in_display_order()
        before = self.present(article)
        revision = record(article, what)
        assert (revision is None) == (expected == before)
        if revision:
            self.note(article, expected)

    def step(self, kind, which, argument):
        article = self.articles[which % 2]
        past = list(article.revisions.order_by("number"))
        if kind == "edit":
            self.record(article, content(**{"slug": article.slug, **EMPTY, **argument}))
        elif kind == "change source":
            source = Source.objects.order_by("pk")[which % Source.objects.count()]
            source.set_content(SourceContent.of(argument))
            self.change(source, "source_id", Reference, {"source": source.content})
        elif kind == "change image":
            image = Image.objects.order_by("pk")[which % Image.objects.count()]
            image.credit = argument
            self.change(image, "image_id", Figure, {"credit": argument})
        elif kind == "restore":
            old = past[argument % len(past)]
            self.record(article, restored_content(old), self.with_present_text(old))
        elif kind == "record old content":
            old = past[argument % len(past)]
            self.record(article, content_at(old), self.recorded[old][0])
        else:
            self.record(article, rearranged(self.present(article), kind))

    def change(self, shared, column, model, members):
        """Change a source or an image, and expect its new members in the rows that use it, here and now."""
        using = model.objects.filter(**{column: shared.pk})
        users = {
            article: set(using.filter(article=article).values_list("row_id", flat=True)) for article in self.articles
        }
        before = {article: self.present(article) for article in self.articles}
        moved = {revision.article_id for revision in record_shared_change(shared, author=None)}
        assert moved in (set(), {article.pk for article, ids in users.items() if ids})
        name = "references" if model is Reference else "figures"
        for article in self.articles:
            if article.pk in moved:
                changed = (replace(row, **members) if row.id in users[article] else row
                           for row in getattr(before[article], name))  # fmt: skip
                self.note(article, before[article].replace(**{name: tuple(changed)}))

    def with_present_text(self, revision):
        """Return what was recorded in a revision, with the words that its sources and images have now."""
        recorded, stored = self.recorded[revision][0], content_at(revision)
        references = (replace(row, source=Source.objects.get(pk=old.source_id).content) if row.source else row
                      for row, old in zip(recorded.references, stored.references, strict=True))  # fmt: skip
        figures = (replace(row, credit=Image.objects.get(pk=old.image_id).credit)
                   for row, old in zip(recorded.figures, stored.figures, strict=True))  # fmt: skip
        return recorded.replace(references=tuple(references), figures=tuple(figures))

    def check(self):
        for revision, (expected, canonical) in self.recorded.items():
            read = content_at(revision)
            assert read == expected
            assert read.canonical_json() == canonical
        for article in self.articles:
            assert newest_content(article).canonical_json() == content_at(article.revisions.newest()).canonical_json()


def rearranged(present, kind):
    """Return a content with its rows in reverse, or with the keys of its rows in reverse."""
    if kind == "reverse":
        return present.replace(notes=present.notes[::-1], references=present.references[::-1],
                               names=present.names[::-1], categories=present.categories[::-1])  # fmt: skip
    swapped = {
        name: tuple(replace(row, key=other.key) for row, other in zip(rows, rows[::-1], strict=True))
        for name, rows in (("notes", present.notes), ("references", present.references), ("figures", present.figures))
    }
    return present.replace(**swapped)


@settings(max_examples=settings.default.max_examples // 8)
@given(STEPS, st.sampled_from(sorted(CLOCKS)))
def test_after_any_history_every_revision_still_says_what_was_recorded(steps, pace):
    with transaction.atomic(), clock(CLOCKS[pace]):
        desk = Desk()
        for step in steps:
            desk.step(*step)
            desk.check()
        transaction.set_rollback(True)
