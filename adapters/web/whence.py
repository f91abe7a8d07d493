"""Where a request comes from, for limits that hold for each place."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp import web


def whence(request: web.Request) -> str:
    """The network a browser is in, as far as it counts as one: an address, or of IPv6 the 64 bits that one is given.
    A proxy beside us tells it; whoever comes from elsewhere is believed nothing."""
    nearest = _address(request.remote or "")
    if nearest is not None and nearest.is_private:
        told = request.headers.getall("X-Forwarded-For", [])
        nearest = _address(",".join(told).rpartition(",")[2].strip()) or nearest
    if isinstance(nearest, IPv6Address):
        return str(ip_network((nearest, 64), strict=False))
    return str(nearest)


def _address(told: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(told)
    except ValueError:
        return None
