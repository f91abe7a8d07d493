"""Every connection is looked at daily, and one person of a refused domain tells when it lets people in again."""

from __future__ import annotations

from datetime import timedelta

from calendar_core.health import DomainHealth
from calendar_core.integration import Health, IntegrationKind, Trouble
from calendar_core.job import LOOK, Job
from sandbox.faults import Fault
from sandbox.world import Mailbox

from .test_probing import EVERYBODY, Organised, organised

__all__ = ["organised"]
AROUND = Job(LOOK)
A_DAY = timedelta(hours=23, minutes=30)


async def domain_of(organised: Organised) -> DomainHealth:
    (organisation,) = await organised.store.people.organisations()
    (health,) = await organised.store.domains.of([organisation.id])
    return health


async def both_connected(organised: Organised) -> None:
    organised.sandbox.world.add_mailbox(Mailbox("lea@example.com", "Lea Brandt", "google", "Europe/Zurich"))
    await organised.connect_domain("example.com")
    await organised.probing.probe(EVERYBODY)


async def test_nobody_is_looked_at_again_within_hours_and_everybody_within_a_day(organised: Organised) -> None:
    await both_connected(organised)
    asked = organised.calls()
    organised.sandbox.clock.jump(timedelta(hours=12))
    assert await organised.probing.look_around(AROUND) is None
    assert organised.calls() == asked
    organised.sandbox.clock.jump(A_DAY)
    assert await organised.probing.look_around(AROUND) is None
    for who in ("ana@example.com", "lea@example.com"):
        checked_at = (await organised.integration(who)).checked_at
        assert checked_at is not None
        assert organised.sandbox.clock.now() - checked_at < timedelta(minutes=1)


async def test_a_mailbox_that_was_taken_away_is_found_and_so_is_its_return(organised: Organised) -> None:
    await both_connected(organised)
    lea = organised.sandbox.world.mailboxes["lea@example.com"]
    organised.sandbox.world.add_mailbox(Mailbox(lea.address, lea.name, "google", lea.time_zone, has_calendar=False))
    organised.sandbox.clock.jump(A_DAY)
    await organised.probing.look_around(AROUND)
    known = await organised.integration(lea.address)
    assert (known.kind, known.health, known.trouble) == (
        IntegrationKind.GOOGLE_DOMAIN,
        Health.BROKEN,
        Trouble.CALENDAR_OFF,
    )
    organised.sandbox.world.add_mailbox(lea)
    organised.sandbox.clock.jump(A_DAY)
    await organised.probing.look_around(AROUND)
    assert (await organised.integration(lea.address)).health is Health.OK


async def test_a_domain_that_withdraws_its_consent_shows_on_everybody_and_one_person_tells_when_it_is_back(
    organised: Organised,
) -> None:
    await both_connected(organised)
    organised.sandbox.world.revoke("example.com")
    organised.sandbox.clock.jump(A_DAY)
    await organised.probing.look_around(AROUND)
    refused = await domain_of(organised)
    assert refused.trouble is Trouble.ADMIN_CONSENT_MISSING
    for who in ("ana@example.com", "lea@example.com"):
        shown = await organised.integration(who)
        assert (shown.kind, shown.trouble) == (IntegrationKind.GOOGLE_DOMAIN, Trouble.ADMIN_CONSENT_MISSING)
        assert shown.since == refused.since
        assert await organised.store.repairs.of(shown.user) is None, "nobody's own connection is to blame"
    before = organised.calls()
    await organised.probing.look_around(AROUND)
    assert organised.calls() - before == 1, "one person of the domain is asked for a token, and nobody else"
    organised.sandbox.world.restore("example.com")
    await organised.probing.look_around(AROUND)
    assert (await domain_of(organised)).trouble is None
    for who in ("ana@example.com", "lea@example.com"):
        assert (await organised.integration(who)).usable


async def test_a_calendar_that_is_silent_stays_due_and_is_no_break(organised: Organised) -> None:
    await both_connected(organised)
    organised.sandbox.faults.add(Fault("status", status=503, mailbox="lea@example.com", times=None))
    organised.sandbox.clock.jump(A_DAY)
    await organised.probing.look_around(AROUND)
    lea = await organised.integration("lea@example.com")
    assert lea.usable
    due = await organised.store.integrations.due(organised.sandbox.clock.now(), 10)
    assert [each.id for each in due] == [lea.user]
    assert all(job.name != "probe" or not job.subject for job, _ in organised.deferred.jobs)
