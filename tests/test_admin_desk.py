"""The stock admin under our settings, in a real browser: the policy against inline code is kept everywhere."""

import pytest


def test_a_user_logs_in_by_the_form(page, superuser):
    page.goto("/admin/")
    page.fill("[name=username]", "superuser")
    page.fill("[name=password]", "a password of tests")
    page.click("[type=submit]")
    assert page.title().startswith("The desk")


@pytest.mark.parametrize("address", ["", "auth/user/", "auth/user/add/", "auth/group/add/", "password_change/"])
def test_the_stock_pages_break_no_policy(page, superuser, sign_in, address):
    sign_in(page, superuser)
    response = page.goto(f"/admin/{address}")
    assert response.status == 200
    assert "unsafe-inline" not in response.headers["content-security-policy"]
    page.wait_for_load_state("networkidle")
