"""``loaddemo``: accounts and articles on an empty site, once, whatever happened in between."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from articles.management.commands import loaddemo
from articles.models import Article, RenderedPage

pytestmark = pytest.mark.django_db


def load():
    out = StringIO()
    call_command("loaddemo", stdout=out)
    return out.getvalue()


def printed_passwords(output):
    return dict(line.split() for line in output.splitlines() if line.startswith("  "))


def test_an_empty_site_gets_published_articles_and_three_accounts():
    passwords = printed_passwords(load())
    assert RenderedPage.objects.filter(slug="battle-of-kalbajar").exists()
    assert RenderedPage.objects.count() == Article.objects.count() == len(list(loaddemo.ARTICLES.glob("*.json")))
    for username, group in loaddemo.ACCOUNTS.items():
        user = User.objects.get(username=username)
        assert user.is_staff
        assert user.is_superuser is (username == "admin")
        assert user.check_password(passwords[username])
        assert [one.name for one in user.groups.all()] == [group]
    assert len(set(passwords.values())) == 3


def test_one_password_for_all_can_be_set(settings):
    settings.DEMO_PASSWORD = "for a trial"
    load()
    assert all(user.check_password("for a trial") for user in User.objects.all())


def test_the_second_time_nothing_happens():
    load()
    before = list(User.objects.values_list("password"))
    assert load() == ""
    assert list(User.objects.values_list("password")) == before


def test_a_site_with_anything_of_its_own_is_left_alone(editor):
    assert load() == ""
    assert Article.objects.count() == 0
    assert User.objects.count() == 1


def test_a_demo_that_was_interrupted_is_finished(monkeypatch):
    files = sorted(loaddemo.ARTICLES.glob("*.json"))

    def interrupted(self):
        call_command("loadarticle", str(files[0]), publish=True, user="admin", stdout=StringIO())
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loaddemo.Command, "load_articles", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert not any(user.check_password("") or user.has_usable_password() for user in User.objects.all())
    assert set(printed_passwords(load())) == set(loaddemo.ACCOUNTS)
    assert RenderedPage.objects.count() == len(files)
    first = RenderedPage.objects.order_by("publication__id").first()
    assert first.publication.revision.number == 1


def test_a_file_that_is_refused_is_told_and_gives_nobody_a_password(monkeypatch, tmp_path):
    (tmp_path / "broken.json").write_text('{"format": "kalbajar.article/1"}')
    monkeypatch.setattr(loaddemo, "ARTICLES", tmp_path)
    errors = StringIO()
    with pytest.raises(SystemExit):
        call_command("loaddemo", stdout=StringIO(), stderr=errors)
    assert "broken.json" in errors.getvalue()
    assert not any(user.has_usable_password() for user in User.objects.all())
