"""Published pages from memory, as they come over the line: as gunicorn would say them, and never past its rules."""

import os
import socket
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.workers.gthread import TConn

from kalbajar_site.worker import Log, Worker
from kalbajar_site.wsgi import application

from .articles_for_tests import make_article

pytestmark = pytest.mark.django_db
_PAGE = "/articles/battle-of-kalbajar/"


@pytest.fixture
def line(monkeypatch):
    """Return a function that gives the visitor's end of a new connection, and one that lets a worker serve it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr("sys.argv", ["gunicorn", "-c", "kalbajar_site/gunicorn.conf.py"])
    settings = WSGIApplication().cfg
    worker = Worker(1, os.getppid(), [], SimpleNamespace(callable=application), 30, settings, Log(settings))
    worker.wsgi = application
    worker._at_work = 1
    opened = []

    def connect():
        visitor, served = socket.socketpair()
        visitor.settimeout(20)
        connection = TConn(settings, served, ("127.0.0.1", 50_000), ("127.0.0.1", 80))
        opened.extend((visitor, served))

        def serve():
            if not worker.handle(connection):
                served.close()

        return visitor, serve

    yield connect
    for one in opened:
        one.close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def ask(line):
    """Return a function that gives an answer as ``_told`` has it; the page of the battle is kept."""
    make_article()

    def ask(*headers, path=_PAGE, method="GET", version="1.1", body=b""):
        visitor, serve = line()
        visitor.sendall("\r\n".join([f"{method} {path} HTTP/{version}", "Host: localhost", *headers, "", ""]).encode())
        visitor.sendall(body)
        serve()
        return _told(visitor, method, serve)

    assert ask()[0] == "HTTP/1.1 200 OK"
    return ask


def _told(visitor, method, serve):
    """Return status line, headers but for the time, and body, and whether a further request is answered."""
    reader = visitor.makefile("rb")
    status = reader.readline().decode().strip()
    lines = [one.decode().strip().split(": ", 1) for one in iter(reader.readline, b"\r\n")]
    assert len(lines) == len(dict(lines)), "no header comes twice"
    headers = {name: value for name, value in lines if name != "Date"}
    body = b"" if method == "HEAD" or " 304 " in status else reader.read(int(headers["Content-Length"]))
    try:
        visitor.sendall(b"GET /health/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        serve()
        return status, headers, body, reader.read().startswith(b"HTTP/1.1 200")
    except OSError:
        return status, headers, body, False


@pytest.mark.parametrize("accepted", ["identity", "gzip", "br"])
def test_an_answer_at_once_says_what_the_server_says_otherwise(ask, accepted):
    encoding = f"Accept-Encoding: {accepted}"
    tag = ask(encoding)[1]["ETag"]
    for method, *headers in (("GET",), ("HEAD",), ("GET", f"If-None-Match: {tag}"), ("HEAD", "If-None-Match: *")):
        at_once = ask(encoding, *headers, method=method)
        # Of an older protocol nothing is known to the shorter way.
        plainly = ask(encoding, *headers, "Connection: keep-alive", method=method, version="1.0")
        said = "304 Not Modified" if headers else "200 OK"
        assert (at_once[0], plainly[0]) == (f"HTTP/1.1 {said}", f"HTTP/1.0 {said}")
        assert at_once[1:] == plainly[1:]
        assert at_once[3], "the connection goes on"


def test_what_is_not_plain_is_left_to_the_server(ask, line):
    page = ask()
    assert page[3]
    ended = ask("Connection: close")
    assert (ended[0], ended[1]["Connection"], ended[2:]) == (page[0], "close", (page[2], False))
    # Its body is read before the next request; taken for one, it would be answered.
    for header, body in (
        ("Content-Length: 22", b"GET / HTTP/1.1\r\nA: b\r\n"),
        ("Transfer-Encoding: chunked", b"3\r\nabc\r\n0\r\n\r\n"),
    ):
        assert ask(header, body=body) == page
    # Of two hosts neither is taken.
    assert ask("Host: evil.example")[0].startswith("HTTP/1.1 400")
    assert ask("Accept-Encoding: br", "Accept-Encoding: gzip")[1]["Content-Encoding"] == "br"
    visitor, serve = line()
    visitor.sendall(f"GET {_PAGE} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n".encode())
    serve()
    assert visitor.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"


def test_no_visitor_says_by_which_way_a_kept_page_came(ask):
    page = ask()
    for said in ("SCRIPT_NAME: /elsewhere", "Script-Name: /elsewhere", "PATH_INFO: /", "X-Forwarded-Proto: https"):
        assert ask(said) == page


def test_requests_sent_all_at_once_are_all_answered(ask, line):
    visitor, serve = line()
    wanted = f"GET {_PAGE} HTTP/1.1\r\nHost: localhost\r\n"
    visitor.sendall((3 * f"{wanted}\r\n" + f"{wanted}Connection: close\r\n\r\n").encode())
    for _ in range(4):
        serve()
    assert b"".join(iter(lambda: visitor.recv(65536), b"")).count(b"HTTP/1.1 200 OK") == 4
