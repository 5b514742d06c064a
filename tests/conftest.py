"""What every test may use: the site's settings made quick, a user of each role, an article, and a real browser."""

import os
import shutil
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from hypothesis import HealthCheck, settings as hypothesis_settings
from playwright.sync_api import expect, sync_playwright

from articles.models.append_only import drop_triggers

from .making import content, record
from .requests_in_flight import Requests

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 20_000
"""Milliseconds until something that does not come counts as missing, on the busiest machine."""

# No deadline: a busy machine is no mistake of ours. In CI the same examples every time.
hypothesis_settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("ci", parent=hypothesis_settings.get_profile("desk"), derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_collection_modifyitems(items):
    """Mark what needs a browser, and skip what needs PostgreSQL where the database is another."""
    on_postgres = site.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("postgres") and not on_postgres:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL"))


# --- The site ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Give every run a database file of its own: two runs in one checkout do not meet."""
    database = site.DATABASES["default"]
    if database["ENGINE"] == "kalbajar_site.sqlite":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _quick_site(tmp_path_factory):
    """Static files without hashes (nothing is collected), media in a temporary place, a cheap password hash."""
    storages = site.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        DATA_DIR=tmp_path_factory.mktemp("data"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def requests_in_flight():
    return Requests()


@pytest.fixture(autouse=True)
def _flush_passes_triggers(request, requests_in_flight):
    """Let the database be emptied after a test that commits; the triggers come back by post_migrate."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"live_server", "transactional_db"} & set(request.fixturenames)
    if not (commits or (marker and (marker.kwargs.get("transaction") or any(marker.args[:1])))):
        yield
        return
    # Asked for here, so that it ends after us.
    request.getfixturevalue("transactional_db")
    requests_in_flight.open()
    yield
    requests_in_flight.close()
    drop_triggers(connection)


@pytest.fixture
def empty_database(db):
    """Return settings of the environment by which other processes take an empty database of this run's kind.

    SQLite makes one in the folder of their ``DATA_DIR``: no settings.
    """
    if connection.vendor != "postgresql":
        yield {}
        return
    known = connection.settings_dict
    name = f"{known['NAME']}_of_others"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    password = f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else ""
    address = f"{known['USER']}{password}@{known['HOST']}:{known['PORT']}"
    yield {"DATABASE_URL": f"postgres://{address}/{name}"}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


# --- Users ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def make_user(db):
    """Return a function that makes a user who may enter the admin: ``make_user("ada", "Editors")``."""

    def make(username, *groups, **fields):
        user = User.objects.create_user(username, password="a password of tests", **{"is_staff": True} | fields)
        user.groups.set(Group.objects.filter(name__in=groups))
        return user

    return make


@pytest.fixture
def editor(make_user):
    return make_user("editor", "Editors")


@pytest.fixture
def reviewer(make_user):
    return make_user("reviewer", "Reviewers")


@pytest.fixture
def administrator(make_user):
    return make_user("administrator", "Administrators")


@pytest.fixture
def superuser(make_user):
    return make_user("superuser", is_superuser=True)


@pytest.fixture
def view_only(make_user):
    """Staff who may look at everything of ``articles`` and change nothing."""
    user = make_user("view_only")
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="articles", codename__startswith="view_")
    )
    return user


@pytest.fixture
def client_of():
    """Return a function that gives a logged-in client: ``client_of(editor)``."""

    def log_in(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def desk(client_of, editor):
    """A client of an editor; tests in a browser have a page for it."""
    return client_of(editor)


@pytest.fixture
def article(db):
    """A draft with something in every list but figures."""
    return record(None, content()).article


# --- A real browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, started once."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    # Playwright's synchronous interface keeps an event loop running in this thread, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live_server):
    """Return a function that opens an empty page: ``new_page(color_scheme="dark", java_script_enabled=False)``.

    Addresses are relative to the test's server. A script error or a breach of the Content-Security-Policy on any page
    fails the test.
    """
    contexts, complaints = [], []

    def note(message):
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_page(**options):
        options = {"viewport": {"width": 1280, "height": 900}} | options
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        context.on("console", note)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """An empty page, 1280 wide; the server is ``live_server``."""
    return new_page()


@pytest.fixture
def sign_in(client_of, live_server):
    """Return a function that logs a user into a page's browser context: ``sign_in(page, editor)``."""

    def sign_in(page, user):
        session = client_of(user).cookies[site.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return sign_in


@pytest.fixture
def axe():
    """Return a function that gives axe-core's violations on a page, one line for each with the elements it means."""

    def violations(page):
        # It would put a copy of the stylesheets into the page, which the Content-Security-Policy forbids.
        found = Axe().run(page, options={"preload": False}).response["violations"]
        return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]

    return violations
