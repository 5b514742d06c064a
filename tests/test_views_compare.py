"""The comparison's page: every view whole, changes that lead to each other, comments at their change, decisions."""

import re

import pytest
from django.urls import reverse

from articles.models import ReviewComment
from articles.publishing import publish
from articles.reviewing import protect, submit

from .articles_for_tests import edit, make_article
from .making import figure, picture

pytestmark = pytest.mark.django_db
BOOK = {"key": "w", "source": {"type": "book", "title": "Black Garden"}}
OTHER = {"key": "h", "source": {"type": "report", "title": "Seven Years"}}
BOX = [
    {"id": "r1", "field": "casualties", "side": 2, "value": "400 killed[@w]", "attribution": "per one"},
    {"id": "r2", "field": "commander", "side": 1, "value": "A. Aliyev"},
    {"id": "r3", "field": "commander", "side": 1, "value": "B. Babayan"},
]
NEW_BOX = [BOX[0] | {"value": "450 killed[@w, p. 7]"}, BOX[2], BOX[1]]
BODY = "In a week they took it.[@w, p. 194]\n\nThe second paragraph stays as it was.\n\nA third one, about the winter."
NEW_BODY = "In nine days they took it.[@w, pp. 194–195]\n\nThe second paragraph\nstays as it was.\n\nAdded.[@h]"
COMPARE = "/articles/battle-of-kalbajar/compare/1/2/"


@pytest.fixture
def article(editor):
    """Return a published article with a submitted draft by the editor on top: rows, words, line breaks, citations."""
    kind = {"kind": "military-conflict"}
    article = make_article(body=BODY, infobox=kind | {"rows": BOX}, references=[BOOK])
    edit(article, author=editor, body=NEW_BODY, infobox=kind | {"rows": NEW_BOX}, references=[BOOK, OTHER])
    submit(article.revisions.newest(), user=editor, comment="Please look at the losses.")
    return article


def page_of(client, address=COMPARE, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html, mark):
    return " ".join(re.findall(rf'<{mark} class="[^"]*">(.*?)</{mark}>', html, re.DOTALL)).split()


@pytest.mark.parametrize("view", ["inline", "columns"])
def test_both_views_mark_the_same_words_once(client, article, reviewer, view):
    client.force_login(reviewer)
    html = page_of(client, view=view)
    assert [word for word in words(html, "ins") if word in ("450", "nine", "days")] == ["450", "nine", "days"]
    assert [word for word in words(html, "del") if word in ("400", "a", "week")] == ["400", "a", "week"]


BLOCK = r'<div class="block[^"]*" role="group" aria-label="{}">(.*?)</div>'
PAIR = r'class="pair">' + BLOCK.format("Before") + r"\s*" + BLOCK.format("After")


def test_columns_hide_additions_at_the_left_and_deletions_at_the_right(client, article, reviewer):
    client.force_login(reviewer)
    pairs = re.findall(PAIR, page_of(client, view="columns"), re.DOTALL)
    assert len(pairs) >= 4
    assert not any("<ins" in old or "<del" in new for old, new in pairs)
    assert any("400" in old and "450" in new for old, new in pairs)


def test_columns_are_told_apart_by_ear_and_say_what_did_not_change_once(client, article, reviewer):
    client.force_login(reviewer)
    html = page_of(client, view="columns")
    assert len(re.findall(PAIR, html, re.DOTALL)) == html.count('class="pair">')
    html = page_of(client, view="columns", reflow="hide")
    unchanged = re.findall(r'class="pair unchanged"><div class="block[^"]*"( aria-hidden="true")?>', html)
    assert unchanged
    assert all(unchanged)


def test_every_change_has_a_permanent_link_and_leads_to_the_next(client, article, reviewer):
    client.force_login(reviewer)
    html = page_of(client)
    anchors = re.findall(r'class="change" id="(change-[0-9a-f-]+)"', html)
    assert len(anchors) == len(set(anchors)) >= 5
    for anchor in anchors:
        assert f'<h3><a href="#{anchor}">' in html
    following = re.findall(r'<a href="#(change-[0-9a-f-]+)" aria-label="Next change">', html)
    assert following == anchors[1:]
    assert set(re.findall(r'href="#([\w-]+)"', html)) <= set(re.findall(r' id="([\w-]+)"', html))


def test_moves_are_said_in_words(client, article, reviewer):
    client.force_login(reviewer)
    assert re.search(r'data-kind="move".*?moved (up|down) 1 place.*?B\. Babayan|A\. Aliyev', page_of(client), re.DOTALL)


def test_what_became_of_citations_is_said_in_words(client, article, reviewer):
    client.force_login(reviewer)
    html = page_of(client)
    assert "w: p. 194 → pp. 194–195 in Lead, paragraph 1" in html
    assert "w: no locator → p. 7 in Casualties and losses, side 2" in html
    assert "h added in Lead, paragraph 3" in html
    section = html[html.index('class="citation-changes"') :]
    assert "<ins" not in section
    assert "<del" not in section


def test_changes_of_line_breaks_are_hidden_on_demand_in_the_view_that_was_chosen(client, article, reviewer):
    client.force_login(reviewer)
    shown = page_of(client, view="columns")
    assert "line breaks only" in shown
    assert 'href="?view=columns&amp;reflow=hide"' in shown
    hidden = page_of(client, view="columns", reflow="hide")
    assert "data-reflow" not in hidden
    assert "1 change of line breaks only is hidden." in hidden
    assert 'href="?view=inline&amp;reflow=hide"' in hidden
    assert "stays as it was" in hidden
    assert "line breaks" not in page_of(client, view="rendered")


def test_the_rendered_view_says_what_it_does_not_mark(client, article, reviewer):
    edit(article, short_description="Another", categories=["Battles of 1993"])
    client.force_login(reviewer)
    html = page_of(client, "/articles/battle-of-kalbajar/compare/1/3/", view="rendered")
    told = re.search(r'<p class="unmarked">.*?</p>', html)[0]
    assert re.findall(r"#part-(\w+)", told) == ["facts", "categories"]


def test_the_rendered_view_does_not_list_the_facts_that_it_marks(client, article, reviewer):
    edit(article, event_date="1993-03-27/1993-04-05")
    client.force_login(reviewer)
    html = page_of(client, "/articles/battle-of-kalbajar/compare/2/3/", view="rendered")
    assert "<ins" in html[html.index('data-field="date"') :][:300]
    assert "Changed, but not marked" not in html


def test_what_differs_in_words_begins_as_a_sentence_does(client, editor, view_only):
    article = make_article(title="Battle of Kalbajar")
    edit(article, author=editor, title="Capture of Kalbajar")
    client.force_login(view_only)
    html = page_of(client)
    assert '<p class="summary">Title: Battle of Kalbajar → Capture of Kalbajar</p>' in html


def test_two_equal_revisions_say_so(client, article, reviewer):
    client.force_login(reviewer)
    for view in ("inline", "columns", "rendered"):
        assert "The two revisions say the same." in page_of(
            client, "/articles/battle-of-kalbajar/compare/2/2/", view=view
        )


def test_a_comment_stands_at_its_change_until_it_is_resolved(client, article, reviewer):
    client.force_login(reviewer)
    html = page_of(client)
    change = re.search(r'class="change" id="change-([0-9a-f-]+)" data-kind="change" data-field="casualties"', html)[1]
    address = reverse("comment", args=[article.slug, 2])
    fields = {"change": change, "label": "Losses", "text": "Who <b>says</b>?", "next": f"{COMPARE}#change-{change}"}
    assert client.post(address, fields)["Location"] == f"{COMPARE}#change-{change}"
    html = page_of(client)
    at = html[html.index(f'id="change-{change}"') :]
    assert "Who &lt;b&gt;says&lt;/b&gt;?" in at[: at.index('class="change"')]
    assert "1 open comment<" in html
    client.post(reverse("resolve", args=[article.slug, 2, ReviewComment.objects.get().pk]))
    html = page_of(client)
    assert "open comment" not in html
    assert "1 resolved comment<" in html


def test_a_comment_keeps_its_place_when_its_paragraph_is_mended(client, article, editor, reviewer):
    client.force_login(reviewer)
    change = re.search(r'<h3><a href="#change-([0-9a-f-]+)">Lead, paragraph 1<', page_of(client))[1]
    address = reverse("comment", args=[article.slug, 2])
    client.post(address, {"change": change, "label": "Lead, paragraph 1", "text": "Nine? Whose count?"})
    client.post(address, {"change": "gone", "label": "Lead, paragraph 9", "text": "Why this one?"})
    edit(article, author=editor, body=NEW_BODY.replace("nine", "ten"), references=[BOOK, OTHER])
    html = page_of(client, "/articles/battle-of-kalbajar/compare/1/3/")
    at = html[html.index('">Lead, paragraph 1</a></h3>') :]
    beside = at[: at.index('class="change"')]
    assert "Nine? Whose count?" in beside
    assert "on revision 2" in beside
    assert change not in html, "every link leads to the change as it is called now"
    assert "On Lead, paragraph 9, as it stood in revision 2:" in html
    assert "On Lead, paragraph 1, as" not in html


def test_a_comment_is_hung_on_no_change_by_a_label_that_two_bear(client, article, editor, reviewer):
    client.force_login(reviewer)
    labels = re.findall(r'<h3><a href="#change-[0-9a-f-]+">([^<]+)<', page_of(client))
    (twice,) = {label for label in labels if labels.count(label) > 1}
    address = reverse("comment", args=[article.slug, 2])
    client.post(address, {"change": "gone", "label": twice, "text": "Which?"})
    assert f"On {twice}, which is not among these changes:" in page_of(client)


def test_strangers_see_no_comments_and_nothing_to_press(client, article, reviewer):
    publish(article.revisions.newest(), user=None)
    client.force_login(reviewer)
    client.post(reverse("comment", args=[article.slug, 2]), {"text": "Between us."})
    client.logout()
    html = page_of(client)
    assert "Between us" not in html
    assert 'method="post"' not in html


def test_a_decision_is_offered_only_where_all_that_differs_is_seen(client, article, editor, reviewer):
    edit(article, author=editor, body="Newer.")
    client.force_login(reviewer)
    part = page_of(client, "/articles/battle-of-kalbajar/compare/2/3/")
    assert "/approve/" not in part
    assert "/articles/battle-of-kalbajar/compare/1/3/" in part
    assert "/approve/" in page_of(client, "/articles/battle-of-kalbajar/compare/1/3/")


def test_what_was_never_published_is_decided_on_its_own_page(client, editor, reviewer):
    article = make_article(author=editor, published=False)
    client.force_login(reviewer)
    assert "/revisions/1/approve/" in page_of(client, "/articles/battle-of-kalbajar/revisions/1/")
    edit(article, author=editor, body="Newer.")
    assert "/approve/" not in page_of(client)
    assert "Read it whole" in page_of(client)


def test_who_looks_and_who_approved_is_told(client, article, make_user, administrator, reviewer):
    protect(article, user=administrator)
    client.force_login(reviewer)
    html = page_of(client)
    assert "Please look at the losses." in html
    assert "0 of 2 approvals" in html
    client.post(reverse("take_up", args=[article.slug, 2]))
    client.post(reverse("approve", args=[article.slug, 2]))
    html = page_of(client)
    assert "You have been looking at it" in html
    assert "1 of 2 approvals (reviewer)" in html
    assert "/approve/" not in html
    client.force_login(make_user("second", "Reviewers"))
    assert "reviewer has been looking at it" in page_of(client)
    answer = client.post(reverse("take_up", args=[article.slug, 2]), follow=True)
    assert "reviewer is looking at it already." in answer.content.decode()


def test_who_returned_it_looks_at_it_no_more(client, article, editor, reviewer):
    client.force_login(reviewer)
    client.post(reverse("take_up", args=[article.slug, 2]))
    assert "You have been looking at it" in page_of(client)
    client.post(reverse("return", args=[article.slug, 2]), {"comment": "Cite it."})
    assert "/take-up/" not in page_of(client)
    client.force_login(editor)
    assert "looking at it" not in page_of(client)


def test_own_work_is_explained(client, article, reviewer, superuser):
    edit(article, author=reviewer, body="Mine.")
    client.force_login(reviewer)
    html = page_of(client, "/articles/battle-of-kalbajar/compare/1/3/")
    assert "Revision 3 is your own work, so somebody else must approve it." in html
    assert "/approve/" not in html
    edit(article, author=superuser, body="His.")
    client.force_login(superuser)
    assert "You may approve it all the same" in page_of(client, "/articles/battle-of-kalbajar/compare/1/4/")


def test_editors_do_not_take_up(client, article, editor):
    client.force_login(editor)
    assert "/take-up/" not in page_of(client)
    assert client.post(reverse("take_up", args=[article.slug, 2])).status_code == 403


@pytest.mark.parametrize("view", ["inline", "columns"])
def test_a_picture_that_was_replaced_is_shown_before_and_after(client, reviewer, view):
    picture("a")
    picture("b")
    article = make_article(figures=[figure("a", id="g", key="map")])
    edit(article, figures=[figure("b", id="g", key="map")])
    client.force_login(reviewer)
    html = page_of(client, view=view)
    shown = re.findall(
        r'<(del|ins) class="\w+ picture"><img src="([^"]+)" width="(\d+)" height="(\d+)"[^>]*>\s*<span>(.*?)</span>',
        html,
    )
    assert [(mark, address.rpartition("/")[2], *told) for mark, address, *told in shown] == [
        ("del", "a.png", "640", "480", "map.png (640\u00a0×\u00a0480)"),
        ("ins", "b.png", "640", "480", "map.png (640\u00a0×\u00a0480)"),
    ]
    assert "sha256:" not in html
    client.logout()
    publish(article.revisions.newest(), user=None, commanded=True)
    html = page_of(client, view=view)
    assert re.findall(r'<(del|ins) class="\w+ picture"><img', html) == ["del", "ins"]
    assert "map.png" not in html, "how the uploader called the file is nothing for readers"
    answer = client.get(COMPARE, {"format": "json"})
    assert f"sha256:{'b' * 64}" in answer.content.decode(), "programs get the name that the interchange has"
