"""What SlackInstallations promises, and that a token opens nowhere else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from calendar_core.chat_account import ChatAccount, Link
from calendar_core.people import Identity
from calendar_core.ports import StoredInstallation
from calendar_core.store import Store
from calendar_core.store.schema import slack_installation, slack_state
from calendar_core.store.vault import SealBroken

from .cast import NOW, Cast

WORKSPACE = StoredInstallation(
    place="T0123ABCD",
    enterprise=None,
    org_wide=False,
    app="A01",
    bot_user="U0BOT",
    token="xoxb-one",
    scopes=("chat:write", "commands"),
    installed_by="U0ANA",
    installed_at=NOW,
)
ORGANISATION = replace(WORKSPACE, place="E0123ABCD", enterprise="E0123ABCD", org_wide=True, token="xoxb-org")
ROTATED = replace(WORKSPACE, token="xoxe.xoxb-1", refresh="xoxe-1", ends_at=NOW + timedelta(hours=12))
LEASE = timedelta(seconds=30)


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


class SlackInstallationsContract:
    async def test_a_workspace_is_found_by_its_id_alone(self, store: Store) -> None:
        await store.slack_installations.put(WORKSPACE)
        assert await store.slack_installations.of("T0123ABCD", None) == WORKSPACE
        assert await store.slack_installations.of("T0123ABCD", "E0OTHER") == WORKSPACE
        assert await store.slack_installations.of("T0OTHER", None) is None
        assert await store.slack_installations.of(None, None) is None

    async def test_an_organisations_serves_each_of_its_workspaces_unless_they_have_their_own(
        self, store: Store
    ) -> None:
        await store.slack_installations.put(ORGANISATION)
        assert await store.slack_installations.of("T0123ABCD", "E0123ABCD") == ORGANISATION
        assert await store.slack_installations.of(None, "E0123ABCD") == ORGANISATION
        own = replace(WORKSPACE, enterprise="E0123ABCD")
        await store.slack_installations.put(own)
        assert await store.slack_installations.of("T0123ABCD", "E0123ABCD") == own
        assert await store.slack_installations.of("T0SECOND", "E0123ABCD") == ORGANISATION

    async def test_installing_again_replaces_and_adds_no_row(self, store: Store) -> None:
        await asyncio.gather(
            *(
                store.slack_installations.put(replace(WORKSPACE, installed_by=user, token=f"xoxb-{user}"))
                for user in ("U1", "U2", "U3")
            )
        )
        last = replace(WORKSPACE, token="xoxb-last")
        await store.slack_installations.put(last)
        rows = await store.database.read(lambda connection: connection.execute(select(slack_installation)).all())
        assert len(rows) == 1
        assert await store.slack_installations.of("T0123ABCD", None) == last

    async def test_removing_takes_exactly_that_place(self, store: Store) -> None:
        await store.slack_installations.put(WORKSPACE)
        await store.slack_installations.put(ORGANISATION)
        assert await store.slack_installations.places() == ("E0123ABCD", "T0123ABCD")
        assert await store.slack_installations.remove("T0123ABCD", NOW)
        assert not await store.slack_installations.remove("T0123ABCD", NOW)
        assert await store.slack_installations.at("T0123ABCD") is None
        assert await store.slack_installations.at("E0123ABCD") == ORGANISATION
        assert await store.slack_installations.places() == ("E0123ABCD",)
        assert await store.slack_installations.of("T0123ABCD", "E0123ABCD") == ORGANISATION

    async def test_what_was_installed_anew_is_not_removed_by_older_news(self, store: Store) -> None:
        await store.slack_installations.put(replace(WORKSPACE, installed_at=later(5)))
        assert not await store.slack_installations.remove("T0123ABCD", later(4))
        assert await store.slack_installations.remove("T0123ABCD", later(5))

    async def test_with_an_installation_goes_what_its_directory_said_and_nobody_elses(
        self, store: Store, cast: Cast
    ) -> None:
        who, others = Identity("slack:T0123ABCD", "U1"), Identity("slack:T0OTHER", "U1")
        for each in (who, others):
            account = ChatAccount(account=each, address="ana@example.com", time_zone="Europe/Lisbon")
            await store.accounts.seen(account, NOW)
            await store.accounts.confirm(account, cast.ana.id, NOW)
            assert await store.accounts.ask_code(account, cast.ana.id, NOW, since=NOW, limit=3) is not None
        await store.slack_installations.put(WORKSPACE)
        assert not await store.slack_installations.remove("T0123ABCD", later(-1))
        assert await store.accounts.account(who) is not None
        assert await store.slack_installations.remove("T0123ABCD", NOW)
        assert await store.accounts.account(who) is None
        assert await store.accounts.tried(who, NOW, 5) is None
        assert await store.accounts.link(who) == Link(cast.ana.id)
        assert await store.accounts.account(others) is not None
        assert await store.accounts.tried(others, NOW, 5) is not None

    async def test_one_alone_renews_a_token(self, store: Store) -> None:
        await store.slack_installations.put(ROTATED)
        leases = await asyncio.gather(
            *(store.slack_installations.lease("T0123ABCD", f"h{each}", NOW, NOW + LEASE) for each in range(5))
        )
        assert sum(leased is not None for leased in leases) == 1

    async def test_what_a_refresh_token_was_exchanged_for_is_kept_while_that_token_is_the_places(
        self, store: Store
    ) -> None:
        await store.slack_installations.put(ROTATED)
        assert await store.slack_installations.lease("T0123ABCD", "one", NOW, NOW + LEASE)
        ends = later(720)
        assert not await store.slack_installations.renewed("T0123ABCD", "xoxe-0", "x", "y", ends)
        assert await store.slack_installations.renewed("T0123ABCD", "xoxe-1", "xoxe.xoxb-2", "xoxe-2", ends)
        now = replace(ROTATED, token="xoxe.xoxb-2", refresh="xoxe-2", ends_at=ends)
        assert await store.slack_installations.of("T0123ABCD", None) == now
        assert not await store.slack_installations.renewed("T0123ABCD", "xoxe-1", "x", "y", ends)
        assert await store.slack_installations.lease("T0123ABCD", "two", NOW, NOW + LEASE)
        await store.slack_installations.put(replace(ROTATED, refresh="xoxe-anew"))
        assert not await store.slack_installations.renewed("T0123ABCD", "xoxe-2", "x", "y", ends)
        assert await store.slack_installations.remove("T0123ABCD", NOW)
        assert not await store.slack_installations.renewed("T0123ABCD", "xoxe-anew", "x", "y", ends)

    async def test_a_lease_ends_and_can_be_given_back(self, store: Store) -> None:
        await store.slack_installations.put(ROTATED)
        assert await store.slack_installations.lease("T0123ABCD", "one", NOW, NOW + LEASE)
        assert await store.slack_installations.lease("T0123ABCD", "two", NOW, NOW + LEASE) is None
        assert await store.slack_installations.lease("T0123ABCD", "two", NOW + LEASE, NOW + 2 * LEASE)
        await store.slack_installations.release("T0123ABCD", "one")
        assert await store.slack_installations.lease("T0123ABCD", "one", NOW + LEASE, NOW + 2 * LEASE) is None
        await store.slack_installations.release("T0123ABCD", "two")
        assert await store.slack_installations.lease("T0123ABCD", "one", NOW + LEASE, NOW + 2 * LEASE)
        assert await store.slack_installations.lease("T0NONE", "one", NOW, NOW + LEASE) is None

    async def test_a_state_leads_to_one_installation(self, store: Store) -> None:
        installations = store.slack_installations
        tries = [replace(WORKSPACE, token=f"xoxb-{number}") for number in range(4)]
        kept = await asyncio.gather(*(installations.install(each, "state", later(10), NOW) for each in tries))
        assert sorted(kept) == [False, False, False, True]
        assert await installations.at("T0123ABCD") == tries[kept.index(True)]
        assert not await installations.install(ORGANISATION, "state", later(10), NOW)
        assert await installations.at("E0123ABCD") is None

    async def test_states_that_have_ended_are_forgotten(self, store: Store) -> None:
        for number in range(3):
            at = later(10 * number)
            assert await store.slack_installations.install(WORKSPACE, f"state {number}", later(10 * number + 10), at)
        rows = await store.database.read(lambda connection: connection.execute(select(slack_state)).all())
        assert [row.state for row in rows] == ["state 2"]

    async def test_a_token_is_sealed_to_its_place(self, store: Store) -> None:
        await store.slack_installations.put(ROTATED)
        await store.slack_installations.put(ORGANISATION)
        table = slack_installation
        rows = await store.database.read(lambda connection: connection.execute(select(table)).mappings().all())
        assert not any("xox" in str(value) for row in rows for value in row.values())
        [foreign] = [row["token"] for row in rows if row["org_wide"]]
        moved = update(table).where(table.c.place == "T0123ABCD").values(token=foreign)
        await store.database.write(lambda connection: connection.execute(moved))
        with pytest.raises(SealBroken):
            await store.slack_installations.of("T0123ABCD", None)

    async def test_tokens_and_scopes_of_any_length_are_kept_whole(self, store: Store) -> None:
        """A column of 200 characters cuts a token, or refuses it; a sealed one is longer than its text."""
        long = replace(
            ROTATED,
            token="xoxe.xoxb-" + "a1" * 2_000,
            refresh="xoxe-" + "b2" * 2_000,
            scopes=tuple(f"scope.of.a.long.name.{number}:write" for number in range(100)),
        )
        await store.slack_installations.put(long)
        assert await store.slack_installations.of("T0123ABCD", None) == long
        assert await store.slack_installations.lease("T0123ABCD", "one", NOW, NOW + LEASE)
        longer = ("xoxe.xoxb-" + "c3" * 4_000, "xoxe-" + "d4" * 4_000)
        assert await store.slack_installations.renewed("T0123ABCD", str(long.refresh), *longer, later(720))
        renewed = await store.slack_installations.of("T0123ABCD", None)
        assert renewed is not None
        assert (renewed.token, renewed.refresh) == longer
