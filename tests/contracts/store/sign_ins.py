"""What SignIns and Approvals promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from calendar_core.happening import ConsentNeedsAdmin
from calendar_core.integration import Health, Integration, IntegrationKind, Suite, Trouble
from calendar_core.job import REVOKE, TELL, WELCOME
from calendar_core.people import OFFICE_HOURS, Identity, Source, UserId, WeeklyHours
from calendar_core.ports import ApprovalAsked, Granted, OwnHours, Telling
from calendar_core.sign_in import LASTS, Failure, SignIn, SignInState, hashed, offered
from calendar_core.store import Store
from calendar_core.store.schema import sign_in

from .cast import NOW, Cast
from .working import working

CHAT, ELSEWHERE = Identity("console", "1"), Identity("slack:T1", "U1")
GRANTED = Granted(IntegrationKind.GOOGLE_INDIVIDUAL, "ana@example.com", "1077", ("events",), "refresh-1")
FLOW = "verifier-that-nobody-reads"


async def offer(store: Store, user: UserId, chat: Identity = CHAT) -> SignIn:
    new, _ = offered(user, Suite.GOOGLE, chat, NOW)
    await store.sign_ins.offer(new)
    return new


async def begun(store: Store, user: UserId, state: str = "state") -> SignIn:
    was = await offer(store, user)
    assert await store.sign_ins.change(was, was.started("browser", state, FLOW, NOW))
    found = await store.sign_ins.sign_in(was.key)
    assert found is not None
    return found


def connection(user: UserId) -> Integration:
    return Integration(user, GRANTED.kind, Health.OK, GRANTED.account, since=NOW)


class SignInsContract:
    async def test_it_comes_back_as_it_was_stored(self, store: Store, cast: Cast) -> None:
        new = await offer(store, cast.ana.id)
        assert await store.sign_ins.sign_in(new.key) == new
        started = await begun(store, cast.ana.id)
        assert (started.kept, started.state) == (FLOW, SignInState.STARTED)
        assert await store.sign_ins.answered_with(hashed("state")) == started
        assert await store.sign_ins.answered_with(hashed("another")) is None

    async def test_what_the_next_step_needs_is_sealed(self, store: Store, cast: Cast) -> None:
        started = await begun(store, cast.ana.id)
        wanted = select(sign_in.c.kept).where(sign_in.c.key == started.key)
        kept = await store.database.read(lambda connection: connection.execute(wanted).scalar_one())
        assert FLOW not in str(kept)

    async def test_of_many_changes_at_once_one_counts(self, store: Store, cast: Cast) -> None:
        was = await begun(store, cast.ana.id)
        tries = await asyncio.gather(*(store.sign_ins.change(was, was.answered()) for _ in range(6)))
        assert sorted(tries) == [False] * 5 + [True]

    async def test_connecting_keeps_all_of_it_or_nothing(self, store: Store, cast: Cast) -> None:
        was = await begun(store, cast.ana.id)
        other = await offer(store, cast.ana.id)
        connected = was.connected(told=False)
        assert await store.sign_ins.connect(was, connected, GRANTED, connection(cast.ana.id))
        credential = await store.credentials.of(cast.ana.id)
        assert credential is not None
        assert (await store.integrations.of(cast.ana.id)).kind is GRANTED.kind
        assert await store.sign_ins.sign_in(other.key) is None  # no other link of that person leads anywhere
        async with working(store, WELCOME) as work:
            assert (await work.next()).subject == (was.key,)
        late = replace(GRANTED, secret="refresh-2")
        assert not await store.sign_ins.connect(was, connected, late, connection(cast.ana.id))
        assert (await store.credentials.of(cast.ana.id)) == credential

    async def test_a_code_is_awaited_from_the_chat_that_asked(self, store: Store, cast: Cast) -> None:
        was = await begun(store, cast.ana.id)
        await store.sign_ins.change(was, was.waiting(SignInState.CODE, "123456", "phone", NOW))
        found = await store.sign_ins.awaiting_code(cast.ana.id, CHAT)
        assert found is not None
        assert (found.kept, found.ends_at) == ("123456", NOW + LASTS)
        assert await store.sign_ins.awaiting_code(cast.ana.id, ELSEWHERE) is None
        assert await store.sign_ins.awaiting_code(cast.sam.id, CHAT) is None

    async def test_whoever_needs_approval_is_told_and_found_once(self, store: Store, cast: Cast) -> None:
        was = await begun(store, cast.ana.id)
        happening = ConsentNeedsAdmin(cast.ana.id, "console", Suite.GOOGLE)
        tell = [Telling(cast.ana.id, happening, NOW)]
        await store.sign_ins.change(was, was.refused(Failure.ADMIN_MUST_APPROVE), tell=tell)
        async with working(store, TELL) as work:
            assert (await work.next()).subject[1] == str(cast.ana.id)
        found = await store.sign_ins.needing_approval(cast.ana.id, Suite.GOOGLE)
        assert found is not None
        assert await store.sign_ins.needing_approval(cast.ana.id, Suite.MICROSOFT) is None
        await store.sign_ins.change(found, replace(found, tries=1))
        assert await store.sign_ins.needing_approval(cast.ana.id, Suite.GOOGLE) is None

    async def test_hours_are_taken_over_but_for_what_the_person_said(self, store: Store, cast: Cast) -> None:
        read = OwnHours("Europe/Paris", WeeklyHours((((480, 960),),) * 4 + ((),) * 3))
        was = await begun(store, cast.ana.id)
        assert await store.sign_ins.welcome(was, was.connected(told=True), read, NOW, tell=())
        ana = await store.people.user(cast.ana.id)
        assert (ana.time_zone, ana.hours, ana.own.hours_from) == ("Europe/Paris", read.hours, Source.CALENDAR)
        own = replace(cast.sam, hours=OFFICE_HOURS, own=replace(cast.sam.own, hours_from=Source.PERSON))
        await store.people.update(own)
        his = await begun(store, cast.sam.id, "his")
        assert await store.sign_ins.welcome(his, his.connected(told=True), read, NOW, tell=())
        sam = await store.people.user(cast.sam.id)
        assert (sam.hours, sam.own.hours_from) == (OFFICE_HOURS, Source.PERSON)
        assert sam.time_zone == own.time_zone  # Berlin's clocks are those of Paris

    async def test_disconnecting_leaves_a_job_that_revokes(self, store: Store, cast: Cast) -> None:
        was = await begun(store, cast.ana.id)
        await store.sign_ins.connect(was, was.connected(told=True), GRANTED, connection(cast.ana.id))
        link = await offer(store, cast.ana.id)
        assert await store.sign_ins.disconnect(cast.ana.id, Trouble.NEVER_CONNECTED, NOW)
        assert not await store.sign_ins.disconnect(cast.ana.id, Trouble.NEVER_CONNECTED, NOW)
        integration = await store.integrations.of(cast.ana.id)
        assert (integration.kind, integration.trouble) == (None, Trouble.NEVER_CONNECTED)
        assert await store.sign_ins.sign_in(link.key) is None
        async with working(store, REVOKE) as work:
            assert (await work.next()).subject == (str(cast.ana.id),)

    async def test_opting_out_ends_what_is_under_way(self, store: Store, cast: Cast) -> None:
        was = await begun(store, cast.ana.id)
        assert await store.unconnected.opt_out(cast.ana.id, NOW)
        assert await store.sign_ins.sign_in(was.key) is None
        done = was.connected(told=False)
        assert not await store.sign_ins.connect(was, done, GRANTED, connection(cast.ana.id))
        assert (await store.integrations.of(cast.ana.id)).trouble is Trouble.OPTED_OUT

    async def test_those_that_are_over_are_forgotten(self, store: Store, cast: Cast) -> None:
        old = await offer(store, cast.ana.id)
        await store.sign_ins.forget(NOW + LASTS)
        assert await store.sign_ins.sign_in(old.key) == old
        await store.sign_ins.forget(NOW + LASTS + timedelta(seconds=1))
        assert await store.sign_ins.sign_in(old.key) is None

    async def test_approvals_are_found_by_their_state_until_they_end(self, store: Store, cast: Cast) -> None:
        week = timedelta(days=7)
        asked = ApprovalAsked(hashed("state"), cast.ana.organisation, "a-tenant", NOW + week)
        await store.approvals.ask(asked, NOW)
        assert await store.approvals.asked(hashed("state")) == asked
        assert await store.approvals.asked(hashed("another")) is None
        later = ApprovalAsked(hashed("later"), cast.ana.organisation, "a-tenant", NOW + 2 * week)
        await store.approvals.ask(later, NOW + week)
        assert await store.approvals.asked(hashed("state")) is None
