"""Accounts at the desk: an Administrator adds editors, and nobody gets further than those who let them in."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from .desk import form_fields

pytestmark = pytest.mark.django_db

ADD = "/admin/auth/user/add/"
PASSWORD = "tolerably long words"


def permission(codename):
    return Permission.objects.get(codename=codename)


def address(thing, what="change"):
    kind = "group" if isinstance(thing, Group) else "user"
    if what == "password":
        return reverse("admin:auth_user_password_change", args=[thing.pk])
    return reverse(f"admin:auth_{kind}_{what}", args=[thing.pk])


def posted(client, user, **changes):
    """Open the form of an account and post it with ``changes``; a value None takes a tick away."""
    fields = form_fields(client.get(address(user)), "user_form") | changes
    return client.post(address(user), {name: value for name, value in fields.items() if value is not None})


def groups(*names):
    return [str(pk) for pk in Group.objects.filter(name__in=names).values_list("pk", flat=True)]


@pytest.fixture
def desk(administrator, client_of):
    return client_of(administrator)


@pytest.fixture
def stronger(make_user):
    """An account that may do one thing more than an Administrator, and is no superuser."""
    user = make_user("stronger", "Editors")
    user.user_permissions.add(permission("delete_user"))
    return user


# --- What an Administrator does ---------------------------------------------------------------------------------------


def test_an_editor_is_added_by_name_password_and_group(desk, client):
    response = desk.post(
        ADD, {"username": "ada", "password1": PASSWORD, "password2": PASSWORD, "groups": groups("Editors")}
    )
    assert response.status_code == 302
    ada = User.objects.get(username="ada")
    assert (ada.is_staff, ada.is_superuser, [group.name for group in ada.groups.all()]) == (True, False, ["Editors"])
    client.post("/admin/login/", {"username": "ada", "password": PASSWORD})
    assert client.get("/admin/articles/article/").status_code == 200


def test_an_account_without_a_group_stays_outside(desk):
    desk.post(ADD, {"username": "ada", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.get(username="ada").is_staff


@pytest.mark.parametrize(
    ("password", "again"),
    [("", ""), ("short", "short"), ("123456789012345", "123456789012345"), (PASSWORD, "something else entirely")],
)
def test_a_weak_or_missing_password_is_refused(desk, password, again):
    assert desk.post(ADD, {"username": "ada", "password1": password, "password2": again}).status_code == 200
    assert not User.objects.filter(username="ada").exists()


@pytest.mark.parametrize("name", ["A\x1bda", "A\nda", "\u202eadA", "A\u2066da", "A\ufdd0da"])
def test_names_that_hide_or_turn_round_what_stands_beside_them_are_refused(desk, client_of, superuser, editor, name):
    for field in ("first_name", "last_name"):
        response = posted(desk, editor, **{field: name})
        assert re.search(r"Contains .+; remove it\.", str(response.context["errors"]))
    editor.refresh_from_db()
    assert editor.get_full_name().isprintable()
    data = {"username": name, "password1": PASSWORD, "password2": PASSWORD}
    assert desk.post(ADD, data).status_code == 200
    response = client_of(superuser).post(reverse("admin:auth_group_add"), {"name": name})
    assert "remove it" in str(response.context["errors"])
    assert not Group.objects.filter(name=name).exists()


def test_names_of_every_script_are_taken(desk, editor):
    assert posted(desk, editor, first_name="Նժդեհ", last_name="O’Brien-Ülkü").status_code == 302
    editor.refresh_from_db()
    assert editor.get_full_name() == "Նժդեհ O’Brien-Ülkü"


def test_an_account_is_deactivated_and_never_deleted(desk, editor, client_of, superuser):
    assert posted(desk, editor, groups=groups("Editors"), is_active=None).status_code == 302
    editor.refresh_from_db()
    assert not editor.is_active
    for client in (desk, client_of(superuser)):
        assert client.post(address(editor, "delete"), {"post": "yes"}).status_code == 403
        client.post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [editor.pk], "post": "yes"})
    assert User.objects.filter(pk=editor.pk).exists()


def test_a_group_brings_the_door_with_it(desk, make_user):
    user = make_user("ada", is_staff=False)
    posted(desk, user, groups=groups("Reviewers"))
    user.refresh_from_db()
    assert user.is_staff
    assert user.has_perm("articles.review_article")


def test_passwords_of_others_are_reset(desk, editor):
    data = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "set-password": "1"}
    assert desk.post(address(editor, "password"), data).status_code == 302
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_password_is_there_and_no_more_is_told_of_it(desk, editor):
    page = desk.get(address(editor)).content.decode()
    assert "<strong>Password set</strong>" in page
    assert "algorithm" not in page
    editor.set_unusable_password()
    editor.save()
    assert "No password set." in desk.get(address(editor)).content.decode()


def test_lists_are_called_by_what_is_in_them_and_accounts_in_no_group_are_found(desk, editor, client_of, superuser):
    assert desk.get("/admin/auth/group/").context["title"] == "Groups"
    page = desk.get("/admin/auth/user/")
    assert page.context["title"] == "Users"
    assert '<a href="?groups__isnull=True">in none</a>' in page.content.decode()
    for query, found in (({"groups__isnull": "True"}, False), ({"groups__id__exact": groups("Editors")[0]}, True)):
        listed = desk.get("/admin/auth/user/", query)
        assert (listed.status_code, editor in listed.context["cl"].result_list) == (200, found)


def test_single_permissions_are_folded_away_and_only_superusers_have_them(desk, client_of, superuser, editor):
    page = client_of(superuser).get(address(editor)).content.decode()
    assert "user_permissions" in page.split("<details")[1]
    assert "<details" not in desk.get(address(editor)).content.decode()


def test_what_a_group_may_do_is_read_by_kinds_of_things(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = desk.get(address(Group.objects.get(name="Reviewers"))).content.decode()
    assert "<li>article: add, change, view, approve, return, publish" in page
    assert "<li>source: add, change, view</li>" in page
    assert "Encyclopedia |" not in page
    mine = Group.objects.create(name="Mine")
    assert 'name="permissions"' in desk.get(address(mine)).content.decode()


def test_changes_of_roles_are_logged(desk, editor, administrator, caplog, django_capture_on_commit_callbacks):
    with caplog.at_level("INFO", "security"), django_capture_on_commit_callbacks(execute=True):
        posted(desk, editor, groups=groups("Editors", "Reviewers"))
    (line,) = [one for one in caplog.records if one.name == "security"]
    assert (line.account, line.user, line.groups_added, line.groups_removed) == (
        editor.pk, administrator.pk, ["Reviewers"], []
    )  # fmt: skip


# --- What an Administrator does not get -------------------------------------------------------------------------------


def everything():
    return {
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "user_permissions": [str(one.pk) for one in Permission.objects.all()],
    }


@pytest.mark.parametrize("whose", ["administrator", "editor"])
def test_nobody_is_made_a_superuser_or_given_single_permissions(desk, whose, request):
    user = request.getfixturevalue(whose)
    posted(desk, user, groups=groups("Editors", "Administrators"), **everything())
    user = User.objects.get(pk=user.pk)
    assert not user.is_superuser
    assert not user.user_permissions.exists()
    assert not user.has_perm("auth.delete_user")


def test_a_new_account_is_no_superuser(desk):
    data = {"username": "ada", "password1": PASSWORD, "password2": PASSWORD, "groups": groups("Editors")}
    desk.post(ADD, data | everything())
    ada = User.objects.get(username="ada")
    assert (ada.is_superuser, ada.user_permissions.count()) == (False, 0)


@pytest.mark.parametrize("whose", ["superuser", "stronger"])
@pytest.mark.parametrize("active", [True, False])
def test_accounts_that_may_more_are_not_taken_over(desk, whose, active, request):
    user = request.getfixturevalue(whose)
    User.objects.filter(pk=user.pk).update(is_active=active)
    before = User.objects.filter(pk=user.pk).values().get()
    data = {"username": "taken", "email": "me@example.org", "is_active": "on", "groups": groups("Editors")}
    assert desk.post(address(user), data).status_code == 403
    data = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "set-password": "1"}
    assert desk.post(address(user, "password"), data).status_code == 403
    assert desk.get(address(user, "password")).status_code == 403
    page = desk.get(address(user))
    assert page.status_code == 200
    assert b"password/" not in page.content.replace(b"/admin/password_change/", b"")
    assert User.objects.filter(pk=user.pk).values().get() == before


def test_groups_beyond_ones_own_rights_are_not_given(desk, editor):
    beyond = Group.objects.create(name="Beyond")
    beyond.permissions.set([permission("view_article"), permission("delete_user")])
    response = posted(desk, editor, groups=groups("Editors", "Beyond"))
    assert response.status_code == 200
    assert "Beyond" not in response.content.decode().replace("groups", "")
    data = {"username": "ada", "password1": PASSWORD, "password2": PASSWORD, "groups": groups("Beyond")}
    assert desk.post(ADD, data).status_code == 200
    assert not User.objects.filter(groups=beyond).exists()


def test_groups_are_not_filled_with_rights_that_one_lacks(desk):
    mine = Group.objects.create(name="Mine")
    for where in (address(mine), "/admin/auth/group/add/"):
        response = desk.post(where, {"name": "New", "permissions": [permission("delete_user").pk]})
        assert response.status_code == 200
        assert list(response.context["adminform"].form.errors) == ["permissions"]
    assert not Group.objects.filter(permissions__codename="delete_user").exists()
    held = {"name": "Mine", "permissions": [permission("view_article").pk]}
    assert desk.post(address(mine), held).status_code == 302


def test_groups_beyond_ones_own_rights_are_not_changed(desk):
    beyond = Group.objects.create(name="Beyond")
    beyond.permissions.set([permission("delete_user")])
    assert desk.post(address(beyond), {"name": "Mine", "permissions": []}).status_code == 403


def test_the_groups_of_the_program_are_only_shown(desk, client_of, superuser):
    for client in (desk, client_of(superuser)):
        for group in Group.objects.all():
            assert client.get(address(group)).status_code == 200
            assert client.post(address(group), {"name": "x", "permissions": []}).status_code == 403
            assert client.post(address(group, "delete"), {"post": "yes"}).status_code == 403


def test_a_superuser_still_may(client_of, superuser, editor):
    desk = client_of(superuser)
    posted(desk, editor, groups=groups("Editors"), is_superuser="on", user_permissions=[permission("delete_user").pk])
    assert User.objects.get(pk=editor.pk).is_superuser
    assert editor.user_permissions.count() == 1


@pytest.mark.parametrize("name", ["is_active", "is_superuser"])
def test_nobody_locks_themselves_out(client_of, superuser, name):
    response = posted(client_of(superuser), superuser, **{name: None})
    assert response.status_code == 200
    assert getattr(User.objects.get(pk=superuser.pk), name)


@pytest.mark.parametrize("role", ["editor", "reviewer", "view_only"])
def test_others_do_not_come_near_accounts(client_of, request, administrator, role):
    client = client_of(request.getfixturevalue(role))
    for where in ("/admin/auth/user/", ADD, address(administrator), address(administrator, "password")):
        assert client.get(where).status_code == 403
        assert client.post(where, {"username": "x"}).status_code == 403


def test_a_history_in_which_nothing_happened_says_so_and_no_more(desk, editor):
    html = desk.get(address(editor, "history")).content.decode()
    assert "Nothing was changed here yet." in html
    assert "doesn’t have a change history" not in html
    posted(desk, editor, first_name="Ani")
    html = desk.get(address(editor, "history")).content.decode()
    assert "Nothing was changed" not in html
    assert "Changed First name." in html


@pytest.mark.django_db(transaction=True)
def test_names_of_permissions_have_the_width_of_the_page(new_page, sign_in, superuser, editor, live_server):
    page = new_page(viewport={"width": 1280, "height": 800})
    sign_in(page, superuser)
    page.goto(address(editor))
    page.get_by_text("More", exact=True).click()
    boxes = [page.locator(name).bounding_box()["width"] for name in (".selector-available", ".selector-chosen")]
    assert min(boxes) > 400
