"""Settings from the environment, and the secret key."""

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from kalbajar_site import environment

from .commands_for_tests import ROOT, manage


@pytest.fixture
def settings_with(tmp_path):
    """Return a function that gives settings as a fresh process sees them: ``settings_with("DEBUG", PORT="1")``."""

    def read(*names, **variables):
        wanted = ", ".join(f"{name!r}: getattr(settings, {name!r}, None)" for name in names)
        program = f"from django.conf import settings; import json; print(json.dumps({{{wanted}}}, default=str))"
        done = manage(tmp_path, "shell", "--no-imports", "--verbosity=0", "-c", program, **variables)
        if done.returncode:
            raise ImproperlyConfigured(done.stderr)
        return json.loads(done.stdout)

    return read


# --- Settings ---------------------------------------------------------------------------------------------------------


def test_without_any_variable_the_site_works_on_one_machine(settings_with, tmp_path):
    found = settings_with("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "SECURE", "REVIEW_OWN_WORK", "DATABASES", "PROXIES")
    assert found["DEBUG"] is found["SECURE"] is found["REVIEW_OWN_WORK"] is False
    assert found["SITE_URL"] == "http://127.0.0.1:8000"
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["PROXIES"] == 0
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "database.sqlite3")


def test_a_site_with_a_name_answers_to_it(settings_with):
    found = settings_with("SITE_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", SITE_URL="https://battles.example.org/")
    assert found["SITE_URL"] == "https://battles.example.org"
    assert "battles.example.org" in found["ALLOWED_HOSTS"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://battles.example.org"]


def test_named_hosts_and_origins_replace_the_defaults(settings_with):
    found = settings_with(
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        ALLOWED_HOSTS="a.example, b.example",
        CSRF_TRUSTED_ORIGINS="https://c.example",
    )
    assert found == {"ALLOWED_HOSTS": ["a.example", "b.example"], "CSRF_TRUSTED_ORIGINS": ["https://c.example"]}


def test_behind_https_cookies_and_redirects_are_secure_and_one_proxy_is_believed(settings_with):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "PROXIES"]
    assert settings_with(*names, SECURE="1") == dict.fromkeys(names[:3], True) | {"PROXIES": 1}


def test_postgresql_comes_by_url(settings_with):
    database = settings_with("DATABASES", DATABASE_URL="postgres://ada:p%40ss@db.example:5433/battles")["DATABASES"]
    found = database["default"]
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("ada", "p@ss", "db.example", 5433)


@pytest.mark.parametrize("name", ["no #1", "what?", "100%20 Kəlbəcər"])
def test_the_database_lies_in_its_folder_whatever_the_name_of_that(name, tmp_path):
    program = "from django.db import connection; connection.ensure_connection()"
    done = manage(tmp_path / name, "shell", "--no-imports", "--verbosity=0", "-c", program)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name / "database.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_another_sqlite_file_by_url_is_set_up_for_a_server_too(settings_with, tmp_path):
    found = settings_with("DATABASES", DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3")["DATABASES"]["default"]
    assert found["NAME"] == f"{tmp_path}/other.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("HOST", "[::1]"),
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "1" * 5000),
        ("PAGES_MIB", "٣"),
        ("SITE_URL", "battles.example.org"),
        ("SITE_URL", "https://example.org/battles"),
        ("CSRF_TRUSTED_ORIGINS", "https://a.example,https://a/b"),
        ("CACHE_URL", "redis://h:port"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "smtp://localhost:abc"),
        ("WEB_CONCURRENCY", "abc"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", b"\xff" * 40),
        ("ALLOWED_HOSTS", "https://battles.example.org"),
        ("DATABASE_URL", "mysql://u:p@localhost/site"),
        ("DATABASE_URL", "postgres://u:p@localhost:abc/site"),
        ("DATABASE_URL", "postgres://"),
        ("DATA_DIR", "/dev/null/site"),
        ("EMAIL_FROM", "@@"),
        ("LANGUAGE_CODE", "klingon"),
        ("LANGUAGE_CODE", "zh-cn"),
        ("LANGUAGE_CODE", "en_US.UTF-8"),
    ],
)
def test_a_mistyped_variable_stops_the_start_and_is_named(settings_with, name, value):
    with pytest.raises(ImproperlyConfigured, match=rf"^Wrong setting: .*{name}"):
        settings_with("DEBUG", **{name: value})


@pytest.mark.parametrize(
    ("read", "values"),
    [
        (lambda: environment.host("NAMED", ""), ["http://x", "::zz", "a b", "h:80", "*"]),
        (
            lambda: environment.origin("NAMED", ""),
            ["https://[::1", "https://a:port", "https://a:99999", "https://a b", "https://u:p@h", "https://a?b", "//a"],
        ),
        (lambda: environment.origins("NAMED"), ["https://", "https://[::1", "ftp://x", "a.example", "https://a.*.b"]),
        (lambda: environment.database("NAMED", ROOT), ["sqlite:///relative.db", "sqlite://", "postgres://u@h"]),
        (lambda: environment.folder("NAMED", ROOT), ["~/site", "~"]),
        (lambda: environment.sender("NAMED", ""), ["a b", "a@b, c@d", "a@b\nBcc: c@d", "A <a>"]),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_the_variable(read, values, monkeypatch):
    for value in values:
        monkeypatch.setenv("NAMED", value)
        with pytest.raises(ImproperlyConfigured, match=r"^NAMED\b") as refusal:
            read()
        assert "u:p" not in str(refusal.value)


def test_addresses_of_every_kind_are_taken(settings_with):
    given = {"HOST": "::1", "EMAIL_FROM": "The desk <desk@localhost>"}
    given["CSRF_TRUSTED_ORIGINS"] = "https://*.a.example/ http://[::1]:80"
    found = settings_with("SITE_URL", "CSRF_TRUSTED_ORIGINS", "DEFAULT_FROM_EMAIL", **given)
    assert found == {
        "SITE_URL": "http://[::1]:8000",
        "CSRF_TRUSTED_ORIGINS": ["https://*.a.example", "http://[::1]:80"],
        "DEFAULT_FROM_EMAIL": "The desk <desk@localhost>",
    }
    assert settings_with("HOST", HOST="fe80::1%eth0") == {"HOST": "fe80::1%eth0"}


def test_the_cache_is_in_the_process_or_in_redis():
    assert environment.cache("")["BACKEND"].endswith("LocMemCache")
    for url in ("redis://localhost:6379/1", "rediss://:word@[::1]", "unix:///run/redis", "redis://a,redis://b"):
        assert environment.cache(url)["LOCATION"] == url


def test_a_cache_that_could_only_fail_later_is_refused_without_its_password():
    host = "redis://127.0.0.1"
    for url in (f"{host}/0?foo=bar", f"{host}/0?socket_timeout=abc", f"{host}:99999/0", "redis://[::1", "unix://",
                "memcached://localhost", "redis://:se#cret@h"):  # fmt: skip
        with pytest.raises(ImproperlyConfigured, match=r"^CACHE_URL must") as refusal:
            environment.cache(url)
        assert ":se" not in str(refusal.value)


@pytest.mark.parametrize("url", ["smtp://[::1", "smtp://localhost:0", "smtp://"])
def test_a_mail_server_that_is_none_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL must"):
        environment.mail(url)


def test_mail_is_sent_only_where_a_server_is_named():
    assert environment.mail("")["EMAIL_HOST"] == ""
    found = environment.mail("smtp+tls://ada:p%40ss@mail.example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == ("mail.example.org", 587, "p@ss")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
    assert environment.mail("smtps://mail.example.org:4650")["EMAIL_PORT"] == 4650


@pytest.mark.django_db
def test_sqlite_is_set_up_for_a_server():
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("the database is not SQLite")
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "mmap_size")
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone() for name in pragmas}
    assert found.pop("mmap_size") in {None, (0,)}
    assert found == {"journal_mode": ("wal",), "synchronous": (2,), "foreign_keys": (1,), "busy_timeout": (20000,)}
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.is_in_memory_db() is False


# --- Secret key -------------------------------------------------------------------------------------------------------


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "secret_key"
    key = environment.secret_key(path)
    assert len(key) >= 50
    assert environment.secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_processes_that_start_together_get_one_secret_key(tmp_path):
    program = (
        "import sys, pathlib; from kalbajar_site.environment import secret_key;"
        "sys.stdin.read(); print(secret_key(pathlib.Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "secret_key")]
    starts = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    with ThreadPoolExecutor(len(starts)) as pool:
        keys = set(pool.map(lambda process: process.communicate("")[0].strip(), starts))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50


@pytest.mark.parametrize("half", ["", "\n", "abc"])
def test_half_a_secret_key_is_told_at_the_start_with_the_way_out(half, tmp_path):
    path = tmp_path / "secret_key"
    path.write_text(half)
    done = manage(tmp_path, "serve")
    assert done.returncode == 1
    assert f"The secret key in {path} is empty or too short. Remove the file" in done.stderr
    assert "Traceback" not in done.stderr
    path.unlink()
    assert manage(tmp_path, "check").returncode == 0
