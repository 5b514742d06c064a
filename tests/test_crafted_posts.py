"""Posts that no page of ours offers: every verb and form, by every role that may not, with fields of every role."""

from itertools import product

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from articles.models import Article, Publication, ReviewEvent, Revision, Source
from articles.publishing import withdraw
from articles.reviewing import protect, submit

from .articles_for_tests import edit, make_article
from .desk import change_address, form_fields

pytestmark = pytest.mark.django_db
BOOK = {"type": "book", "title": "Black Garden"}
EVERYTHING = {
    "_publish": "1", "_approve": "1", "_submit": "1", "approve": "1", "publish": "1", "action": "approve",
    "comment": "crafted", "text": "crafted", "user": "1", "author": "1", "own_work": "False", "is_superuser": "on",
    "is_staff": "on", "is_active": "on", "groups": ["1", "2", "3"], "user_permissions": ["1", "2"], "state": "draft",
    "protected": "0", "published_number": "2", "commanded": "1", "only_newest": "", "created": "1999-01-01",
}  # fmt: skip
FIELDS = [{}, {"comment": "crafted"}, EVERYTHING, EVERYTHING | {"_method": "PUT", "csrfmiddlewaretoken": "x"}]
VERBS = ["approve", "return", "restore", "take_up", "submit", "comment"]
OF_ARTICLE = ["withdraw", "reinstate", "protect"]
MAY = {
    "stranger": set(), "no_rights": set(), "view_only": set(),
    "editor": {"submit", "restore", "comment"},
    "reviewer": {"submit", "restore", "comment", "return", "take_up", "withdraw", "reinstate"},
}  # fmt: skip
"""What the roles may do with these articles; nobody approves own work, and both wrote here."""


@pytest.fixture
def world(make_user, editor, reviewer, superuser):
    """Articles in four states, with pending work of the editor and of the reviewer in each that has any."""
    articles = {}
    for state in ("published", "draft", "protected", "withdrawn"):
        article = make_article(state, state.title(), body="Text.[@w]", published=state != "draft",
                               references=[{"key": "w", "source": BOOK}])  # fmt: skip
        edit(article, author=editor, body="The editor's.[@w]")
        submit(edit(article, author=reviewer, body="The reviewer's.[@w]"), user=reviewer)
        articles[state] = article
    protect(articles["protected"], user=superuser)
    withdraw(articles["withdrawn"], user=superuser, comment="Doubts.")
    return articles


@pytest.fixture
def enter(client_of, client, make_user, request):
    def log_in(role):
        if role == "stranger":
            return client
        return client_of(make_user("no_rights") if role == "no_rights" else request.getfixturevalue(role))

    return log_in


def facts():
    """Return all that a crafted post must not move."""
    return {
        "publications": list(Publication.objects.values_list("pk", "revision")),
        "events": list(ReviewEvent.objects.values_list("pk", "kind", "user", "own_work")),
        "revisions": list(Revision.objects.values_list("pk", "author", "created")),
        "pages": list(Article.objects.filter(page__isnull=False).values_list("pk", "page__publication")),
        "users": list(User.objects.values_list("pk", "is_superuser", "is_staff", "is_active", "password")),
        "groups": list(User.groups.through.objects.values_list("user", "group")),
        "permissions": list(User.user_permissions.through.objects.values_list("user", "permission")),
        "of groups": list(Group.permissions.through.objects.values_list("group", "permission")),
        "known": Permission.objects.count(),
        "sources": list(Source.objects.values_list("pk", "digest")),
    }


@pytest.mark.parametrize("role", MAY)
def test_no_verb_does_anything_for_who_may_not(enter, world, role):
    client, before, sent = enter(role), facts(), 0
    for article, fields in product(world.values(), FIELDS):
        slug, newest = article.public_slug(), article.revisions.newest().number
        for verb in VERBS + OF_ARTICLE:
            if verb in MAY[role]:
                continue
            arguments = [slug] if verb in OF_ARTICLE else [slug, newest]
            answer = client.post(reverse(verb, args=arguments), fields)
            assert answer.status_code in (302, 403, 404), (role, verb, slug)
            sent += 1
        keys = {"revision": [str(article.revisions.newest().pk)]}
        assert client.post(reverse("approve_together"), fields | keys).status_code in (302, 403)
        sent += 1
    assert facts() == before
    assert sent >= 40


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_no_field_of_the_form_publishes_own_work_or_makes_another_its_author(enter, world, role, request):
    client, user, sent = enter(role), request.getfixturevalue(role), 0
    for article, extra in product(world.values(), ({}, EVERYTHING)):
        before = facts()
        for button in ("_publish", "_approve", "_submit", "_continue"):
            fields = form_fields(client.get(change_address(article)))
            fields |= {"body": f"Crafted {sent}.[@w]", button: "1"} | extra
            assert client.post(change_address(article), fields).status_code == 302
            sent += 1
        after = facts()
        for name in ("publications", "pages", "users", "groups", "permissions", "of groups"):
            assert after[name] == before[name], name
        made = after["revisions"][: len(after["revisions"]) - len(before["revisions"])]
        assert {author for _, author, _ in made} == {user.pk}
        assert {kind for _, kind, *_ in set(after["events"]) - set(before["events"])} <= {"submitted"}
    assert sent == 32


@pytest.mark.parametrize("role", MAY)
def test_no_account_is_made_or_raised(enter, world, role, request):
    client, before = enter(role), facts()
    own = User.objects.filter(username=role).first() or User.objects.first()
    for name, arguments in (("auth_user_add", []), ("auth_user_change", [own.pk]), ("auth_group_add", []),
                            ("auth_group_change", [1]), ("auth_user_password_change", [own.pk])):  # fmt: skip
        for fields in (*FIELDS, {"username": "crafted", "password1": "a long one!", "password2": "a long one!",
                                 "name": "Crafted", "permissions": ["1"]} | EVERYTHING):  # fmt: skip
            status = client.post(reverse(f"admin:{name}", args=arguments), fields).status_code
            assert status in (302, 403), (role, name)
    assert facts() == before


@pytest.mark.parametrize("role", ["view_only", "no_rights"])
def test_no_form_of_the_desk_takes_anything_from_who_may_only_look(enter, world, role):
    client, before = enter(role), facts()
    source = Source.objects.first().pk
    for name, arguments in (
        ("articles_article_add", []), ("articles_article_change", [world["published"].pk]), ("articles_source_add", []),
        ("articles_source_change", [source]), ("articles_image_add", []),
    ):  # fmt: skip
        for fields in FIELDS:
            answer = client.post(reverse(f"admin:{name}", args=arguments), fields | {"title": "Crafted", "body": "x"})
            assert answer.status_code in (302, 403), name
    assert facts() == before
