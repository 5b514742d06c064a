"""The processes that serve visitors: whom they take in, and that nobody waits before one that cannot serve them."""

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

from .test_serve import answer, free_port, start  # noqa: F401 - fixtures


def _is_refused(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def test_nobody_waits_before_a_server_that_ends(start, free_port):  # noqa: F811 - fixtures
    process = start("--prepare")
    assert answer(free_port, "/health/")[0] == 200
    slow = socket.create_connection(("127.0.0.1", free_port), timeout=20)
    slow.sendall(b"POST /search/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\na")
    time.sleep(0.5)  # it is read by a worker now
    os.kill(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + 4
    while not _is_refused(free_port):
        assert time.monotonic() < deadline, "it still listens and answers nobody"
        time.sleep(0.05)
    slow.sendall(b"bc")
    assert slow.recv(100).startswith(b"HTTP/1.1 403")  # without the token of a form
    slow.close()
    process.wait(timeout=20)


def test_who_was_taken_in_is_answered_before_the_server_ends(start, free_port):  # noqa: F811 - fixtures
    process = start("--prepare", workers=1)
    assert answer(free_port, "/health/")[0] == 200
    lines = [socket.create_connection(("127.0.0.1", free_port), timeout=20) for _ in range(8)]
    for line in lines[:4]:
        line.sendall(b"POST /search/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\na")
    time.sleep(0.5)  # all four threads read a body now
    for line in lines[4:]:
        line.sendall(b"GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    os.kill(process.pid, signal.SIGTERM)
    while not _is_refused(free_port):
        time.sleep(0.05)
    for line in lines[:4]:
        line.sendall(b"bc")
    assert [line.recv(12) for line in lines] == 4 * [b"HTTP/1.1 403"] + 4 * [b"HTTP/1.1 200"]
    for line in lines:
        line.close()
    process.wait(timeout=20)


def test_nobody_waits_before_a_busy_process_while_another_is_free(start, free_port):  # noqa: F811 - fixtures
    start("--prepare")
    assert answer(free_port, "/health/")[0] == 200
    slow = [socket.create_connection(("127.0.0.1", free_port), timeout=20) for _ in range(7)]
    for line in slow:
        line.sendall(b"POST /search/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\na")
    time.sleep(0.5)  # seven of the eight threads of two processes read a body now
    for _ in range(20):
        assert answer(free_port, "/health/", seconds=0)[0] == 200
    for line in slow:
        line.sendall(b"bc")
        assert line.recv(100).startswith(b"HTTP/1.1 403")
        line.close()


def test_visitors_who_say_nothing_more_do_not_close_the_site(start, free_port):  # noqa: F811 - fixtures
    start("--prepare", workers=1)
    assert answer(free_port, "/health/")[0] == 200
    begun = (b"", b"GET / HT", b"POST /search/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\na")
    silent = [socket.create_connection(("127.0.0.1", free_port), timeout=60) for _ in range(6)]
    for number, line in enumerate(silent):
        line.sendall(begun[number % 3])
    # Four threads hold them, so that nobody is served before the site gives them up.
    assert answer(free_port, "/health/", seconds=60)[0] == 200
    for line in silent:
        line.close()


def test_visitors_who_stay_after_their_last_answer_keep_nobody_waiting(start, free_port):  # noqa: F811 - fixtures
    process = start("--prepare", workers=1)
    assert answer(free_port, "/health/")[0] == 200
    last = (b"GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", b"no request\r\n\r\n")
    staying = [socket.create_connection(("127.0.0.1", free_port), timeout=20) for _ in range(6)]
    for number, line in enumerate(staying):
        line.sendall(last[number % 2])
    for number, line in enumerate(staying):
        assert line.recv(12) == (b"HTTP/1.1 200", b"HTTP/1.1 400")[number % 2]
        assert b"".join(iter(lambda line=line: line.recv(2**16), b""))
    began = time.monotonic()
    assert answer(free_port, "/health/")[0] == 200
    # Gunicorn would wait two seconds for each to close.
    assert time.monotonic() - began < 1.5
    worker = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
    time.sleep(4)
    lines = Path(f"/proc/{worker}/net/tcp").read_text().splitlines()[1:]
    sockets = {os.readlink(one) for one in Path(f"/proc/{worker}/fd").iterdir()}
    ours = [one.split() for one in lines if one.split()[1].endswith(f":{free_port:04X}")]
    assert sum(f"socket:[{fields[9]}]" in sockets for fields in ours) == 1, "only the door is open"
    for line in staying:
        line.close()


def test_visitors_who_ask_on_and_on_do_not_keep_others_out(start, free_port):  # noqa: F811 - fixtures
    start("--prepare", workers=1)
    assert answer(free_port, "/health/")[0] == 200
    # Of the six who ask again before they are answered, four threads could serve four for ever.
    lines = [socket.create_connection(("127.0.0.1", free_port), timeout=60) for _ in range(6)]
    served = set()

    def ask(line):
        with suppress(OSError):
            while True:
                line.sendall(b"GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 10_000)

    def take(line):
        with suppress(OSError):
            while line.recv(2**16):
                served.add(line)

    with ThreadPoolExecutor(12) as visitors:
        for line in lines:
            visitors.submit(ask, line)
            visitors.submit(take, line)
        until = time.monotonic() + 20
        while len(served) < len(lines) and time.monotonic() < until:
            time.sleep(0.05)
        for line in lines:
            line.shutdown(socket.SHUT_RDWR)
    assert len(served) == len(lines)


def test_a_process_takes_in_no_more_visitors_than_it_has_threads(start, free_port):  # noqa: F811 - fixtures
    process = start("--prepare")
    assert answer(free_port, "/health/")[0] == 200
    stopped, served = Event(), []

    def visit():
        """Come for one answer and go, again and again; return whether the last one came."""
        while True:
            with socket.create_connection(("127.0.0.1", free_port), timeout=5) as line, suppress(TimeoutError):
                line.sendall(b"GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                served.append(bool(line.recv(100)))
                if not stopped.is_set():
                    continue
                return True
            return False

    with ThreadPoolExecutor(24) as visitors:
        visits = [visitors.submit(visit) for _ in range(24)]
        until = time.monotonic() + 20
        while len(served) < 1_000 and time.monotonic() < until:
            time.sleep(0.05)
        worker = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
        os.kill(worker, signal.SIGSTOP)
        stopped.set()
        answered = [one.result(30) for one in visits]
        os.kill(worker, signal.SIGCONT)
    # Whom the stopped process had not taken in is served by the other.
    assert answered.count(False) <= 4


def test_no_visitor_says_where_the_site_stands(start, free_port):  # noqa: F811 - fixtures
    start("--prepare", workers=1)
    assert answer(free_port, "/health/")[0] == 200
    plain = _asked(free_port, "/")
    for prefix, path in (("/elsewhere", "/elsewhere/"), ("//evil.example", "//evil.example/"), ("/elsewhere", "/")):
        for name in ("SCRIPT_NAME", "Script-Name", "PATH_INFO"):
            told = _asked(free_port, path, f"{name}: {prefix}", "X-Forwarded-Proto: https", "X-Forwarded-Ssl: on")
            assert b"elsewhere" not in told.partition(b"<main")[0]
            assert told.startswith(b"HTTP/1.1 200" if path == "/" else b"HTTP/1.1 404"), (name, path)
            assert _asked(free_port, "/") == plain


def test_what_is_no_request_is_refused_with_safety_headers(start, free_port):  # noqa: F811 - fixtures
    start("--prepare", workers=1)
    assert answer(free_port, "/health/")[0] == 200
    for path, header, status in (("/", "no header", b"400"), (f"/search/?q={'x' * 5000}", "X-One: 1", b"414")):
        told = _asked(free_port, path, header).partition(b"\r\n\r\n")[0].split(b"\r\n")
        assert told[0].split()[1] == status
        assert {
            b"X-Content-Type-Options: nosniff", b"Content-Security-Policy: default-src 'none'",
            b"Cache-Control: no-store",
        } <= set(told)  # fmt: skip


def _asked(port, path, *headers):
    """Return the whole answer to a request, but for the times in it."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        wanted = "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""])
        line.sendall(wanted.encode())
        told = b"".join(iter(lambda: line.recv(65536), b""))
    return b"\r\n".join(one for one in told.split(b"\r\n") if not one.startswith((b"Date:", b"Expires:")))
