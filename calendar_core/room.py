"""A standing room: the https address at which somebody's calls always are."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

LONGEST = 300
INWARD = (".local", ".internal", ".localhost", ".lan", ".home", ".corp")


def room_address(typed: str) -> str:
    """The address, as others may be shown it. Raises ValueError for anything they could not open, or should not: no
    https, a name or password in it, a host that is only reached from inside, letters that hide what it is."""
    address = typed.strip()
    if not address.isascii() or not address.isprintable() or " " in address or len(address) > LONGEST:
        raise ValueError("an address is visible ASCII, without blanks")
    if any(mark in address for mark in '<>"\\`{}|^'):
        raise ValueError("an address holds no such marks")
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or "@" in parts.netloc or _port_of(parts.netloc):
        raise ValueError("only https, at its usual port, and without a name in it")
    if "." not in host or host.endswith(INWARD) or _is_number(host):
        raise ValueError("a host that others cannot reach")
    return address


def _port_of(netloc: str) -> bool:
    return ":" in netloc.rpartition("]")[2]


def _is_number(host: str) -> bool:
    """An address in figures says nothing of whose room it is."""
    try:
        ip_address(host)
    except ValueError:
        return all(part.isdigit() or part.startswith("0x") for part in host.split("."))
    return True
