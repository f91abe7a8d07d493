"""Refuses the network to tests: whatever is not on this machine is not there, and having tried fails the test."""

from __future__ import annotations

import ipaddress
import sys

attempts: list[str] = []


class NetworkUsed(AssertionError):
    """A test reached for something that is not on this machine."""


def stays_here(host: object) -> bool:
    """Loopback, nothing at all (any own address), or a socket that is a file."""
    if not isinstance(host, str) or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: the interpreter asks before it connects, sends, or looks a name up."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not stays_here(host.decode() if isinstance(host, bytes) else host):
        attempts.append(f"{event} {host}")
        raise NetworkUsed(f"{event} {host}: tests stay on this machine; play the outside with the sandbox")


sys.addaudithook(refuse)
