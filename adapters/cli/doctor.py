"""`pairtime doctor`: examines the installation by using it, and says what to do; a page for IT with `--for-it`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from bot.plain_text import plain_text

from .installation import NO_DATABASE, configured, give_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from adapters.doctor.for_it import Account
    from adapters.main import Application
    from adapters.settings import Settings
    from calendar_core.examining import Finding
    from calendar_core.integration import IntegrationKind
    from calendar_core.people import Organisation
    from calendar_core.ports import TxtRecords

LONGEST_LINE = 500
PROBLEMS = 1  # exit status; 2, as everywhere, says that it could not be run


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the operator wants examined. Without names: every organisation, by somebody connected there."""

    organisation: str | None = None
    mailboxes: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    dkim_selector: str | None = None
    letter_to: str | None = None


@click.command()
@click.option("--organisation", metavar="NAME", help="This one alone. Otherwise all of them.")
@click.option("--mailbox", "mailboxes", multiple=True, metavar="ADDRESS", help="Whose calendar is used to find out.")
@click.option("--outside", multiple=True, metavar="ADDRESS", help="A mailbox that must be refused (Microsoft).")
@click.option("--dkim-selector", metavar="NAME", help="The key with which your mail server signs.")
@click.option("--send-letter-to", metavar="ADDRESS", help="Send a letter there, to see that it is taken.")
@click.option("--json", "as_json", is_flag=True, help="The findings as data.")
@click.option("--for-it", is_flag=True, help="Print the page to hand to IT instead, and examine nothing.")
def doctor(
    *,
    organisation: str | None,
    mailboxes: tuple[str, ...],
    outside: tuple[str, ...],
    dkim_selector: str | None,
    send_letter_to: str | None,
    as_json: bool,
    for_it: bool,
) -> None:
    """Prove each permission by using it, and everything else this installation stands on.

    In each mailbox named an event is created, read, moved and deleted: far ahead, private, and nobody is invited. Ends
    with 0 if nothing is wrong, 1 if something is, 2 if it could not be run.
    """
    settings = configured()
    asked = Asked(
        organisation=organisation,
        mailboxes=mailboxes,
        outside=outside,
        dkim_selector=dkim_selector,
        letter_to=send_letter_to,
    )
    if for_it:
        for line in asyncio.run(sheets(settings, asked)):
            click.echo(line)
        return
    from adapters.main import real_now
    from adapters.main.mail_server import name_servers

    findings = asyncio.run(examine(settings, asked, name_servers(), real_now))
    click.echo(json.dumps([asdict(each) for each in findings], indent=1) if as_json else "\n".join(lines_of(findings)))
    if any(each.verdict == "problem" for each in findings):
        sys.exit(PROBLEMS)


def lines_of(findings: list[Finding]) -> Iterator[str]:
    """One a finding, and at the end how many of each. Names of others come along: none of them steers the terminal."""
    for each in findings:
        area, what, remedy = (plain_text(text, LONGEST_LINE) for text in (each.area, each.what, each.remedy))
        yield f"{each.verdict.value:<9} {area}: {what}" + (f". {remedy}" if remedy else "")
    counts = [sum(each.verdict == verdict for each in findings) for verdict in ("ok", "problem", "left out")]
    yield f"{counts[0]} ok, {counts[1]} {'problem' if counts[1] == 1 else 'problems'}, {counts[2]} left out."


async def examine(settings: Settings, asked: Asked, records: TxtRecords, now: Callable[[], datetime]) -> list[Finding]:
    """Everything, in the order in which one thing stands on another. `records` is the domain name system, `now` what
    this machine takes for the time."""
    import aiohttp

    from adapters.doctor import surroundings
    from adapters.doctor.at_the_door import refuses_strangers
    from adapters.main import build, is_prepared
    from calendar_core.errors import StoreUnavailable
    from calendar_core.examining import own_consent
    from calendar_core.examining.finding import ok, problem

    here = surroundings.HERE
    try:
        if not await asyncio.to_thread(is_prepared, settings):
            return [problem(here, "database", "It is not at the present schema: run `pairtime migrate`.")]
    except StoreUnavailable:
        return [problem(here, "database", NO_DATABASE)]
    async with AsyncExitStack() as closing:
        application = await closing.enter_async_context(build(settings))
        connections = await closing.enter_async_context(aiohttp.ClientSession())
        found = [
            ok(here, "database"),
            surroundings.worker(await application.worker_seen(), application.clock.now()),
            surroundings.given_up(await application.store.jobs.dead()),
            await surroundings.encryption(application.store.secrets),
            await surroundings.public_address(settings.public_url, connections),
        ]
        for chat, url in _doors(settings):
            found.append(await refuses_strangers(chat, url, connections))
        for vendor, url in surroundings.vendors(settings):
            found.append(await surroundings.clock(vendor, url, connections, now))
        if settings.microsoft:
            found.append(_ending(settings, application))
        for organisation in await _organisations(application, asked):
            found += await _calendars(application, organisation, asked)
        site = application.connecting.signing_in.site
        if site is not None:
            for suite, consent in application.connecting.signing_in.consents.items():
                found.append(await own_consent(consent, site.callback(suite)))
        found += await _mail(settings, asked, records, now)
        return found


async def _mail(settings: Settings, asked: Asked, records: TxtRecords, now: Callable[[], datetime]) -> list[Finding]:
    from adapters.doctor import surroundings
    from adapters.programme_mail import log_in_to_mail_server, log_in_to_mailbox, send_examined_letter
    from calendar_core.examining import mail_records

    host = settings.mail.host if settings.mail else None
    found = [await surroundings.mail_server(host, lambda: log_in_to_mail_server(settings))]
    if settings.mail and (to := asked.letter_to):
        found.append(await surroundings.letter(to, lambda: send_examined_letter(settings, to, now)))
    host = settings.imap.host if settings.imap else None
    found.append(await surroundings.mailbox(host, lambda: log_in_to_mailbox(settings)))
    if settings.mail:
        domain = settings.mail.address.rpartition("@")[2]
        found += await mail_records(domain, asked.dkim_selector, records)
    return found


async def sheets(settings: Settings, asked: Asked) -> list[str]:
    """The pages for IT, of what is set up."""
    from adapters.doctor.for_it import Registration, google_sheet, microsoft_sheet
    from adapters.main import build, prepare
    from calendar_core.connecting import Site

    await asyncio.to_thread(prepare, settings)
    async with build(settings) as application:
        organisations = await _organisations(application, asked)
    domains = tuple(plain_text(domain) for each in organisations for domain in each.google_domains)
    tenant = next((plain_text(each.entra_tenant) for each in organisations if each.entra_tenant), None)
    registration = Registration(
        client_id=settings.microsoft.client_id if settings.microsoft else None,
        tenant=tenant,
        login_base=settings.login_base,
        scope=f"{settings.graph_base}/.default",
        redirect=Site(settings.public_url).approval if settings.public_url else None,
    )
    return [
        *google_sheet(_account(settings), domains),
        "",
        *microsoft_sheet(registration, free_busy_only=False),
        "",
        *microsoft_sheet(registration, free_busy_only=True),
    ]


def _account(settings: Settings) -> Account:
    from adapters.doctor.for_it import Account

    if settings.google_service_account is None:
        return Account(email=settings.google_keyless)
    key = json.loads(settings.google_service_account.reveal())
    return Account(email=str(key["client_email"]), number=str(key["client_id"]) if "client_id" in key else None)


def _doors(settings: Settings) -> Iterator[tuple[str, str]]:
    """Where chats that send to an address of ours do so."""
    if settings.public_url and settings.slack and settings.slack.app_token is None:
        yield "Slack", f"{settings.public_url}/slack/events"
    if settings.public_url and settings.teams and not settings.teams.anonymous:
        yield "Teams", f"{settings.public_url}/api/messages"


def _ending(settings: Settings, application: Application) -> Finding:
    from adapters.doctor import surroundings
    from calendar_core.health import EXPIRING_WITHIN

    ends_at = settings.microsoft.ends_at if settings.microsoft else None
    return surroundings.ending("Microsoft", ends_at, application.clock.now(), EXPIRING_WITHIN)


async def _organisations(application: Application, asked: Asked) -> list[Organisation]:
    if asked.organisation is None:
        return list(await application.store.people.organisations())
    try:
        return [await application.connecting.probing.named(asked.organisation)]
    except ValueError as unknown:
        give_up(str(unknown))


async def _calendars(application: Application, organisation: Organisation, asked: Asked) -> list[Finding]:
    from calendar_core.examining.finding import left_out
    from calendar_core.integration import Suite, domain_wide_kinds

    found: list[Finding] = []
    for kind in domain_wide_kinds(organisation):
        area = f"{kind.value}, {organisation.name}"
        mailboxes = await _mailboxes(application, organisation, kind, asked)
        if not mailboxes:
            found.append(left_out(area, "permissions", "Nobody is connected by it yet: name somebody with --mailbox."))
        for address in mailboxes:
            found += await application.examining.mailbox(organisation, kind, address)
        if kind.suite is Suite.MICROSOFT:
            for address in asked.outside:
                found.append(await application.examining.outside(organisation, kind, address))
            if not asked.outside:
                found.append(
                    left_out(area, "a mailbox outside is refused", "Name one with --outside, if there is a scope.")
                )
    return found


async def _mailboxes(
    application: Application, organisation: Organisation, kind: IntegrationKind, asked: Asked
) -> tuple[str, ...]:
    """Those named that are of that kind; or the first who is connected by it."""
    from calendar_core.people import UserId

    if asked.mailboxes:
        return tuple([each for each in asked.mailboxes if await _kind(application, organisation, each) is kind])
    after = UserId(0)
    while some := await application.store.verifications.statuses(organisation.id, after, 1_000):
        for _, integration in some:
            if integration.kind is kind and integration.usable:
                return (integration.account,)
        after = some[-1][0].id
    return ()


async def _kind(application: Application, organisation: Organisation, address: str) -> IntegrationKind:
    """How somebody is connected who is known; else what their address says."""
    from calendar_core.integration import IntegrationKind, domain_wide_kinds

    for user in await application.store.people.at_address(address):
        known = await application.store.integrations.of(user.id)
        if user.organisation == organisation.id and known.kind is not None:
            return known.kind
    by_google = address.rpartition("@")[2].casefold() in organisation.google_domains
    kinds = domain_wide_kinds(organisation)
    return IntegrationKind.GOOGLE_DOMAIN if by_google and IntegrationKind.GOOGLE_DOMAIN in kinds else kinds[-1]
