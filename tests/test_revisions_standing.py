"""How articles stand: kept in every transaction that changes it, equal to what would be made anew."""

import pytest
from django.core.management import call_command

from articles.models import Article, DraftProblem, Source, Standing
from articles.publishing import publish, reinstate, withdraw
from articles.reviewing import approve, protect, return_, state, submit, unprotect

from .making import REPORT, change_source, content, record

pytestmark = pytest.mark.django_db
LINKED = REPORT | {"URL": "https://hrw.org/report"}
ARCHIVED = LINKED | {"custom": {"archive-url": "https://archive.org/hrw"}}


def problems(article):
    return dict(DraftProblem.objects.filter(article=article).values_list("kind", "count"))


def everything():
    """Return all that is kept."""
    kept = list(
        DraftProblem.objects.order_by("article", "kind", "level").values_list("article", "kind", "level", "count")
    )
    return kept, list(Standing.objects.order_by("pk").values())


def test_problems_of_the_newest_revision_are_counted_by_kind(article):
    assert problems(article) == {}
    record(article, content(body="Nobody says so.[@nobody]\n\nNor this.\n\nNor that.[@nothing]"))
    assert problems(article) == {"undefined_reference": 2, "uncited_paragraph": 1, "unused_note": 1,
                                 "unused_reference": 1}  # fmt: skip
    standing = Standing.objects.get(article=article)
    assert (standing.errors, standing.warnings) == (2, 3)
    record(article, content())
    assert problems(article) == {}


def test_links_that_lead_nowhere_yet_are_no_problem_of_the_revision(article):
    record(article, content(body="See [[Aghdam]].[@hrw]"))
    assert "missing_link" not in problems(article)


def test_a_corrected_source_mends_the_count_of_every_article_that_uses_it(article):
    source = Source.objects.get()
    other = record(None, content(slug="other", title="Other")).article
    change_source(source, LINKED)
    assert problems(article)["unarchived_url"] == problems(other)["unarchived_url"] == 1
    change_source(source, ARCHIVED)
    assert "unarchived_url" not in problems(article) | problems(other)
    change_source(source, LINKED)
    kept = everything()
    call_command("remeasure", verbosity=0)
    assert everything() == kept


def test_a_change_made_before_the_source_was_corrected_is_counted_with_the_corrected_source(article):
    change_source(Source.objects.get(), LINKED)
    record(article, content(body="The siege[^spelling] took place.[@hrw]"), base=1)
    assert problems(article) == {"unarchived_url": 1}


def test_the_state_is_the_one_that_the_events_tell(article, editor, reviewer, superuser):
    def check(expected):
        standing = Standing.objects.get(article=article)
        assert (standing.state, standing.newest) == (state(article), article.revisions.newest())
        assert standing.state == expected
        kept = everything()
        call_command("remeasure", verbosity=0)
        assert everything() == kept
        return standing

    check("draft")
    second = record(article, content(body="Second.[@hrw]"), author=editor)
    assert check("draft").writer == editor
    submit(second, user=editor)
    assert check("submitted").submitter == editor
    change_source(Source.objects.get(), LINKED)
    standing = check("submitted")
    assert (standing.writer, standing.correction) == (editor, False)
    third = article.revisions.newest()
    return_(third, user=reviewer, comment="Cite more.")
    assert check("returned").event.comment == "Cite more."
    fourth = record(article, content(body="Fourth.[@hrw]"), author=editor)
    check("draft")
    submit(fourth, user=editor)
    approve(fourth, user=reviewer)
    assert check("published").published_number == 4
    change_source(Source.objects.get(), ARCHIVED)
    assert check("draft").correction
    publish(article.revisions.newest(), user=None)
    assert not check("published").correction
    withdraw(article, user=superuser, comment="Doubts.")
    assert check("withdrawn").published_number is None
    reinstate(article, user=superuser)
    check("published")
    protect(article, user=superuser)
    assert check("published").protected
    unprotect(article, user=superuser)
    assert not check("published").protected


def test_remeasure_makes_what_is_missing_and_can_go_on(capsys):
    first = record(None, content()).article
    second = record(None, content(slug="other", title="Other", body="No source.")).article
    kept = everything()
    DraftProblem.objects.all().delete()
    Standing.objects.all().delete()
    call_command("remeasure", after=first.pk)
    assert set(Standing.objects.values_list("pk", flat=True)) == {second.pk}
    call_command("remeasure", missing=True)
    assert "1 articles measured." in capsys.readouterr().out
    assert everything() == kept
    assert Article.objects.filter(standing=None).count() == 0


def test_an_article_that_was_never_measured_is_not_called_faultless(article):
    DraftProblem.objects.all().delete()
    Standing.objects.all().delete()
    change_source(Source.objects.get(), ARCHIVED)
    assert Standing.objects.get(article=article).errors is None
