"""How much may be sent: by strangers so much an hour from one network and on the whole site, by editors a minute."""

import hashlib
import time
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.core.cache import cache

_MINUTE, _HOUR = 60, 60 * 60
_SAVES = 1200
"""Of one editor in a minute, counted in each process where no cache is shared: more than hands or a script need."""
_OF_ONE = 6
_OF_ALL = 200
_counts_until = 0.0
"""When the last count of strangers that this process began is over, by the clock that nobody sets."""


def may_send(request, what):
    """Count one more sending of ``what`` and tell whether it is within the hour's allowance.

    The counts are in the cache, which several servers share where there is one for all. Addresses are not kept.
    """
    hour = int(time.time()) // _HOUR
    network = hashlib.sha256(str(network_of(request)).encode()).hexdigest()[:24]
    return _counted(f"{what}:{hour}:{network}") <= _OF_ONE and _counted(f"{what}:{hour}") <= _OF_ALL


def may_save(user):
    """Count one more save of ``user`` and tell whether it is within the minute's allowance."""
    minute = int(time.time()) // _MINUTE
    return _counted(f"save:{minute}:{user.pk}", _MINUTE) <= _SAVES


def counts():
    """Tell whether this process counts what strangers sent: where no cache is shared, its end would forget it."""
    return time.monotonic() < _counts_until


def _counted(key, period=_HOUR):
    global _counts_until  # noqa: PLW0603
    if period > _MINUTE:
        _counts_until = time.monotonic() + period
    cache.add(key, 0, 2 * period)
    try:
        return cache.incr(key)
    except ValueError:  # dropped from a full cache between the two
        return 1


def network_of(request):
    """Return the visitor's address; of IPv6 the first of its network, since one visitor has all addresses of it.

    Locking out after wrong passwords asks here too. None stands for what is no address.
    """
    try:
        found = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        # A server that listens to both kinds is told 192.0.2.1 as ::ffff:192.0.2.1.
        found = found.ipv4_mapped or IPv6Network((int(found), 64), strict=False).network_address
    return str(found)
