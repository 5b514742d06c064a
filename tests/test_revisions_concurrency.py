"""Many writers at once, each with a connection of its own: nothing lost, nothing half, nobody turned away by a lock."""

import threading
from functools import partial

import pytest
from django.db.models import Max

from articles.models import Article, ArticleSlug, Reference, Revision, Source, Stash
from articles.problems import Refused
from articles.revisions import (
    RevisionConflict,
    content_at,
    newest_content,
    record_merged,
    record_revision,
)
from articles.stashes import keep

from .at_once import at_once, errors
from .making import BOOK, REPORT, change_source, content, record

pytestmark = pytest.mark.django_db(transaction=True)


def record_new(slug, **members):
    return record(None, content(slug=slug, title=slug.title(), **members)).article


def write(article, body, base):
    return record_revision(article, content(body=body), base=base, author=None, summary="")


def check_state():
    """Every newest revision is what the rows say, and numbers rise by one."""
    for article in Article.objects.all():
        numbers = list(article.revisions.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert newest_content(article).canonical_json() == content_at(article.revisions.newest()).canonical_json()


def test_of_many_writers_on_one_base_exactly_one_wins():
    article = record(None, content()).article
    results = at_once(*(partial(write, article, f"Writer {n}.", 1) for n in range(8)))
    assert errors(results, RevisionConflict) == []
    (won,) = (result for result in results if isinstance(result, Revision))
    assert won.number == 2
    assert newest_content(article).body == content_at(won).body
    assert Article.history.count() == 2
    check_state()


def test_writers_who_look_again_after_a_conflict_lose_nothing():
    article = record(None, content(body="Start.")).article

    def add_lines(writer):
        for line in range(5):
            while True:
                newest = article.revisions.newest()
                body = f"{content_at(newest).body}\n{writer}.{line}"
                try:
                    write(article, body, newest.number)
                    break
                except RevisionConflict:
                    continue

    assert errors(at_once(*(partial(add_lines, writer) for writer in range(6)))) == []
    lines = newest_content(article).body.split("\n")
    assert sorted(lines[1:]) == sorted(f"{writer}.{line}" for writer in range(6) for line in range(5))
    assert article.revisions.count() == 31
    check_state()


def test_of_many_new_articles_with_one_slug_one_is_made_and_the_others_are_told():
    results = at_once(*(partial(record_new, "kalbajar", body=f"Number {n}.") for n in range(8)))
    assert errors(results, Refused) == []
    refusals = [result for result in results if isinstance(result, Refused)]
    assert len(refusals) == 7
    assert {problem.place for refusal in refusals for problem in refusal.problems} == {"slug"}
    assert (Article.objects.count(), ArticleSlug.objects.count()) == (1, 1)
    check_state()


def test_new_and_old_articles_that_ask_for_one_slug_do_not_wait_for_each_other():
    articles = [record_new(f"article-{n}") for n in range(3)]

    def rename(article, slug):
        return record(article, newest_content(article).replace(slug=slug))

    for number in range(5):
        slug = f"wanted-{number}"
        jobs = [partial(rename, article, slug) for article in articles] + [partial(record_new, slug)] * 3
        assert errors(at_once(*jobs), Refused) == []
        assert ArticleSlug.objects.filter(slug=slug).count() == 1
    check_state()


def test_a_source_that_is_changed_while_articles_take_it_up_is_nowhere_left_behind():
    record_new("first", references=[{"key": "a", "source": BOOK}])
    source = Source.objects.get()
    articles = [record_new(f"article-{n}", references=[]) for n in range(4)]

    def take_up(article, number):
        row = newest_content(Article.objects.get(slug="first")).references[0]
        fresh = type(row)(f"x{number}", "taken", row.source, source_id=source.pk)
        present = newest_content(article)
        return record(article, present.replace(references=(fresh,)))

    for number in range(5):
        change = partial(change_source, source, BOOK | {"number": number})
        taking = [partial(take_up, article, number) for article in articles]
        assert errors(at_once(*taking[:2], change, *taking[2:]), RevisionConflict) == []
        newest = source.history.aggregate(newest=Max("history_id"))["newest"]
        left = Reference.objects.filter(source=source).exclude(source_version=newest)
        assert list(left.values_list("article__slug", flat=True)) == []
        check_state()
        for article in articles:
            record(article, newest_content(article).replace(references=()))


def test_equal_data_taken_up_during_a_change_are_the_newest_version_or_a_source_of_their_own():
    record_new("first", references=[{"key": "a", "source": BOOK}])
    source = Source.objects.get()
    change = partial(change_source, source, REPORT)
    founding = [partial(record_new, f"new-{n}", references=[{"key": "a", "source": BOOK}]) for n in range(4)]
    assert errors(at_once(*founding[:2], change, *founding[2:])) == []
    newest = source.history.latest().history_id
    assert not Reference.objects.filter(source=source).exclude(source_version=newest).exists()
    said = {newest_content(article).references[0].source.title for article in Article.objects.exclude(slug="first")}
    assert said <= {BOOK["title"], REPORT["title"]}
    check_state()


def test_articles_that_take_up_sources_in_opposite_orders_do_not_wait_for_each_other():
    works = [BOOK | {"number": number} for number in range(6)]
    rows = [{"key": f"k{number}", "source": work} for number, work in enumerate(works)]
    record_new("first", references=rows)
    articles = [record_new(f"article-{n}", references=[]) for n in range(4)]

    def take_up(article, order, body):
        facts = {"slug": article.slug, "title": article.title, "body": body}
        return record(article, content(**facts, references=rows[::order]))

    for number in range(5):
        jobs = [partial(take_up, article, 1 if n % 2 else -1, str(number)) for n, article in enumerate(articles)]
        assert errors(at_once(*jobs)) == []
        for article in articles:
            record(article, newest_content(article).replace(references=()))
    assert Source.objects.count() == 6


def test_changes_of_two_sources_that_the_same_articles_use_do_not_wait_for_each_other():
    rows = [{"key": "a", "source": BOOK}, {"key": "b", "source": REPORT}]
    articles = [record_new("one", references=rows), record_new("two", references=rows[::-1])]
    book, report = Source.objects.order_by("pk")

    def edit(article, body):
        return record(article, newest_content(article).replace(body=body))

    for number in range(8):
        results = at_once(
            partial(change_source, book, BOOK | {"number": number}),
            partial(change_source, report, REPORT | {"number": number}),
            partial(edit, articles[number % 2], str(number)),
        )
        assert errors(results, RevisionConflict) == []
    for article in articles:
        versions = article.references.order_by("key").values_list("source_version", flat=True)
        assert list(versions) == [book.history.latest().history_id, report.history.latest().history_id]
    check_state()


def test_a_change_of_a_source_that_an_article_drops_meanwhile_makes_no_empty_revision():
    article = record_new("one", references=[{"key": "a", "source": BOOK}])
    source = Source.objects.get()

    def drop():
        return record(article, newest_content(article).replace(references=()))

    for number in range(5):
        drop()
        record(article, content_at(article.revisions.get(number=1)))
        at_once(drop, partial(change_source, source, BOOK | {"number": number}))
        for revision in article.revisions.filter(shared=True):
            assert Reference.history.filter(revision=revision).exists()
    check_state()


def test_readers_never_see_a_half_written_revision():
    article = record_new("one", body="0", notes=[{"id": "k1", "key": "n", "text": "0"}])
    done = threading.Event()

    def read():
        seen = set()
        while not done.is_set():
            found = content_at(article.revisions.newest())
            seen.add((found.body, found.notes[0].text))
        return seen

    def write_many():
        try:
            for number in range(1, 15):
                rows = [{"id": "k1", "key": "n", "text": str(number)}]
                record(article, content(slug="one", title="One", body=str(number), notes=rows))
        finally:
            done.set()

    *_, seen, _ = results = at_once(read, read, write_many)
    assert errors(results) == []
    assert all(body == note for body, note in seen)


def test_writers_at_different_places_on_one_base_are_all_put_together():
    paragraphs = [f"Paragraph {n} tells of day {n} of the offensive." for n in range(8)]
    article = record(None, content(body="\n\n".join(paragraphs))).article

    def save(n):
        body = "\n\n".join(one.replace("tells", "speaks") if one is paragraphs[n] else one for one in paragraphs)
        return record_merged(article, content(body=body), base=1, author=None, summary="").revision

    results = at_once(*(partial(save, n) for n in range(8)))
    assert errors(results) == []
    assert sorted(revision.number for revision in results) == list(range(2, 10))
    assert newest_content(article).body == "\n\n".join(paragraphs).replace("tells", "speaks")
    check_state()


def test_the_same_form_coming_many_times_at_once_is_kept_once(editor):
    article = write(record_new("kalbajar"), "Start.", 1).article
    for token in "abcdef":
        kept = at_once(
            *(partial(keep, editor, token, f"body={n}", article=article, base=1, step=n) for n in range(6))
        )  # fmt: skip
        assert errors(kept) == []
        stash = Stash.objects.get(form_id=token)
        assert {one.pk for one in kept} == {stash.pk}
        assert stash.step == 5
