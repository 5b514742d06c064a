"""A cache that several servers share, and that is no error when it is away, full or holds what nobody can read."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as Unreachable, RedisError, TimeoutError as Silent

_log = logging.getLogger("django.cache")
_QUIET = 60
"""Seconds between two lines in the log about a cache that does not answer."""
_LEFT_ALONE = 5
"""Seconds for which a cache that did not answer is not asked again: each question to a silent one takes a second."""
_COUNTED_FOR = 2 * 60 * 60
"""Seconds for which a process remembers by itself what says nothing of its time: counts of an hour."""


def _with_fallback(name):
    """Return the method ``name`` of Redis, which goes to this process's own memory where Redis does not answer."""
    asked = getattr(RedisCache, name)

    def method(self, *arguments, **options):
        if self.is_away():
            return getattr(self.own, name)(*arguments, **options)
        try:
            return asked(self, *arguments, **options)
        except RedisError as error:
            self.complain(error)
            return getattr(self.own, name)(*arguments, **options)

    method.__name__ = name
    return method


class SharedCache(RedisCache):
    """Redis; while it does not answer each process goes on with what it remembers itself.

    Nothing that is kept in the cache is needed: counts of what strangers sent, and words that are made anew.
    """

    # Of the whole process: each thread has a cache object of its own.
    _complained = -_QUIET
    _asked_again = 0

    def __init__(self, server, params):
        super().__init__(server, params)
        self.own = LocMemCache("own", {"TIMEOUT": _COUNTED_FOR})

    def is_away(self):
        """Tell whether Redis did not answer a moment ago."""
        return time.monotonic() < self._asked_again

    def complain(self, error):
        """Say in the log that the cache is away, once a minute, and leave one alone that gave no answer at all."""
        now = time.monotonic()
        if isinstance(error, (Unreachable, Silent)):
            SharedCache._asked_again = now + _LEFT_ALONE
        if now - self._complained > _QUIET:
            SharedCache._complained = now
            _log.error("The shared cache does not answer: %s", error)

    add, set, touch, delete, has_key, clear = map(_with_fallback, ("add", "set", "touch", "delete", "has_key", "clear"))
    set_many, delete_many, _get, _get_many = map(_with_fallback, ("set_many", "delete_many", "get", "get_many"))

    def get(self, key, default=None, version=None):
        """Return what is kept, or ``default``; what cannot be read is as good as gone, and goes."""
        try:
            return self._get(key, default, version)
        except Exception:  # whatever a reader of foreign bytes may raise
            self.delete(key, version)
            return default

    def get_many(self, keys, version=None):
        """Return {key: value} of what is kept and can be read."""
        keys = list(keys)
        try:
            return self._get_many(keys, version)
        except Exception:
            nothing = object()
            found = {key: self.get(key, nothing, version) for key in keys}
            return {key: value for key, value in found.items() if value is not nothing}

    def incr(self, key, delta=1, version=None):
        """Count on where the counting began: in this process's memory if Redis took no beginning, else in Redis."""
        if not self.is_away() and not self.own.has_key(key, version):
            try:
                return super().incr(key, delta, version)
            except RedisError as error:
                self.complain(error)
        self.own.add(key, 0, version=version)
        return self.own.incr(key, delta, version)
