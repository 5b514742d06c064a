"""Published pages as the server gives them: from memory, compressed, and never older than the last publication."""

import gzip
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from wsgiref.util import FileWrapper

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from articles.models import RenderedPage
from articles.publishing import publish, reinstate, withdraw
from kalbajar_site.kept_pages import KeptPages
from kalbajar_site.wsgi import application

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/battle-of-kalbajar/"


class Server:
    """One process of the site: what it keeps is its own."""

    def __init__(self):
        self.ordinary = 0
        handler = WSGIHandler()

        def counted(environ, start_response):
            self.ordinary += 1
            return handler(environ, start_response)

        self._application = KeptPages(counted)

    def ask(self, address=ADDRESS, method="GET", host="localhost", **headers):
        """Return status, headers and body; ``headers`` are named as in the environment."""
        answer = []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": address, "SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_HOST": host,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
        } | headers  # fmt: skip
        parts = self._application(environ, lambda status, headers, error=None: answer.extend((status, headers)))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return int(answer[0].split()[0]), dict(answer[1]), body


@pytest.fixture(autouse=True)
def _one_connection():
    """Keep the test's connection, with its open transaction, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def server():
    return Server()


def elsewhere(verb, *args, **options):
    """Call ``verb`` on a connection of its own, as another process would."""

    def run():
        try:
            return verb(*args, **options)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as one:
        return one.submit(run).result()


def test_what_is_said_to_one_visitor_is_kept_for_nobody(server):
    make_article()
    for host in ("localhost", "127.0.0.1"):
        # A session's key that is too short is taken back by an answer that deletes it.
        for cookie in ({"HTTP_COOKIE": "sessionid=a"}, {"HTTP_COOKIE": "sessionid=a; messages=b"}, {}):
            status, headers, _ = server.ask(host=host, **cookie)
            assert status == 200
            assert "Set-Cookie" not in headers
    assert server.ordinary == 2


def test_the_second_reader_is_answered_from_memory_with_the_same(server):
    make_article()
    first, second = server.ask(), server.ask()
    assert server.ordinary == 1
    assert first == second


def test_a_page_from_memory_says_what_the_ordinary_way_says(server, client):
    make_article()
    server.ask()
    status, headers, body = server.ask()
    ordinary = client.get(ADDRESS)
    assert (status, body) == (200, ordinary.content)
    assert headers.pop("Vary") == "Accept-Encoding"
    expected = dict(ordinary.headers)
    policies = [sorted(one.pop("Content-Security-Policy").split("; ")) for one in (headers, expected)]
    assert policies[0] == policies[1]
    assert headers == expected


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0.0, *", "gzip"),
        ("identity", None),
        ("", None),
        (";;,=,q", None),
    ],
)
def test_the_page_comes_as_the_visitor_can_read_it(server, accepted, encoding):
    make_article()
    plain = server.ask()[2]
    status, headers, body = server.ask(HTTP_ACCEPT_ENCODING=accepted)
    assert (status, headers.get("Content-Encoding"), headers["Vary"]) == (200, encoding, "Accept-Encoding")
    assert headers["Content-Length"] == str(len(body))
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert undo(body) == plain


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
@pytest.mark.parametrize("warm", [True, False])
def test_who_has_the_page_is_told_so(accepted, warm):
    make_article()
    server = Server()
    tag = server.ask(HTTP_ACCEPT_ENCODING=accepted)[1]["ETag"]
    if not warm:
        server = Server()
    for known in (tag, f'"other", {tag}', "*"):
        status, headers, body = server.ask(HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=known)
        assert (status, body, headers["ETag"]) == (304, b"", tag)
        assert headers["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Length" not in headers
    assert server.ask(HTTP_IF_NONE_MATCH='"other"')[0] == 200


def test_what_asks_for_a_certain_version_goes_the_ordinary_way(server):
    make_article()
    server.ask()
    assert server.ask(HTTP_IF_MATCH='"other"')[0] == 412
    assert server.ask(HTTP_IF_UNMODIFIED_SINCE="Mon, 01 Jan 2001 00:00:00 GMT")[0] == 412


def test_hosts_and_methods_are_refused_as_before(server):
    make_article()
    assert [server.ask()[0] for _ in range(2)] == [200, 200]
    assert server.ask(host="evil.example")[0] == 400
    assert server.ask(host="evil.example")[0] == 400
    assert server.ask(method="POST")[0] == 403
    assert server.ask(method="BREW")[0] == 403
    status, headers, body = server.ask(method="HEAD")
    assert (status, body, headers["Content-Length"]) == (200, b"", str(len(server.ask()[2])))


def test_plain_http_is_sent_to_https_however_often_the_page_was_read(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    make_article()
    server = Server()
    for _ in range(2):
        assert server.ask()[0] == 301
        status, headers, _ = server.ask(HTTP_X_FORWARDED_PROTO="https")
        assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=60")


def test_other_addresses_go_on_untouched(server):
    make_article(names=[{"name": "Kəlbəcər döyüşü"}])
    assert server.ask("/articles/kelbecer-doyusu/")[1]["Location"] == ADDRESS
    assert server.ask("/articles/nothing-here/")[0] == 404
    assert server.ask("/articles/\0/")[0] == 404
    assert server.ask("/health/")[2] == b"ok"


@pytest.mark.django_db(transaction=True)
def test_no_process_gives_what_another_replaced_or_withdrew(superuser):
    article = make_article(body="The first text.")
    servers = [Server(), Server()]
    for server in servers:
        assert b"The first text." in server.ask()[2]
    tag = servers[0].ask()[1]["ETag"]
    revision = elsewhere(edit, article, body="The second text.")
    for server in servers:
        assert server.ask(HTTP_IF_NONE_MATCH=tag)[0] == 304
    elsewhere(publish, revision, user=None)
    for server in servers:
        assert b"The second text." in server.ask(HTTP_IF_NONE_MATCH=tag)[2]
    elsewhere(withdraw, article, user=superuser, comment="Doubts.")
    for server in servers:
        assert server.ask()[0] == 404
    elsewhere(reinstate, article, user=superuser)
    for server in servers:
        assert b"The second text." in server.ask()[2]


@pytest.mark.django_db(transaction=True)
def test_a_link_that_leads_elsewhere_now_is_seen_by_the_next_reader(server):
    make_article(body="See [[Lachin]].")
    assert b'href="/articles/lachin/"' not in server.ask()[2]
    elsewhere(make_article, "lachin", "Lachin")
    assert b'href="/articles/lachin/"' in server.ask()[2]
    asked = server.ordinary
    server.ask()
    server.ask()
    assert server.ordinary <= asked + 1


def test_little_memory_keeps_the_pages_read_last(settings):
    for slug in ("a", "b", "c"):
        make_article(slug, slug.upper())
    size = max(len(page.html.encode()) for page in RenderedPage.objects.all())
    settings.KEPT_PAGES_BYTES = 2 * size + size // 2
    server = Server()
    for slug in ("a", "b", "a", "c", "a"):
        server.ask(f"/articles/{slug}/")
    assert server.ordinary == 3
    server.ask("/articles/b/")
    assert server.ordinary == 4


def test_readers_who_come_at_once_for_different_encodings_are_all_answered(monkeypatch):
    monkeypatch.setattr("kalbajar_site.kept_pages._version", lambda slug: (1, "a"))

    def application(environ, start_response):
        start_response("200 OK", [("ETag", '"a"'), ("Content-Length", "500")])
        return FileWrapper(BytesIO(500 * b"x"))

    def ask(encoding):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": ADDRESS, "wsgi.url_scheme": "http"}
        for _ in range(10):
            pages(environ | {"HTTP_ACCEPT_ENCODING": encoding}, lambda *said: None)

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as readers:
            for _ in range(200):
                pages = KeptPages(application)
                pages({"REQUEST_METHOD": "GET", "PATH_INFO": ADDRESS, "wsgi.url_scheme": "http"}, lambda *said: None)
                list(readers.map(ask, ("", "gzip", "br")))
    finally:
        sys.setswitchinterval(usual)


def test_no_memory_at_all_still_gives_the_page(settings):
    settings.KEPT_PAGES_BYTES = 0
    make_article()
    server = Server()
    assert [server.ask()[0] for _ in range(3)] == [200, 200, 200]


def test_the_site_is_served_with_its_pages_kept():
    assert isinstance(application, KeptPages)
