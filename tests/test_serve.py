"""``manage.py serve``: from an empty directory to a running site and back, by real processes."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.management.commands import serve

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def start(tmp_path, free_port):
    """Return a function that starts ``manage.py serve`` on an own directory, in its own process group."""
    started = []

    def run(*arguments, workers=2):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *arguments],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DATA_DIR": str(tmp_path),
                "PORT": str(free_port),
                "WEB_CONCURRENCY": str(workers),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def answer(port, address, seconds=60):
    """Return status and body once the server answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def cpu_seconds_of_children():
    """Return the processor time of all child processes that have ended: steady on a busy machine, unlike the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_an_empty_directory_becomes_a_site_that_stops_cleanly(start, free_port, tmp_path):
    process = start("--prepare")
    status, login = answer(free_port, "/admin/login/")
    assert status == 200
    stylesheet = login.split('rel="stylesheet" href="')[1].split('"')[0]
    assert stylesheet.count(".") == 2, "static files carry a hash in their name"
    assert answer(free_port, stylesheet)[0] == 200

    collected = (tmp_path / "static" / "staticfiles.json").stat().st_mtime_ns
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert f"http://127.0.0.1:{free_port}/admin/" in said
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)

    before = cpu_seconds_of_children()
    process = start("--prepare")
    assert answer(free_port, "/admin/login/")[0] == 200
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=20)
    assert cpu_seconds_of_children() - before < 5
    assert (tmp_path / "static" / "staticfiles.json").stat().st_mtime_ns == collected


def test_a_running_server_says_nothing_of_what_is_no_fault(start, free_port):
    process = start("--prepare")
    assert answer(free_port, "/")[0] == 200
    os.kill(process.pid, signal.SIGUSR2)
    head = urllib.request.Request(f"http://127.0.0.1:{free_port}/", method="HEAD")
    with urllib.request.urlopen(head, timeout=5) as response:
        assert (response.status, response.read()) == (200, b"")
    # The master looks after its signals and children every second.
    time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=20)[0].partition("Admin: ")[2]
    assert [json.loads(line)["message"] for line in said.splitlines()[1:]] == ["began", "ended"]


def test_a_database_older_than_the_code_is_not_served(start):
    said, _ = start().communicate(timeout=60)
    assert "The database is older than the code" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("options", [(), ("--prepare",)])
@pytest.mark.parametrize("leave", [lambda path: None, lambda path: path.touch()])
def test_a_database_that_is_lost_is_told_where_pictures_are_left(leave, options, start, tmp_path):
    picture = tmp_path / "media" / "images" / "map.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture")
    leave(tmp_path / "database.sqlite3")
    said, _ = start(*options).communicate(timeout=60)
    assert f"{tmp_path}/database.sqlite3 is missing or empty, though there are pictures in {tmp_path}/media" in said
    assert "restorebackup" in said
    assert "migrate" not in said


def test_a_taken_port_is_told_with_the_way_out(settings, free_port):
    settings.PORT = free_port
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        with pytest.raises(CommandError, match=f"PORT={free_port + 1} make run"):
            serve.refuse_taken_port()
    serve.refuse_taken_port()


def test_a_collection_that_was_interrupted_is_done_again_from_nothing(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    calls = []
    monkeypatch.setattr(serve, "call_command", lambda name, **options: calls.append(options["clear"]))
    serve.collect_static_files()
    serve.collect_static_files()
    assert calls == [False]
    (tmp_path / "static.stamp").write_text(serve.UNFINISHED)
    serve.collect_static_files()
    assert calls == [False, True]


def test_a_spoiled_note_of_what_was_collected_stops_no_start(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(serve, "call_command", lambda name, **options: None)
    (tmp_path / "static.stamp").write_bytes(b"\xff\0")
    assert serve.collect_static_files()
    assert not serve.collect_static_files()
