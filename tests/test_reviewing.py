"""Review: who may take which step, that an approval is bound to what was seen, and what the desk is told."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.content import Source as SourceContent
from articles.models import Publication, ReviewEvent, Source
from articles.publishing import NotPublishable, publish
from articles.reviewing import (
    NotReviewable,
    add_comment,
    approve,
    count_new,
    mark_seen,
    notices_for,
    protect,
    queue,
    resolve_comment,
    return_,
    state,
    submit,
    take_up,
    watch,
)
from articles.revisions import record_shared_change

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
BOOK = {"type": "book", "title": "Black Garden"}


@pytest.fixture
def submitted(editor):
    """Return an article whose second revision, by the editor, waits for review."""
    article = make_article(body="One.")
    submit(edit(article, author=editor, body="Two."), user=editor)
    return article


def test_an_article_goes_from_draft_to_published(editor, reviewer):
    article = make_article(author=editor, published=False)
    assert state(article) == "draft"
    submit(article.revisions.newest(), user=editor)
    assert state(article) == "submitted"
    return_(article.revisions.newest(), user=reviewer, comment="Cite the figure.")
    assert state(article) == "returned"
    submit(edit(article, author=editor, body="Better."), user=editor)
    approve(article.revisions.newest(), user=reviewer)
    assert state(article) == "published"
    kinds = list(ReviewEvent.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["submitted", "returned", "submitted", "approved", "published"]


def test_submitting_twice_is_one_event(submitted, editor):
    submit(submitted.revisions.newest(), user=editor)
    assert ReviewEvent.objects.filter(kind="submitted").count() == 1


@pytest.mark.parametrize("step", ["submit", "approve", "return"])
def test_a_step_on_an_older_revision_does_nothing(submitted, editor, reviewer, step):
    seen = submitted.revisions.newest()
    edit(submitted, author=editor, body="Three.")
    events = ReviewEvent.objects.count()
    with pytest.raises((NotReviewable, NotPublishable), match="Revision 3 came meanwhile"):
        {
            "submit": lambda: submit(seen, user=editor),
            "approve": lambda: approve(seen, user=reviewer),
            "return": lambda: return_(seen, user=reviewer, comment="No."),
        }[step]()
    assert ReviewEvent.objects.count() == events
    assert Publication.objects.count() == 1


def test_roles_are_enforced_in_the_verbs(submitted, editor, view_only, reviewer):
    newest = submitted.revisions.newest()
    for refused in (
        lambda: submit(newest, user=view_only),
        lambda: approve(newest, user=editor),
        lambda: approve(newest, user=view_only),
        lambda: return_(newest, user=editor, comment="No."),
        lambda: protect(submitted, user=reviewer),
        lambda: add_comment(newest, user=view_only, text="Hm."),
        lambda: take_up(newest, user=editor),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_returning_wants_a_reason(submitted, reviewer):
    with pytest.raises(NotReviewable, match="Write what should be mended"):
        return_(submitted.revisions.newest(), user=reviewer, comment="  ")
    assert state(submitted) == "submitted"


def test_a_protected_article_needs_two_reviewers(submitted, make_user, administrator, reviewer):
    protect(submitted, user=administrator)
    newest = submitted.revisions.newest()
    with pytest.raises(NotPublishable, match="protected"):
        publish(newest, user=reviewer)
    assert approve(newest, user=reviewer) is None
    assert approve(newest, user=reviewer) is None
    assert Publication.objects.count() == 1
    assert approve(newest, user=make_user("second", "Reviewers")).revision == newest


def test_an_approval_does_not_outlive_a_newer_revision(submitted, make_user, administrator, reviewer, editor):
    protect(submitted, user=administrator)
    approve(submitted.revisions.newest(), user=reviewer)
    edit(submitted, author=editor, body="Three.")
    assert approve(submitted.revisions.newest(), user=make_user("second", "Reviewers")) is None
    assert Publication.objects.count() == 1


def test_the_queue_tells_what_waits(submitted, editor, reviewer):
    take_up(submitted.revisions.newest(), user=reviewer)
    (waiting,) = queue(reviewer)
    assert (waiting.revision.number, waiting.published, waiting.authors) == (2, 1, ("editor",))
    assert waiting.looking == "reviewer"
    assert waiting.may_approve
    assert not queue(editor)[0].may_approve
    approve(waiting.revision, user=reviewer)
    assert queue(reviewer) == []


def test_the_first_to_look_keeps_the_mark(submitted, make_user, reviewer):
    newest = submitted.revisions.newest()
    take_up(newest, user=reviewer)
    assert take_up(newest, user=make_user("second", "Reviewers")).user == reviewer


def test_a_corrected_source_waits_in_every_article_that_uses_it(reviewer, editor):
    for slug in ("a", "b"):
        make_article(slug, slug, body="[@w]", references=[{"key": "w", "source": BOOK}])
    source = Source.objects.get()
    source.set_content(SourceContent.of(BOOK | {"title": "Schwarzer Garten"}))
    record_shared_change(source, author=editor, summary="Title corrected")
    waiting = queue(reviewer)
    assert [one.revision.article.slug for one in waiting] == ["a", "b"]
    assert all(one.shared_only for one in waiting)
    approve(waiting[0].revision, user=reviewer)
    assert [one.revision.article.slug for one in queue(reviewer)] == ["b"]


def test_editors_are_told_what_became_of_their_work(submitted, editor, reviewer):
    return_(submitted.revisions.newest(), user=reviewer, comment="Cite the figure.")
    (notice,) = notices_for(editor)
    assert (notice.kind, notice.who, notice.comment, notice.seen) == ("returned", "reviewer", "Cite the figure.", False)
    mark_seen(editor)
    assert notices_for(editor)[0].seen
    assert notices_for(reviewer) == []


def test_events_in_many_articles_are_found_and_counted_as_those_in_few(editor, reviewer, monkeypatch):
    for slug in ("one", "two", "three"):
        revision = make_article(slug, author=editor, published=False).revisions.newest()
        submit(revision, user=editor)
        return_(revision, user=reviewer, comment=f"Mend {slug}")
    told = [(notice.comment, notice.seen) for notice in notices_for(editor)]
    assert told == [("Mend three", False), ("Mend two", False), ("Mend one", False)]
    assert count_new(editor) == 3
    monkeypatch.setattr("articles.reviewing.notices._FEW", 2)
    assert [(notice.comment, notice.seen) for notice in notices_for(editor)] == told
    assert count_new(editor) == 3
    mark_seen(editor)
    assert count_new(editor) == count_new(reviewer) == 0


def test_watchers_are_told_of_every_change_by_others_since_they_watch(submitted, reviewer, editor):
    edit(submitted, author=editor, summary="Before", body="Earlier.")
    watch(submitted, user=reviewer)
    assert notices_for(reviewer) == []
    edit(submitted, author=editor, summary="Figures", body="Theirs.")
    edit(submitted, author=reviewer, body="Mine.")
    assert [notice.comment for notice in notices_for(reviewer) if notice.kind == "changed"] == ["Figures"]
    watch(submitted, user=reviewer, on=False)
    assert notices_for(reviewer) == []


def test_comments_hang_on_a_change_and_are_resolved_once(submitted, editor, reviewer):
    newest = submitted.revisions.newest()
    comment = add_comment(newest, user=reviewer, text="Who says so?", change="abc", label="Losses, side 2")
    resolve_comment(comment, user=editor)
    resolve_comment(comment, user=reviewer)
    comment.refresh_from_db()
    assert comment.resolved_by == editor
    for text in ("", "x" * 5001):
        with pytest.raises(NotReviewable):
            add_comment(newest, user=reviewer, text=text)
