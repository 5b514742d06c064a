"""The reviewers' pages: comparing, picking, the verbs as POSTs, and what strangers get of all that."""

import re

import pytest
from django.urls import reverse

from articles.content import Source as SourceContent
from articles.models import Publication, ReviewComment, Source
from articles.publishing import publish
from articles.reviewing import add_comment, approve, resolve_comment, return_, state, submit
from articles.revisions import newest_content, record_shared_change

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
BOX = {"kind": "military-conflict", "rows": [{"id": "r1", "field": "casualties", "side": 2, "value": "400 killed"}]}
NEW_BOX = {"kind": "military-conflict", "rows": [{"id": "r1", "field": "casualties", "side": 2, "value": "450 killed"}]}
HISTORY = "/articles/battle-of-kalbajar/history/"
COMPARE = "/articles/battle-of-kalbajar/compare/1/2/"


@pytest.fixture
def article(editor):
    """Return a published article with a draft by the editor on top."""
    article = make_article(body="In a week they took it.\n\nSecond paragraph.", infobox=BOX)
    body = "In nine days they took it.\n\nSecond paragraph."
    edit(article, author=editor, body=body, infobox=NEW_BOX, summary="Figures")
    return article


def text_of(answer):
    return answer.content.decode()


def test_strangers_do_not_compare_what_was_not_published(client, article, view_only):
    assert client.get(COMPARE).status_code == 404
    client.force_login(view_only)
    assert client.get(COMPARE).status_code == 200
    client.logout()
    publish(article.revisions.newest(), user=None)
    assert client.get(COMPARE).status_code == 200


def test_who_decides_on_the_page_of_a_revision_sees_what_nobody_answered(client, reviewer, editor):
    article = make_article("lachin", published=False, author=editor)
    first = article.revisions.newest()
    answered = add_comment(first, user=reviewer, text="Whose words?", change="abc", label="Lead, paragraph 1")
    edit(article, author=editor, body="Another text.")
    client.force_login(reviewer)
    page = text_of(client.get("/articles/lachin/revisions/2/"))
    assert "Whose words?" in page
    assert "On Lead, paragraph 1:" in page
    assert "on revision 1" in page
    resolve_comment(answered, user=reviewer)
    assert "Whose words?" not in text_of(client.get("/articles/lachin/revisions/2/"))
    client.logout()


def test_every_changed_word_is_marked_once_and_nothing_else(client, article, view_only):
    client.force_login(view_only)
    text = text_of(client.get(COMPARE))
    added = re.findall(r'<ins class="addition">(.*?)</ins>', text)
    deleted = re.findall(r'<del class="deletion">(.*?)</del>', text)
    assert " ".join(added).split() == ["450", "nine", "days"]
    assert " ".join(deleted).split() == ["400", "a", "week"]
    hooks = r'<section data-part="infobox">.*?data-kind="change".*?data-field="casualties" data-side="2"'
    assert re.search(hooks, text, re.DOTALL)
    assert "Second paragraph." in text


@pytest.mark.parametrize("view", ["inline", "columns", "rendered"])
def test_each_view_shows_the_difference_and_staff_keep_the_one_they_chose(client, article, view_only, view):
    client.force_login(view_only)
    assert 'class="addition"' in text_of(client.get(COMPARE, {"view": view}))
    assert f"compare-{view}" in text_of(client.get(COMPARE, headers={"Sec-Fetch-Site": "same-origin"}))
    assert "compare-inline" in text_of(client.get(COMPARE))


def test_programs_get_the_difference_as_json(client, article, view_only):
    client.force_login(view_only)
    data = client.get(COMPARE, {"format": "json"}).json()
    assert (data["old"], data["new"]) == (1, 2)
    assert [part["name"] for part in data["parts"] if part.get("changes")] == ["infobox", "body"]


def test_a_difference_shows_markup_as_text(client, article, view_only):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(2)>"
    edit(article, body=evil, notes=[{"key": "a", "text": evil}], short_description=evil)
    client.force_login(view_only)
    for view in ("inline", "columns", "rendered"):
        text = text_of(client.get("/articles/battle-of-kalbajar/compare/2/3/", {"view": view}))
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_two_picked_revisions_lead_to_their_comparison(client, article, view_only):
    client.force_login(view_only)
    answer = client.get("/articles/battle-of-kalbajar/compare/", {"old": "2", "new": "1"})
    assert answer["Location"] == COMPARE
    assert client.get("/articles/battle-of-kalbajar/compare/", {"old": "x"}).status_code == 404


def test_the_history_tells_size_kind_and_verdict_and_filters(client, article, editor, view_only):
    submit(article.revisions.newest(), user=editor)
    client.force_login(view_only)
    text = text_of(client.get("/articles/battle-of-kalbajar/history/"))
    row = re.search(r'<li class="revision" data-number="2">.*?</li>\n<li', text, re.DOTALL)[0]
    assert "+3 −3 words" in row
    assert "figure changed" in row
    assert "submitted" in row
    filtered = text_of(client.get("/articles/battle-of-kalbajar/history/", {"tag": "figure_changed"}))
    assert re.findall(r'data-number="(\d+)"', filtered) == ["2"]
    filtered = text_of(client.get("/articles/battle-of-kalbajar/history/", {"author": editor.pk}))
    assert re.findall(r'data-number="(\d+)"', filtered) == ["2"]
    for nonsense in ({"author": "9" * 40}, {"before": "9" * 40}, {"tag": "' OR 1"}, {"author": "x", "before": "-1"}):
        assert client.get("/articles/battle-of-kalbajar/history/", nonsense).status_code == 200


def test_the_history_tells_staff_the_steps_of_review_in_one_query_more(
    client, article, editor, reviewer, django_assert_max_num_queries
):
    def read():
        with django_assert_max_num_queries(30) as asked:
            page = text_of(client.get(HISTORY))
        return len(asked), re.sub(r"<time[^>]*>[^<]*</time>", "TIME", page)

    client.force_login(editor)
    client.get(HISTORY)
    few, page = read()
    assert "published by the site, TIME</li>" in page
    submit(article.revisions.newest(), user=editor, comment="Please look.")
    return_(article.revisions.newest(), user=reviewer, comment="Give a <b>page</b>.")
    for number in range(10):
        submit(edit(article, author=editor, body=f"Mended {number}."), user=editor)
    approve(article.revisions.newest(), user=reviewer, comment="Well done.")
    many, page = read()
    row = re.search(r'data-number="2">.*?</li>\n<li class="revision', page, re.DOTALL)[0]
    assert "submitted by editor, TIME: <q>Please look.</q>" in row
    assert "returned by reviewer, TIME: <q>Give a &lt;b&gt;page&lt;/b&gt;.</q>" in row
    assert "published by reviewer, TIME: <q>Well done.</q>" in page
    assert "approved by" not in page, "an approval that published is told once"
    assert many == few
    client.logout()
    assert "by reviewer" not in text_of(client.get(HISTORY)), "readers are told nothing of it"
    assert read()[0] < few


def test_a_history_of_one_revision_offers_nothing_to_choose(client, article, view_only):
    history = "/articles/battle-of-kalbajar/history/"
    alone = text_of(client.get(history))
    assert 'class="filters"' not in alone
    assert 'class="choose of-one"' in alone
    client.force_login(view_only)
    assert 'class="filters"' in text_of(client.get(history))
    filtered = text_of(client.get(history, {"author": article.revisions.newest().author_id}))
    assert 'class="filters"' in filtered


def test_a_long_history_is_paged_by_number(client, article, view_only):
    for number in range(60):
        edit(article, body=f"Text {number}.")
    client.force_login(view_only)
    first = text_of(client.get("/articles/battle-of-kalbajar/history/"))
    assert re.findall(r'data-number="(\d+)"', first)[:: len(re.findall("data-number", first)) - 1] == ["62", "13"]
    rest = text_of(client.get("/articles/battle-of-kalbajar/history/", {"before": 13}))
    assert re.findall(r'data-number="(\d+)"', rest)[0] == "12"


def post(client, name, article, number=None, **fields):
    slug = article.public_slug()
    return client.post(reverse(name, args=[slug, number] if number else [slug]), fields)


def test_the_way_through_review_by_its_buttons(client, article, editor, reviewer):
    client.force_login(editor)
    post(client, "submit", article, 2)
    assert state(article) == "submitted"
    client.force_login(reviewer)
    assert "Battle of Kalbajar" in text_of(client.get("/review/"))
    post(client, "return", article, 2, comment="Cite it.")
    assert state(article) == "returned"
    client.force_login(editor)
    assert re.search(r"returned</span> by reviewer, [^:]+:\d\d: <q>Cite it.</q>", text_of(client.get(COMPARE)))
    client.force_login(reviewer)
    answer = post(client, "approve", article, 2)
    assert answer["Location"] == "/review/"
    assert "Revision 2 is published" in text_of(client.get("/review/"))
    assert "nine days" in text_of(client.get("/articles/battle-of-kalbajar/"))


def test_an_approval_of_what_is_no_longer_the_newest_publishes_nothing(client, article, editor, reviewer):
    edit(article, author=editor, body="Newer.")
    client.force_login(reviewer)
    answer = client.post(reverse("approve", args=[article.slug, 2]), follow=True)
    assert "Revision 3 came meanwhile" in text_of(answer)
    assert Publication.objects.count() == 1


def test_editors_are_refused_an_approval_also_of_what_is_published(client, article, editor):
    client.force_login(editor)
    assert [post(client, "approve", article, number).status_code for number in (1, 2)] == [403, 403]
    assert Publication.objects.count() == 1


VERBS = ("submit", "approve", "return", "restore", "comment")


@pytest.mark.parametrize("name", [*VERBS, "withdraw", "reinstate", "protect", "watch"])
def test_strangers_and_lookers_change_nothing(client, article, view_only, name):
    number = 2 if name in VERBS else None
    before = article.revisions.count(), Publication.objects.count(), article.review_events.count()
    for user in (None, view_only):
        if user:
            client.force_login(user)
        answer = post(client, name, article, number, comment="x", text="x")
        assert answer.status_code == (302 if user and name == "watch" else 403), name
    assert client.get(reverse(name, args=[article.slug, number] if number else [article.slug])).status_code == 405
    assert (article.revisions.count(), Publication.objects.count(), article.review_events.count()) == before


def test_restoring_makes_a_new_revision_with_present_sources_or_those_of_then(client, editor):
    book = {"type": "book", "title": "Black Garden"}
    article = make_article(body="One.[@w]", references=[{"id": "f1", "key": "w", "source": book}])
    edit(article, body="Two.[@w]")
    source = Source.objects.get()
    source.set_content(SourceContent.of(book | {"title": "Schwarzer Garten"}))
    record_shared_change(source, author=None)
    client.force_login(editor)
    assert "Schwarzer Garten" in text_of(client.get("/articles/battle-of-kalbajar/revisions/1/"))
    post(client, "restore", article, 1)
    restored = newest_content(article)
    assert (restored.body, restored.references[0].source.title) == ("One.[@w]", "Schwarzer Garten")
    assert article.revisions.newest().summary == "Revision 1 restored"
    post(client, "restore", article, 1, sources="then", summary="As it was")
    assert newest_content(article).references[0].source.title == "Black Garden"
    post(client, "restore", article, 5, sources="then")
    assert article.revisions.newest().number == 5


def test_a_comment_on_a_change_is_shown_and_resolved(client, article, reviewer):
    client.force_login(reviewer)
    post(client, "comment", article, 2, text="Who says <b>so</b>?", change="abc", label="Losses")
    text = text_of(client.get(COMPARE))
    assert "Who says &lt;b&gt;so&lt;/b&gt;?" in text
    comment = ReviewComment.objects.get()
    client.post(reverse("resolve", args=[article.slug, 2, comment.pk]))
    assert "Who says" not in text_of(client.get(COMPARE))
    assert client.post(reverse("resolve", args=[article.slug, 1, comment.pk])).status_code == 404


def test_a_refused_decision_comes_back_to_its_form_with_the_words(client, article, editor, reviewer):
    submit(article.revisions.newest(), user=editor)
    client.force_login(reviewer)
    address = f"{COMPARE}?view=columns"
    back = re.search(r'name="back" value="([^"]+)"', text_of(client.get(address)))[1]
    assert back == f"{address}#desk"
    answer = post(client, "return", article, 2, comment=" ", back=back)
    assert answer["Location"] == back
    page = text_of(client.get(address))
    assert page.count("Write what should be mended; nothing was returned.") == 2, "above, and beside the form"
    edit(article, author=editor, body="Newer.")
    submit(article.revisions.newest(), user=editor)
    typed = "\nLong & <b>careful</b> words."
    assert post(client, "approve", article, 2, comment=typed, back=back)["Location"] == back
    page = text_of(client.get(address))
    assert "Revision 3 came meanwhile" in page
    assert re.search(r"Your words were not sent; [^<]*<q>\sLong &amp; &lt;b&gt;careful", page)
    whole = "/articles/battle-of-kalbajar/compare/1/3/"
    post(client, "watch", article)
    assert re.search(r"<textarea[^>]*>\n\nLong &amp; &lt;b&gt;careful&lt;/b&gt; words.<", text_of(client.get(whole)))
    post(client, "return", article, 3, comment=typed, back=f"{whole}#desk")
    assert "careful" not in re.search(r'<form method="post" class="decide">.*?</form>', text_of(client.get(whole)),
                                      re.DOTALL)[0]  # fmt: skip
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = post(client, "return", article, 3, comment="", back=evil)
        assert answer["Location"] == "/articles/battle-of-kalbajar/revisions/3/"


def test_words_for_the_reviewer_come_back_to_the_editor(client, article, editor):
    client.force_login(editor)
    page = "/articles/battle-of-kalbajar/revisions/2/"
    answer = post(client, "submit", article, 2, comment="z" * 6_000, back=f"{page}#desk")
    assert answer["Location"] == f"{page}#desk"
    assert "z" * 6_000 in text_of(client.get(page))


def test_after_an_act_nobody_is_led_off_the_site(client, article, editor):
    client.force_login(editor)
    for wanted in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = post(client, "watch", article, next=wanted)
        assert answer["Location"] == "/articles/battle-of-kalbajar/history/"


def test_the_queue_asks_strangers_to_log_in(client):
    assert client.get("/review/")["Location"] == "/admin/login/?next=/review/"
