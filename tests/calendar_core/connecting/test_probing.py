"""Domain-wide consent, found out person by person: against the sandbox, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from types import MappingProxyType

import aiohttp
import pytest

from calendar_core.connecting import Probing, probing
from calendar_core.connecting.probing import AGAIN, PAUSE, REST
from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.job import PROBE, Job, probe_job
from calendar_core.people import Role, User
from calendar_core.ports import Calendars, Handler, RetryAt
from calendar_core.providers import ProviderSettings, Surroundings, open_calendars
from calendar_core.providers.connections import open_connections
from calendar_core.providers.patience import Patience
from calendar_core.store import Store, open_store
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.login.directory import TENANT
from sandbox.world import Mailbox, Purpose, Suite
from tests.calendar_core.providers.google.opened import account_of, settings_for
from tests.calendar_core.providers.microsoft.opened import settings_for as microsoft_settings_for

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EVERYBODY = Job(PROBE)
HASTE = Patience(first_pause=0.001, tries=2)


class Deferred:
    """Jobs that nobody works on, each with whether it waits."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Job, bool]] = []

    async def defer(self, job: Job, *, not_before: datetime | None = None, lock: str | None = None) -> None:
        self.jobs.append((job, not_before is not None))

    async def run(
        self, handlers: Mapping[str, Handler], periodic: Mapping[str, timedelta] = MappingProxyType({})
    ) -> None:
        return

    async def dead(self) -> int:
        return 0

    async def overdue(self) -> int:
        return 0


class Organised:
    """Ana has a Google mailbox at example.com, Lea has none anywhere; Uma's address is at another domain."""

    def __init__(self, sandbox: Sandbox, store: Store, calendars: Calendars) -> None:
        self.sandbox, self.store, self.deferred = sandbox, store, Deferred()
        self.probing = Probing(
            store.people, store.integrations, store.unconnected, store.sessions, calendars, self.deferred, sandbox.clock
        )

    async def connect_domain(self, *domains: str, tenant: str | None = None) -> None:
        (organisation,) = await self.store.people.organisations()
        changed = replace(organisation, google_domains=domains, entra_tenant=tenant)
        await self.store.people.update_organisation(changed)

    async def user(self, who: str) -> User:
        (user,) = await self.store.people.at_address(who)
        return user

    async def integration(self, who: str) -> Integration:
        return await self.store.integrations.of((await self.user(who)).id)

    async def probe(self, who: str) -> RetryAt | None:
        return await self.probing.probe(probe_job((await self.user(who)).id))

    def calls(self) -> int:
        return len(self.sandbox.log.calls)


@pytest.fixture
async def organised(migrated_url: str) -> AsyncIterator[Organised]:
    async with Sandbox(now=NOW) as sandbox, open_connections() as connections:
        sandbox.world.add_mailbox(Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York"))
        store = open_store(migrated_url, sandbox.clock)
        around = Surroundings(
            settings=ProviderSettings(
                google=settings_for(sandbox, account_of(sandbox), HASTE),
                microsoft=microsoft_settings_for(sandbox, HASTE),
            ),
            organisation=store.people.organisation,
            connections=connections,
            real_now=sandbox.clock.real_now,
        )
        calendars = open_calendars(around, store.integrations, sandbox.clock)
        people = tuple(
            PersonEnrolled(organisation="Example", programme="Leaders 2026", role=Role.MENTEE, email=email, name=name)
            for email, name in (
                ("ana@example.com", "Ana Ruiz"),
                ("lea@example.com", "Lea Brandt"),
                ("uma@example.net", "Uma Sorensen"),
            )
        )
        await store.enrolments.apply(Batch(people), NOW)
        yield Organised(sandbox, store, calendars)
        await store.close()


async def test_without_a_connected_domain_nobody_is_asked(organised: Organised) -> None:
    assert await organised.probing.probe(EVERYBODY) is None
    assert organised.calls() == 0
    assert (await organised.integration("ana@example.com")).kind is None


async def test_whoever_the_consent_reaches_is_connected_and_the_others_have_their_reason(organised: Organised) -> None:
    await organised.connect_domain("example.com")
    assert await organised.probing.probe(EVERYBODY) is None
    ana = await organised.integration("ana@example.com")
    assert (ana.kind, ana.health, ana.account, ana.trouble) == (
        IntegrationKind.GOOGLE_DOMAIN,
        Health.OK,
        "ana@example.com",
        None,
    )
    lea = await organised.integration("lea@example.com")
    assert (lea.kind, lea.trouble) == (None, Trouble.NO_ACCOUNT)
    uma = await organised.integration("uma@example.net")
    assert (uma.kind, uma.trouble) == (None, Trouble.NEVER_CONNECTED)


async def test_a_second_round_asks_nobody_again_until_hours_have_passed(organised: Organised) -> None:
    await organised.connect_domain("example.com")
    await organised.probing.probe(EVERYBODY)
    asked = organised.calls()
    await organised.probing.probe(EVERYBODY)
    assert organised.calls() == asked
    organised.sandbox.clock.jump(AGAIN + timedelta(minutes=1))
    organised.sandbox.world.add_mailbox(Mailbox("lea@example.com", "Lea Brandt", "google", "Europe/Zurich"))
    await organised.probing.probe(EVERYBODY)
    assert (await organised.integration("lea@example.com")).kind is IntegrationKind.GOOGLE_DOMAIN


async def test_an_operator_s_retry_need_not_wait(organised: Organised) -> None:
    await organised.connect_domain("example.com")
    await organised.probing.probe(EVERYBODY)
    organised.sandbox.world.add_mailbox(Mailbox("lea@example.com", "Lea Brandt", "google", "Europe/Zurich"))
    await organised.store.unconnected.retry((await organised.user("lea@example.com")).organisation)
    await organised.probing.probe(EVERYBODY)
    assert (await organised.integration("lea@example.com")).kind is IntegrationKind.GOOGLE_DOMAIN


async def test_whoever_opted_out_is_never_asked(organised: Organised) -> None:
    await organised.connect_domain("example.com")
    ana = await organised.user("ana@example.com")
    out = Integration(ana.id, None, Health.REVOKED, "", Trouble.OPTED_OUT)
    await organised.store.integrations.connected(out)
    await organised.probing.probe(EVERYBODY)
    await organised.probe("ana@example.com")
    await organised.store.unconnected.retry(ana.organisation)
    await organised.probing.probe(EVERYBODY)
    assert await organised.integration("ana@example.com") == out


async def test_a_consent_that_is_missing_is_said_as_such(organised: Organised) -> None:
    await organised.connect_domain("example.com", "example.net")
    await organised.probing.probe(EVERYBODY)
    assert (await organised.integration("uma@example.net")).trouble is Trouble.ADMIN_CONSENT_MISSING


async def test_whoever_is_not_in_google_may_be_in_outlook(organised: Organised) -> None:
    outlook = Mailbox("lea@example.com", "Lea Brandt", "microsoft", "Europe/Zurich")
    organised.sandbox.world.add_mailbox(outlook)
    await organised.connect_domain("example.com", tenant=TENANT)
    await organised.probing.probe(EVERYBODY)
    assert (await organised.integration("ana@example.com")).kind is IntegrationKind.GOOGLE_DOMAIN
    lea = await organised.integration("lea@example.com")
    assert (lea.kind, lea.health, lea.trouble) == (IntegrationKind.OUTLOOK_DOMAIN, Health.OK, None)


async def test_of_two_suites_reasons_the_one_that_says_more_is_kept(organised: Organised) -> None:
    licence_gone = Mailbox("lea@example.com", "Lea Brandt", "microsoft", "Europe/Zurich", has_calendar=False)
    organised.sandbox.world.add_mailbox(licence_gone)
    await organised.connect_domain("example.com", tenant=TENANT)
    await organised.probing.probe(EVERYBODY)
    assert (await organised.integration("lea@example.com")).trouble is Trouble.NO_MAILBOX


async def test_a_tenant_that_let_nobody_in_is_said_as_such(organised: Organised) -> None:
    await organised.connect_domain(tenant="99999999-2222-3333-4444-555555555555")
    await organised.probing.probe(EVERYBODY)
    assert (await organised.integration("ana@example.com")).trouble is Trouble.ADMIN_CONSENT_MISSING


async def test_silence_is_kept_as_such_and_tried_again_alone(organised: Organised) -> None:
    await organised.connect_domain("example.com")
    organised.sandbox.faults.add(Fault("status", status=503, mailbox="ana@example.com", times=None))
    assert await organised.probing.probe(EVERYBODY) is None
    assert (await organised.integration("ana@example.com")).trouble is Trouble.NOT_ANSWERING
    assert (await organised.integration("lea@example.com")).trouble is Trouble.NO_ACCOUNT
    with pytest.raises(ProviderUnavailable):
        await organised.probe("ana@example.com")
    organised.sandbox.faults.clear()
    ana = await organised.user("ana@example.com")
    assert organised.deferred.jobs == [(probe_job(ana.id), True)]
    assert await organised.probe("ana@example.com") is None
    assert (await organised.integration("ana@example.com")).kind is IntegrationKind.GOOGLE_DOMAIN


async def test_many_people_are_probed_a_round_at_a_time(organised: Organised, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "ROUND", 1)
    await organised.connect_domain("example.com")
    for _ in range(3):
        now = organised.sandbox.clock.now()
        later = await organised.probing.probe(EVERYBODY)
        assert later is not None
        assert PAUSE <= later.instant - now < REST
    assert await organised.probing.probe(EVERYBODY) is None
    assert (await organised.integration("uma@example.net")).checked_at is not None


async def test_when_hardly_anybody_answers_it_rests(organised: Organised, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "ROUND", 2)
    await organised.connect_domain("example.com")
    organised.sandbox.faults.add(Fault("status", status=503, times=None))
    now = organised.sandbox.clock.now()
    later = await organised.probing.probe(EVERYBODY)
    assert later is not None
    assert later.instant >= now + REST


async def test_one_person_is_probed_by_name_and_one_who_is_connected_already_is_checked(organised: Organised) -> None:
    await organised.connect_domain("example.com")
    await organised.probe("ana@example.com")
    ana = await organised.integration("ana@example.com")
    await organised.store.integrations.broke(ana.user, Trouble.ACCESS_WITHDRAWN, NOW)
    await organised.probe("ana@example.com")
    again = await organised.integration("ana@example.com")
    assert (again.kind, again.health) == (IntegrationKind.GOOGLE_DOMAIN, Health.OK)
    assert (await organised.integration("lea@example.com")).checked_at is None


async def test_the_operator_connects_domain_after_domain_and_everybody_is_tried(organised: Organised) -> None:
    for domain in ("example.net", "example.com", "example.com"):
        await organised.probing.connect_domain("EXAMPLE", domains=(domain,))
    (organisation,) = await organised.store.people.organisations()
    assert organisation.google_domains == ("example.net", "example.com")
    assert organised.deferred.jobs == [(EVERYBODY, False)] * 3


# --- one person's mailbox (decision 25) ------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["room", "shared"])
async def test_a_mailbox_that_is_no_persons_is_refused_and_said_to_be_that(
    organised: Organised, purpose: Purpose
) -> None:
    of_several = Mailbox("lea@example.com", "Front desk", "microsoft", "Europe/Zurich", purpose=purpose)
    organised.sandbox.world.add_mailbox(of_several)
    await organised.connect_domain(tenant=TENANT)
    await organised.probing.probe(EVERYBODY)
    lea = await organised.integration("lea@example.com")
    assert (lea.kind, lea.trouble) == (None, Trouble.NOT_A_PERSON)
    assert Trouble.NOT_A_PERSON.repaired_by_it


async def test_a_person_whose_mailbox_became_a_shared_one_is_broken_by_that(organised: Organised) -> None:
    own = Mailbox("lea@example.com", "Lea Brandt", "microsoft", "Europe/Zurich")
    organised.sandbox.world.add_mailbox(own)
    await organised.connect_domain(tenant=TENANT)
    await organised.probing.probe(EVERYBODY)
    organised.sandbox.world.add_mailbox(replace(own, purpose="shared"))
    await organised.probe("lea@example.com")
    lea = await organised.integration("lea@example.com")
    assert (lea.kind, lea.usable, lea.trouble) == (IntegrationKind.OUTLOOK_DOMAIN, False, Trouble.NOT_A_PERSON)


@pytest.mark.parametrize(("suite", "purpose"), [("microsoft", "list"), ("google", "list"), ("google", "room")])
async def test_a_list_or_a_room_that_nobody_signs_in_to_is_nobodys_calendar(
    organised: Organised, suite: Suite, purpose: Purpose
) -> None:
    organised.sandbox.world.add_mailbox(Mailbox("lea@example.com", "All", suite, "Europe/Zurich", purpose=purpose))
    await organised.connect_domain("example.com", tenant=TENANT)
    await organised.probing.probe(EVERYBODY)
    lea = await organised.integration("lea@example.com")
    assert lea.kind is None
    assert lea.trouble is not Trouble.NEVER_CONNECTED


async def test_where_settings_are_not_shown_a_mailbox_is_taken_for_a_persons_and_nobody_is_asked_twice(
    organised: Organised,
) -> None:
    for who in ("lea@example.com", "ana@example.com"):
        shared = Mailbox(who, "Front desk", "microsoft", "Europe/Zurich", purpose="shared")
        organised.sandbox.world.add_mailbox(shared)
    async with aiohttp.ClientSession() as http:
        body = {"tenant": TENANT, "permission": "MailboxSettings.Read"}
        async with http.post(f"{organised.sandbox.url}/_/entra/remove", json=body) as answer:
            assert answer.status == HTTPStatus.OK, await answer.text()
    await organised.connect_domain(tenant=TENANT)
    for who in ("lea@example.com", "ana@example.com"):
        await organised.probe(who)
        assert (await organised.integration(who)).kind is IntegrationKind.OUTLOOK_DOMAIN
    asked = [call.operation for call in organised.sandbox.log.calls]
    assert asked.count("mailboxSettings.get") == 1
