"""Servers for benchmarks: the site and an empty Django view, under the same gunicorn, and what each request costs."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from .reviewed_site import build

_WORKERS = "2"


_AS_SERVED = ("-c", str(Path(__file__).parents[2] / "kalbajar_site/gunicorn.conf.py"))


class Server:
    """A gunicorn of two workers with four threads each on a free port of this machine, set up as the site serves."""

    def __init__(self, application, **environment):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", *_AS_SERVED, "-w", _WORKERS,
                   "-b", f"127.0.0.1:{self.port}", "--log-level", "error", application]  # fmt: skip
        self._process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
        self._connection, self._asked = None, 0.0
        self._wait()

    def _wait(self):
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    @property
    def pid(self):
        """The process that started the workers."""
        return self._process.pid

    def stop(self):
        """End the server."""
        self._process.terminate()
        self._process.wait()

    def ask(self, address, method="GET", fields=None, **headers):
        """Return status and body of an answer, over one connection that stays open."""
        # The server closes a connection that was idle for two seconds.
        if self._connection is None or time.monotonic() - self._asked > 1:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, address, urlencode(fields) if fields else None, headers)
        answer = self._connection.getresponse()
        body = answer.read()
        self._asked = time.monotonic()
        return answer.status, body, answer.headers

    def cpu(self):
        """Return the CPU milliseconds that the server has taken so far."""
        pid, total = self._process.pid, 0
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (str(pid), *children):
            facts = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += int(facts[11]) + int(facts[12])
        return total * 1000 / os.sysconf("SC_CLK_TCK")

    def load(self, address, seconds, **headers):
        """Return requests per second and CPU milliseconds per request of eight visitors at once, by wrk."""
        named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        before = self.cpu()
        told = subprocess.run(
            ["wrk", "-t1", "-c8", f"-d{seconds}s", *named, f"http://127.0.0.1:{self.port}{address}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        count = int(re.search(r"(\d+) requests in", told)[1])
        return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), (self.cpu() - before) / count


def has_wrk():
    """Tell whether the program that makes many requests at once is installed."""
    return shutil.which("wrk") is not None


__all__ = ["Server", "build", "has_wrk"]
