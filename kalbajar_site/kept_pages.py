"""Published pages, finished and compressed, kept in the memory of each process and answered before Django is asked.

A page is taken over from its ordinary answer with all its headers, so the two cannot differ. Before every further
answer one indexed read asks the database which publication stands at the address, unless its page is outdated or of
another release: what another process publishes or withdraws is seen by the very next request.

That read takes 7 µs, and 18 with Django's cursor. ``PRAGMA data_version``, which tells whether anything was written,
is of no use after each autosave at the desk, and PostgreSQL has nothing like it.
"""

import gzip
import re
from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import brotli
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils.http import parse_etags

from articles.models import RenderedPage
from articles.pages import release

_ADDRESS = re.compile(r"/articles/([-\w]+)/", re.ASCII)
_VERSION = (
    f"SELECT publication_id, etag FROM {RenderedPage._meta.db_table} "  # noqa: S608 (a table's name)
    "WHERE slug = %s AND release = %s AND NOT outdated"
)
_IN_SQLITE = _VERSION.replace("%s", "?")
_MOST_DOORS = 256
_GZIP_LEVEL = 6
_BROTLI_QUALITY = 7
# What is one visitor's own: a page that is kept is made for a stranger.
_OWN = {"HTTP_IF_NONE_MATCH", "HTTP_COOKIE", "HTTP_AUTHORIZATION"}
# What asks for more than "have I this page already?" is rare and goes the ordinary way.
_ELABORATE = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


class Answer(NamedTuple):
    """What is said: status and headers as WSGI has them, the body, and ``head``: the former two as HTTP/1.1 sends them.

    ``head`` lacks what the server adds: the lines about itself and the connection, and the empty line at the end. It is
    empty in an answer that is not from a kept page.
    """

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    head: bytes


class KeptPages:
    """A WSGI application before ``application``: answers GET and HEAD of published pages, and passes on the rest.

    Which hosts are ours and which requests are sent to HTTPS only the ordinary way knows: the first request through
    each "door" (host and scheme, as the request names them) goes there, and only if a page came back is it known.
    """

    def __init__(self, application):
        self._application = application
        self._pages = _Pages(settings.KEPT_PAGES_BYTES)
        self._doors = {}

    def __call__(self, environ, start_response):
        answer = self.at_once(environ) or self._taken_over(environ)
        if answer is None:
            return self._application(environ, start_response)
        start_response(answer.status, list(answer.headers))
        return [answer.body]

    def at_once(self, environ):
        """Return the ``Answer`` from a page that is kept and still the latest; None if there is none.

        Of ``environ`` method, path, scheme and the visitor's headers are enough.
        """
        slug = _slug(environ)
        page = slug and self._pages.get(slug)
        if not page or _door(environ) not in self._doors or _version(slug) != page.version:
            return None
        return self._answer(slug, page, environ)

    def _taken_over(self, environ):
        """Ask the ordinary way, keep the page if one comes, and return the ``Answer``; None if there is no page."""
        slug = _slug(environ)
        version = slug and _version(slug)
        if not version:
            return None
        status, headers, body = self._ordinary(environ)
        named = dict(headers)
        # What is said to one visitor alone is never kept for all.
        if not status.startswith("200 ") or named.get("ETag") != f'"{version[1]}"' or "Set-Cookie" in named:
            return Answer(status, headers, body, b"")
        self._doors[_door(environ)] = True
        if len(self._doors) > _MOST_DOORS:
            # The oldest goes: invented hosts must not keep the real one out.
            self._doors.pop(next(iter(self._doors)), None)
        return self._answer(slug, _Page(version, headers, body), environ)

    def _answer(self, slug, page, environ):
        answer = page.answer(environ)
        self._pages.put(slug, page)
        return answer._replace(body=b"") if environ["REQUEST_METHOD"] == "HEAD" else answer

    def _ordinary(self, environ):
        """Return status, headers and body of the ordinary answer to a visitor of whom nothing is known."""
        answer = []
        asked = {name: value for name, value in environ.items() if name not in _OWN}
        parts = self._application(asked, lambda status, headers, error=None: answer.extend((status, headers)))
        try:
            body = b"".join(parts)
        finally:
            parts.close()
        return *answer, body


def _slug(environ):
    """Return the slug of the page that is asked for; None if it is no page, or more is asked than to read it."""
    found = _ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
    if not found or environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in _ELABORATE):
        return None
    return found[1]


def _door(environ):
    return environ.get("HTTP_HOST"), environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO")


def _version(slug):
    """Return (publication, ETag) of the page that answers at ``slug``; None if there is none, or it is to be made anew.

    Where the database does not answer, the ordinary way finds out whether a new connection helps.
    """
    database = connections[DEFAULT_DB_ALIAS]
    try:
        database.ensure_connection()
        # Not by Django's cursor, which prepares for much that cannot come here.
        query = _IN_SQLITE if database.vendor == "sqlite" else _VERSION
        return database.connection.execute(query, (slug, release())).fetchone()
    except (Error, database.Database.Error):
        database.close()
        return None


class _Page:
    """One page, taken over from its ordinary answer: its headers, and its body in each encoding asked for so far."""

    def __init__(self, version, headers, body):
        self.version = version
        self._plain = body
        self._headers = dict(headers)
        vary = self._headers.get("Vary")
        self._headers["Vary"] = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
        self._etag = self._headers["ETag"]
        self._answers = {}

    @property
    def size(self):
        """Bytes of memory that the bodies take."""
        # Of a copy: another thread may add what it compressed meanwhile.
        return len(self._plain) + sum(len(full.body) for name, (full, _) in self._answers.copy().items() if name)

    def answer(self, environ):
        """Return the ``Answer`` in the best encoding that the visitor takes; 304 if they have the page."""
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding not in self._answers:
            self._answers[encoding] = self._encoded(encoding)
        full, unchanged = self._answers[encoding]
        return unchanged if self._is_known(environ.get("HTTP_IF_NONE_MATCH")) else full

    def _is_known(self, tags):
        if not tags:
            return False
        # First as a browser sends it back: to parse it takes longer.
        return tags.removeprefix("W/") == self._etag or any(
            tag == "*" or tag.removeprefix("W/") == self._etag for tag in parse_etags(tags)
        )

    def _encoded(self, encoding):
        """Return the full answer and the 304. A compressed page is equal in meaning, not in bytes: its ETag is weak."""
        body = _ENCODINGS[encoding](self._plain)
        headers = self._headers | {"Content-Length": str(len(body))}
        if encoding:
            headers |= {"Content-Encoding": encoding, "ETag": f"W/{self._etag}"}
        body_only = ("Content-Type", "Content-Length", "Content-Encoding")
        unchanged = [(name, value) for name, value in headers.items() if name not in body_only]
        return _complete("200 OK", list(headers.items()), body), _complete("304 Not Modified", unchanged, b"")


def _complete(status, headers, body):
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), ""]
    return Answer(status, headers, body, "\r\n".join(lines).encode("latin-1"))


_ENCODINGS = {
    "br": lambda body: brotli.compress(body, quality=_BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0),
    "": lambda body: body,
}


@lru_cache(maxsize=64)
def _encoding(accepted):
    """Return the best of our encodings that the header allows; only a weight of nought forbids one."""
    allowed = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        allowed[name.strip()] = not re.fullmatch(r"q=0(\.0*)?", weight.strip())
    return next(name for name in _ENCODINGS if not name or allowed.get(name, allowed.get("*", False)))


class _Pages:
    """The pages used last, as many as have room in ``limit`` bytes; several threads may ask at once."""

    def __init__(self, limit):
        self._limit = limit
        self._kept = OrderedDict()
        self._total = 0
        self._lock = Lock()

    def get(self, slug):
        """Return the page kept under ``slug``, or None."""
        return self._kept.get(slug, (None, 0))[0]

    def put(self, slug, page):
        """Keep ``page``, which was just used and may have grown, and let go of those not used for longest."""
        size = page.size
        with self._lock:
            if self._kept.get(slug) == (page, size):
                self._kept.move_to_end(slug)
                return
            self._total += size - self._kept.pop(slug, (None, 0))[1]
            self._kept[slug] = (page, size)
            while self._total > self._limit:
                _, (_, size) = self._kept.popitem(last=False)
                self._total -= size
