"""A former publication can be kept from readers, and shown to them again."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.models import ReviewEvent
from articles.reviewing import NotReviewable, hide, show

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
SLUG = "battle-of-kalbajar"
OLD = f"/articles/{SLUG}/revisions/1/"


@pytest.fixture
def article():
    article = make_article(body="A slander.")
    edit(article, body="A fact.", published=True)
    edit(article, body="Another fact.", published=True)
    return article


def test_readers_find_it_nowhere_and_staff_do(article, client, client_of, editor):
    public = (OLD, f"{OLD}?format=json", f"/articles/{SLUG}/compare/1/2/", f"/articles/{SLUG}/cite/?revision=1")
    assert [client.get(address).status_code for address in public] == [200] * 4
    hide(article.revisions.get(number=1), user=None, reason="A slander, said the court")
    assert [client.get(address).status_code for address in public] == [404] * 4
    assert "this version of it is no longer shown" in client.get(OLD).content.decode()
    history = client.get(f"/articles/{SLUG}/history/").content.decode()
    assert 'data-number="2"' in history
    assert 'data-number="1"' not in history
    feed = client.get(reverse("changes_feed")).content.decode()
    assert "revisions/2/" in feed
    assert "revisions/1/" not in feed
    staff = client_of(editor)
    page = staff.get(OLD).content.decode()
    assert "A slander." in page
    assert "It is hidden from readers since" in page
    assert "said the court" in page
    assert 'data-state="hidden"' in staff.get(f"/articles/{SLUG}/history/").content.decode()
    assert client.get(f"/articles/{SLUG}/").status_code == 200


def test_it_is_shown_again(article, client):
    first = article.revisions.get(number=1)
    assert show(first, user=None, reason="") is None
    hide(first, user=None, reason="A slander")
    assert hide(first, user=None, reason="Twice") is None
    show(first, user=None, reason="It was none")
    assert client.get(OLD).status_code == 200
    hide(first, user=None, reason="It was one")
    assert client.get(OLD).status_code == 404
    assert list(ReviewEvent.objects.filter(revision=first).order_by("id").values_list("kind", flat=True))[-3:] == [
        "hidden", "shown", "hidden"]  # fmt: skip


def test_what_readers_see_or_never_saw_is_not_hidden(article):
    newest = article.revisions.newest()
    with pytest.raises(NotReviewable, match="withdraw the article"):
        hide(newest, user=None, reason="Court")
    draft = edit(article, body="A draft.")
    with pytest.raises(NotReviewable, match="never published"):
        hide(draft, user=None, reason="Court")
    with pytest.raises(NotReviewable, match="Say why"):
        hide(article.revisions.get(number=1), user=None, reason=" ")


def test_only_who_may_remove_text_hides(article, reviewer, administrator):
    first = article.revisions.get(number=1)
    for verb in (hide, show):
        with pytest.raises(PermissionDenied):
            verb(first, user=reviewer, reason="Court")
    assert hide(first, user=administrator, reason="Court").user == administrator


def test_the_command_says_what_it_did(article, client, editor):
    def run(*arguments):
        said = StringIO()
        call_command("hiderevision", *arguments, stdout=said)
        return said.getvalue().strip()

    assert run(SLUG, "1", "--reason", "Court") == f"Revision 1 of {SLUG} is hidden from readers."
    assert run(SLUG, "1", "--reason", "Court") == f"Revision 1 of {SLUG} was hidden already."
    assert client.get(OLD).status_code == 404
    assert run(SLUG, "1", "--show") == f"Revision 1 of {SLUG} is shown to readers again."
    assert client.get(OLD).status_code == 200
    for arguments, words in (
        (("nowhere", "1"), "No article"),
        ((SLUG, "9"), "no revision 9; the newest is 3"),
        ((SLUG, "3", "--reason", "Court"), "last publication"),
        ((SLUG, "1", "--reason", "Court", "--user", editor.username), "does not allow"),
    ):
        with pytest.raises(CommandError, match=words):
            run(*arguments)


def test_a_slug_of_hidden_publications_alone_leads_nowhere(client):
    article = make_article("john-doe-the-traitor", "John Doe", body="A slander.")
    make_article("other", "Other", body="See [[john-doe-the-traitor]].")
    edit(article, slug="john-doe", body="A fact.", published=True)
    first = article.revisions.get(number=1)
    old = [f"/articles/john-doe-the-traitor{end}" for end in ("/", ".json", "/history/", "/cite/", "/report/")]
    linking = '<a href="/articles/john-doe/"'
    for act, status, links in ((hide, 404, 0), (show, 301, 1)):
        act(first, user=None, reason="Court")
        assert [client.get(address).status_code for address in old] == [status] * len(old)
        assert client.get("/articles/other/").content.decode().count(linking) == links
