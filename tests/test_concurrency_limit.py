"""In one process two requests at a time are worked on, and nobody waits for somebody else's slow line."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Event, Lock
from time import sleep

import pytest
from django.test import RequestFactory

from kalbajar_site.concurrency_limit import ConcurrencyLimit


class _Work:
    """An application that takes a while, and tells how many were in it at once and what was sent."""

    def __init__(self):
        self.at_once = self.most = 0
        self.bodies, self.lock = [], Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        sleep(0.02)
        self.bodies.append(environ["wsgi.input"].read())
        with self.lock:
            self.at_once -= 1
        start_response("200 OK", [])
        return [b"done"]


class _SlowLine:
    """A body of which the last byte comes when ``end`` is set."""

    def __init__(self):
        self.asked, self.end = Event(), Event()

    def read(self, length):
        self.asked.set()
        assert self.end.wait(20)
        return b"x" * length


def _ask(application, path="/search/", **environ):
    told = []
    asked = RequestFactory()._base_environ(PATH_INFO=path, **environ)
    body = b"".join(application(asked, lambda status, headers: told.append(status)))
    return told[0], body


@pytest.fixture
def threads():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def test_two_at_a_time_are_worked_on_and_all_are_answered(threads):
    work = _Work()
    limited = ConcurrencyLimit(work)
    answers = [threads.submit(_ask, limited) for _ in range(16)]
    assert {one.result(20) for one in answers} == {("200 OK", b"done")}
    assert work.most == 2


def test_a_turn_is_given_back_by_a_request_that_fails():
    def fail(environ, start_response):
        raise RuntimeError

    limited = ConcurrencyLimit(fail)
    for _ in range(5):
        with pytest.raises(RuntimeError):
            _ask(limited)


def test_nobody_waits_for_a_slow_line(threads):
    work = _Work()
    limited = ConcurrencyLimit(work)
    lines = [_SlowLine() for _ in range(4)]
    slow = [
        threads.submit(_ask, limited, **{"wsgi.input": line, "CONTENT_LENGTH": "9", "REQUEST_METHOD": "POST"})
        for line in lines
    ]
    assert all(line.asked.wait(20) for line in lines)
    assert threads.submit(_ask, limited).result(20) == ("200 OK", b"done")
    for line in lines:
        line.end.set()
    assert {one.result(20)[0] for one in slow} == {"200 OK"}
    assert work.bodies == [b"", *[b"x" * 9] * 4]


@pytest.mark.parametrize(
    ("path", "length", "kind"),
    [("/search/", str(2**20 + 1), ""), ("/static/css/site.css", "", ""), ("/media/images/a.png", "", ""),
     ("/search/", "9", "multipart/form-data; boundary=x")],
)  # fmt: skip
def test_files_and_who_sends_much_or_a_file_take_no_turn(threads, path, length, kind):
    held, inside = Event(), []

    def work(environ, start_response):
        if environ["PATH_INFO"] == "/held/":
            inside.append(1)
            held.wait(20)
        start_response("200 OK", [])
        return []

    limited = ConcurrencyLimit(work)
    holding = [threads.submit(_ask, limited, "/held/") for _ in range(2)]
    while len(inside) < 2:
        sleep(0.005)
    unread = BytesIO(b"")
    sent = {"CONTENT_LENGTH": length, "CONTENT_TYPE": kind, "wsgi.input": unread}
    passed = threads.submit(_ask, limited, path, **sent)
    assert passed.result(20)[0] == "200 OK"
    held.set()
    assert [one.result(20)[0] for one in holding] == ["200 OK"] * 2


@pytest.mark.parametrize("length", ["", "0", "-1", "²", "ten"])
def test_a_length_that_is_none_counts_as_nothing_sent(length):
    work = _Work()
    assert _ask(ConcurrencyLimit(work), CONTENT_LENGTH=length)[0] == "200 OK"


@pytest.mark.filterwarnings("ignore:No directory at")
def test_the_site_is_served_so():
    from kalbajar_site.wsgi import application

    assert isinstance(application._application._application, ConcurrencyLimit)
