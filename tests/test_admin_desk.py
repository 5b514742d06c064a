"""The stock admin under our settings, in a real browser: the policy against inline code is kept everywhere."""

import pytest
from django.utils.timezone import now


def test_a_user_logs_in_by_the_form(page, superuser):
    page.goto("/admin/")
    page.fill("[name=username]", "superuser")
    page.fill("[name=password]", "a password of tests")
    page.click("[type=submit]")
    assert page.title().startswith("The desk")


def test_whoever_is_not_signed_in_is_told_where_they_are_and_finds_the_way_out(client, client_of, superuser):
    login = client.get("/admin/login/").content.decode()
    assert "<h1>Log in</h1>" in login
    assert '<a href="/">To the front page</a>' in login
    left = client_of(superuser).post("/admin/logout/").content.decode()
    assert "<h1>Logged out</h1>" in left
    assert '<a href="/">To the front page</a>' in left
    assert "quality time" not in left


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_of_users_is_cut_nowhere(new_page, superuser, sign_in, make_user, width):
    user = make_user("maximilian.von-und-zu-hohenstein", "Administrators", "Editors", "Reviewers")
    user.first_name, user.last_name = "Maximilian Alexander", "von und zu Hohenstein-Bärenfels"
    user.email, user.last_login = "maximilian.hohenstein@historisches-institut.example.org", now()
    user.save()
    page = new_page(viewport={"width": width, "height": 844})
    sign_in(page, superuser)
    page.goto("/admin/auth/user/")
    assert page.locator("#result_list tbody tr").count() == 2
    assert page.evaluate(
        """() => [...document.querySelectorAll("#result_list :is(td, th), .results, #changelist")].every((one) =>
        one.scrollWidth <= one.clientWidth + 1 && one.getBoundingClientRect().right <= innerWidth)"""
    )
    row = page.locator("#result_list tbody tr", has_text="maximilian").inner_text()
    assert all(word in row for word in ("Bärenfels", "institut.example.org", "Administrators", "active"))


@pytest.mark.parametrize("address", ["", "articles/article/", "password_change/", "password_change/done/"])
def test_nothing_keeps_a_page_that_names_who_is_there(client_of, editor, address):
    assert "no-store" in client_of(editor).get(f"/admin/{address}")["Cache-Control"]


@pytest.mark.parametrize("address", ["", "auth/user/", "auth/user/add/", "auth/group/add/", "password_change/"])
def test_the_stock_pages_break_no_policy(page, superuser, sign_in, address):
    sign_in(page, superuser)
    response = page.goto(f"/admin/{address}")
    assert response.status == 200
    assert "unsafe-inline" not in response.headers["content-security-policy"]
    page.wait_for_load_state("networkidle")
