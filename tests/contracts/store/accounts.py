"""What Accounts, PersonalData and opting out promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_core.chat_account import CODE_LASTS, ChatAccount, CodeId, Link, Standing, Suspension
from calendar_core.happening import HappeningId, PartnerLeft
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.itinerary import Trip
from calendar_core.people import NOBODY, Identity, OrganisationId, OwnSettings, Source, User
from calendar_core.session import SessionState
from calendar_core.store import Store

from .cast import NOW, Cast, at, booked
from .working import LAST, working

WORKSPACE = "slack:T0123"
HERS = Identity(WORKSPACE, "U0ANA")
PROFILE = ChatAccount(account=HERS, address="Ana@Example.com", language="de", time_zone="Europe/Berlin")
DAY_AGO = NOW - timedelta(days=1)


class AccountsContract:
    async def test_a_workspace_stays_with_the_first(self, store: Store, cast: Cast) -> None:
        own, other = cast.ana.organisation, OrganisationId(cast.ana.organisation)
        assert await store.accounts.bind(WORKSPACE, own) == own
        assert await store.accounts.bind(WORKSPACE, other) == own
        assert await store.accounts.bindings() == {WORKSPACE: own}

    async def test_what_a_chat_says_is_kept_and_replaced(self, store: Store, cast: Cast) -> None:
        assert await store.accounts.account(HERS) is None
        await store.accounts.seen(PROFILE, NOW)
        assert await store.accounts.account(HERS) == replace(PROFILE, address="ana@example.com")
        await store.accounts.seen(replace(PROFILE, standing=Standing.GUEST, address=None), NOW)
        assert await store.accounts.account(HERS) == replace(PROFILE, standing=Standing.GUEST, address=None)

    async def test_a_confirmed_account_is_known_until_it_is_suspended(self, store: Store, cast: Cast) -> None:
        await store.accounts.confirm(PROFILE, cast.ana.id, NOW)
        assert await store.people.known_as(HERS) == cast.ana
        assert await store.accounts.link(HERS) == Link(cast.ana.id)
        await store.accounts.seen(replace(PROFILE, address="ANA@example.com"), NOW)
        assert await store.people.known_as(HERS) == cast.ana
        assert await store.programmes.taking_part(HERS) is not None
        await store.accounts.seen(replace(PROFILE, address="sam@example.com"), NOW)
        assert await store.people.known_as(HERS) is None
        assert await store.programmes.taking_part(HERS) is None
        assert await store.accounts.link(HERS) == Link(cast.ana.id, Suspension.ADDRESS_CHANGED)
        await store.accounts.unlink(HERS, NOW)
        assert await store.accounts.link(HERS) == Link(cast.ana.id, Suspension.ADDRESS_CHANGED)
        await store.accounts.confirm(PROFILE, cast.ana.id, NOW)
        await store.accounts.unlink(HERS, NOW)
        assert await store.accounts.link(HERS) == Link(cast.ana.id, Suspension.UNLINKED)

    async def test_an_address_that_went_missing_suspends_too(self, store: Store, cast: Cast) -> None:
        await store.accounts.confirm(PROFILE, cast.ana.id, NOW)
        await store.accounts.seen(replace(PROFILE, address=None), NOW)
        assert await store.accounts.link(HERS) == Link(cast.ana.id, Suspension.ADDRESS_CHANGED)

    async def test_unbinding_suspends_all_of_it(self, store: Store, cast: Cast) -> None:
        await store.accounts.bind(WORKSPACE, cast.ana.organisation)
        await store.accounts.confirm(PROFILE, cast.ana.id, NOW)
        assert await store.accounts.unbind(WORKSPACE, NOW) == 1
        assert await store.accounts.unbind(WORKSPACE, NOW) == 0
        assert await store.accounts.link(HERS) == Link(cast.ana.id, Suspension.UNBOUND)

    async def ask(self, store: Store, user: User | None, limit: int = 3) -> CodeId | None:
        """A code for her profile."""
        user_id = user.id if user else None
        return await store.accounts.ask_code(PROFILE, user_id, NOW, since=DAY_AGO, limit=limit)

    async def test_codes_are_counted_by_account_and_by_address(self, store: Store, cast: Cast) -> None:
        assert [await self.ask(store, cast.ana) is None for _ in range(4)] == [False, False, False, True]
        other = replace(PROFILE, account=Identity(WORKSPACE, "U0OTHER"))
        assert await store.accounts.ask_code(other, None, NOW, since=DAY_AGO, limit=3) is None
        later = NOW + timedelta(days=1, seconds=1)
        assert await store.accounts.ask_code(other, None, later, since=later - timedelta(days=1), limit=3) is not None

    async def test_a_code_is_spent_once(self, store: Store, cast: Cast) -> None:
        code = await self.ask(store, cast.ana)
        assert code is not None
        assert await store.accounts.made(code, "hash")
        tried = await store.accounts.tried(HERS, NOW, 5)
        assert tried is not None
        assert (tried.id, tried.hash, tried.person) == (code, "hash", cast.ana.id)
        spent = await asyncio.gather(*(store.accounts.spend(code, PROFILE, NOW) for _ in range(4)))
        assert sorted(spent, key=str) == [cast.ana.id, None, None, None]
        assert await store.accounts.tried(HERS, NOW, 5) is None
        assert not await store.accounts.made(code, "again")

    async def test_of_many_mails_asked_for_at_once_only_those_of_a_day_go_out(self, store: Store, cast: Cast) -> None:
        other = replace(PROFILE, account=Identity(WORKSPACE, "U0OTHER"))
        for each in (PROFILE, other):
            await store.accounts.seen(each, NOW)
        asked = [
            store.accounts.ask_code(each, cast.ana.id, NOW, since=DAY_AGO, limit=3) for each in (PROFILE, other) * 8
        ]
        assert len([code for code in await asyncio.gather(*asked) if code is not None]) == 3

    async def test_of_many_tries_at_once_no_more_count_than_are_allowed(self, store: Store, cast: Cast) -> None:
        assert await self.ask(store, cast.ana) is not None
        tried = await asyncio.gather(*(store.accounts.tried(HERS, NOW, 5) for _ in range(24)))
        assert len([each for each in tried if each is not None]) == 5

    async def test_a_code_ends_by_time_by_tries_and_by_a_newer_one(self, store: Store, cast: Cast) -> None:
        first = await self.ask(store, cast.ana)
        assert first is not None
        assert await store.accounts.tried(HERS, NOW + CODE_LASTS, 5) is None
        assert [await store.accounts.tried(HERS, NOW, 3) is None for _ in range(4)] == [False, False, True, True]
        newer = await self.ask(store, cast.ana)
        assert not await store.accounts.made(first, "old")
        assert newer is not None
        assert await store.accounts.made(newer, "new")

    async def test_codes_are_forgotten(self, store: Store, cast: Cast) -> None:
        code = await self.ask(store, None)
        assert code is not None
        await store.accounts.forget_codes(NOW)
        assert await store.accounts.code(code) is not None
        await store.accounts.forget_codes(NOW + timedelta(seconds=1))
        assert await store.accounts.code(code) is None


class OwnContract:
    async def test_own_settings_come_back_whole(self, store: Store, cast: Cast) -> None:
        own = OwnSettings(
            zone_from=Source.PERSON,
            hours_from=Source.CALENDAR,
            trips=(Trip(cast_day(3), cast_day(9), "Asia/Tokyo"),),
            room="https://room.example.com/1",
            private_events=True,
            group_confirmations=True,
            calendars=("choir@group.example.com",),
            asked_zone="Asia/Tokyo",
        )
        changed = await store.people.change(cast.ana.id, lambda now: replace(now, own=own))
        assert changed.own == own
        assert await store.people.user(cast.ana.id) == changed

    async def test_changes_made_at_once_are_both_there(self, store: Store, cast: Cast) -> None:
        def pause(now: User) -> User:
            return replace(now, paused_until=cast_day(5))

        def private(now: User) -> User:
            return replace(now, own=replace(now.own, private_events=True))

        await asyncio.gather(store.people.change(cast.ana.id, pause), store.people.change(cast.ana.id, private))
        now = await store.people.user(cast.ana.id)
        assert (now.paused_until, now.own.private_events) == (cast_day(5), True)

    async def test_a_change_that_is_refused_changes_nothing(self, store: Store, cast: Cast) -> None:
        def refuse(_: User) -> User:
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            await store.people.change(cast.ana.id, refuse)
        assert await store.people.user(cast.ana.id) == cast.ana

    async def test_opting_out_lasts_until_opting_in(self, store: Store, cast: Cast) -> None:
        works = Integration(cast.ana.id, IntegrationKind.GOOGLE_DOMAIN, Health.OK, "ana@example.com", since=NOW)
        await store.integrations.connected(works)
        assert await store.unconnected.opt_out(cast.ana.id, NOW)
        assert not await store.unconnected.opt_out(cast.ana.id, NOW)
        opted_out = await store.integrations.of(cast.ana.id)
        assert (opted_out.kind, opted_out.trouble) == (None, Trouble.OPTED_OUT)
        await store.integrations.connected(works)
        await store.integrations.worked(cast.ana.id, NOW)
        assert not await store.integrations.broke(cast.ana.id, Trouble.NOT_ANSWERING, NOW)
        assert await store.integrations.of(cast.ana.id) == opted_out
        await store.unconnected.opt_in(cast.ana.id, NOW, probe=True)
        assert (await store.integrations.of(cast.ana.id)).trouble is Trouble.NEVER_CONNECTED
        await store.integrations.connected(works)
        await store.unconnected.opt_in(cast.ana.id, NOW, probe=False)
        assert await store.integrations.of(cast.ana.id) == works


class PersonalDataContract:
    async def test_nothing_is_erased_while_a_session_is_to_come(self, store: Store, cast: Cast) -> None:
        held = await store.sessions.reserve(cast.session(at(2)))
        with pytest.raises(ValueError, match="still to come"):
            await store.personal_data.erase(cast.ana.id, NOW)
        await store.sessions.keep(replace(booked(held), state=SessionState.CANCELLED))
        await store.personal_data.erase(cast.ana.id, NOW)
        assert (await store.people.user(cast.ana.id)).name == NOBODY

    async def test_whoever_is_erased_leaves_and_partners_are_told(self, store: Store, cast: Cast) -> None:
        await store.personal_data.erase(cast.sam.id, NOW)
        assert await store.programmes.matched(cast.ana.id) == ()
        told: list[tuple[int, object]] = []
        async with working(store, "tell") as work:
            await store.jobs.defer(LAST)
            while (job := await work.next()) != LAST:
                number, user = map(int, job.subject)
                told.append((user, await store.happenings.happening(HappeningId(number))))
        assert all(isinstance(what, PartnerLeft) for _, what in told)
        assert sorted(user for user, _ in told) == sorted((cast.ana.id, cast.kai.id))

    async def test_what_is_erased_is_one_person_s_alone(self, store: Store, cast: Cast) -> None:
        await store.accounts.confirm(PROFILE, cast.ana.id, NOW)
        await store.accounts.seen(PROFILE, NOW)
        held = await store.sessions.reserve(cast.session(at(2)))
        await store.sessions.keep(booked(held))
        before = await store.personal_data.of(cast.ana.id)
        assert before["chat accounts"]
        await store.personal_data.erase(cast.ana.id, NOW + timedelta(hours=4))
        await store.personal_data.erase(cast.ana.id, NOW + timedelta(hours=4))
        assert await store.people.memberships(cast.ana.id) == ()
        assert await store.accounts.link(HERS) is None
        assert await store.accounts.account(HERS) is None
        assert await store.programmes.matched(cast.sam.id) != ()
        assert [each.partner.id for each in await store.programmes.matched(cast.sam.id)] == [cast.kai.id]
        session = await store.sessions.session(held.uid)
        assert session is not None
        assert session.organizer == cast.ana.id
        assert "Ruiz" not in str(await store.personal_data.of(cast.sam.id))


def cast_day(days: int) -> date:
    """So many days after NOW."""
    return (NOW + timedelta(days=days)).date()
