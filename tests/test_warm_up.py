"""What is made ready before the workers are forked, in a process of its own: in this one everything is warm already."""

import json

import pytest

from .commands_for_tests import manage

TRIAL = """
import json, sys
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from kalbajar_site.warm_up import warm_up
from kalbajar_site.wsgi import application

said = []
class Note:
    def execute(self, execute, sql, params, many, context):
        said.append(sql)
        return execute(sql, params, many, context)
chief = User.objects.create_superuser("chief")
with connection.execute_wrapper(Note().execute):
    answers = warm_up(application)
left_open = connection.connection is not None
known = set(sys.modules)
client, desk = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
desk.force_login(chief)
known |= {name for name in sys.modules if name.startswith("django.contrib.sessions")}
page = "/articles/battle-of-kalbajar/"
for address in ("/", page, page + "history/", page + "compare/1/1/", "/search/?q=kalbajar", "/articles/nowhere/"):
    client.get(address)
for address in ("/admin/", "/admin/articles/article/", "/admin/articles/article/1/change/", "/admin/articles/source/"):
    assert desk.get(address).status_code == 200
imported = sorted(name for name in set(sys.modules) - known if name.startswith(("articles", "django", "kalbajar_site")))
print(json.dumps({"answers": answers, "said": said, "open": left_open, "imported": imported}))
"""

DRAFT_BETWEEN = """
from django.contrib.auth.models import User
from articles.models import Article
from articles.publishing import publish
from tests.making import content, record

chief = User.objects.create_superuser("chief")
publish(record(None, content()), user=chief)
article = Article.objects.get()
record(article, content(body="A draft.[^spelling][@hrw]"))
publish(record(article, content(body="It is finished.[^spelling][@hrw]")), user=chief)
"""

UNREADABLE = """
from django.db import connection
from articles.models import Source
from articles.models.append_only import triggers_lifted

versions = Source.history.model
with triggers_lifted(connection, versions), connection.cursor() as cursor:
    cursor.execute(f"UPDATE {versions._meta.db_table} SET csl = 'lost'")
"""

ANSWERS = """
import json
from kalbajar_site.warm_up import warm_up
from kalbajar_site.wsgi import application

print(json.dumps(warm_up(application)))
"""


def _manage(folder, *command, **variables):
    done = manage(folder, *command, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _shell(folder, program, **variables):
    """Return the last line that a program in the site's shell says."""
    said = _manage(folder, "shell", "--no-imports", "--verbosity=0", "-c", program, **variables)
    return (said.splitlines() or [""])[-1]


@pytest.fixture(scope="module")
def warmed(tmp_path_factory):
    """Return what was found in a process that warmed itself up on the demo."""
    folder = tmp_path_factory.mktemp("warm")
    _manage(folder, "migrate", "--verbosity=0")
    _manage(folder, "collectstatic", "--noinput", "--verbosity=0")
    _manage(folder, "loaddemo")
    return json.loads(_shell(folder, TRIAL))


def test_every_kind_of_page_is_made_once(warmed):
    statuses = warmed["answers"]
    assert set(statuses.values()) == {200}
    assert {"/", "/admin/login/", "/search/"} < set(statuses)
    assert any(address.endswith("/history/") for address in statuses)
    assert any("/compare/" in address for address in statuses)


def test_the_first_visitors_wait_for_no_module(warmed):
    assert warmed["imported"] == []


def test_nothing_is_written_and_no_connection_is_left_to_the_workers(warmed):
    assert warmed["said"]
    assert not [one for one in warmed["said"] if one.split()[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE")]
    assert not warmed["open"]


def test_two_publications_are_compared_and_a_source_that_cannot_be_read_stops_nothing(tmp_path):
    _manage(tmp_path, "migrate", "--verbosity=0")
    _manage(tmp_path, "collectstatic", "--noinput", "--verbosity=0")
    _shell(tmp_path, DRAFT_BETWEEN)
    answers = json.loads(_shell(tmp_path, ANSWERS))
    assert answers["/articles/battle-of-kalbajar/compare/1/3/"] == 200
    assert set(answers.values()) == {200}
    _shell(tmp_path, UNREADABLE)
    assert _shell(tmp_path, ANSWERS) == "{}"


def test_a_site_without_articles_and_one_without_a_database_are_served_all_the_same(tmp_path):
    _manage(tmp_path, "migrate", "--verbosity=0")
    _manage(tmp_path, "collectstatic", "--noinput", "--verbosity=0")
    answers = json.loads(_shell(tmp_path, ANSWERS))
    assert answers["/"] == 200
    away = "postgres://nobody@127.0.0.1:1/nothing"
    assert _shell(tmp_path, ANSWERS, DATABASE_URL=away) == "{}"
