"""The reviewers' queue, corrections approved together, notices and the watch list."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.content import Source as SourceContent
from articles.models import ReviewMark, Source
from articles.publishing import publish
from articles.reviewing import return_, state, submit, take_up, watch
from articles.revisions import record_shared_change

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
BOOK = {"type": "book", "title": "Black Garden"}


def page_of(client, address="/review/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def corrected(editor):
    """Return four published articles whose source was corrected; something else waits in c, and d is submitted."""
    articles = [
        make_article(slug, f"Battle {slug}", body="[@w]", references=[{"key": "w", "source": BOOK}]) for slug in "abcd"
    ]
    edit(articles[2], author=editor, body="A draft.[@w]")
    submit(edit(articles[3], author=editor, body="Done.[@w]", summary="My summary"), user=editor)
    source = Source.objects.get()
    source.set_content(SourceContent.of(BOOK | {"title": "Schwarzer Garten"}))
    record_shared_change(source, author=editor, summary="Title corrected")
    return articles


def test_a_correction_on_top_leaves_what_was_submitted_in_the_queue(client, corrected, reviewer, editor):
    submitted = corrected[3]
    assert state(submitted) == "submitted"
    client.force_login(reviewer)
    html = page_of(client)
    assert "My summary" in html
    assert "/articles/d/compare/1/3/" in html
    return_(submitted.revisions.newest(), user=reviewer, comment="Cite it.")
    assert state(submitted) == "returned"
    assert "My summary" not in page_of(client)


def test_a_returned_article_stays_returned_when_a_source_is_corrected(corrected, editor, reviewer):
    returned = corrected[3]
    return_(returned.revisions.newest(), user=reviewer, comment="Cite it.")
    source = Source.objects.get()
    source.set_content(SourceContent.of(BOOK | {"title": "Garden"}))
    record_shared_change(source, author=editor)
    assert state(returned) == "returned"
    assert state(corrected[0]) == "draft"
    publish(corrected[0].revisions.newest(), user=None)
    assert state(corrected[0]) == "published"


def test_the_queue_leads_to_the_difference_or_to_what_was_never_published(client, editor, reviewer):
    first = make_article("new", "New", author=editor, published=False)
    submit(first.revisions.newest(), user=editor)
    second = make_article("old", "Old")
    submit(edit(second, author=editor, body="Two."), user=editor)
    take_up(second.revisions.newest(), user=reviewer)
    client.force_login(reviewer)
    html = page_of(client)
    assert 'href="/articles/new/revisions/1/"' in html
    assert 'href="/articles/old/compare/1/2/"' in html
    assert "reviewer is looking at it" in html


def test_a_mark_from_before_the_clock_was_put_back_gives_way(client, editor, reviewer, make_user):
    article = make_article("old", "Old")
    submit(edit(article, author=editor, body="Two."), user=editor)
    take_up(article.revisions.newest(), user=reviewer)
    ReviewMark.objects.update(time=timezone.now() + timedelta(days=365))
    client.force_login(make_user("second", "Reviewers"))
    assert "looking at it" not in page_of(client)
    client.post(reverse("take_up", args=["old", 2]))
    assert "second is looking at it" in page_of(client)


def test_the_queue_tells_how_many_revisions_it_sums_and_what_was_said_at_submitting(client, editor, reviewer):
    article = make_article("old", "Old", body="One two.")
    edit(article, author=editor, body="One two three.")
    submit(edit(article, author=editor, body="One."), user=editor, comment="De Waal <b>p. 5</b> says so.")
    single = make_article("single", "Single", body="One two.")
    submit(edit(single, author=editor, body="One two three."), user=editor)
    client.force_login(reviewer)
    html = page_of(client)
    assert re.findall(r"\+4 −5 words in 2 revisions</span>|\+3 −2 words</span>", html) == [
        "+4 −5 words in 2 revisions</span>",
        "+3 −2 words</span>",
    ]
    assert "<q>De Waal &lt;b&gt;p. 5&lt;/b&gt; says so.</q>" in html
    assert html.count("<q>") == 1


def test_a_button_approves_together_once_there_is_something_that_one_may_approve(
    client, corrected, reviewer, make_user
):
    button, others = "Approve and publish those ticked", "Somebody else must approve these."
    client.force_login(reviewer)
    html = page_of(client)
    assert (button in html, others in html) == (False, False)
    client.get("/articles/a/compare/1/2/")
    html = page_of(client)
    assert (button in html, others in html) == (True, False)
    author = make_user("author", "Reviewers")
    source = Source.objects.get()
    source.set_content(SourceContent.of(BOOK | {"title": "Garden"}))
    record_shared_change(source, author=author)
    client.force_login(author)
    client.get("/articles/a/compare/1/3/")
    html = page_of(client)
    assert (button in html, html.count(others)) == (False, 1)


def test_corrections_are_grouped_and_others_named(client, corrected, reviewer):
    client.force_login(reviewer)
    html = page_of(client)
    assert "Corrected in 2 articles" in html
    assert "Schwarzer Garten" in html
    group = html[html.index("Corrected in 2 articles") :]
    elsewhere = group[group.index('class="elsewhere"') :]
    assert "Battle c" in elsewhere
    assert "Battle d" in elsewhere
    assert "Battle a" not in elsewhere


def test_only_what_was_seen_is_approved_together_and_each_outcome_told(client, corrected, reviewer):
    client.force_login(reviewer)
    a, b, c, _ = corrected
    client.get("/articles/a/compare/1/2/")
    wanted = [article.revisions.newest().pk for article in (a, b, c)]
    said = client.post("/review/approve/", {"revision": wanted}, follow=True).content.decode()
    assert "Battle a: revision 2 is published." in said
    assert "Battle b: look at what differs first." in said
    assert "Battle c: something else waits there meanwhile; review it by itself." in said
    assert [state(article) for article in (a, b, c)] == ["published", "draft", "draft"]
    assert "published already" in client.post("/review/approve/", {"revision": wanted[0]}, follow=True).content.decode()


def test_what_came_after_it_was_seen_is_not_approved(client, corrected, reviewer, editor):
    client.force_login(reviewer)
    article = corrected[0]
    seen = article.revisions.newest()
    client.get("/articles/a/compare/1/2/")
    edit(article, author=editor, body="Newer.[@w]")
    said = client.post("/review/approve/", {"revision": seen.pk}, follow=True).content.decode()
    assert "Battle a: something else waits" in said
    assert article.publications.count() == 1


@pytest.mark.parametrize("nonsense", [{}, {"revision": "x"}, {"revision": "9" * 40}, {"revision": ["-1", "' OR 1"]}])
def test_nothing_ticked_approves_nothing(client, corrected, reviewer, nonsense):
    client.force_login(reviewer)
    assert "Nothing was ticked" in client.post("/review/approve/", nonsense, follow=True).content.decode()


def test_own_work_is_not_approved_together(client, corrected, make_user, editor):
    source = Source.objects.get()
    author = make_user("author", "Reviewers")
    source.set_content(SourceContent.of(BOOK | {"title": "Garden"}))
    record_shared_change(source, author=author)
    client.force_login(author)
    client.get("/articles/a/compare/1/3/")
    article = corrected[0]
    said = client.post("/review/approve/", {"revision": article.revisions.newest().pk}, follow=True).content.decode()
    assert "Your own work waits in this article" in said
    assert article.publications.count() == 1


@pytest.mark.parametrize("address", ["/review/approve/", "/review/notices/seen/"])
def test_acts_are_posts_by_staff(client, corrected, view_only, address):
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 403
    client.force_login(view_only)
    assert client.post(address).status_code == (403 if "approve" in address else 302)


def test_notices_are_shown_and_marked_as_seen(client, editor, reviewer):
    article = make_article("a", "Battle a", author=editor)
    submit(edit(article, author=editor, body="Two."), user=editor)
    return_(article.revisions.newest(), user=reviewer, comment="Cite <b>it</b>.")
    watch(article, user=editor)
    edit(article, author=reviewer, body="Three.", summary="Changed by another")
    client.force_login(editor)
    assert "3 new notices" in page_of(client)
    assert 'Notices <span class="count">3</span>' in page_of(client, "/admin/")
    html = page_of(client, "/review/notices/")
    assert "Cite &lt;b&gt;it&lt;/b&gt;." in html
    assert 'href="/articles/a/compare/2/3/"' in html
    assert html.count('class="new"') == 3
    client.post("/review/notices/seen/")
    assert 'class="new"' not in page_of(client, "/review/notices/")
    assert "Notices</a>" in page_of(client, "/admin/")
    client.post(reverse("watch", args=["a"]), {"off": "1", "next": "/review/notices/"})
    assert "Changed by another" not in page_of(client, "/review/notices/")


def test_more_notices_than_are_shown_are_not_passed_over(client, editor, reviewer):
    article = make_article("a", "Battle a")
    watch(article, user=editor)
    for number in range(50):
        edit(article, author=reviewer, body=f"Edit {number}.")
    client.force_login(editor)
    html = page_of(client, "/review/notices/")
    assert ("50 are new." in html, "The newest 50 are shown." in html) == (True, False)
    assert "More than" not in html
    edit(article, author=reviewer, body="One more.")
    html = page_of(client, "/review/notices/")
    assert ("More than 50 are new." in html, "The newest 50 are shown." in html) == (True, True)
    assert html.count('class="notice"') == 50
    assert "50+ new notices" in page_of(client)
    assert 'Notices <span class="count">50+</span>' in page_of(client, "/admin/")


def test_notices_ask_strangers_to_log_in(client):
    assert client.get("/review/notices/")["Location"] == "/admin/login/?next=/review/notices/"


def test_an_empty_queue_is_designed(client, reviewer):
    client.force_login(reviewer)
    assert "Nothing waits" in page_of(client)
    assert "There is nothing to tell" in page_of(client, "/review/notices/")


def test_a_long_watch_list_has_pages(client, editor, monkeypatch):
    monkeypatch.setattr("articles.views.notices._WATCHED", 2)
    for name in "abc":
        watch(make_article(name, f"Battle {name}"), user=editor)
    client.force_login(editor)
    html = page_of(client, "/review/notices/")
    assert [f"Battle {name}</a>" in html for name in "abc"] == [True, True, False]
    assert 'href="?page=2"' in html
    assert "Battle c</a>" in page_of(client, "/review/notices/?page=2")
