"""Two reviewers at once, each with a connection of their own: one publication, and both are told what became of it."""

from functools import partial

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.models import Publication, ReviewEvent
from articles.reviewing import protect, state, submit

from .articles_for_tests import edit, make_article
from .at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(editor):
    """Return the second revision of an article, by the editor, submitted."""
    revision = edit(make_article(body="One."), author=editor, body="Two.")
    submit(revision, user=editor)
    return revision


@pytest.fixture
def reviewers(make_user):
    """Return clients of two reviewers."""
    clients = [Client(), Client()]
    for client, name in zip(clients, ("ada", "grace"), strict=True):
        client.force_login(make_user(name, "Reviewers"))
    return clients


def press(client, verb, revision, **data):
    """Post a verb and return what the page says then."""
    address = reverse(verb, args=[revision.article.public_slug(), revision.number])
    answer = client.post(address, data)
    assert answer.status_code == 302
    return " ".join(message.message for message in get_messages(answer.wsgi_request))


def approve_at_once(reviewers, revision):
    return at_once(*(partial(press, client, "approve", revision) for client in reviewers))


def test_of_two_who_approve_at_once_one_publishes_and_the_other_is_told(waiting, reviewers):
    told = sorted((one.partition(" <a")[0] for one in approve_at_once(reviewers, waiting)), key=len)
    publication = Publication.objects.get(revision=waiting)
    assert told[0] == "Revision 2 is published."
    assert told[1] == f"{publication.user.username} published revision 2 before you; there was nothing left to do."
    kinds = list(waiting.review_events.order_by("id").values_list("kind", flat=True))
    assert kinds == ["submitted", "approved", "published"]


def test_two_approvals_of_a_protected_article_at_once_publish_it_once(waiting, reviewers, administrator):
    protect(waiting.article, user=administrator)
    told = approve_at_once(reviewers, waiting)
    assert sorted(one.startswith("Your approval is recorded") for one in told) == [False, True]
    assert Publication.objects.filter(revision=waiting).count() == 1
    approved = ReviewEvent.objects.filter(revision=waiting, kind=ReviewEvent.APPROVED)
    assert sorted(approved.values_list("user__username", flat=True)) == ["ada", "grace"]


def test_of_an_approval_and_a_return_at_once_the_later_one_is_the_state(waiting, reviewers):
    ada, grace = reviewers
    at_once(partial(press, ada, "approve", waiting), partial(press, grace, "return", waiting, comment="Cite it."))
    published = Publication.objects.filter(revision=waiting).exists()
    last = waiting.review_events.order_by("-id").values_list("kind", flat=True)[0]
    assert last == ("published" if published else "returned")
    assert state(waiting.article) == last


def test_articles_that_name_each_other_and_are_approved_at_once_lead_to_each_other(editor, make_user):
    count, rounds = 6, 4
    links = " ".join(f"[[Battle {other} of round {number}]]" for other in range(count) for number in range(rounds))
    articles = [make_article(f"battle-{one}", f"Battle {one}", links, published=False) for one in range(count)]
    clients = [Client() for _ in articles]
    for number, client in enumerate(clients):
        client.force_login(make_user(f"reviewer {number}", "Reviewers"))
    for number in range(rounds):
        revisions = [edit(article, author=editor, title=f"Battle {one} of round {number}")
                     for one, article in enumerate(articles)]  # fmt: skip
        for revision in revisions:
            submit(revision, user=editor)
        jobs = (partial(press, *pressed) for pressed in zip(clients, ["approve"] * count, revisions, strict=True))
        told = list(map(str, at_once(*jobs)))
        assert [one for one in told if f"Revision {number + 2} is published." not in one] == []
        for one in range(count):
            page = Client().get(f"/articles/battle-{one}/").content.decode()
            others = {f'href="/articles/battle-{other}/"' for other in range(count) if other != one}
            assert [address for address in others if address not in page] == []
