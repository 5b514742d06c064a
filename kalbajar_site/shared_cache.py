"""A cache that several servers share, and that is no error when it is away."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

_log = logging.getLogger("django.cache")
_SILENT = 60
"""Seconds between two lines in the log about a cache that does not answer."""


def _with_fallback(name):
    """Return the method ``name`` of Redis, which goes to this process's own memory where Redis does not answer."""
    asked = getattr(RedisCache, name)

    def method(self, *arguments, **options):
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
    _complained = -_SILENT

    def __init__(self, server, params):
        super().__init__(server, params)
        self.own = LocMemCache("own", {})

    def complain(self, error):
        """Say in the log that the cache is away, once a minute."""
        if time.monotonic() - self._complained > _SILENT:
            SharedCache._complained = time.monotonic()
            _log.error("The shared cache does not answer: %s", error)

    add, get, set, touch, delete, incr, has_key, clear = map(
        _with_fallback, ("add", "get", "set", "touch", "delete", "incr", "has_key", "clear")
    )
    get_many, set_many, delete_many = map(_with_fallback, ("get_many", "set_many", "delete_many"))
