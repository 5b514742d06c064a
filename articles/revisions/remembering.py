"""What was read, compared or rendered before, in this process: a revision changes only when text is removed for legal
reasons, and equal contents in one and the same world give equal pages.
"""

import time
from collections import OrderedDict
from functools import partial
from threading import Lock

from django.db import connection, transaction
from django.utils.translation import get_language

from ..comparison import compare
from ..rendered import Links
from ..rendering import render
from .reading import content_at

_CONTENTS, _DIFFERENCES, _PAGES = 16, 16, 2
"""How many are remembered: the largest article has about a megabyte."""
_SECONDS = 60
"""How long at most; a difference is made of what was remembered, so what another process removed stays twice that."""


class _Remembered:
    """The results of ``make`` for what it was asked for last; ``told_by`` gives the key of one argument."""

    def __init__(self, make, most, told_by):
        self.make, self.most, self.told_by = make, most, told_by
        self._kept, self._lock = OrderedDict(), Lock()

    def of(self, *asked):
        """Return ``make(*asked)``, made now or before.

        Inside a transaction nothing is remembered: what is read there may still be taken back.
        """
        if (found := self.known(*asked)) is not None:
            return found
        made = self.make(*asked)
        if not connection.in_atomic_block:
            self.put(made, *asked)
        return made

    def known(self, *asked):
        """Return what is remembered, or None."""
        key = self._key(asked)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, made, *asked):
        """Remember what ``make(*asked)`` gives: ``made``."""
        with self._lock:
            self._kept[self._key(asked)] = made
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)

    def _key(self, asked):
        return (time.monotonic() // _SECONDS, *map(self.told_by, asked))


def _revision(revision):
    # A key is used again by a database that was made anew, the moment of creation is not.
    return revision.pk, revision.created


_contents = _Remembered(content_at, _CONTENTS, _revision)
remembered_content = _contents.of
"""``content_at`` for pages that are looked at again and again."""
known_content = _contents.known
"""``content_at`` if it is remembered, else None."""


def remember_content(revision, content):
    """Remember the content of a revision that is being recorded, from the moment on when it is there for all."""
    transaction.on_commit(partial(_contents.put, content, revision))


def _compared(old, new):
    return compare(_contents.of(old), _contents.of(new))


difference = _Remembered(_compared, _DIFFERENCES, _revision).of
"""The ``Comparison`` of two revisions."""


def _world(content_or_links):
    """Content by all that it says, versions and files included, which count for nothing where contents are compared."""
    if isinstance(content_or_links, Links):
        return content_or_links, get_language()
    return content_or_links.canonical_json()


_pages = _Remembered(render, _PAGES, _world)
rendered = _pages.of
"""``render`` for a content of which the problems are counted first and the page is published next."""
