"""What is typed is found again in a real browser after the server was killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.conf import settings
from django.db import connections

from articles.models import Stash

from .desk import change_address
from .editor_page import IN_BROWSER, KEPT, type_into
from .making import content, record
from .waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


class Server:
    """The site in a process of its own, on the database of the test, to be killed."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address, self.folder, self.process = f"http://127.0.0.1:{self.port}", folder, None

    def start(self):
        database = connections["default"].settings_dict
        if database["ENGINE"].endswith("sqlite"):
            url = f"sqlite:///{database['NAME']}"
        else:
            who = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
            url = f"postgresql://{who}{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
        # With DEBUG the static files need not be collected; with our key the sessions of the test hold.
        environment = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(self.folder), "PORT": str(self.port)}
        environment |= {"DEBUG": "1", "SECRET_KEY": settings.SECRET_KEY}
        command = [sys.executable, "-m", "gunicorn", "kalbajar_site.wsgi", "-b", f"127.0.0.1:{self.port}", "-w", "1"]
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/robots.txt").close()
                return
            except OSError:
                assert self.process.poll() is None
                time.sleep(0.1)

    def kill(self):
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


def test_a_server_killed_while_one_types_loses_nothing(new_page, client_of, editor, server):
    article = record(None, content()).article
    page = new_page()
    session = client_of(editor).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.address}])
    page.goto(server.address + change_address(article))
    type_into(page, "body", " Kept before.")
    page.wait_for_selector(KEPT)
    server.kill()
    type_into(page, "body", " Typed while it was down.")
    page.wait_for_selector(IN_BROWSER)
    server.start()
    page.wait_for_selector(KEPT)
    assert Stash.objects.get().data()["body"].endswith(" Kept before. Typed while it was down.")
    server.kill()
    type_into(page, "body", " And again.")
    page.wait_for_selector(IN_BROWSER)
    context = page.context
    page.close()
    server.start()
    page = context.new_page()
    page.goto(server.address + change_address(article))
    until(page, "Object.keys(localStorage).length === 0")
    page.click(".kept-offer a:has-text('Go on with it')")
    assert page.input_value("#id_body").endswith(" Kept before. Typed while it was down. And again.")
