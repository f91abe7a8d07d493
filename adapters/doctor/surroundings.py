"""What an installation stands on: its public address, its clock, its keys, its worker, its mail server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from adapters.settings import Settings
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.examining.finding import Finding, left_out, ok, problem
from calendar_core.ports import Secrets

HERE = "This installation"
PATIENCE = aiohttp.ClientTimeout(total=10)
FORGIVEN = timedelta(minutes=4)
WORKER_SEEN_WITHIN = timedelta(minutes=2)
LONGEST_ANSWER = 1_000


async def public_address(url: str | None, connections: aiohttp.ClientSession) -> Finding:
    """Asked for from here: that people's browsers find it, too, cannot be seen from inside."""
    what = "public address"
    if url is None:
        return left_out(HERE, what, "PAIRTIME_PUBLIC_URL is not set: nobody connects a calendar of their own.")
    what = f"public address {url}"
    try:
        async with connections.get(f"{url}/health/live", timeout=PATIENCE, allow_redirects=False) as answer:
            body = await answer.content.read(LONGEST_ANSWER)
    except (aiohttp.ClientError, TimeoutError):
        return problem(HERE, what, "It does not answer. Start `pairtime serve`, and have the proxy lead there.")
    if answer.status != 200 or b'"live"' not in body:
        return problem(HERE, what, f"Something else answers there ({answer.status}): let it lead to `pairtime serve`.")
    return ok(HERE, what)


async def clock(vendor: str, url: str, connections: aiohttp.ClientSession, real_now: Callable[[], datetime]) -> Finding:
    """By the Date of whatever answer comes back: signed claims are refused when we are off."""
    what = f"clock, against {vendor}'s"
    try:
        async with connections.get(url, timeout=PATIENCE, allow_redirects=False) as answer:
            told = parsedate_to_datetime(answer.headers["Date"])
            theirs = told if told.tzinfo else told.replace(tzinfo=UTC)  # RFC 5322: "-0000" names no zone
    except (aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError, OverflowError):
        return left_out(HERE, what, f"{vendor} did not answer: look at this machine's way to the network.")
    off = real_now() - theirs
    if abs(off) > FORGIVEN:
        minutes = abs(off) // timedelta(minutes=1)
        return problem(
            HERE, what, f"It is {minutes} minutes {'ahead' if off > timedelta(0) else 'behind'}: set it (NTP)."
        )
    return ok(HERE, what)


async def encryption(secrets: Secrets) -> Finding:
    """Whether there is a key, and whether everything that is sealed opens."""
    what = "encryption keys"
    sealed = sum((await secrets.sealed_by()).values())
    if secrets.newest_key is None:
        if sealed:
            return problem(HERE, what, f"No key is set, and {sealed} sealed: set PAIRTIME_ENCRYPTION_KEYS.")
        return left_out(HERE, what, "PAIRTIME_ENCRYPTION_KEYS is not set: nobody connects a calendar of their own.")
    unopened = await secrets.unopened()
    if unopened:
        return problem(HERE, what, f"Of {sealed} sealed {unopened} do not open: add the key that sealed them.")
    return ok(HERE, what)


def worker(seen_at: datetime | None, now: datetime) -> Finding:
    """By the newest tick of the periodic work."""
    if seen_at is None or now - seen_at > WORKER_SEEN_WITHIN:
        return problem(HERE, "worker", "Nobody does the durable work: start `pairtime serve` or `pairtime worker`.")
    return ok(HERE, "worker")


def given_up(dead: int) -> Finding:
    """Jobs that died."""
    if dead:
        return problem(HERE, "durable work", f"{dead} were given up: the log says which and why.")
    return ok(HERE, "durable work")


async def mail_server(host: str | None, login: Callable[[], Awaitable[None]]) -> Finding:
    """Name and password; no letter is sent."""
    why = "PAIRTIME_SMTP_URL is not set: nobody is invited by mail."
    return await _logged_in("mail server", host, "PAIRTIME_SMTP_URL", why, login)


async def letter(to: str, send: Callable[[], Awaitable[None]]) -> Finding:
    """One truly handed over. Whether it lands in the inbox its reader alone can see."""
    what = f"a letter to {to} is taken"
    try:
        await send()
    except ProviderRejected as refused:
        return problem("Mail", what, f"The mail server refuses it ({refused.code}): the log says more.")
    except ProviderUnavailable:
        return problem("Mail", what, "The mail server did not take it: look at PAIRTIME_SMTP_URL, and try again.")
    return ok("Mail", what)


async def mailbox(host: str | None, login: Callable[[], Awaitable[None]]) -> Finding:
    """The same, of the mailbox that answers are read from; no letter is read."""
    why = "PAIRTIME_IMAP_URL is not set: answers to mailed invitations are not read."
    return await _logged_in("mailbox at", host, "PAIRTIME_IMAP_URL", why, login)


async def _logged_in(
    what: str, host: str | None, setting: str, without: str, login: Callable[[], Awaitable[None]]
) -> Finding:
    if host is None:
        return left_out("Mail", what.removesuffix(" at"), without)
    try:
        await login()
    except ProviderRejected:
        return problem("Mail", f"{what} {host}", f"It does not let us in: look at the name and password in {setting}.")
    except ProviderUnavailable:
        remedy = f"It does not answer: look at {setting} and at this machine's network."
        return problem("Mail", f"{what} {host}", remedy)
    return ok("Mail", f"{what} {host}")


def vendors(settings: Settings) -> Iterator[tuple[str, str]]:
    """Whose clock ours is compared with, and where it is read."""
    if settings.google_service_account or settings.google_keyless or settings.google_client:
        yield "Google", settings.google_oauth_base
    if settings.microsoft:
        yield "Microsoft", settings.login_base


def ending(vendor: str, ends_at: datetime | None, now: datetime, within: timedelta) -> Finding:
    """A secret or certificate."""
    what = f"{vendor}'s secret or certificate"
    if ends_at is None:
        return left_out(HERE, what, "Nobody said when it ends: set PAIRTIME_MICROSOFT_CLIENT_SECRET_ENDS.")
    left = ends_at - now
    if left <= timedelta(0):
        return problem(HERE, what, "It has ended: make a new one and set it.")
    if left <= within:
        days = left // timedelta(days=1)
        return problem(HERE, what, f"It ends in {days} {'day' if days == 1 else 'days'}: make a new one and set it.")
    return ok(HERE, what)
