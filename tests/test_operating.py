"""When something around the site fails: what readers get, and what those who watch it are told."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.management.commands import serve
from articles.models import Article, RenderedPage
from articles.views import health
from kalbajar_site.static_files import StaticFilesMiddleware

from .articles_for_tests import make_article
from .desk import form_fields

pytestmark = pytest.mark.django_db
PAGE = "/articles/battle-of-kalbajar/"
RESTART = "was taken away or replaced; restart the site"


def _failing(words, *kinds):
    """Return a wrapper in which statements that begin with one of ``kinds`` fail as a database does."""

    def execute(run, sql, params, many, context):
        if sql.lstrip().upper().startswith(kinds):
            raise OperationalError(words)
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


# --- Readers ---


def test_readers_get_an_outdated_page_though_it_cannot_be_stored(client):
    make_article(title="Battle of Kalbajar")
    RenderedPage.objects.update(release="an older one", html="old")
    with _failing("database or disk is full", "INSERT", "UPDATE", "DELETE"):
        response = client.get(PAGE)
    assert response.status_code == 200
    assert "Battle of Kalbajar</h1>" in response.content.decode()
    assert RenderedPage.objects.get().html == "old"


def test_readers_are_asked_to_come_again_while_the_database_does_not_answer():
    client = Client(raise_request_exception=False)
    with _failing("server closed the connection", "SELECT"):
        response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "The site is being looked after" in response.content.decode()


@contextmanager
def _held(article):
    """Let another connection hold the row of ``article``, for a minute at most, and see that it did."""
    held, done = Event(), Event()

    def hold():
        with transaction.atomic():
            Article.objects.select_for_update().get(pk=article.pk)
            held.set()
            done.wait(60)
        connection.close()

    with ThreadPoolExecutor() as threads:
        holding = threads.submit(hold)
        held.wait(20)
        try:
            yield
            assert not holding.done()
        finally:
            done.set()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks of rows")
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_long_for_a_row_that_somebody_holds(make_user):
    article = make_article()
    client = Client(raise_request_exception=False)
    client.force_login(make_user("editor", "Editors"))
    with _held(article):
        address = reverse("admin:articles_article_change", args=[article.pk])
        fields = form_fields(client.get(address))
        response = client.post(address, fields | {"body": "Changed."})
        assert response.status_code == 503
        assert "Changed." in response.content.decode()  # the form, as it was sent


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks of rows")
@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_keeps_no_other_file_out(tmp_path, capsys):
    held, other = make_article(), make_article(slug="other", title="Other")
    for article in (held, other):
        call_command("dumparticle", article.slug, to=str(tmp_path))
    files = sorted(tmp_path.glob("*.json"))
    for file in files:
        file.write_text(file.read_text().replace("A battle.", "Another battle."))
    with _held(held), pytest.raises(SystemExit):
        call_command("loadarticle", *map(str, files))
    assert "not loaded, the database says: " in capsys.readouterr().out
    assert [one.revisions.count() for one in (held, other)] == [1, 2]


def test_a_mistake_of_ours_is_no_failure_of_the_database(monkeypatch):
    monkeypatch.setattr("articles.views.public.RenderedPage", None)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500


# --- Those who watch ---


@pytest.fixture
def health_says(client):
    def ask():
        response = client.get("/health/")
        return response.status_code, response.content.decode()

    return ask


def test_the_database_that_does_not_answer_is_told(health_says):
    assert health_says() == (200, "ok")
    with _failing("server closed the connection", "SELECT"):
        assert health_says() == (503, "the database does not answer")


def test_a_database_file_that_is_gone_is_told_and_not_made_anew(health_says, tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's file")
    gone = tmp_path / "database.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(gone))
    assert health_says() == (503, "the database file is gone")
    assert not gone.exists()


def test_a_database_file_that_was_replaced_is_told(health_says, tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's file")
    (tmp_path / "database.sqlite3").touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "database.sqlite3"))
    assert health_says() == (503, f"the database file, -wal or -shm {RESTART}")


@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_nothing_is_written_into_a_file_that_was_taken_away(end, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's file")
    place, elsewhere = tmp_path / f"database.sqlite3{end}", tmp_path / "elsewhere"
    ours, later = connection.copy(), connection.copy()
    ours.settings_dict["NAME"] = later.settings_dict["NAME"] = str(tmp_path / "database.sqlite3")

    def write(ours=ours):
        ours.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        ours.commit()
        ours.set_autocommit(True)

    def write_at_once(ours=ours):
        with ours.cursor() as cursor:
            cursor.execute("INSERT INTO one VALUES (1)")

    with ours.cursor() as cursor:
        cursor.execute("CREATE TABLE one (n)")
        # Of a log in which something is, SQLite itself finds that it is another.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    write()
    place.rename(elsewhere)
    for replace in (lambda: None, place.touch):
        replace()
        for attempt in (write, write_at_once):
            with pytest.raises(OperationalError, match=RESTART):
                attempt()
        if end:
            # Another thread's, which shares the locks and the log of the first whatever lies in their place.
            for attempt in (write, write_at_once):
                with pytest.raises(OperationalError, match=RESTART):
                    attempt(later)
    later.close()
    elsewhere.rename(place)
    write()
    write_at_once()
    ours.close()


def test_a_full_disk_and_a_lost_folder_are_told(health_says, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(health, "_ROOM", 2**62)
    assert health_says() == (503, "the disk is full")
    settings.DATA_DIR = tmp_path / "nothing"
    assert health_says() == (503, "the data directory is gone")


def test_a_disk_of_the_pictures_that_takes_none_is_told(health_says, monkeypatch, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert health_says() == (503, "the folder of the pictures cannot be written")
    settings.MEDIA_ROOT = tmp_path / "not made yet"
    assert health_says() == (200, "ok")
    usage = shutil.disk_usage
    full = usage(tmp_path)._replace(free=0)
    monkeypatch.setattr("shutil.disk_usage", lambda path: full if path == tmp_path else usage(path))
    assert health_says() == (503, "the disk of the pictures is full")

    def failing(folder):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(health, "nearest", failing)
    assert health_says() == (503, "the folder of the pictures cannot be looked at")


def test_a_missing_migration_is_told_and_one_of_a_newer_release_is_not_ours(health_says, monkeypatch):
    ours = health.known_migrations()
    assert ("articles", "0001_initial") in ours
    monkeypatch.setattr(health, "known_migrations", lambda: ours | {("articles", "9999_next")})
    assert health_says() == (503, "migrations are missing")


# --- The server ---


def test_files_of_a_newer_release_are_found(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    serve_static = StaticFilesMiddleware(lambda request: None)
    (tmp_path / "css").mkdir()
    for name in ("css/site.0123456789ab.css", "css/site.css"):
        (tmp_path / name).write_text("new")
    found = serve_static(RequestFactory().get("/static/css/site.0123456789ab.css"))
    assert (found.status_code, b"".join(found.streaming_content)) == (200, b"new")
    for other in ("css/site.css", "css/site.000000000000.css", "../secret.0123456789ab.key"):
        assert serve_static(RequestFactory().get(f"/static/{other}")) is None


def test_what_is_missing_at_the_start_is_said_in_a_sentence(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(CommandError, match="Run: python manage"):
        serve.refuse_missing_static_files()
    with _failing("file is not a database", "SELECT"), pytest.raises(CommandError, match="file is not a database"):
        serve.refuse_dead_database()
    settings.HOST = "192.0.2.1"
    with pytest.raises(CommandError, match="HOST must be an address of this machine"):
        serve.refuse_taken_port()


# --- The log ---


def test_who_comes_in_and_who_does_not_is_logged_by_key_and_address(client, superuser, caplog):
    caplog.set_level("INFO", "security")
    for name, word in (("superuser", "wrong"), ("a password by mistake", "x"), ("superuser", "a password of tests")):
        client.post("/admin/login/", {"username": name, "password": word}, REMOTE_ADDR="192.0.2.7")
    told = [(one.message, one.user, one.address) for one in caplog.records if one.name == "security"]
    assert told == [
        ("sign-in failed", superuser.pk, "192.0.2.7"),
        ("sign-in failed", None, "192.0.2.7"),
        ("signed in", superuser.pk, "192.0.2.7"),
    ]
    assert "by mistake" not in caplog.text
