"""Two servers on one database and one Redis, by settings alone: what one does the other shows with its next answer."""

import http.cookiejar
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from .ports import free_ports

ROOT = Path(__file__).resolve().parent.parent
REDIS = shutil.which("redis-server")
PAGE = "/articles/battle-of-kalbajar/"
PASSWORD = "a password of two servers"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not REDIS, reason="needs redis-server"),
]


class Visitor:
    """A browser without a screen: it keeps cookies, and both servers are one site to it."""

    def __init__(self, ports):
        self.ports = ports
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def ask(self, server, address, **fields):
        """Return status and text of an answer of the server number ``server``; ``fields`` are posted."""
        where = f"http://127.0.0.1:{self.ports[server]}"
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self._open(urllib.request.Request(where + address, data, {"Referer": where}), timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def post(self, server, address, seen, **fields):
        """Post with the token of the page ``seen`` before."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask(server, seen)[1])[1]
        return self.ask(server, address, csrfmiddlewaretoken=token, **fields)

    def log_in(self, server, password=PASSWORD):
        fields = {"username": "chief", "password": password, "next": "/review/"}
        return self.post(server, "/admin/login/", "/admin/login/", **fields)


class Site:
    """Two servers, a Redis and the database of this run's kind; all end with the test."""

    def __init__(self, folder, database):
        self.folder, self.processes = folder, []
        self.redis_port, *self.ports = free_ports(3)
        self.environment = {
            name: text for name, text in os.environ.items() if name not in {"DATA_DIR", "DATABASE_URL", "CACHE_URL"}
        } | database | {
            "DATA_DIR": str(folder / "data"), "CACHE_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "WEB_CONCURRENCY": "1", "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }  # fmt: skip

    def run(self, *command, **more):
        """Start a program and leave it running."""
        log = open(self.folder / f"{len(self.processes)}.log", "wb")  # noqa: SIM115 - the process keeps it
        environment = self.environment | more
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        self.processes.append(process)
        return process

    def manage(self, *command):
        """Run a command of the site to its end."""
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, command)],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def start(self):
        """Start all, with one published article and a superuser, and wait until both servers answer."""
        options = ("--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder))
        self.redis = self.run(REDIS, *options)
        self.manage("migrate", "--verbosity", "0")
        self.manage("createsuperuser", "--noinput", "--username", "chief", "--email", "")
        self.manage("loadarticle", ROOT / "articles" / "demo" / "battle-of-kalbajar.json", "--publish")
        for port in self.ports:
            self.run(sys.executable, "manage.py", "serve", "--prepare", PORT=str(port))
            self._wait_for(port)

    def _wait_for(self, port):
        deadline = time.monotonic() + 120
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=20) as answer:
                    return answer.read()
            except OSError:
                assert time.monotonic() < deadline, "\n".join(log.read_text() for log in self.folder.glob("*.log"))
                time.sleep(0.1)

    def stop(self):
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


@pytest.fixture
def site(tmp_path, empty_database):
    site = Site(tmp_path, empty_database)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def test_what_one_server_does_the_other_shows_with_its_next_answer(site, tmp_path):
    chief, reader = Visitor(site.ports), Visitor(site.ports)
    assert [reader.ask(server, PAGE)[0] for server in (0, 1, 0, 1)] == [200] * 4

    # Who logs in at one is known to the other.
    chief.log_in(0)
    assert chief.ask(1, "/admin/")[0] == 200
    assert "Withdraw the article" in chief.ask(1, f"{PAGE}history/")[1]

    # Published at one, read at the other.
    site.manage("dumparticle", "battle-of-kalbajar", "--to", tmp_path / "dump")
    (file,) = (tmp_path / "dump").glob("*.json")
    file.write_text(file.read_text().replace("The **Battle of Kalbajar**", "The **Kalbajar offensive**"))
    site.manage("loadarticle", file)
    assert "Kalbajar offensive" not in reader.ask(1, PAGE)[1]
    chief.post(0, f"{PAGE}revisions/2/approve/", f"{PAGE}compare/1/2/")
    assert "Kalbajar offensive" in reader.ask(1, PAGE)[1]

    # Withdrawn at the other, gone at the one.
    chief.post(1, f"{PAGE}withdraw/", f"{PAGE}history/", comment="Doubts.")
    assert [reader.ask(server, PAGE)[0] for server in (0, 1)] == [404, 404]
    chief.post(0, f"{PAGE}reinstate/", f"{PAGE}history/")
    assert [reader.ask(server, PAGE)[0] for server in (1, 0)] == [200, 200]

    # Without the shared cache both go on.
    site.redis.kill()
    site.redis.wait()
    for server in (0, 1):
        for address in ("/", PAGE, "/search/?q=kelbecer", "/feeds/changes.atom"):
            assert reader.ask(server, address)[0] == 200, (server, address)
        assert chief.ask(server, "/admin/")[0] == 200

    # Wrong passwords count at both together.
    guesser = Visitor(site.ports)
    for attempt in range(6):
        guesser.log_in(attempt % 2, "a wrong password")
    assert [guesser.log_in(server)[0] for server in (0, 1)] == [429, 429]
