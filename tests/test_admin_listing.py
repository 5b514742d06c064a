"""The list of articles at the desk: search and filters, through its address."""

import re

import pytest
from django.utils import timezone

from articles.models import ReviewComment
from articles.publishing import withdraw
from articles.reviewing import protect, return_, submit

from .articles_for_tests import edit, make_article
from .desk import CHANGELIST
from .query_plans import is_sorted, plan_of

pytestmark = pytest.mark.django_db
CITED = {"references": [{"key": "w", "text": "W."}], "body": "Cited.[@w]"}


@pytest.fixture
def articles(editor, reviewer, superuser):
    """Return an article in every state by that state's name, and a protected one."""
    states = ("draft", "submitted", "returned", "published", "withdrawn")
    found = {state: make_article(state, f"The {state}", author=editor, published=state in ("published", "withdrawn"),
                                 **CITED) for state in states}  # fmt: skip
    for state in ("submitted", "returned"):
        submit(found[state].revisions.newest(), user=editor)
    return_(found["returned"].revisions.newest(), user=reviewer, comment="Cite more.")
    withdraw(found["withdrawn"], user=superuser, comment="Doubts.")
    protect(found["published"], user=superuser)
    return found


@pytest.fixture
def listed(client_of, view_only):
    """Return a function that gives the slugs on the list for a query, as staff see it who change nothing."""
    client = client_of(view_only)

    def ask(**query):
        response = client.get(CHANGELIST, query)
        assert response.status_code == 200
        return re.findall(r'<span class="slug">([^<]*)</span>', response.content.decode())

    return ask


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "withdrawn"])
def test_articles_are_found_by_state(articles, listed, state):
    assert listed(state=state) == [state]


def test_articles_are_found_by_what_reviewers_need(articles, listed):
    assert listed(state="protected") == ["published"]
    assert listed(state="waiting") == ["submitted"]


def test_articles_are_found_by_what_is_mine(articles, client_of, editor, reviewer):
    slugs = {
        (user.username, mine): re.findall(
            r'<span class="slug">([^<]*)</span>',
            client_of(user).get(CHANGELIST, {"mine": mine}).content.decode())
        for user in (editor, reviewer) for mine in ("drafts", "returned", "submitted")
    }  # fmt: skip
    assert slugs["editor", "drafts"] == ["draft"]
    assert slugs["editor", "returned"] == ["returned"]
    assert slugs["editor", "submitted"] == ["submitted"]
    assert not any(slugs["reviewer", mine] for mine in ("drafts", "returned", "submitted"))


def test_articles_are_found_by_kind_of_problem(articles, listed, editor):
    edit(articles["draft"], author=editor, body="No source here.")
    edit(articles["returned"], author=editor, body="Undefined.[@nobody]")
    assert listed(problem="uncited_paragraph") == ["draft"]
    assert listed(problem="undefined_reference") == listed(problem="errors") == ["returned"]
    assert listed(problem="unused_reference") == ["draft", "returned"]
    assert "published" in listed(problem="none")
    facts = {"user": editor, "text": "Really?", "time": timezone.now()}
    comment = ReviewComment.objects.create(revision=articles["published"].revisions.newest(), **facts)
    assert listed(problem="open_comment") == ["published"]
    ReviewComment.objects.filter(pk=comment.pk).update(resolved_by=editor, resolved_at=timezone.now())
    assert listed(problem="open_comment") == []


@pytest.mark.parametrize(("query", "index"), [
    ({"state": "protected"}, "standing_protected_titles"), ({"problem": "unmeasured"}, "standing_unmeasured_titles"),
    ({"problem": "errors"}, "standing_errors"), ({"state": "draft"}, "standing_state_title"), ({}, "standing_title"),
])  # fmt: skip
def test_a_list_is_read_in_its_order_and_not_sorted(client_of, editor, query, index):
    client = client_of(editor)
    plan, page = plan_of(lambda: client.get(CHANGELIST, query), "ORDER BY", "articles_standing")
    assert page.status_code == 200
    assert index in plan
    assert not is_sorted(plan)


def test_the_list_says_what_its_count_of_warnings_leaves_out(client_of, editor):
    article = make_article("lachin", published=False, body="Near [[Nowhere]].")
    form = client_of(editor).get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "<h3>2 warnings</h3>" in form
    page = client_of(editor).get(CHANGELIST).content.decode()
    assert ">1 warning</span>" in page
    said = "Links to articles not yet published are told as warnings in the form only."
    assert said in page
    assert said not in client_of(editor).get(CHANGELIST, {"q": "nowhere at all"}).content.decode()


def test_the_title_heads_its_row(client_of, editor):
    article = make_article("lachin", published=False)
    page = client_of(editor).get(CHANGELIST).content.decode()
    [heading] = re.findall(r'<th scope="row" class="field-name">(.*?)</th>', page, re.DOTALL)
    assert f'href="/admin/articles/article/{article.pk}/change/">{article.title}</a>' in heading
    assert page.count('<td class="field-') == 3


def test_articles_are_found_by_category_parent_author_and_day(articles, listed, reviewer):
    edit(articles["draft"], author=reviewer, categories=["Battles of 1993"], part_of="first-nagorno-karabakh-war")
    assert listed(category="battles of") == ["draft"]
    assert listed(part_of="First Nagorno-Karabakh War") == ["draft"]
    assert listed(author="reviewer") == ["draft"]
    assert listed(author="nobody") == []
    assert len(listed(since="2000-01-01")) == 5
    assert listed(since="2999-01-01") == []


def test_lists_of_work_are_in_the_order_of_change(client_of, editor, listed):
    for slug in ("b", "a", "c"):
        submit(make_article(slug, slug.upper(), author=editor, published=False).revisions.newest(), user=editor)
    assert listed(state="waiting") == ["b", "a", "c"]
    assert listed(since="2000-01-01") == ["c", "a", "b"]
    assert listed(state="submitted") == listed(since="2000-01-01", o="0") == ["a", "b", "c"]
    page = client_of(editor).get(CHANGELIST, {"mine": "submitted"}).content.decode()
    assert re.findall(r'<span class="slug">([^<]*)</span>', page) == ["c", "a", "b"]
    assert re.search(r'class="[^"]*sorted descending[^"]*column-newest|column-newest[^"]*sorted descending', page)


@pytest.mark.parametrize("words", ["Kəlbəcər", "Кельбаджар", "kalbadzhar", "battle-of-k", "Քարվաճառ", "the draft"])
def test_a_name_is_found_in_any_script_and_spelling(articles, listed, words):
    names = [{"name": "Kəlbəcər döyüşü"}, {"name": "Քարվաճառ"}]
    edit(articles["draft"], slug="battle-of-kalbajar", names=names)
    assert listed(q=words) == ["battle-of-kalbajar"]


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"problem": "x"}, {"since": "yesterday"}, {"since": "2026-99-99"}, {"q": "\x00"},
              {"author": "\x00", "category": "%_", "part_of": "'"}, {"p": "99"}, {"o": "x"}])  # fmt: skip
def test_strange_questions_get_an_answer(articles, client_of, editor, query):
    assert client_of(editor).get(CHANGELIST, query, follow=True).status_code == 200


def test_what_was_not_understood_is_said(articles, client_of, editor):
    client = client_of(editor)
    assert "This is no date" in client.get(CHANGELIST, {"since": "yesterday"}).content.decode()
    assert "Nobody has this user name" in client.get(CHANGELIST, {"author": "nobody"}).content.decode()
    assert "No article is like that" in client.get(CHANGELIST, {"q": "Waterloo"}).content.decode()


def test_the_list_is_ordered_and_paged(client_of, editor):
    for number in range(60):
        make_article(f"a-{number:02}", f"A {number:02}", published=False)
    client = client_of(editor)
    pages = [re.findall(r'"slug">(a-\d\d)<', client.get(CHANGELIST, {"p": page}).content.decode()) for page in (1, 2)]
    assert pages[0] + pages[1] == [f"a-{number:02}" for number in range(60)]
    last = re.findall(r'"slug">(a-\d\d)<', client.get(CHANGELIST, {"o": "-2"}).content.decode())
    assert last[0] == "a-59"
