"""TXT records, asked of the system's own name servers: TxtRecords."""

from __future__ import annotations

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver

from calendar_core.errors import ProviderUnavailable

LONGEST_WAIT = 5.0  # seconds


class NameServers:
    """See TxtRecords. The system's settings are read at the first question."""

    def __init__(self) -> None:
        self._resolver: dns.asyncresolver.Resolver | None = None

    async def txt(self, name: str) -> tuple[bytes, ...]:
        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError):
            return ()
        try:
            self._resolver = self._resolver or dns.asyncresolver.Resolver()
            answer = await self._resolver.resolve(asked, "TXT", lifetime=LONGEST_WAIT, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, OSError) as silence:
            raise ProviderUnavailable("name servers did not answer") from silence
        return tuple(b"".join(record.strings) for record in answer)
