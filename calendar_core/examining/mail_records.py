"""Whether other servers will believe our mail: the SPF, DKIM and DMARC records of the domain it is from.

RFC 7208, 6376 and 7489. Only the records are looked at: that a letter arrives shows when one is sent.
"""

from __future__ import annotations

import re

from calendar_core.errors import ProviderUnavailable
from calendar_core.ports import TxtRecords

from .finding import Finding, left_out, ok, problem

AREA = "Mail"
SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z")
PUBLIC_KEY = re.compile(r"(?:^|;)\s*p=([A-Za-z0-9+/=\s]*)")
USUAL_SELECTORS = ("selector1", "selector2", "google", "default", "dkim", "mail", "s1", "k1")
POLICY = re.compile(r"(?:^|;)\s*p=(none|quarantine|reject)\s*(?:;|$)", re.IGNORECASE)
WIDE_OPEN = re.compile(r"(?:^|\s)\+?all(?:\s|$)", re.IGNORECASE)


async def mail_records(domain: str, selector: str | None, records: TxtRecords) -> list[Finding]:
    """Of the From domain. `selector` names the DKIM key with which the mail server signs; None:
    nobody said, so the usual ones are looked for."""
    return [
        await _spf(domain, records),
        await _dkim(domain, selector, records),
        await _dmarc(domain, records),
    ]


async def _spf(domain: str, records: TxtRecords) -> Finding:
    what = f"SPF record of {domain}"
    try:
        found = [each for each in await _texts(domain, records) if each.lower().split(" ")[0] == "v=spf1"]
    except ProviderUnavailable:
        return _silent(what)
    if not found:
        return problem(AREA, what, f"There is none: publish v=spf1 with your mail server, ending in -all, at {domain}.")
    if len(found) > 1:
        return problem(AREA, what, "There are several, so receivers heed none: make one of them.")
    if WIDE_OPEN.search(found[0]):
        return problem(AREA, what, "It lets everybody send (+all): end it in -all or ~all.")
    return ok(AREA, what)


async def _dkim(domain: str, selector: str | None, records: TxtRecords) -> Finding:
    if selector is None:
        selector = await _usual_selector(domain, records)
    if selector is None or not SELECTOR.match(selector):
        what = f"DKIM key of {domain}"
        return left_out(AREA, what, "Name the selector that your mail server signs with: --dkim-selector NAME.")
    what, place = f"DKIM key {selector} of {domain}", f"{selector}._domainkey.{domain}"
    try:
        found = await _texts(place, records)
    except ProviderUnavailable:
        return _silent(what)
    keys = [key[1] for each in found if (key := PUBLIC_KEY.search(each))]
    if not keys:
        return problem(AREA, what, f"There is none at {place}: publish what your mail server gives you for it.")
    if not keys[0].strip():
        return problem(AREA, what, "It was withdrawn (p= is empty): have the mail server sign with another.")
    return ok(AREA, what)


async def _usual_selector(domain: str, records: TxtRecords) -> str | None:
    """The first of those that mail services choose by themselves under which a key is published."""
    for each in USUAL_SELECTORS:
        try:
            if any(PUBLIC_KEY.search(found) for found in await _texts(f"{each}._domainkey.{domain}", records)):
                return each
        except ProviderUnavailable:
            return None
    return None


async def _dmarc(domain: str, records: TxtRecords) -> Finding:
    what, place = f"DMARC record of {domain}", f"_dmarc.{domain}"
    try:
        found = [each for each in await _texts(place, records) if each.lower().startswith("v=dmarc1")]
    except ProviderUnavailable:
        return _silent(what)
    if len(found) != 1:
        count = "none" if not found else "more than one, so receivers heed none"
        return problem(AREA, what, f"There is {count}: publish v=DMARC1; p=quarantine at {place}.")
    policy = POLICY.search(found[0])
    if policy is None:
        return problem(AREA, what, "It says no policy (p=): set p=quarantine or p=reject.")
    if policy[1].lower() == "none":
        return problem(
            AREA, what, "Its policy is none, so anybody can write in your name: set p=quarantine or p=reject."
        )
    return ok(AREA, what)


async def _texts(name: str, records: TxtRecords) -> list[str]:
    return [each.decode("ascii", "replace").strip() for each in await records.txt(name)]


def _silent(what: str) -> Finding:
    return left_out(AREA, what, "The name servers did not answer: try again, and look at this machine's network.")
