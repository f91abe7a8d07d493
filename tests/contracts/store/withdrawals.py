"""What is promised of consents that connect nobody any more, and of a domain's that takes over from a person's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from calendar_core.happening import CalendarCovered, HappeningId
from calendar_core.integration import Health, Integration, IntegrationKind, Suite, Trouble
from calendar_core.job import REVOKE, TELL
from calendar_core.people import UserId
from calendar_core.ports import Granted, Telling
from calendar_core.session import SessionState
from calendar_core.store import Store
from calendar_core.store.schema import withdrawal
from calendar_core.store.vault import SealBroken

from .cast import NOW, Cast, at, booked
from .sign_ins import GRANTED, begun, connection, offer
from .working import working

OTHER = replace(GRANTED, account="ana.ruiz@example.net", subject="2088", secret="refresh-other")
OUTLOOK = replace(GRANTED, kind=IntegrationKind.OUTLOOK_INDIVIDUAL, subject="oid.tid", secret="cache")
DAY = timedelta(days=1)


async def connected(store: Store, user: UserId, granted: Granted = GRANTED, state: str = "state") -> None:
    was = await begun(store, user, state)
    own = Integration(user, granted.kind, Health.OK, granted.account, since=NOW)
    assert await store.sign_ins.connect(was, was.connected(told=True), granted, own)


async def to_withdraw(store: Store, user: UserId) -> list[tuple[str, str]]:
    return [(each.credential.subject, each.credential.secret) for each in await store.credentials.withdrawals(user)]


def by_domain(user: UserId, kind: IntegrationKind = IntegrationKind.GOOGLE_DOMAIN) -> Integration:
    return Integration(user, kind, Health.OK, "ana@example.com", since=NOW, checked_at=NOW)


class WithdrawalsContract:
    async def test_what_connects_is_not_let_go(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        await store.credentials.let_go(cast.ana.id, NOW)
        assert await store.credentials.of(cast.ana.id) is not None
        assert await to_withdraw(store, cast.ana.id) == []

    async def test_what_connects_nobody_becomes_a_withdrawal_once(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        await store.sign_ins.disconnect(cast.ana.id, Trouble.NEVER_CONNECTED, NOW)
        for _ in range(2):
            await store.credentials.let_go(cast.ana.id, NOW)
        assert await store.credentials.of(cast.ana.id) is None
        known = await store.personal_data.of(cast.ana.id)
        assert known["consents being withdrawn"] == [{"account": GRANTED.account, "since": NOW.isoformat()}]
        (only,) = await store.credentials.withdrawals(cast.ana.id)
        assert (only.credential.secret, only.credential.kind, only.since) == (GRANTED.secret, GRANTED.kind, NOW)
        for _ in range(2):
            await store.credentials.withdrawn(only)
        assert await to_withdraw(store, cast.ana.id) == []

    async def test_one_that_came_after_it_is_not_taken_for_it(self, store: Store, cast: Cast) -> None:
        for days in range(2):
            await connected(store, cast.ana.id, state=f"state {days}")
            await store.sign_ins.disconnect(cast.ana.id, Trouble.NEVER_CONNECTED, NOW)
            await store.credentials.let_go(cast.ana.id, NOW + days * DAY)
        (newest,) = await store.credentials.withdrawals(cast.ana.id)
        assert newest.since == NOW + DAY
        await store.credentials.withdrawn(replace(newest, since=NOW))
        assert len(await to_withdraw(store, cast.ana.id)) == 1

    @pytest.mark.parametrize("other", [OTHER, OUTLOOK], ids=["account", "vendor"])
    async def test_another_account_replaces_the_consent_and_has_the_old_one_withdrawn(
        self, store: Store, cast: Cast, other: Granted
    ) -> None:
        await connected(store, cast.ana.id)
        await connected(store, cast.ana.id, other, "another")
        assert await to_withdraw(store, cast.ana.id) == [(GRANTED.subject, GRANTED.secret)]
        found = await store.credentials.of(cast.ana.id)
        assert found is not None
        assert (found.subject, found.secret) == (other.subject, other.secret)
        async with working(store, REVOKE) as work:
            assert (await work.next()).subject == (str(cast.ana.id),)

    async def test_the_same_account_anew_leaves_nothing_to_withdraw(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        await connected(store, cast.ana.id, replace(GRANTED, secret="refresh-2"), "again")
        assert await to_withdraw(store, cast.ana.id) == []

    async def test_back_at_an_account_its_withdrawal_is_void(self, store: Store, cast: Cast) -> None:
        for number, granted in enumerate((GRANTED, OTHER, replace(GRANTED, secret="refresh-3"))):
            await connected(store, cast.ana.id, granted, f"state {number}")
        assert await to_withdraw(store, cast.ana.id) == [(OTHER.subject, OTHER.secret)]

    async def test_it_is_sealed_where_it_lies(self, store: Store, cast: Cast) -> None:
        for user in (cast.ana, cast.kai):
            await connected(store, user.id, replace(GRANTED, secret=f"of {user.id}"), f"state {user.id}")
            await store.sign_ins.disconnect(user.id, Trouble.NEVER_CONNECTED, NOW)
            await store.credentials.let_go(user.id, NOW)
        table = withdrawal.c
        rows = await store.database.read(
            lambda connection: connection.execute(select(table.person, table.secret)).all()
        )
        texts = {row.person: row.secret for row in rows}
        assert not any(f"of {user}" in text for user, text in texts.items())
        swapped = update(withdrawal).where(table.person == cast.ana.id).values(secret=texts[cast.kai.id])
        await store.database.write(lambda connection: connection.execute(swapped))
        with pytest.raises(SealBroken):
            await store.credentials.withdrawals(cast.ana.id)
        assert await to_withdraw(store, cast.kai.id) == [(GRANTED.subject, f"of {cast.kai.id}")]

    async def test_one_that_nobody_does_is_forgotten(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        await store.sign_ins.disconnect(cast.ana.id, Trouble.NEVER_CONNECTED, NOW)
        await store.credentials.let_go(cast.ana.id, NOW)
        await store.credentials.forget(NOW)
        assert len(await to_withdraw(store, cast.ana.id)) == 1
        await store.credentials.forget(NOW + timedelta(seconds=1))
        assert await to_withdraw(store, cast.ana.id) == []

    async def test_it_outlives_its_person(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.uma.id)
        await store.personal_data.erase(cast.uma.id, NOW)
        await store.credentials.let_go(cast.uma.id, NOW)
        assert await to_withdraw(store, cast.uma.id) == [(GRANTED.subject, GRANTED.secret)]


class CoveredContract:
    async def test_the_domain_takes_over_and_the_own_consent_is_to_be_withdrawn(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        link = await offer(store, cast.ana.id)
        told = Telling(cast.ana.id, CalendarCovered(cast.ana.id, Suite.GOOGLE), NOW)
        assert await store.unconnected.covered(by_domain(cast.ana.id), connection(cast.ana.id), [told])
        assert await store.integrations.of(cast.ana.id) == by_domain(cast.ana.id)
        assert await store.sign_ins.sign_in(link.key) is None
        async with working(store, REVOKE, TELL) as work:
            jobs = {job.name: job for job in [await work.next(), await work.next()]}
        assert jobs[REVOKE].subject == (str(cast.ana.id),)
        assert await store.happenings.happening(HappeningId(int(jobs[TELL].subject[0]))) == told.happening

    async def test_nothing_of_it_where_the_person_is_connected_otherwise_by_then(
        self, store: Store, cast: Cast
    ) -> None:
        own = connection(cast.ana.id)
        assert not await store.unconnected.covered(by_domain(cast.ana.id), own, [])
        await connected(store, cast.ana.id, OTHER)
        assert not await store.unconnected.covered(by_domain(cast.ana.id), own, [])
        await store.unconnected.opt_out(cast.ana.id, NOW)
        assert not await store.unconnected.covered(by_domain(cast.ana.id), own, [])
        assert (await store.integrations.of(cast.ana.id)).trouble is Trouble.OPTED_OUT

    async def test_another_vendors_calendar_is_left_once_it_holds_no_session(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        own, outlook = connection(cast.ana.id), by_domain(cast.ana.id, IntegrationKind.OUTLOOK_DOMAIN)
        held = await store.sessions.reserve(cast.session(at(2)))
        standing = await store.sessions.keep(booked(held))
        assert not await store.unconnected.covered(outlook, own, [])
        assert (await store.integrations.of(cast.ana.id)).kind is GRANTED.kind
        after = replace(outlook, since=NOW + DAY)
        assert await store.unconnected.covered(after, own, [])
        assert standing is not None

    async def test_the_same_vendors_calendar_keeps_its_sessions(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        await store.sessions.keep(booked(await store.sessions.reserve(cast.session(at(2)))))
        assert await store.unconnected.covered(by_domain(cast.ana.id), connection(cast.ana.id), [])
        (kept,) = await store.sessions.of_user(cast.ana.id, at(2))
        assert kept.state is SessionState.BOOKED

    async def test_an_answer_through_a_connection_that_was_replaced_is_nobodys(self, store: Store, cast: Cast) -> None:
        await connected(store, cast.ana.id)
        own = connection(cast.ana.id)
        await store.unconnected.covered(by_domain(cast.ana.id), own, [])
        assert not await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW, through=own)
        assert await store.integrations.of(cast.ana.id) == by_domain(cast.ana.id)
        assert await store.integrations.broke(cast.ana.id, Trouble.NO_ACCOUNT, NOW)
        await store.integrations.worked(cast.ana.id, NOW, through=own)
        assert (await store.integrations.of(cast.ana.id)).trouble is Trouble.NO_ACCOUNT

    async def test_whoever_connected_alone_is_tried_again_when_a_domain_is_connected(
        self, store: Store, cast: Cast
    ) -> None:
        await store.integrations.connected(replace(connection(cast.ana.id), checked_at=NOW))
        await store.integrations.connected(replace(by_domain(cast.sam.id), account="sam@example.com"))
        organisation = cast.ana.organisation

        async def untried() -> set[UserId]:
            return {each.id for each in await store.unconnected.untried([organisation], NOW - DAY, 10)}

        assert cast.ana.id not in await untried()
        await store.unconnected.retry(organisation)
        assert await untried() == {cast.ana.id, cast.kai.id, cast.uma.id, cast.priya.id}
