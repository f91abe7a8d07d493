"""What Enrolments promises."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from calendar_core.ended import Leaver
from calendar_core.enrolment import Batch, Enrolled
from calendar_core.errors import NotMatched
from calendar_core.happening import HappeningId, MatchMade
from calendar_core.people import OFFICE_HOURS, Role, WeeklyHours
from calendar_core.store import Store

from .cast import EXAMPLE, LEADERS, NEXT_YEAR, NOW, Cast, at, enrolled, matched, matches_of
from .working import working

ANA = enrolled("ana", "Ana Ruiz", Role.MENTEE, "America/New_York")
SAM = enrolled("sam", "Sam Okoye", Role.MENTOR, "Europe/Berlin")
PAIR = Batch((ANA, SAM), (matched("sam", "ana"),))


class EnrolmentsContract:
    async def test_what_is_missing_is_made_once(self, store: Store) -> None:
        first = await store.enrolments.apply(PAIR, NOW)
        assert replace(first, matches=()) == Enrolled(organisations=1, programmes=1, people=2, memberships=2)
        assert len(first.matches) == 1
        assert await store.enrolments.apply(PAIR, NOW) == Enrolled()

    async def test_both_people_of_a_new_match_are_told_once(self, store: Store) -> None:
        (match,) = (await store.enrolments.apply(PAIR, NOW)).matches
        await store.enrolments.apply(PAIR, NOW)
        async with working(store, "tell") as work:
            told = [(await work.next()).subject for _ in range(2)]
            await work.is_all(store)
        assert {await store.happenings.happening(HappeningId(int(number))) for number, _ in told} == {MatchMade(match)}
        members = await store.people.members((await store.programmes.match(match)).programme)  # type: ignore[union-attr]  # it was just made
        assert {int(user) for _, user in told} == {user.id for user, _ in members}

    async def test_who_knows_of_a_new_match_is_not_told(self, store: Store) -> None:
        assert (await store.enrolments.apply(PAIR, NOW, tell=False)).matches
        async with working(store, "tell") as work:
            await work.is_all(store)

    async def test_what_a_line_leaves_out_stays(self, store: Store, cast: Cast) -> None:
        await store.people.update(replace(cast.ana, language="es-ES", region="US-NY"))
        line = replace(ANA, name="Ana R. Ruiz", time_zone=None)
        assert await store.enrolments.apply(Batch((line,)), NOW) == Enrolled(people_changed=1)
        changed = await store.people.user(cast.ana.id)
        assert changed == replace(cast.ana, name="Ana R. Ruiz", language="es-ES", region="US-NY")

    async def test_what_a_line_says_is_stored(self, store: Store, cast: Cast) -> None:
        nights = WeeklyHours((((0, 60),),) * 7)
        line = replace(
            ANA, time_zone="Asia/Tokyo", language="fr-CA", region="JP", hours=nights, email="ANA@example.com"
        )
        assert await store.enrolments.apply(Batch((line,)), NOW) == Enrolled(people_changed=1)
        changed = replace(
            cast.ana, email="ANA@example.com", time_zone="Asia/Tokyo", language="fr-CA", region="JP", hours=nights
        )
        assert await store.people.at_address("ana@example.com") == (changed,)

    async def test_somebody_new_begins_with_the_programme_s_zone_and_office_hours(
        self, store: Store, cast: Cast
    ) -> None:
        programme = await store.programmes.programme(cast.ana_sam.programme)
        await store.programmes.update(replace(programme, time_zone="Europe/Oslo"))
        line = replace(enrolled("new", "Nia Ode", Role.MENTEE, ""), time_zone=None)
        await store.enrolments.apply(Batch((line,)), NOW)
        (new,) = await store.people.at_address("new@example.com")
        assert (new.time_zone, new.language, new.region, new.hours) == ("Europe/Oslo", "en-GB", "", OFFICE_HOURS)

    async def test_one_person_may_have_several_roles_and_programmes(self, store: Store, cast: Cast) -> None:
        lines = (replace(ANA, role=Role.ADMIN), replace(ANA, programme="Founders 2026", role=Role.MENTOR), ANA)
        assert await store.enrolments.apply(Batch(lines), NOW) == Enrolled(programmes=1, memberships=2)
        roles = {(each.programme, each.role) for each in await store.people.memberships(cast.ana.id)}
        assert len(roles) == 3

    async def test_one_address_in_two_organisations_is_two_people(self, store: Store, cast: Cast) -> None:
        await store.enrolments.apply(Batch((replace(ANA, organisation="Other"),)), NOW)
        assert len(await store.people.at_address("ana@example.com")) == 2

    async def test_an_address_that_nobody_has_stores_nothing(self, store: Store) -> None:
        with pytest.raises(KeyError):
            await store.enrolments.apply(replace(PAIR, matches=(matched("sam", "nobody"),)), NOW)
        assert await store.enrolments.roster() == {}

    async def test_who_left_begins_again_and_a_match_that_ended_stays_ended(self, store: Store, cast: Cast) -> None:
        await store.endings.end(cast.ana_sam.id, NOW)
        await store.endings.leave(Leaver(cast.ana.id, cast.ana_sam.programme), NOW)
        again = await store.enrolments.apply(PAIR, NEXT_YEAR)
        assert again == Enrolled(memberships=1, matches_ended=1)
        assert await matches_of(store, cast.ana.id) == ()
        assert await store.enrolments.apply(PAIR, NEXT_YEAR) == Enrolled(matches_ended=1)

    async def test_a_match_across_organisations_stands_while_each_lists_the_other(
        self, store: Store, cast: Cast
    ) -> None:
        guest = replace(ANA, email="mia@example.org", organisation="Other", programme_organisation=EXAMPLE)
        pair = replace(matched("sam", "ana"), mentee="mia@example.org", mentee_organisation="Other")
        (match,) = (await store.enrolments.apply(Batch((guest,), (pair,)), NOW)).matches
        (mia,) = await store.people.at_address("mia@example.org")
        own, theirs = cast.sam.organisation, mia.organisation
        assert own != theirs
        for one, other, both in ((own, theirs, False), (theirs, own, True)):
            await store.people.list_partner(one, other, listed=True)
            assert bool(await matches_of(store, mia.id)) is both
        assert await store.people.partners(own) == {theirs}
        known = await store.enrolments.known()
        assert known.guests == {(EXAMPLE, LEADERS): {"mia@example.org": "Other"}}
        assert known.may_meet("Other", EXAMPLE)
        found = await store.programmes.match(match)
        assert found
        await store.sessions.reserve(cast.session(at(24), found))
        for _ in range(2):
            await store.people.list_partner(own, theirs, listed=False)
        assert await matches_of(store, mia.id) == ()
        assert len(await matches_of(store, cast.sam.id)) == 2
        with pytest.raises(NotMatched):
            await store.sessions.reserve(cast.session(at(48), found))
        assert not (await store.enrolments.known()).may_meet("Other", EXAMPLE)

    async def test_who_approved_an_admins_match_is_kept_and_the_match_known(self, store: Store, cast: Cast) -> None:
        priya = enrolled("priya", "Priya Nair", Role.MENTOR, "America/Toronto")
        pair = replace(matched("priya", "ana"), approved_by=cast.sam.id)
        await store.enrolments.apply(Batch((priya,), (pair,)), NOW)
        home = EXAMPLE, LEADERS
        approved = {(home, "priya@example.com", "ana@example.com")}
        assert (await store.enrolments.known()).approved == approved
        standing = await store.enrolments.standing()
        assert [each[1:3] for each in standing.matches] == [
            ("sam@example.com", "ana@example.com"),
            ("sam@example.com", "kai@example.com"),
            ("priya@example.com", "ana@example.com"),
        ]
        assert {(address, role) for _, address, role, _ in standing.places} >= {
            ("priya@example.com", Role.ADMIN),
            ("priya@example.com", Role.MENTOR),
        }

    async def test_the_roster_shows_who_is_in_now(self, store: Store, cast: Cast) -> None:
        await store.endings.leave(Leaver(cast.kai.id, cast.ana_sam.programme), NOW)
        assert await store.enrolments.roster() == {
            (EXAMPLE, LEADERS): {
                "ana@example.com": {Role.MENTEE},
                "sam@example.com": {Role.MENTOR},
                "uma@example.com": {Role.MENTEE},
                "priya@example.com": {Role.ADMIN},
            }
        }

    async def test_two_imports_at_once_make_everything_once(self, store: Store) -> None:
        await asyncio.gather(*(store.enrolments.apply(PAIR, NOW) for _ in range(4)))
        (ana,) = await store.people.at_address("ana@example.com")
        assert len(await store.programmes.matched(ana.id)) == 1
