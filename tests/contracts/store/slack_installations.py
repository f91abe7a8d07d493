"""What SlackInstallations promises, and that a token opens nowhere else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from calendar_core.ports import StoredInstallation
from calendar_core.store import Store
from calendar_core.store.schema import slack_installation
from calendar_core.store.vault import SealBroken

from .cast import NOW

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
        assert not await store.slack_installations.remove("T0123ABCD", org_wide=True)
        assert await store.slack_installations.remove("T0123ABCD", org_wide=False)
        assert not await store.slack_installations.remove("T0123ABCD", org_wide=False)
        assert await store.slack_installations.of("T0123ABCD", None) is None
        assert await store.slack_installations.of("T0123ABCD", "E0123ABCD") == ORGANISATION

    async def test_what_was_installed_anew_is_not_removed_by_older_news(self, store: Store) -> None:
        await store.slack_installations.put(replace(WORKSPACE, installed_at=later(5)))
        assert not await store.slack_installations.remove("T0123ABCD", org_wide=False, before=later(4))
        assert await store.slack_installations.remove("T0123ABCD", org_wide=False, before=later(5))

    async def test_one_alone_renews_a_token(self, store: Store) -> None:
        await store.slack_installations.put(ROTATED)
        leases = await asyncio.gather(
            *(store.slack_installations.lease("T0123ABCD", f"h{each}", NOW, NOW + LEASE) for each in range(5))
        )
        (holder,) = [f"h{number}" for number, leased in enumerate(leases) if leased is not None]
        ends = later(720)
        assert not await store.slack_installations.renewed("T0123ABCD", "stranger", "x", "y", ends)
        assert await store.slack_installations.renewed("T0123ABCD", holder, "xoxe.xoxb-2", "xoxe-2", ends)
        now = replace(ROTATED, token="xoxe.xoxb-2", refresh="xoxe-2", ends_at=ends)
        assert await store.slack_installations.of("T0123ABCD", None) == now
        assert not await store.slack_installations.renewed("T0123ABCD", holder, "x", "y", ends)

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

    async def test_a_state_is_spent_once_by_its_own_browser_and_in_time(self, store: Store) -> None:
        for state in ("a", "b", "c"):
            await store.slack_installations.ask(state, "browser", NOW, later(10))
        assert not await store.slack_installations.spend("a", "other", NOW)
        spent = await asyncio.gather(*(store.slack_installations.spend("a", "browser", NOW) for _ in range(4)))
        assert sorted(spent) == [False, False, False, True]
        assert not await store.slack_installations.spend("b", "browser", later(10))
        await store.slack_installations.ask("d", "browser", later(11), later(21))
        assert not await store.slack_installations.spend("c", "browser", NOW)  # forgotten

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
        assert await store.slack_installations.renewed("T0123ABCD", "one", *longer, later(720))
        renewed = await store.slack_installations.of("T0123ABCD", None)
        assert renewed is not None
        assert (renewed.token, renewed.refresh) == longer
