"""How much may be sent: by strangers so much an hour from one network and on the whole site, by editors a minute."""

import hashlib
import time
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache

_MINUTE, _HOUR = 60, 60 * 60
_SAVES = 1200
"""Of one editor in a minute, counted in each process where no cache is shared: more than hands or a script need."""
_OF_ONE = 6
_OF_ALL = 200


def may_send(request, what):
    """Count one more sending of ``what`` and tell whether it is within the hour's allowance.

    The counts are in the cache, which several servers share where there is one for all. Addresses are not kept.
    """
    hour = int(time.time()) // _HOUR
    network = hashlib.sha256(_network(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()[:24]
    return _counted(f"{what}:{hour}:{network}") <= _OF_ONE and _counted(f"{what}:{hour}") <= _OF_ALL


def may_save(user):
    """Count one more save of ``user`` and tell whether it is within the minute's allowance."""
    minute = int(time.time()) // _MINUTE
    return _counted(f"save:{minute}:{user.pk}", _MINUTE) <= _SAVES


def _counted(key, period=_HOUR):
    cache.add(key, 0, 2 * period)
    try:
        return cache.incr(key)
    except ValueError:  # dropped from a full cache between the two
        return 1


def _network(address):
    """Return the address; of IPv6 the network, since one visitor has all addresses of it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return found.exploded[:19] if isinstance(found, IPv6Address) else str(found)
