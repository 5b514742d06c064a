"""Publishing: what readers see is what was reviewed, and everything public follows it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import DraftProblem, Publication, RenderedPage, ReviewEvent, Source
from articles.publishing import NotPublishable, publish, reinstate, withdraw
from articles.revisions import record_revision, record_shared_change

from .articles_for_tests import content, edit, make_article
from .making import figure, picture

pytestmark = pytest.mark.django_db

BOOK = {"type": "book", "title": "Black Garden", "author": [{"family": "de Waal", "given": "Thomas"}]}


def page(article):
    return RenderedPage.objects.get(article=article)


def test_a_publication_keeps_its_content_whatever_is_recorded_later(client):
    article = make_article(body="First text.")
    edit(article, body="Second text.", title="Another title")
    answer = client.get("/articles/battle-of-kalbajar/").content.decode()
    assert "First text." in answer
    assert "Second text." not in answer
    assert "Another title" not in client.get("/").content.decode()


def test_publishing_what_is_published_does_nothing():
    article = make_article()
    first = Publication.objects.get()
    assert publish(article.revisions.newest(), user=None) == first
    assert Publication.objects.count() == 1
    assert ReviewEvent.objects.filter(kind="published").count() == 1


@pytest.mark.parametrize(
    ("body", "place"),
    [("Wrong.[@nowhere]", "body:1:7"), ("Wrong.[^nowhere]", "body:1:7"), ("![[nowhere]]", "body:1:1")],
)
def test_an_article_with_an_error_cannot_be_published(body, place):
    article = make_article(body=body, published=False)
    with pytest.raises(NotPublishable) as refusal:
        publish(article.revisions.newest(), user=None)
    assert [problem.place for problem in refusal.value.problems] == [place]
    assert not Publication.objects.exists()
    assert not ReviewEvent.objects.exists()


def test_an_older_revision_than_the_published_one_is_refused():
    article = make_article()
    edit(article, body="Newer.", published=True)
    with pytest.raises(NotPublishable, match="newer"):
        publish(article.revisions.get(number=1), user=None)


def test_editors_do_not_publish(editor):
    article = make_article(published=False)
    with pytest.raises(PermissionDenied):
        publish(article.revisions.newest(), user=editor)
    assert not ReviewEvent.objects.exists()


def test_nobody_approves_own_work_but_superusers(reviewer, superuser, settings):
    mine = make_article(author=reviewer, published=False)
    with pytest.raises(PermissionDenied, match="own work"):
        publish(mine.revisions.newest(), user=reviewer)
    edit(mine, body="A correction by somebody else.")
    with pytest.raises(PermissionDenied, match="own work"):
        publish(mine.revisions.newest(), user=reviewer)
    settings.REVIEW_OWN_WORK = True
    publish(mine.revisions.newest(), user=reviewer)
    assert ReviewEvent.objects.get(kind="approved").own_work
    settings.REVIEW_OWN_WORK = False
    own = edit(mine, body="The superuser's.", author=superuser)
    publish(own, user=superuser)
    assert ReviewEvent.objects.filter(kind="approved").order_by("-id")[0].own_work


def test_others_work_is_approved_without_exception(editor, reviewer):
    article = make_article(author=editor, published=False)
    publish(article.revisions.newest(), user=reviewer)
    assert not ReviewEvent.objects.get(kind="approved").own_work


def test_a_link_leads_on_as_soon_as_its_target_is_published(client):
    battle = make_article(body="See [[Capture of Lachin]].")
    assert "/articles/capture-of-lachin/" not in client.get("/articles/battle-of-kalbajar/").content.decode()
    make_article("capture-of-lachin", "Capture of Lachin")
    assert page(battle).outdated
    assert 'href="/articles/capture-of-lachin/"' in client.get("/articles/battle-of-kalbajar/").content.decode()
    assert not page(battle).outdated


def test_pages_that_name_nothing_of_it_are_left_alone():
    battle = make_article()
    make_article("capture-of-lachin", "Capture of Lachin")
    assert not page(battle).outdated


def test_renaming_the_parent_reaches_its_battles(client):
    war = make_article("the-war", "The War")
    make_article(part_of="the-war", infobox={"kind": "military-conflict"}, event_date="1993")
    edit(war, title="The First War", published=True)
    assert "The First War" in client.get("/articles/battle-of-kalbajar/").content.decode()


def test_a_new_slug_in_a_draft_moves_nothing_and_publication_redirects(client):
    article = make_article()
    edit(article, slug="kalbajar-1993")
    assert client.get("/articles/battle-of-kalbajar/").status_code == 200
    assert client.get("/articles/kalbajar-1993/").status_code == 404
    publish(article.revisions.newest(), user=None)
    moved = client.get("/articles/battle-of-kalbajar/")
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (
        301, "/articles/kalbajar-1993/", "no-cache"
    )  # fmt: skip
    below = client.get("/articles/battle-of-kalbajar/history/")
    assert (below.status_code, below["Location"]) == (301, "/articles/kalbajar-1993/history/")


def test_a_withdrawn_article_is_nowhere_and_comes_back_as_it_was(client, superuser):
    article = make_article(body="Text.", names=[{"name": "Kəlbəcər döyüşü", "language": "az"}])
    other = make_article("other", "Other", body="[[Battle of Kalbajar]]")
    edit(article, body="Draft.")
    withdraw(article, user=superuser, comment="Doubts.")
    for address in ("/articles/battle-of-kalbajar/", "/articles/battle-of-kalbajar.json",
                    "/articles/battle-of-kalbajar/history/", "/articles/battle-of-kalbajar/revisions/1/",
                    "/articles/Kəlbəcər döyüşü/"):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert "/articles/battle-of-kalbajar/" not in client.get("/articles/other/").content.decode()
    with pytest.raises(NotPublishable, match="reinstate"):
        publish(article.revisions.newest(), user=superuser)
    reinstate(article, user=superuser)
    assert "Text." in client.get("/articles/battle-of-kalbajar/").content.decode()
    assert page(other).outdated


def test_a_corrected_source_moves_no_public_page(client):
    make_article(body="Text.[@w]", references=[{"key": "w", "source": BOOK}])
    before = client.get("/articles/battle-of-kalbajar/").content
    source = Source.objects.get()
    source.set_content(type(source.content).of(BOOK | {"title": "Schwarzer Garten"}))
    record_shared_change(source, author=None)
    assert client.get("/articles/battle-of-kalbajar/").content == before
    assert "Black Garden" in client.get(f"/sources/{source.pk}/").content.decode()


def test_the_page_is_finished_and_reading_it_takes_one_query(client, django_assert_num_queries):
    make_article()
    client.get("/articles/battle-of-kalbajar/")
    with django_assert_num_queries(1):
        answer = client.get("/articles/battle-of-kalbajar/")
    again = client.get("/articles/battle-of-kalbajar/", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"


def test_a_failed_publication_leaves_nothing(monkeypatch):
    article = make_article()
    revision = edit(article, body="New.")

    def fail(*args):
        raise RuntimeError("power cut")

    monkeypatch.setattr("articles.pages.store_page", fail)
    with pytest.raises(RuntimeError):
        publish(revision, user=None)
    assert Publication.objects.count() == 1
    assert ReviewEvent.objects.filter(revision=revision).count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_logged(caplog):
    caplog.set_level("INFO", "security")
    article = make_article(published=False)
    with transaction.atomic():
        publish(article.revisions.newest(), user=None)
        transaction.set_rollback(True)
    assert not [one for one in caplog.records if one.name == "security"]
    publish(article.revisions.newest(), user=None)
    assert [one.message for one in caplog.records if one.name == "security"] == ["published"]


def test_a_second_article_may_share_a_name_and_gets_a_list(client):
    make_article("kalbajar-town", "Kalbajar", published=True)
    record = record_revision(None, content("kalbajar-district", "Kalbajar"), base=0, author=None, summary="")
    publish(record, user=None)
    answer = client.get("/articles/Kalbajar/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "/articles/kalbajar-town/" in text
    assert "/articles/kalbajar-district/" in text


@pytest.mark.parametrize("lacks", ["alt", "credit", "licence"])
def test_a_person_publishes_no_picture_without_its_words_and_a_load_only_warns(superuser, lacks):
    words = {} if lacks == "alt" else {lacks: ""}
    picture("a", **words)
    revision = record_revision(
        None, content(figures=[figure("a", **words, **({"alt": ""} if lacks == "alt" else {}))], body="![[map-a]]"),
        base=0, author=None, summary="",
    )  # fmt: skip
    with pytest.raises(NotPublishable) as refused:
        publish(revision, user=superuser)
    assert [one.kind for one in refused.value.problems] == [f"missing_{lacks}"]
    assert not Publication.objects.exists()
    assert publish(revision, user=superuser, commanded=True)


def test_a_picture_s_words_are_mended_at_the_image(superuser):
    image = picture("a", licence="")
    article = make_article(figures=[figure("a", licence="")], body="![[map-a]]", published=False)
    counted = DraftProblem.objects.filter(article=article, kind="missing_licence")
    assert counted.get().count == 1
    image.licence = "CC0 1.0"
    (revision,) = record_shared_change(image, author=None)
    assert not counted.exists()
    assert publish(revision, user=superuser)
