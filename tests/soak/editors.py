"""Editors who save through the admin's form, each in an article of their own, and remember what was answered."""

import html
import http.client
import re
import threading
import time
from types import SimpleNamespace
from urllib.parse import urlencode

from tests.desk import form_fields

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


class Editor(threading.Thread):
    """Saves again and again until told to stop. ``saved`` holds the texts that the server said were saved."""

    def __init__(self, port, session, article, number):
        super().__init__(daemon=True)
        self.port, self.article, self.number = port, article, number
        self.address = f"/admin/articles/article/{article.pk}/change/"
        self.cookie = f"sessionid={session}"
        self.sending = threading.Event()
        """Set while a save is on its way."""
        self.saved, self.seconds, self.errors, self.broken_off = [], [], [], 0
        self.fields = None
        self.stopping = threading.Event()

    def run(self):
        count = 0
        while not self.stopping.is_set():
            count += 1
            text = f"Editor {self.number}, save {count}.[@hrw]"
            try:
                self.save(text)
            except (OSError, http.client.HTTPException):
                # The server was killed: nothing was answered, and nothing is asked of this text.
                self.broken_off += 1
                time.sleep(0.02)

    def save(self, text):
        """Open the form, change the text and send it."""
        status, headers, page = self.ask("GET", {"Cookie": self.cookie})
        if status != 200:
            self.errors.append(f"{status} for the form")
            return
        fields = self.read(page) | {"body": text}
        csrf = next(part for part in headers.get_all("Set-Cookie", []) if part.startswith("csrftoken=")).split(";")[0]
        begun = time.monotonic()
        headers = {"Cookie": f"{self.cookie}; {csrf}", "Referer": f"http://127.0.0.1:{self.port}/"} | _FORM
        self.sending.set()
        try:
            status, _, _ = self.ask("POST", headers, urlencode(fields))
        finally:
            self.sending.clear()
        if status == 302:
            self.seconds.append(time.monotonic() - begun)
            self.saved.append(text)
        else:
            self.errors.append(f"{status} for a save")

    def read(self, page):
        """Return the fields of the form, from the second time on with what a save changes, and that is hidden.

        A browser would read the page on another machine; here it costs the server as little as may be.
        """
        if self.fields is None:
            self.fields = form_fields(SimpleNamespace(content=page))
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(page.decode())}
        self.fields |= {name: value for name, value in hidden.items() if name in self.fields}
        return self.fields

    def ask(self, method, headers, body=None):
        """Return status, headers and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, self.address, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()


class Editors:
    """Several of them at work in a ``with`` block."""

    def __init__(self, port, session, articles):
        self.all = [Editor(port, session, article, number) for number, article in enumerate(articles)]

    def __enter__(self):
        for editor in self.all:
            editor.start()
        return self

    def wait_for_a_save(self, seconds=20):
        """Return while a save is on its way, after ``seconds`` at the latest."""
        deadline = time.monotonic() + seconds
        while not any(editor.sending.is_set() for editor in self.all) and time.monotonic() < deadline:
            time.sleep(0.002)

    def __exit__(self, *_):
        for editor in self.all:
            editor.stopping.set()
        for editor in self.all:
            editor.join(120)
