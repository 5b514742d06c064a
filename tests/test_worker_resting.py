"""A worker that has grown gives its place to a new one, when nobody is there."""

import re
import socket
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import ThreadWorker

from kalbajar_site import worker

from .test_serve import answer, free_port, start  # noqa: F401 - fixtures

PAGE = "/articles/battle-of-kalbajar/"
# What a reader may ask for; drawing a map takes most.
TOUR = ("/", PAGE, f"{PAGE}history/", f"{PAGE}claims/", f"{PAGE}cite/", f"{PAGE}map/", "/search/?q=shusha")


def _worker(process):
    """Return the number of the only worker's process, once there is one."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (found := children.read_text().split()):
        time.sleep(0.01)
    return found[0]


def test_a_worker_that_has_grown_is_replaced_when_nobody_is_there(start, free_port):  # noqa: F811 - fixtures
    process = start("--prepare", "--demo", workers=1)
    for address in TOUR:
        assert answer(free_port, address)[0] == 200, address
    grown = _worker(process)
    with socket.create_connection(("127.0.0.1", free_port), timeout=20) as slow:
        slow.sendall(b"POST /search/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(25):
            slow.sendall(b"a" * 4000)
            time.sleep(1)
            assert _worker(process) == grown
        assert slow.recv(100).startswith(b"HTTP/1.1 403")  # without the token of a form
    deadline = time.monotonic() + 60
    while _worker(process) == grown:
        assert time.monotonic() < deadline, "it rests and keeps what it has taken"
        assert answer(free_port, "/health/", seconds=0)[0] == 200, "who watches the site keeps nobody from resting"
        time.sleep(0.5)
    fresh = _worker(process)
    assert answer(free_port, PAGE, seconds=0)[0] == 200
    time.sleep(25)
    assert _worker(process) == fresh, "who has not grown stays"


@pytest.mark.parametrize("memory", [0, 1024 * 1024])
def test_a_worker_that_is_told_to_end_while_it_looks_at_its_memory_ends(memory, monkeypatch):
    resting = worker.Worker(1, 0, [], None, 30, Config(), None)
    resting._busy_until -= 60

    def told_meanwhile():
        resting.handle_exit(None, None)
        return memory

    monkeypatch.setattr(ThreadWorker, "wait_for_and_dispatch_events", lambda self, timeout: None)
    monkeypatch.setattr(resting.method_queue, "defer", lambda wake: None)
    monkeypatch.setattr(worker, "_own_memory", told_meanwhile)
    resting.wait_for_and_dispatch_events(1.0)
    assert not resting.alive


def _report(port):
    """Send a reader's report; return the status."""
    address = f"{PAGE}report/"
    token = re.search(r'name="token" value="([^"]+)', answer(port, address)[1])[1]
    data = urlencode({"text": "It was forty thousand.", "revision": 1, "token": token}).encode()
    try:
        return urlopen(f"http://127.0.0.1:{port}{address}", data).status
    except HTTPError as refused:
        return refused.code


def test_a_rest_gives_strangers_no_new_allowance(start, free_port):  # noqa: F811 - fixtures
    process = start("--prepare", "--demo", workers=1)
    for address in TOUR:
        assert answer(free_port, address)[0] == 200, address
    grown = _worker(process)
    left_of_hour = 3600 - time.time() % 3600
    if left_of_hour < 60:
        time.sleep(left_of_hour)  # with the next one begins a new allowance
    assert [_report(free_port) for _ in range(7)] == [200] * 6 + [429]
    time.sleep(25)
    assert (_worker(process), _report(free_port)) == (grown, 429)
