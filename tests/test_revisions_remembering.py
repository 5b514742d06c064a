"""What is remembered of revisions is what they are."""

import pytest
from django.db import transaction

from articles.revisions import content_at, difference, remembered_content

from .articles_for_tests import edit, make_article


@pytest.mark.django_db(transaction=True)
def test_a_revision_is_read_once_and_stays_what_it_is():
    article = make_article(body="One.")
    first = article.revisions.newest()
    assert remembered_content(first) is remembered_content(article.revisions.get(number=1))
    second = edit(article, body="Two.")
    assert remembered_content(second).body == "Two."
    assert remembered_content(first) == content_at(first)
    assert difference(first, second) is difference(first, second)
    assert difference(second, first).words == difference(first, second).words[::-1]


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_takes_back_is_not_remembered():
    article = make_article(body="One.")
    with transaction.atomic():
        gone = edit(article, body="Two.")
        assert remembered_content(gone).body == "Two."
        transaction.set_rollback(True)
    again = edit(article, body="Three.")
    assert (again.number, remembered_content(again).body) == (gone.number, "Three.")


@pytest.mark.django_db(transaction=True)
def test_no_more_is_remembered_than_there_is_room_for():
    article = make_article(body="0")
    for number in range(1, 20):
        edit(article, body=str(number))
    revisions = list(article.revisions.order_by("number"))
    assert [remembered_content(one).body for one in revisions] == [str(number) for number in range(20)]
    assert [remembered_content(one).body for one in reversed(revisions)] == [str(number) for number in range(20)][::-1]
