"""Whether the sender's domain stands behind a letter: its DKIM signature (RFC 6376), checked here, not believed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from calendar_core.ports import TxtRecords

MOST_SIGNATURES = 5
LONGEST_SIGNATURE = 4_000
LONGEST_RECORD = 8_000
SMALLEST_KEY = 1024  # bits
# dkimpy checks what it was promised only as it goes: hostile values make it stumble in any of these ways
STUMBLES = (dkim.DKIMException, InvalidTagValueList, ValueError, TypeError, LookupError, AssertionError, AttributeError)

silent = logging.getLogger("pairtime.dkim")  # it would write the letter's headers down
silent.addHandler(logging.NullHandler())
silent.propagate = False
silent.disabled = True


@dataclass(frozen=True, slots=True)
class Signature:
    """Which one of the letter's signatures, and where its key is published."""

    place: int
    key_name: str


async def vouched(raw: bytes, domain: str, records: TxtRecords) -> bool:
    """Whether a valid signature aligned with `domain` covers the whole letter.

    Only names at or around that domain are looked up, at most five. Raises ProviderUnavailable where one of them got
    no answer and no other signature holds.
    """
    for signature in _signatures(raw, domain):
        for record in await records.txt(signature.key_name):
            if len(record) <= LONGEST_RECORD and await asyncio.to_thread(_holds, raw, signature, record):
                return True
    return False


def _signatures(raw: bytes, domain: str) -> Iterator[Signature]:
    """Those worth a look-up."""
    try:
        headers, _ = dkim.rfc822_parse(raw)
    except STUMBLES:
        return
    values = [value for name, value in headers if name.lower() == b"dkim-signature"]
    for place, value in enumerate(values[:MOST_SIGNATURES]):
        tags = _tags(value)
        if tags is not None and _aligned(tags["d"], domain) and _strong(tags):
            yield Signature(place, f"{tags['s']}._domainkey.{tags['d']}")


def _tags(value: bytes) -> Mapping[str, str] | None:
    if len(value) > LONGEST_SIGNATURE:
        return None
    try:
        tags = {name.decode(): text.decode("ascii").strip() for name, text in parse_tag_value(value).items()}
    except STUMBLES:
        return None
    return tags | {"d": tags["d"].lower()} if {"a", "d", "s", "h"} <= set(tags) else None


def _strong(tags: Mapping[str, str]) -> bool:
    """The whole body is signed, by an algorithm that holds, and who it is from with it."""
    signed = [name.strip().lower() for name in tags["h"].split(":")]
    return tags["a"].lower() == "rsa-sha256" and "l" not in tags and "from" in signed


def _aligned(signer: str, domain: str) -> bool:
    """Relaxed alignment (RFC 7489 3.1.1): one is the other, or lies below it. A bare top-level domain signs nothing."""
    if "." not in signer.strip(".") or not domain:
        return False
    return signer == domain or domain.endswith(f".{signer}") or signer.endswith(f".{domain}")


def _holds(raw: bytes, signature: Signature, record: bytes) -> bool:
    try:
        checked = dkim.DKIM(raw, logger=silent, minkey=SMALLEST_KEY)
        return bool(checked.verify(signature.place, dnsfunc=lambda _name, timeout=0: record))  # noqa: ARG005 - its name
    except STUMBLES:
        return False
