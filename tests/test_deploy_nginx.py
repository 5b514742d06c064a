"""The nginx configuration that we ship, tried with the real nginx in front of the real server."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from email.utils import formatdate
from pathlib import Path

import pytest
from django.conf import settings

from .ports import free_ports

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "kalbajar_site" / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OPENSSL = shutil.which("openssl")
try:
    socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    HAS_IPV6 = True
except OSError:
    HAS_IPV6 = False

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="needs nginx and openssl")

PAGE = "/articles/battle-of-kalbajar/"


class Site:
    """The server behind nginx on its own folder; ``get`` asks nginx as a browser would."""

    def __init__(self, folder):
        self.folder = folder
        self.port, plain, first, second = free_ports(4)
        self.ports = first, second
        self.environment = {
            "PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data"), "PORT": str(first), "SECURE": "1",
            "SITE_URL": f"https://127.0.0.1:{self.port}", "WEB_CONCURRENCY": "1",
        }  # fmt: skip
        self.nginx = self.configuration({80: plain, 443: self.port, 8000: first, 8001: second})
        self.started = []

    def configuration(self, ports):
        """Write our file with this machine's ports and places; return where the whole configuration is."""
        subprocess.run(
            [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=battles.example.org",
             "-keyout", self.folder / "key", "-out", self.folder / "certificate"], check=True, capture_output=True,
        )  # fmt: skip
        text = (DEPLOY / "nginx.conf").read_text()
        for usual, own in ports.items():
            text = re.sub(rf"(\blisten (?:\[::\]:)?|127\.0\.0\.1:){usual}\b", rf"\g<1>{own}", text)
        text = text.replace("listen [::]:", "listen [::1]:" if HAS_IPV6 else "# listen ")
        text = re.sub(r"listen (?=\d)", "listen 127.0.0.1:", text).replace("/var/cache/nginx", str(self.folder))
        text = text.replace("/etc/ssl/battles.example.org.pem", str(self.folder / "certificate"))
        text = text.replace("/etc/ssl/battles.example.org.key", str(self.folder / "key"))
        places = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        path = self.folder / "nginx.conf"
        user = "user root;\n" if os.getuid() == 0 else ""
        path.write_text(
            f"{user}daemon off;\npid {self.folder}/pid;\nerror_log {self.folder}/nginx.log;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{places}{text}\n}}\n"
        )
        return path

    def manage(self, *command):
        """Run a command to its end."""
        command = [sys.executable, "manage.py", *map(str, command)]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def start(self):
        """Start both and wait until a page comes through."""
        self.run([sys.executable, "manage.py", "serve", "--prepare"])
        self.run([NGINX, "-p", self.folder, "-c", self.nginx])
        self.until(lambda: self.get("/health/")[0] == 200)
        self.manage("loadarticle", ROOT / "articles" / "demo" / "battle-of-kalbajar.json", "--publish")

    def run(self, command, **environment):
        """Start a program and return its process."""
        log = open(self.folder / f"{len(self.started)}.log", "wb")  # noqa: SIM115 - the process keeps it
        environment = self.environment | environment
        self.started.append(
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        )
        return self.started[-1]

    def serve(self, port):
        """Start a process of the site and wait until it answers."""
        process = self.run([sys.executable, "manage.py", "serve"], PORT=str(port))
        self.until(lambda: self.answers(port))
        return process

    def answers(self, port):
        """Tell whether the process on ``port`` answers; nginx is asked too, as by readers all the time."""
        status, _, _ = self.get(f"{PAGE}history/?{time.monotonic()}")
        assert status == 200
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/health/", headers={"X-Forwarded-Proto": "https"})
        with urllib.request.urlopen(asked) as answer:
            return answer.status == 200

    def until(self, holds):
        """Ask again and again until ``holds()``; nginx may not listen yet, and its cache holds a second."""
        deadline = time.monotonic() + 120
        while True:
            try:
                if holds():
                    return
            except OSError:
                pass
            assert time.monotonic() < deadline, "\n".join(log.read_text() for log in sorted(self.folder.glob("*.log")))
            time.sleep(0.05)

    def get(self, address, host="127.0.0.1", **headers):
        """Return status, headers and body of one answer."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(host, self.port, timeout=20, context=context)
        try:
            connection.request("GET", address, headers={name.replace("_", "-"): text for name, text in headers.items()})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def stop(self):
        """End what was started."""
        for process in self.started:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    try:
        site.start()
        yield site
    finally:
        site.stop()


def test_nginx_takes_the_file_as_it_is(site):
    done = subprocess.run(
        [NGINX, "-t", "-p", site.folder, "-c", site.nginx], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_page_comes_through_with_its_safety_headers(site):
    status, headers, body = site.get(PAGE)
    assert status == 200
    assert b"Battle of Kalbajar" in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"]
    assert "nginx/" not in headers["Server"]


def test_a_page_is_held_for_a_second_and_is_the_same(site):
    answers = []

    def held():
        answers[:] = [site.get(PAGE) for _ in range(2)]
        return answers[1][1]["X-Cache"] == "HIT"

    site.until(held)
    assert answers[0][2] == answers[1][2]


def test_no_page_is_held_for_longer_than_a_second(site):
    asked = f"{PAGE}?{time.monotonic()}"
    # Just after a second has begun: what lives for whole seconds lives longest then.
    time.sleep(1 - time.time() % 1)
    assert site.get(asked)[1]["X-Cache"] == "MISS"
    time.sleep(1.05)
    assert site.get(asked)[1]["X-Cache"] != "HIT"


def test_who_has_a_session_gets_pages_of_their_own(site):
    for _ in range(3):
        assert site.get(PAGE, Cookie=f"{settings.SESSION_COOKIE_NAME}=anything")[1]["X-Cache"] == "BYPASS"


def test_what_is_for_the_logged_in_is_never_held(site):
    # By-passed from the first: nobody waits to see whether another's answer will be held.
    assert site.get("/admin/login/")[1]["X-Cache"] == "BYPASS"
    headers = site.get("/health/")[1]
    assert (headers["X-Cache"], len(headers.get_all("Content-Security-Policy"))) == (None, 1)


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_who_has_the_page_already_is_told_so_in_a_line(site, coding):
    tag = site.get(PAGE, Accept_Encoding=coding)[1]["ETag"]
    assert tag
    for cookie in ("", f"{settings.SESSION_COOKIE_NAME}=anything"):
        status, _, body = site.get(PAGE, Accept_Encoding=coding, If_None_Match=tag, Cookie=cookie)
        assert (status, body) == (304, b"")


def test_nobody_is_told_by_a_date_that_the_page_is_the_one_they_have(site):
    asked = f"{PAGE}?{time.monotonic()}"
    assert site.get(asked)[1]["Last-Modified"] is None
    for date in (formatdate(usegmt=True), "Fri, 01 Jan 2100 00:00:00 GMT"):
        assert site.get(asked, If_Modified_Since=date)[0] == 200


def test_a_page_published_by_another_process_is_seen(site, tmp_path):
    assert site.get(PAGE)[0] == 200
    site.manage("dumparticle", "battle-of-kalbajar", "--to", tmp_path)
    (file,) = tmp_path.glob("*.json")
    file.write_text(file.read_text().replace('"Battle of Kalbajar"', '"Battle of the Cache"'))
    site.manage("loadarticle", file, "--publish")
    site.until(lambda: b"Battle of the Cache" in site.get(PAGE)[2])


@pytest.mark.skipif(not HAS_IPV6, reason="this machine has no IPv6")
def test_who_comes_by_the_newer_protocol_is_served_too(site):
    status, _, page = site.get(PAGE, host="::1", Host=f"127.0.0.1:{site.port}")
    assert (status, b"Kalbajar" in page) == (200, True)


def test_plain_http_leads_to_https(site):
    (plain,) = re.findall(r"listen 127\.0\.0\.1:(\d+);", site.nginx.read_text())
    connection = http.client.HTTPConnection("127.0.0.1", int(plain), timeout=20)
    connection.request("GET", PAGE)
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, f"https://battles.example.org{PAGE}")
    connection.close()


def test_a_long_address_is_brought_back_after_logging_in(site):
    status, headers, _ = site.get(f"/admin/articles/source/?q={'%D0%B1' * 600}")
    assert (status, headers["Location"][:14]) == (302, "/admin/login/?")


def test_nginx_leaves_a_connection_before_python_does(site):
    # Else a save is sent on a connection that is being closed, and nginx may not send it twice.
    (kept,) = re.findall(r"^upstream .*? keepalive_timeout (\d+)s;", site.nginx.read_text(), re.DOTALL | re.MULTILINE)
    found = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "kalbajar_site/gunicorn.conf.py", "--print-config"],
        cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert int(kept) < int(re.search(r"^keepalive\s+= (\d+)$", found, re.MULTILINE)[1])


def test_an_upload_beyond_the_limit_is_refused_before_it_reaches_python(site):
    context = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("127.0.0.1", site.port, timeout=20, context=context)
    connection.putrequest("POST", "/admin/login/")
    connection.putheader("Content-Length", str(30 * 1024 * 1024))
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413
    assert b"what you wrote is still there" in response.read()
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert response.headers["Strict-Transport-Security"] == site.get(PAGE)[1]["Strict-Transport-Security"]
    connection.close()


def test_processes_start_anew_in_turn_and_nobody_notices(site):
    first, second = site.ports
    site.serve(second)
    for port, process in ((first, site.started[0]), (second, site.started[-1])):
        os.kill(process.pid, signal.SIGTERM)
        process.wait(20)
        site.serve(port)
    for process in site.started[-2:]:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def test_without_a_process_visitors_are_told_when_to_come_again(site):
    if site.started[0].poll() is None:
        os.killpg(site.started[0].pid, signal.SIGKILL)
        site.started[0].wait()
    status, headers, body = site.get("/search/")
    assert (status, headers["Retry-After"]) == (503, "30")
    assert headers["Strict-Transport-Security"]
    assert b"The site is being looked after" in body
