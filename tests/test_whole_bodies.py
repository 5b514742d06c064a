"""A post of which a part is missing does nothing, wherever it broke off."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from articles.models import Revision, Source, Stash
from articles.revisions import newest_content
from kalbajar_site.concurrency_limit import ConcurrencyLimit
from kalbajar_site.whole_bodies import WholeBodies

from .articles_for_tests import make_article
from .desk import change_address, open_form

FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


class BrokenLine(BytesIO):
    """A body of which reading the end fails."""

    def read(self, size=-1):
        data = super().read(size)
        if len(data) < size:
            raise ConnectionResetError
        return data


def post(client, address, body, length, content_type=FORM):
    """Send ``body`` to the site as its server does, announced as ``length`` bytes; return status and answer."""
    environ = client._base_environ(
        REQUEST_METHOD="POST", PATH_INFO=address, CONTENT_TYPE=content_type, CONTENT_LENGTH=str(length),
        HTTP_REFERER="http://testserver/",
    ) | {"wsgi.input": body if hasattr(body, "read") else BytesIO(body)}  # fmt: skip
    # The test's connection, with its open transaction, is kept as Django's own test client keeps it.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    told = []
    site = WholeBodies(ConcurrencyLimit(WSGIHandler()))
    answer = site(environ, lambda status, headers, error=None: told.append(int(status.split()[0])))
    text = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return told[0], text


@pytest.fixture
def article():
    return make_article("a", body="Written before.")


def filled(desk, article, more=""):
    return urlencode(open_form(desk, article) | {"body": f"Written now.{more}", "_save": "Save"}).encode()


@pytest.mark.parametrize("more", ["", "x" * 2**20], ids=["small", "large"])
@pytest.mark.parametrize("body", [BytesIO, BrokenLine])
def test_a_form_that_broke_off_records_nothing(desk, article, more, body):
    whole = filled(desk, article, more)
    for end in (len(whole) - 1, whole.index(b"Written+now") + 3, len(whole) // 2, 0):
        status, _ = post(desk, change_address(article), body(whole[:end]), len(whole))
        assert status == 400
    assert (Revision.objects.count(), Stash.objects.count()) == (1, 0)
    assert newest_content(article).body == "Written before."


def test_a_whole_form_is_recorded(desk, article):
    whole = filled(desk, article)
    assert post(desk, change_address(article), whole + b"&body=more+than+was+announced", len(whole))[0] == 302
    assert newest_content(article).body == "Written now."


def test_a_file_that_broke_off_is_not_stored(desk):
    head = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nA book\r\n'
    whole = head + b"--x--\r\n"
    for end in (len(head), len(head) - 5, 10):
        status, _ = post(
            desk, "/admin/articles/source/add/", whole[:end], len(whole), "multipart/form-data; boundary=x"
        )
        assert status == 400
    assert not Source.objects.exists()


def test_what_broke_off_is_said(desk, article):
    status, said = post(desk, change_address(article), b"body=", 100)
    assert (status, said) == (400, b"The connection broke off before all was sent; nothing was done with it.\n")


@pytest.mark.filterwarnings("ignore:No directory at")
def test_the_site_is_served_so():
    from kalbajar_site.wsgi import application

    assert isinstance(application._application, WholeBodies)
