"""How much strangers may send: so many an hour from one network, and so many on the whole site."""

import hashlib
import time
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache

_HOUR = 60 * 60
_OF_ONE = 6
_OF_ALL = 200


def may_send(request, what):
    """Count one more sending of ``what`` and tell whether it is within the hour's allowance.

    The counts are in the cache, which several servers share where there is one for all. Addresses are not kept.
    """
    hour = int(time.time()) // _HOUR
    network = hashlib.sha256(_network(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()[:24]
    return _counted(f"{what}:{hour}:{network}") <= _OF_ONE and _counted(f"{what}:{hour}") <= _OF_ALL


def _counted(key):
    cache.add(key, 0, 2 * _HOUR)
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
