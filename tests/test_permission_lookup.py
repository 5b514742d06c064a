"""Permissions are asked for once, and what is found is what Django finds."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalbajar_site.permission_lookup import PermissionLookup

pytestmark = pytest.mark.django_db
ASKED = ("articles.view_article", "articles.review_article", "articles.protect_article", "articles.nothing")


def made(**facts):
    """Return a new user as a request has it: read from the database."""
    return get_user_model().objects.get(pk=get_user_model().objects.create_user(**facts).pk)


def by_django(user):
    """Return what Django alone finds."""
    return ModelBackend().get_all_permissions(get_user_model().objects.get(pk=user.pk))


@pytest.mark.parametrize("groups", [[], ["Editors"], ["Reviewers"], ["Editors", "Administrators"]])
@pytest.mark.parametrize("own", [[], ["protect_article"]])
def test_what_is_looked_up_is_what_django_finds(groups, own):
    made(username="another").user_permissions.set(Permission.objects.all())
    user = made(username="somebody")
    user.groups.set(Group.objects.filter(name__in=groups))
    user.user_permissions.set(Permission.objects.filter(codename__in=own))

    answers = {name: user.has_perm(name) for name in ASKED}

    assert user._perm_cache == by_django(user)
    assert answers == {name: name in by_django(user) for name in ASKED}


def test_many_questions_are_one_query():
    user = made(username="somebody")
    user.groups.set(Group.objects.filter(name="Editors"))
    with CaptureQueriesContext(connection) as queries:
        for name in ASKED:
            user.has_perm(name)
        assert user.has_module_perms("articles")
        assert not user.has_module_perms("axes")
    assert len(queries) == 1


@pytest.mark.parametrize("is_superuser", [True, False])
def test_who_is_not_active_may_nothing(is_superuser):
    user = made(username="somebody", is_active=False, is_superuser=is_superuser)
    user.user_permissions.set(Permission.objects.all())
    assert not user.has_perm(ASKED[0])
    assert not user.has_module_perms("articles")


def test_a_superuser_may_all_and_nothing_less_is_remembered():
    user = made(username="chief", is_superuser=True)
    assert not PermissionLookup().has_perm(user, ASKED[0])
    assert not PermissionLookup().has_module_perms(user, "articles")
    assert all(user.has_perm(name) for name in ASKED)
    assert ModelBackend().has_perm(user, ASKED[0])


def test_nobody_and_things_are_left_to_django():
    assert not AnonymousUser().has_perm(ASKED[0])
    user = made(username="somebody")
    user.user_permissions.set(Permission.objects.all())
    assert not user.has_perm(ASKED[0], user)
    assert user.has_perm(ASKED[0])


def test_it_lets_nobody_in(client):
    made(username="somebody", password="Of the pass 1993", is_staff=True)
    assert PermissionLookup().authenticate(None) is None
    sent = {"username": "somebody", "password": "another word"}
    client.post("/admin/login/", sent)
    assert "_auth_user_id" not in client.session
    client.post("/admin/login/", sent | {"password": "Of the pass 1993"})
    assert client.session["_auth_user_backend"] == "django.contrib.auth.backends.ModelBackend"
