"""Two copies of a work become one: on their page, in every article, for readers once it is published, and back."""

from functools import partial

import pytest

from articles.models import Article, Reference, Source
from articles.publishing import publish
from articles.revisions import (
    RevisionConflict,
    content_at,
    merge_sources,
    newest_content,
    record_revision,
    restored_content,
)

from .desk import change_address, form_fields, send
from .making import BOOK, REPORT, content, record
from .source_desk import LIST, address, make_source
from .test_revisions_concurrency import at_once, check_state, errors

COPY = BOOK | {"title": "The Black Garden", "publisher": "Hurst"}


def article_with(slug, *works):
    """Record an article with one reference to each work; the keys are a, b …"""
    rows = [{"key": key, "source": work, "pages": "7"} for key, work in zip("abc", works, strict=False)]
    facts = {"references": rows, "notes": [], "infobox": {}, "body": "Text.[@a]"}
    return record(None, content(slug=slug, title=slug.title(), **facts)).article


def source_of(work):
    return Source.objects.get(title=work["title"])


def found(client, words):
    """Return the keys of the sources that the picker would list."""
    return [one["id"] for one in client.get("/admin/articles/source/find/", {"q": words}).json()["results"]]


def merge(client, kept, copy, **changes):
    page = client.get(address(copy, "merge"), {"with": kept.pk})
    fields = form_fields(page, "merge_form") | {"keep": str(kept.pk)} | changes
    return client.post(address(copy, "merge"), fields, follow=True)


@pytest.mark.django_db
def test_every_article_moves_to_the_kept_source_in_one_revision(desk, editor):
    one, two, third = article_with("one", COPY), article_with("two", COPY, COPY), article_with("three", BOOK)
    copy, kept = source_of(COPY), source_of(BOOK)
    page = merge(desk, kept, copy, summary="The same book")
    assert "The two sources are one now" in page.content.decode()
    for article, keys in ((one, ["a"]), (two, ["a", "b"])):
        revision = article.revisions.newest()
        assert (revision.number, revision.shared, revision.summary, revision.author) == (
            2,
            True,
            "The same book",
            editor,
        )
        rows = newest_content(article).references
        assert [(row.key, row.source_id, row.pages) for row in rows] == [(key, kept.pk, "7") for key in keys]
        assert content_at(article.revisions.get(number=1)).references[0].source.csl == COPY
    assert two.revisions.count() == 2
    assert third.revisions.count() == 1
    copy.refresh_from_db()
    assert (copy.merged_into, copy.history.count()) == (kept, 2)


@pytest.mark.django_db
def test_a_merged_copy_is_found_no_more_but_asked_for(desk):
    article_with("one", COPY)
    copy, kept = source_of(COPY), make_source(BOOK)
    merge(desk, kept, copy)
    assert [one.pk for one in desk.get(LIST).context["cl"].result_list] == [kept.pk]
    assert [one.pk for one in desk.get(LIST, {"merged": "yes"}).context["cl"].result_list] == [copy.pk]
    assert found(desk, "garden") == [kept.pk]
    query = {"term": "", "app_label": "articles", "model_name": "reference", "field_name": "source"}
    assert [one["id"] for one in desk.get("/admin/autocomplete/", query).json()["results"]] == [str(kept.pk)]
    page = desk.get(address(copy)).content.decode()
    assert "was merged into another source" in page
    assert f'href="{address(kept)}"' in page


@pytest.mark.django_db
def test_a_copy_stands_for_itself_again(desk):
    article = article_with("one", COPY)
    copy, kept = source_of(COPY), make_source(BOOK)
    merge(desk, kept, copy)
    answer = desk.post(address(copy, "merge"), {"unmerge": "1"}, follow=True)
    assert "restore a revision" in answer.content.decode()
    copy.refresh_from_db()
    assert copy.merged_into is None
    assert found(desk, "hurst") == [copy.pk]
    record(article, restored_content(article.revisions.get(number=1)))
    assert newest_content(article).references[0].source_id == copy.pk


@pytest.mark.django_db
def test_readers_see_it_when_it_is_published_and_the_address_of_the_copy_leads_on(desk, client):
    article = article_with("one", COPY)
    publish(article.revisions.newest(), user=None)
    copy, kept = source_of(COPY), make_source(BOOK)
    merge(desk, kept, copy)
    assert "The Black Garden" in client.get(article.get_absolute_url()).content.decode()
    answer = client.get(copy.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())
    assert "The Black Garden" in client.get(kept.get_absolute_url()).content.decode()
    publish(article.revisions.newest(), user=None)
    assert "The Black Garden" not in client.get(article.get_absolute_url()).content.decode()
    assert "The Black Garden" not in client.get(kept.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_page_shows_both_with_what_differs_and_who_cites_both(desk):
    article_with("one", COPY, BOOK)
    page = desk.get(address(source_of(COPY), "merge"), {"with": source_of(BOOK).pk})
    differs = {str(line[0]) for line in page.context["lines"] if line[3]}
    assert differs == {"Title", "Publisher"}
    assert [one.slug for one in page.context["both"]] == ["one"]
    assert "two references to one source" in page.content.decode()


@pytest.mark.django_db
def test_what_is_chosen_goes_by_its_name_and_what_no_list_knows_by_its_code(desk):
    told = {"type": "article-newspaper", "title": "A", "custom": {"url-status": "dead"}}
    unknown = {"type": "book", "title": "A", "custom": {"url-status": "moved"}}
    page = desk.get(address(make_source(told), "merge"), {"with": make_source(unknown).pk})
    lines = {str(label): (one, other) for label, one, other, _differs in page.context["lines"]}
    assert lines["Type"] == ("Article in a newspaper", "Book")
    assert lines["The original is"] == ("gone", "moved")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "told"),
    [({"edition": "1"}, {"edition": "2"}, True), ({"edition": "1"}, {}, False),
     ({"edition": "2nd "}, {"edition": "2ND"}, False),
     ({"issued": {"date-parts": [[2003]]}}, {"issued": {"date-parts": [[2013, 5]]}}, True),
     ({"ISBN": "0814719449"}, {"ISBN": "978-0-8147-1944-2, 9780814719459"}, False),
     ({"ISBN": "0814719449"}, {"ISBN": "9780814719459"}, True)],
)  # fmt: skip
def test_what_may_be_two_editions_is_told_before_they_are_merged(desk, one, other, told):
    book = {"type": "book", "title": "Black Garden"}
    page = desk.get(address(make_source(book | one), "merge"), {"with": make_source(book | other).pk})
    assert ("These may be two editions" in page.content.decode()) is told


@pytest.mark.django_db
def test_the_other_one_is_offered_or_searched_for(desk):
    copy, kept, far = make_source(COPY), make_source(BOOK), make_source(REPORT)
    page = desk.get(address(copy, "merge"))
    assert page.context["copies"] == [kept]
    page = desk.get(address(copy, "merge"), {"q": "seven years"})
    assert page.context["found"] == [far]


@pytest.mark.django_db
def test_what_changed_since_it_was_looked_at_is_not_merged(desk):
    article = article_with("one", COPY)
    copy, kept = source_of(COPY), make_source(BOOK)
    assert "somebody changed" in merge(desk, kept, copy, **{f"version-{kept.pk}": "0"}).content.decode()
    assert "Choose which" in merge(desk, kept, copy, keep="").content.decode()
    assert article.revisions.count() == 1
    merge(desk, kept, copy)
    assert "merged into another source already" in merge(desk, kept, copy).content.decode()
    assert article.revisions.count() == 2


@pytest.mark.django_db
def test_who_only_views_merges_nothing(client, view_only):
    copy, kept = make_source(COPY), make_source(BOOK)
    client.force_login(view_only)
    assert client.get(address(copy, "merge")).status_code == 403
    for fields in ({"with": kept.pk, "keep": kept.pk}, {"unmerge": "1"}):
        assert client.post(address(copy, "merge"), fields).status_code == 403
    copy.refresh_from_db()
    assert copy.merged_into is None


@pytest.mark.django_db
def test_a_form_that_was_open_while_sources_were_merged_loses_nothing(desk):
    article = article_with("one", COPY)
    fields = form_fields(desk.get(change_address(article)))
    merge(desk, make_source(BOOK), source_of(COPY))
    page = send(desk, article, fields, body="Written meanwhile.[@a]", **{"references-0-pages": "8"})
    assert "conflict" not in page.context
    now = newest_content(article)
    assert (now.body, now.references[0].pages, now.references[0].source.title) == (
        "Written meanwhile.[@a]", "8", "Black Garden")  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_merging_and_writing_at_once_lose_nothing():
    articles = [article_with(slug, COPY) for slug in ("one", "two", "three")]
    copy, kept = source_of(COPY), make_source(BOOK)

    def write(article):
        what = content_at(article.revisions.get(number=1)).replace(body="Mine.[@a]")
        return record_revision(article, what, base=1, author=None, summary="")

    late = content(slug="late", title="Late", references=[{"key": "a", "source": COPY}], notes=[], infobox={}, body="")
    jobs = [partial(write, article) for article in articles]
    results = at_once(*jobs, partial(merge_sources, copy, kept, author=None), partial(record, None, late))
    assert errors(results, RevisionConflict) == []
    check_state()
    for article in articles:
        assert newest_content(article).body == "Mine.[@a]"
        assert newest_content(article).references[0].source_id == kept.pk
    users = set(Reference.objects.filter(source=copy).values_list("article__slug", flat=True))
    assert users <= {"late"}  # taken up after the merge, as a file may


@pytest.mark.django_db(transaction=True)
def test_two_merges_of_two_copies_into_each_other_end_with_one():
    one, other = article_with("one", COPY), article_with("two", BOOK)
    copy, kept = source_of(COPY), source_of(BOOK)
    results = at_once(partial(merge_sources, copy, kept, author=None), partial(merge_sources, kept, copy, author=None))
    assert len([one for one in results if isinstance(one, Exception)]) == 1
    assert Source.objects.filter(merged_into=None).count() == 1
    check_state()
    assert Article.objects.count() == 2
    used = {row.source_id for article in (one, other) for row in newest_content(article).references}
    assert used == {Source.objects.get(merged_into=None).pk}
