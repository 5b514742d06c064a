"""The site behind gunicorn as processes that can be killed."""

import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 180


class Server:
    """``manage.py serve`` in a process group of its own, with the environment of this process."""

    def __init__(self, port):
        self.port, self.process = port, None

    def start(self, *arguments):
        """Start it and wait until it answers."""
        log = open(Path(os.environ["DATA_DIR"]) / "server.log", "ab")  # noqa: SIM115 - the process keeps it
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *arguments],
            cwd=ROOT,
            env=os.environ | {"PORT": str(self.port)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        deadline = time.monotonic() + _SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5) as response:
                    response.read()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def kill(self):
        """SIGKILL all its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_worker(self):
        """SIGKILL one process that answers; the master puts another in its place."""
        master = self.process.pid
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        if workers:
            os.kill(int(random.choice(workers)), signal.SIGKILL)
