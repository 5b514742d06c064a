"""Ports of this machine for servers that tests start."""

import socket


def free_ports(count):
    """Return so many ports of 127.0.0.1 on which nothing listens, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
