"""A deployment: what Django says of it, safety headers, who is locked out, whose address is believed, the log."""

import io
import json
import logging
import sys

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client, RequestFactory, override_settings

from kalbajar_site.log_lines import JsonLines
from kalbajar_site.middleware import ClientAddressMiddleware

from .articles_for_tests import make_article
from .commands_for_tests import manage


def test_django_finds_nothing_to_warn_of_in_a_deployment(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level=WARNING", SECURE="1")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_models_and_migrations_agree(tmp_path):
    done = manage(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("address", "status"), [
    ("/", 200), ("/articles/battle-of-kalbajar/", 200), ("/articles/battle-of-kalbajar.json", 200),
    ("/articles/battle-of-kalbajar/history/", 200), ("/search/?q=a", 200), ("/admin/login/", 200), ("/admin/", 302),
    ("/articles/nothing-here/", 404), ("/admin/nowhere/", 302), ("/health/", 200), ("/robots.txt", 200),
    ("/media/images/nothing.png", 404), ("/static/nothing.css", 404),
])  # fmt: skip
def test_every_response_carries_the_safety_headers(client, db, address, status):
    make_article()
    answer = client.get(address)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_guessing_locks_out_the_pair_of_user_and_address(client, superuser):
    def log_in(address, password):
        form = {"username": "superuser", "password": password}
        return client.post("/admin/login/", form, REMOTE_ADDR=address)

    guesses = [log_in("192.0.2.1", "a wrong password").status_code for _ in range(6)]
    assert guesses == [200] * 5 + [429]
    refused = log_in("192.0.2.3", "a wrong password").content.decode()
    assert "This name and password do not fit." in refused
    locked_out = log_in("192.0.2.1", "a password of tests")
    assert locked_out.status_code == 429
    said = locked_out.content.decode()
    assert "Wait 15 minutes, then log in again." in said
    assert 'href="/admin/login/">To the log-in</a>' in said
    assert log_in("192.0.2.2", "a password of tests").status_code == 302


def test_a_visitor_with_a_whole_network_of_addresses_is_locked_out_as_one(settings, superuser):
    settings.PROXIES = 1
    client = Client()

    def log_in(address, password):
        form = {"username": "superuser", "password": password}
        # As nginx sends it: what the visitor said, and the address that was seen.
        return client.post("/admin/login/", form, headers={"X-Forwarded-For": f"203.0.113.9, {address}"}).status_code

    assert [log_in(f"2001:db8:1:2::{guess}", "a wrong password") for guess in range(6)] == [200] * 5 + [429]
    assert log_in("2001:db8:1:2:ffff::7", "a password of tests") == 429
    assert [log_in("::ffff:192.0.2.1", "a wrong password") for _ in range(6)] == [200] * 5 + [429]
    assert log_in("::ffff:192.0.2.2", "a password of tests") == 302
    assert log_in("2001:db8:1:3::7", "a password of tests") == 302
    assert log_in("no address", "a password of tests") == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_our_outermost_proxy_saw(proxies, forwarded, address):
    with override_settings(PROXIES=proxies):
        seen = ClientAddressMiddleware(lambda request: request.META["REMOTE_ADDR"])
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    with override_settings(PROXIES=proxies):
        assert seen(request) == address


# --- Log --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def logged(monkeypatch):
    """Return a function that gives the lines that Django's loggers wrote in this test."""
    (handler,) = [one for one in logging.getLogger("django").handlers if one.name == "stderr"]
    monkeypatch.setattr(handler, "stream", io.StringIO())
    return lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]


def test_a_log_record_is_one_line_of_json_with_its_fields():
    record = logging.makeLogRecord(
        {"name": "security", "levelname": "INFO", "msg": "published %s", "args": ("x\ny",), "revision": 7}
    )
    line = JsonLines().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert found | {"time": ""} == {
        "time": "",
        "level": "info",
        "logger": "security",
        "message": "published x\ny",
        "revision": 7,
    }


def test_a_database_that_does_not_answer_takes_one_short_line_for_each_request(db, caplog):
    def fail(run, sql, params, many, context):
        raise OperationalError("connection failed: refused\nIs the server running?") from OSError("refused")

    with connection.execute_wrapper(fail):
        assert Client(raise_request_exception=False).get("/").status_code == 503
    (record,) = [one for one in caplog.records if one.name == "django.request"]
    line = JsonLines().format(record)
    assert json.loads(line)["exception"] == "OperationalError: connection failed: refused"
    assert len(line) < 300


def test_a_fault_in_what_the_database_was_asked_is_told_with_its_way(db):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column")
    except DatabaseError:
        record = logging.makeLogRecord({"levelno": logging.ERROR, "exc_info": sys.exc_info()})
    assert "test_deployment.py" in json.loads(JsonLines().format(record))["exception"]


@pytest.mark.parametrize(
    ("asked", "logger"),
    [
        ({"path": "/", "headers": {"Host": "elsewhere.example"}}, "DisallowedHost"),
        ({"path": "/", "headers": {"Host": "_" * 5_000}}, "DisallowedHost"),
        ({"path": "/admin/login/", "data": {f"a{number}": "" for number in range(40_001)}}, "TooManyFieldsSent"),
    ],
    ids=["host", "long host", "fields"],
)
def test_what_strangers_send_and_is_refused_is_a_short_warning(client, db, logged, asked, logger):
    send = client.post if "data" in asked else client.get
    assert send(**asked).status_code in (400, 413)
    lines = logged()
    (line,) = [line for line in lines if line["logger"] == f"django.security.{logger}"]
    assert (line["level"], "exception" in line) == ("warning", False)
    assert len(str(line)) < 500
    assert {one["level"] for one in lines} == {"warning"}


def test_a_fault_that_django_takes_for_a_bad_request_is_an_error_told_with_its_way(client, db, logged):
    def fail(run, sql, params, many, context):
        default_storage.open("../outside.png")

    with connection.execute_wrapper(fail):
        assert client.get("/").status_code == 400
    (line,) = [line for line in logged() if line["logger"] == "django.security.SuspiciousFileOperation"]
    assert line["level"] == "error"
    assert "test_deployment.py" in line["exception"]
