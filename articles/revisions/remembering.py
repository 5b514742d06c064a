"""What was read or compared before, in this process: a revision changes only when text is removed for legal reasons."""

import time
from collections import OrderedDict
from threading import Lock

from django.db import connection

from ..comparison import compare
from .reading import content_at

_CONTENTS, _DIFFERENCES = 16, 16
"""How many are remembered: the largest article has about a megabyte."""
_SECONDS = 60
"""How long at most; a difference is made of what was remembered, so what another process removed stays twice that."""


class _Remembered:
    """The results of ``make`` for the revisions that were asked for last."""

    def __init__(self, make, most):
        self.make, self.most = make, most
        self._kept, self._lock = OrderedDict(), Lock()

    def of(self, *revisions):
        """Return ``make(*revisions)``, made now or before.

        Inside a transaction nothing is remembered: what is read there may still be taken back.
        """
        if connection.in_atomic_block:
            return self.make(*revisions)
        # A key is used again by a database that was made anew, the moment of creation is not.
        key = (time.monotonic() // _SECONDS, *((revision.pk, revision.created) for revision in revisions))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self.make(*revisions)
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return made


_contents = _Remembered(content_at, _CONTENTS)
remembered_content = _contents.of
"""``content_at`` for pages that are looked at again and again."""


def _compared(old, new):
    return compare(_contents.of(old), _contents.of(new))


difference = _Remembered(_compared, _DIFFERENCES).of
"""The ``Comparison`` of two revisions."""
