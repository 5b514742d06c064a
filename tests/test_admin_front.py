"""The front page of the desk: what there is to do, for each role, in a fixed number of queries."""

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from articles.content import Source as SourceContent
from articles.models import ReviewComment, Source, Stash
from articles.publishing import pending_authors
from articles.reviewing import approve, return_, submit
from articles.revisions import record_shared_change

from .articles_for_tests import edit, make_article
from .making import REPORT

pytestmark = pytest.mark.django_db
CITED = {"references": [{"key": "w", "text": "W."}], "body": "Cited.[@w]"}


def desk(client_of, user):
    response = client_of(user).get("/admin/")
    assert response.status_code == 200
    return response.context["desk"], response.content.decode()


def titles(block):
    return [standing.article.title for standing in block.standings]


def test_whoever_comes_first_is_told_what_to_do(client_of, editor):
    found, page = desk(client_of, editor)
    assert found.is_new
    assert "Write a new article" in page
    assert "Nobody has written anything yet" in page


def test_whoever_comes_to_review_is_not_told_how_to_write(client_of, reviewer):
    assert not desk(client_of, reviewer)[0].is_new


def test_a_draft_goes_from_desk_to_desk(client_of, editor, reviewer):
    article = make_article("a", "Siege", author=editor, published=False, **CITED)
    found, page = desk(client_of, editor)
    assert (titles(found.drafts), found.drafts.count, found.is_new) == (["Siege"], 1, False)
    assert titles(desk(client_of, reviewer)[0].drafts) == []
    submit(article.revisions.newest(), user=editor)
    found, page = desk(client_of, editor)
    assert (titles(found.drafts), titles(found.submitted)) == ([], ["Siege"])
    assert titles(desk(client_of, reviewer)[0].waiting) == ["Siege"]
    facts = {"user": reviewer, "text": "Where?", "time": timezone.now()}
    ReviewComment.objects.create(revision=article.revisions.newest(), **facts)
    return_(article.revisions.newest(), user=reviewer, comment="Name the <b>page</b>.")
    found, page = desk(client_of, editor)
    assert (titles(found.submitted), titles(found.returned)) == ([], ["Siege"])
    assert "Name the &lt;b&gt;page&lt;/b&gt;." in page
    assert "1 open comment" in page
    returned = article.review_events.newest("returned")
    assert f'by reviewer</span>\n<time datetime="{localtime(returned.time).isoformat()}"' in page, "its time"
    assert titles(desk(client_of, reviewer)[0].waiting) == []
    submit(edit(article, author=editor, body="Better.[@w, p. 3]"), user=editor)
    approve(article.revisions.newest(), user=reviewer)
    found, page = desk(client_of, editor)
    assert not any((found.drafts.count, found.returned.count, found.submitted.count))


def test_what_came_back_lies_on_the_desks_of_all_whose_work_waited(client_of, editor, reviewer, superuser, make_user):
    before = make_user("before", "Editors")
    article = make_article("a", "Siege", author=before, **CITED)
    edit(article, author=editor, body="More.[@w]")
    submit(edit(article, author=reviewer, body="More, merged.[@w]"), user=reviewer)
    return_(article.revisions.newest(), user=superuser, comment="Name the page.")
    for user, title in ((editor, ["Siege"]), (reviewer, ["Siege"]), (before, []), (superuser, [])):
        assert titles(desk(client_of, user)[0].returned) == title
        listed = client_of(user).get("/admin/articles/article/?mine=returned").context["cl"].result_list
        assert [one.title for one in listed] == title
    edit(article, author=superuser, body="More, again.[@w]")
    assert titles(desk(client_of, editor)[0].returned) == []
    submit(article.revisions.newest(), user=editor)
    return_(article.revisions.newest(), user=reviewer, comment="Name the page.")
    assert titles(desk(client_of, reviewer)[0].returned) == [], "who returned it is not told"


def test_what_came_back_is_not_told_to_who_only_corrected_its_source(client_of, editor, superuser, make_user):
    author = make_user("author", "Editors")
    article = make_article("a", "Siege", references=[{"key": "w", "source": REPORT}], body="Cited.[@w]")
    edit(article, author=author, body="More.[@w]")
    _correct(editor, "Eight Years")
    submit(article.revisions.newest(), user=author)
    return_(article.revisions.newest(), user=superuser, comment="Name the page.")
    for user, title in ((author, ["Siege"]), (editor, [])):
        assert titles(desk(client_of, user)[0].returned) == title
    assert list(pending_authors(article)) == [author], "nor by mail"


def test_problems_are_counted_in_articles_and_lead_to_them(client_of, editor):
    for number in range(3):
        make_article(f"a{number}", f"A {number}", body="One.\n\nTwo.", published=False)
    make_article("b", "B", body="See.[@nobody]", published=False)
    found, _ = desk(client_of, editor)
    assert [(one.kind, one.count, one.is_error) for one in found.problems] == [
        ("undefined_reference", 1, True), ("uncited_paragraph", 3, False)]  # fmt: skip
    listed = client_of(editor).get("/admin/articles/article/?problem=uncited_paragraph").content.decode()
    assert "3 articles" in listed


def test_recent_changes_lead_to_what_differs(client_of, view_only, editor):
    article = make_article("a", "Siege", author=editor, **CITED)
    edit(article, author=editor, body="Changed.[@w]", summary="Say it better")
    found, page = desk(client_of, view_only)
    assert [[revision.number for revision in change.revisions] for change in found.changes] == [[2], [1]]
    assert "/articles/a/compare/1/2/" in page
    assert "Say it better" in page
    assert "Write a new article" not in page


def test_one_change_of_a_source_in_several_articles_is_told_once(client_of, editor):
    for name in "abc":
        make_article(name, f"Siege {name}", references=[{"key": "w", "source": REPORT}])
    _correct(editor, "Eight Years")
    found, page = desk(client_of, editor)
    assert [len(change.revisions) for change in found.changes] == [3, 1, 1, 1]
    assert page.count("The title as printed") == 1
    assert "and other articles" not in page
    assert all(f"/articles/{name}/compare/1/2/" in page for name in "abc")


def test_changes_of_a_source_in_many_articles_leave_room_for_others(client_of, editor):
    for name in "abcdefgh":
        make_article(name, f"Siege {name}", references=[{"key": "w", "source": REPORT}])
    _correct(editor, "Eight Years")
    _correct(editor, "Nine Years")
    found, page = desk(client_of, editor)
    assert [(len(change.revisions), change.has_more) for change in found.changes] == [(3, True)] * 2 + [(1, False)] * 4
    assert page.count("and other articles") == 2


def _correct(editor, title):
    source = Source.objects.get()
    source.set_content(SourceContent.of(REPORT | {"title": title}))
    record_shared_change(source, author=editor, summary="The title as printed")


def test_what_was_typed_and_not_saved_is_offered_to_its_owner_alone(client_of, editor, reviewer):
    stash = Stash.objects.create(
        user=editor, form_id="f", fields="title=Siege+of+Aghdam&body=a+b", updated=timezone.now()
    )
    page = desk(client_of, editor)[1]
    assert "Siege of Aghdam" in page
    assert f"?stash={stash.pk}" in page
    assert "Siege of Aghdam" not in desk(client_of, reviewer)[1]


def test_staff_without_rights_are_told_whom_to_ask(client_of, make_user):
    make_article("a", "Siege", **CITED)
    response = client_of(make_user("nobody")).get("/admin/")
    page = response.content.decode()
    assert "Ask an administrator" in page
    assert "Siege" not in page


def test_the_page_costs_the_same_for_many_articles(client_of, reviewer, editor, django_assert_max_num_queries):
    def make(name):
        for number in range(4):
            article = make_article(f"{name}{number}", f"{name} {number}", author=reviewer, published=False)
            submit(article.revisions.newest(), user=editor)
            make_article(f"{name}{number}d", f"{name} {number} draft", author=reviewer, published=False, body="X.[@x]")

    counts = []
    client = client_of(reviewer)
    for name in ("one", "two", "three"):
        make(name)
        with django_assert_max_num_queries(14) as captured:
            client.get("/admin/")
        counts.append(len(captured))
    assert counts[1] == counts[2]


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_the_page_is_readable_by_machines_and_on_a_phone(new_page, sign_in, axe, request, role):
    user = request.getfixturevalue(role)
    make_article("a", "Siege of a place with a long name", author=user, published=False)
    # axe-core fetches imported stylesheets by inline means, which our policy forbids.
    page = new_page(viewport={"width": 320, "height": 700}, bypass_csp=True)
    sign_in(page, user)
    for address in ("/admin/", "/admin/articles/article/"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
