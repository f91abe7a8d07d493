"""What Repairs and Domains promise, and Integrations about whom to look at: who is told, when, and how often."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from calendar_core.ended import Leaver
from calendar_core.enrolment import Batch
from calendar_core.happening import (
    CalendarBroke,
    CalendarsNeedIt,
    CalendarsRepaired,
    CalendarWorks,
    DomainBroke,
    DomainWorks,
    Happening,
    HappeningId,
    SecretEnds,
)
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.job import TELL
from calendar_core.people import Role, User, UserId
from calendar_core.store import Store
from calendar_core.store.jobs import USUAL_PACE
from calendar_core.store.opening import durable_work

from .cast import NOW, Cast, enrolled

DAY = timedelta(days=1)
INDIVIDUAL, DOMAIN, OUTLOOK = (
    IntegrationKind.GOOGLE_INDIVIDUAL,
    IntegrationKind.GOOGLE_DOMAIN,
    IntegrationKind.OUTLOOK_DOMAIN,
)


class _Still:
    """A clock for a queue that is only read."""

    def now(self) -> datetime:
        return NOW

    async def sleep_until(self, instant: datetime) -> None:
        """Nobody waits."""


async def to_tell(store: Store) -> list[tuple[HappeningId, UserId, Happening]]:
    """What waits to be told, matches aside, in the order in which it came."""
    queue, _ = durable_work(store.database, _Still(), USUAL_PACE)

    def read(connection: Connection) -> set[tuple[str, ...]]:
        return queue.waiting(connection, TELL)

    waiting = sorted((HappeningId(int(number)), UserId(int(user))) for number, user in await store.database.read(read))
    found = [(number, user, await store.happenings.happening(number)) for number, user in waiting]
    return [each for each in found if type(each[2]).__name__ != "MatchMade"]


async def news(store: Store, user: User) -> list[Happening]:
    """What is left to be told to somebody: what is pointless by now is left out, as it would be."""
    return [
        happening
        for number, whom, happening in await to_tell(store)
        if whom == user.id and not await store.happenings.silenced(number, whom)
    ]


async def tell_all(store: Store, at: datetime) -> None:
    """As the jobs do it."""
    for number, user, _ in await to_tell(store):
        await store.happenings.told(number, user, at)


def connected(user: User, kind: IntegrationKind, checked_at: datetime = NOW) -> Integration:
    return Integration(user.id, kind, Health.OK, user.email, since=NOW, checked_at=checked_at)


class RepairsContract:
    async def test_a_break_that_its_person_can_repair_is_told_once(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL))
        for _ in range(3):
            await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW)
        await store.repairs.remind(NOW + DAY)
        assert await news(store, cast.ana) == [CalendarBroke(cast.ana.id, 1)]

    async def test_reminders_come_after_three_seven_and_fourteen_days_and_then_no_more(
        self, store: Store, cast: Cast
    ) -> None:
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL))
        await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW)
        told: list[int] = []
        for day in range(40):
            await store.repairs.remind(NOW + day * DAY)
            if await news(store, cast.ana):
                told.append(day)
                await tell_all(store, NOW + day * DAY)
        assert told == [0, 3, 7, 14]

    async def test_when_it_works_again_that_is_said_once_to_whoever_was_told(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL), connected(cast.sam, INDIVIDUAL))
        for user in (cast.ana, cast.sam):
            await store.integrations.broke(user.id, Trouble.ACCESS_WITHDRAWN, NOW)
        (number, _, _), *_ = await to_tell(store)
        await store.happenings.told(number, cast.ana.id, NOW)
        for _ in range(2):
            for user in (cast.ana, cast.sam):
                await store.integrations.worked(user.id, NOW + DAY)
        assert await news(store, cast.ana) == [CalendarWorks(cast.ana.id)]
        assert await news(store, cast.sam) == []
        assert (await store.integrations.of(cast.ana.id)).health is Health.OK
        assert await store.repairs.of(cast.ana.id) is None

    async def test_who_says_stop_is_not_asked_until_it_has_worked_again(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL))
        await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW)
        await tell_all(store, NOW)
        assert await store.repairs.stop(cast.ana.id, NOW)
        await store.repairs.remind(NOW + 30 * DAY)
        assert await news(store, cast.ana) == []
        await store.integrations.worked(cast.ana.id, NOW + 31 * DAY)
        await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW + 32 * DAY)
        assert CalendarBroke(cast.ana.id, 1) in await news(store, cast.ana)

    async def test_a_reminder_on_its_way_is_void_once_its_person_says_stop_or_tomorrow(
        self, store: Store, cast: Cast
    ) -> None:
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL))
        await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW)
        await tell_all(store, NOW)
        await store.repairs.remind(NOW + 3 * DAY)
        assert await news(store, cast.ana) == [CalendarBroke(cast.ana.id, 2)]
        assert await store.repairs.later(cast.ana.id, NOW + 4 * DAY)
        assert await news(store, cast.ana) == []
        await store.repairs.remind(NOW + 4 * DAY)
        assert CalendarBroke(cast.ana.id, 2) in await news(store, cast.ana)
        assert await store.repairs.stop(cast.ana.id, NOW + 4 * DAY)
        assert await news(store, cast.ana) == []

    async def test_where_nothing_is_broken_there_is_nothing_to_stop(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL))
        assert not await store.repairs.stop(cast.ana.id, NOW)
        assert not await store.repairs.later(cast.ana.id, NOW)

    async def test_whoever_connects_anew_hears_no_more_of_it(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL))
        await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW)
        await store.integrations.connected(connected(cast.ana, INDIVIDUAL))
        await store.repairs.remind(NOW + 30 * DAY)
        assert await news(store, cast.ana) == []

    async def test_what_only_it_can_repair_is_told_to_the_admins_once_a_day_for_all(
        self, store: Store, cast: Cast
    ) -> None:
        people = (cast.ana, cast.sam, cast.kai)
        await store.integrations.connected(*(connected(each, DOMAIN) for each in people))
        await store.integrations.broke(cast.ana.id, Trouble.NO_MAILBOX, NOW)
        await store.integrations.broke(cast.sam.id, Trouble.ACCESS_WITHDRAWN, NOW)
        for _ in range(2):
            await store.repairs.remind(NOW)
        assert await news(store, cast.priya) == [CalendarsNeedIt(cast.ana.organisation, 2)]
        await store.integrations.broke(cast.kai.id, Trouble.NO_MAILBOX, NOW)
        await store.repairs.remind(NOW + timedelta(hours=2))
        assert len(await news(store, cast.priya)) == 1
        await store.repairs.remind(NOW + DAY)
        assert (await news(store, cast.priya))[1:] == [CalendarsNeedIt(cast.ana.organisation, 1)]
        assert [whom for _, whom, _ in await to_tell(store)] == [cast.priya.id] * 2

    async def test_admins_are_told_once_when_the_last_of_what_it_had_to_repair_works(
        self, store: Store, cast: Cast
    ) -> None:
        await store.integrations.connected(connected(cast.ana, DOMAIN), connected(cast.sam, DOMAIN))
        for each in (cast.ana, cast.sam):
            await store.integrations.broke(each.id, Trouble.NOT_COVERED, NOW)
        await store.repairs.remind(NOW)
        need = CalendarsNeedIt(cast.ana.organisation, 2)
        for each in (cast.ana, cast.ana):
            await store.integrations.worked(each.id, NOW + DAY)
            assert await news(store, cast.priya) == [need]
        await asyncio.gather(*(store.integrations.worked(cast.sam.id, NOW + DAY) for _ in range(2)))
        assert await news(store, cast.priya) == [need, CalendarsRepaired(cast.ana.organisation)]
        await store.integrations.broke(cast.ana.id, Trouble.NOT_COVERED, NOW + 2 * DAY)
        await store.integrations.worked(cast.ana.id, NOW + 2 * DAY)
        assert len(await news(store, cast.priya)) == 2, "nobody had been told of that break"

    async def test_somebody_who_never_connected_breaks_nothing(self, store: Store, cast: Cast) -> None:
        await store.integrations.broke(cast.ana.id, Trouble.NO_ACCOUNT, NOW)
        await store.repairs.remind(NOW)
        assert await to_tell(store) == []


class DomainsContract:
    async def test_a_domain_that_lets_nobody_in_is_one_alert_and_nobody_s_own_trouble(
        self, store: Store, cast: Cast
    ) -> None:
        people = [connected(each, DOMAIN) for each in (cast.ana, cast.sam, cast.kai)]
        await store.integrations.connected(*people)
        await store.integrations.domain_worked(people[0], NOW)
        told = [await store.integrations.domain_refused(each, Trouble.ADMIN_CONSENT_MISSING, NOW) for each in people]
        assert told == [True, False, False]
        ((_, whom, what),) = await to_tell(store)
        assert (whom, what) == (cast.priya.id, DomainBroke(cast.ana.organisation, DOMAIN, "example.com"))
        known = await store.integrations.of_all([each.user for each in people])
        assert {each.trouble for each in known.values()} == {Trouble.ADMIN_CONSENT_MISSING}  # as their domain stands
        (health,) = await store.domains.of([cast.ana.organisation])
        assert (health.trouble, health.since, health.health(NOW)) == (
            Trouble.ADMIN_CONSENT_MISSING,
            NOW,
            Health.BROKEN,
        )
        await store.integrations.domain_worked(people[0], NOW)
        known = await store.integrations.of_all([each.user for each in people])
        assert all(each.usable for each in known.values())

    async def test_that_it_lets_people_in_again_is_said_once_to_whoever_was_told(
        self, store: Store, cast: Cast
    ) -> None:
        ana = connected(cast.ana, DOMAIN)
        await store.integrations.domain_worked(ana, NOW)
        await store.integrations.domain_refused(ana, Trouble.KEY_REFUSED, NOW)
        await tell_all(store, NOW)
        for _ in range(2):
            await store.integrations.domain_worked(ana, NOW + DAY)
        works = DomainWorks(cast.ana.organisation, DOMAIN, "example.com")
        assert (await news(store, cast.priya))[-1:] == [works]
        assert [each for _, _, each in await to_tell(store)].count(works) == 1
        (health,) = await store.domains.of([cast.ana.organisation])
        assert (health.trouble, health.since, health.checked_at) == (None, NOW + DAY, NOW + DAY)

    async def test_one_that_recovers_before_anybody_was_told_is_told_to_nobody(self, store: Store, cast: Cast) -> None:
        ana = connected(cast.ana, DOMAIN)
        await store.integrations.domain_worked(ana, NOW)
        await store.integrations.domain_refused(ana, Trouble.KEY_REFUSED, NOW)
        await store.integrations.domain_worked(ana, NOW + DAY)
        assert await news(store, cast.priya) == []

    async def test_a_first_try_that_is_refused_is_known_and_alarms_nobody(self, store: Store, cast: Cast) -> None:
        assert await store.integrations.domain_refused(connected(cast.ana, DOMAIN), Trouble.ADMIN_CONSENT_MISSING, NOW)
        assert await to_tell(store) == []
        assert [each.trouble for each in await store.domains.of([cast.ana.organisation])] == [
            Trouble.ADMIN_CONSENT_MISSING
        ]

    async def test_two_workspaces_of_one_organisation_are_told_apart(self, store: Store, cast: Cast) -> None:
        elsewhere = Integration(cast.kai.id, DOMAIN, Health.OK, "kai@example.net")
        await store.integrations.domain_worked(connected(cast.ana, DOMAIN), NOW)
        await store.integrations.domain_refused(elsewhere, Trouble.ADMIN_CONSENT_MISSING, NOW)
        known = await store.domains.of([cast.ana.organisation])
        assert [(each.domain, each.trouble) for each in known] == [
            ("example.com", None),
            ("example.net", Trouble.ADMIN_CONSENT_MISSING),
        ]

    async def test_a_secret_that_ends_is_told_in_time_and_each_time_once(self, store: Store, cast: Cast) -> None:
        told: list[int] = []
        for days_left in range(60, -1, -1):
            now = NOW + timedelta(days=60 - days_left)
            before = len(await to_tell(store))
            for _ in range(2):
                await store.domains.ends(cast.ana.organisation, OUTLOOK, NOW + 60 * DAY, now)
            if len(await to_tell(store)) > before:
                told.append(days_left)
        assert told == [30, 14, 7, 3, 1]
        assert {each for _, _, each in await to_tell(store)} == {SecretEnds(cast.ana.organisation, OUTLOOK)}

    async def test_a_renewed_secret_is_warned_of_anew_and_not_before_its_time(self, store: Store, cast: Cast) -> None:
        await store.domains.ends(cast.ana.organisation, OUTLOOK, NOW + 2 * DAY, NOW)
        await store.domains.ends(cast.ana.organisation, OUTLOOK, NOW + 400 * DAY, NOW)
        assert len(await to_tell(store)) == 1
        (health,) = await store.domains.of([cast.ana.organisation])
        assert (health.health(NOW), health.days_left(NOW)) == (Health.OK, 400)
        assert health.health(NOW + 380 * DAY) is Health.EXPIRING


class VerificationsContract:
    async def test_whoever_was_not_looked_at_lately_is_given_in_portions(self, store: Store, cast: Cast) -> None:
        organisation, everybody = cast.ana.organisation, [cast.ana, cast.sam, cast.kai, cast.uma, cast.priya]
        await store.integrations.connected(connected(cast.ana, DOMAIN, NOW), connected(cast.sam, DOMAIN, NOW - DAY))
        out = Integration(cast.kai.id, None, Health.REVOKED, "", Trouble.OPTED_OUT)
        await store.integrations.connected(out)
        left = {cast.sam.id, cast.uma.id, cast.priya.id}
        assert await store.verifications.count(organisation, NOW) == len(left)
        found: list[UserId] = []
        after = UserId(0)
        while some := await store.verifications.unverified(organisation, NOW, after, 2):
            found += [each.id for each in some]
            after = some[-1].id
        assert found == sorted(left)
        assert [user.id for user, _ in await store.verifications.statuses(organisation, UserId(0), 9)] == sorted(
            each.id for each in everybody
        )

    async def test_those_are_given_who_are_in_a_programme_now_or_in_that_one(self, store: Store, cast: Cast) -> None:
        other = replace(enrolled("ben", "Ben Ode", Role.MENTEE, "Europe/Oslo"), programme="Other")
        await store.enrolments.apply(Batch((other,)), NOW)
        leaders = cast.ana_sam.programme
        await store.endings.leave(Leaver(cast.kai.id, leaders), NOW)
        organisation = cast.ana.organisation
        everybody = await store.verifications.statuses(organisation, UserId(0), 9)
        theirs = await store.verifications.statuses(organisation, UserId(0), 9, leaders)
        assert {user.name for user, _ in everybody} - {user.name for user, _ in theirs} == {"Ben Ode"}
        assert cast.kai.id not in {user.id for user, _ in everybody}
        guest = replace(enrolled("mia", "Mia Guest", Role.MENTEE, "Europe/Oslo"), organisation="Elsewhere")
        await store.enrolments.apply(Batch((replace(guest, programme_organisation="Example"),)), NOW)
        with_guest = await store.verifications.statuses(organisation, UserId(0), 9, leaders)
        assert [user.name for user, _ in with_guest if user not in dict(theirs)] == ["Mia Guest"]
        after = await store.verifications.statuses(organisation, theirs[1][0].id, 1, leaders)
        assert after == (theirs[2],)

    async def test_whoever_had_their_data_deleted_is_nobody_to_be_tried_or_shown(
        self, store: Store, cast: Cast
    ) -> None:
        await store.personal_data.erase(cast.uma.id, NOW)
        organisation = cast.ana.organisation
        shown = await store.verifications.statuses(organisation, UserId(0), 9)
        tried = await store.verifications.unverified(organisation, NOW, UserId(0), 9)
        assert cast.uma.id not in {user.id for user, _ in shown} | {user.id for user in tried}
        assert (len(shown), len(tried), await store.verifications.count(organisation, NOW)) == (4, 4, 4)
        assert sum((await store.verifications.tally(organisation)).values()) == 4

    async def test_a_domain_that_lets_nobody_in_shows_on_each_of_its_people(self, store: Store, cast: Cast) -> None:
        ana = connected(cast.ana, DOMAIN, NOW)
        await store.integrations.connected(ana)
        await store.integrations.domain_worked(ana, NOW)
        await store.integrations.domain_refused(ana, Trouble.KEY_REFUSED, NOW)
        known = dict(await store.verifications.statuses(cast.ana.organisation, UserId(0), 9))
        assert (known[cast.ana].kind, known[cast.ana].trouble) == (DOMAIN, Trouble.KEY_REFUSED)
        assert not known[cast.ana].usable

    async def test_everybody_is_counted_by_word_and_reason(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(connected(cast.ana, DOMAIN), connected(cast.sam, DOMAIN))
        await store.integrations.broke(cast.sam.id, Trouble.CALENDAR_OFF, NOW)
        assert await store.verifications.tally(cast.ana.organisation) == {
            (DOMAIN, None): 1,
            (DOMAIN, Trouble.CALENDAR_OFF): 1,
            (None, Trouble.NEVER_CONNECTED): 3,
        }


class LooksContract:
    async def test_everybody_connected_is_due_within_a_day_and_nobody_twice(self, store: Store, cast: Cast) -> None:
        people = (cast.ana, cast.sam, cast.kai)
        await store.integrations.connected(*(connected(each, DOMAIN) for each in people))
        assert await store.integrations.due(NOW + timedelta(hours=18), 10) == ()
        due = await store.integrations.due(NOW + timedelta(hours=23, minutes=30), 10)
        assert {each.id for each in due} == {each.id for each in people}
        for user in due:
            await store.integrations.worked(user.id, NOW + timedelta(hours=23, minutes=30))
        assert await store.integrations.due(NOW + timedelta(hours=24), 10) == ()

    async def test_the_broken_are_looked_at_too_and_those_without_a_calendar_are_not(
        self, store: Store, cast: Cast
    ) -> None:
        await store.integrations.connected(connected(cast.ana, DOMAIN))
        await store.integrations.broke(cast.ana.id, Trouble.NO_MAILBOX, NOW)
        await store.integrations.broke(cast.sam.id, Trouble.NO_ACCOUNT, NOW)
        assert [each.id for each in await store.integrations.due(NOW + 2 * DAY, 10)] == [cast.ana.id]

    async def test_a_calendar_is_looked_at_no_more_once_its_owner_has_left(self, store: Store, cast: Cast) -> None:
        sam, kai = connected(cast.sam, DOMAIN), connected(cast.kai, DOMAIN)
        await store.integrations.connected(sam, kai)
        await store.endings.leave(Leaver(cast.sam.id, cast.ana_sam.programme), NOW)
        await store.personal_data.erase(cast.uma.id, NOW)
        due = await store.integrations.due(NOW + 2 * DAY, 10)
        untried = await store.unconnected.untried([cast.ana.organisation], NOW, 10)
        assert [[each.id for each in some] for some in (due, untried)] == [[cast.kai.id], [cast.ana.id, cast.priya.id]]
        await store.integrations.domain_worked(sam, NOW)
        await store.integrations.domain_refused(sam, Trouble.KEY_REFUSED, NOW)
        assert await store.integrations.canaries() == (cast.kai,)

    async def test_of_a_domain_that_lets_nobody_in_one_person_is_asked(self, store: Store, cast: Cast) -> None:
        refused = [connected(each, DOMAIN) for each in (cast.ana, cast.sam)]
        other = Integration(cast.kai.id, DOMAIN, Health.OK, "kai@example.net", checked_at=NOW)
        await store.integrations.connected(*refused, other)
        assert await store.integrations.canaries() == ()
        await store.integrations.domain_refused(refused[1], Trouble.KEY_REFUSED, NOW)
        assert [each.id for each in await store.integrations.due(NOW + 2 * DAY, 10)] == [cast.kai.id]
        assert [each.id for each in await store.integrations.canaries()] == [cast.ana.id]
        await store.integrations.broke(cast.ana.id, Trouble.NO_ACCOUNT, NOW)
        assert [each.id for each in await store.integrations.canaries()] == [cast.sam.id]
