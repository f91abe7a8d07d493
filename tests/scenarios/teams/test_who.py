"""What the roster's refusals and the memory of one process may not do to anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import aiohttp
import pytest

from adapters.main.real_clock import real_now
from adapters.main.teams import open_teams
from adapters.teams.activity import Activity, activity_of
from adapters.teams.who import KNOWN_FOR, TeamsPeople
from adapters.teams_values import InboxKind
from calendar_core.chat_account import ChatAccount, Standing
from calendar_core.errors import ProviderRejected

from .conftest import teams_settings
from .member import Members


@dataclass
class Process:
    """Another process of the same installation, with a memory of its own. `now` in seconds."""

    stage: Members
    people: TeamsPeople
    now: float = 0.0

    async def heard(self, who: str) -> Activity:
        """Words of somebody, as they came."""
        receipt = await self.stage.drive("say", who, text="status")
        return activity_of(self.stage.stage.sandbox.teams.courier.brought[str(receipt["activity"])])

    async def account(self, activity: Activity) -> ChatAccount | None:
        """As it is kept."""
        return await self.stage.stage.application.store.accounts.account(activity.account)


@pytest.fixture
async def another(teams_stage: Members) -> AsyncIterator[Process]:
    application, sandbox = teams_stage.stage.application, teams_stage.stage.sandbox
    async with aiohttp.ClientSession() as http:
        out = open_teams(teams_settings(sandbox, InboxKind.DURABLE), application.store, http)
        assert out is not None
        places = application.store.teams_places
        people = TeamsPeople(application.linking, out.connector, places, lambda: made.now, real_now)
        made = Process(teams_stage, people, KNOWN_FOR)
        yield made


@pytest.mark.parametrize(("status", "reason"), [(403, "BotDisabledByAdmin"), (404, None), (400, None)])
async def test_a_refused_look_into_the_roster_says_nothing_of_anybody_and_is_not_remembered(
    teams_stage: Members, another: Process, status: int, reason: str | None
) -> None:
    await teams_stage.drive("person", "uma", guest=True)
    await teams_stage.drive("install", "uma")
    said = await another.heard("uma")
    before = await another.account(said)
    assert before is not None
    assert before.standing is Standing.GUEST
    await teams_stage.fail("members.get", status=status, reason=reason)
    await another.people.speaker(said)
    assert await another.account(said) == before
    await teams_stage.drive("person", "uma", guest=False)
    await another.people.speaker(said)
    changed = await another.account(said)
    assert changed is not None
    assert changed.standing is Standing.MEMBER


async def test_somebody_new_is_not_taken_for_a_member_without_an_address_while_the_roster_refuses(
    teams_stage: Members, another: Process
) -> None:
    await teams_stage.fail("members.get", status=403, reason="BotNotInConversationRoster", times=9)
    await teams_stage.drive("install", "uma")
    said = await another.heard("uma")
    with pytest.raises(ProviderRejected):
        await another.people.speaker(said)
    assert await another.account(said) is None


async def test_that_somebody_is_not_in_one_roster_does_not_undo_what_another_said(
    teams_stage: Members, another: Process
) -> None:
    said = await another.heard("ana")
    before = await another.account(said)
    await teams_stage.fail("members.get", status=404, reason="MemberNotFoundInConversation")
    await another.people.speaker(said)
    assert before is not None
    assert before.address == "ana@example.com"
    assert await another.account(said) == before


async def test_who_installs_the_app_anew_is_found_again_whichever_process_heard_of_the_removal(
    teams_stage: Members, another: Process
) -> None:
    store, courier = teams_stage.stage.application.store, teams_stage.stage.sandbox.teams.courier
    receipt = await teams_stage.drive("install", "ana", upgrade=True)
    installed = activity_of(courier.brought[str(receipt["activity"])])
    await another.people.speaker(installed)
    await teams_stage.drive("uninstall", "ana")
    assert await store.teams_places.of(installed.account) is None
    await another.people.speaker(installed)
    found = await store.teams_places.of(installed.account)
    assert found is not None
    assert found.conversation == installed.conversation


@pytest.mark.parametrize(
    ("name", "is_learnt"),
    [
        ("composeExtension/query", False),
        ("composeExtension/fetchTask", False),
        ("composeExtension/submitAction", False),
        ("adaptiveCard/action", True),
        ("task/submit", True),
    ],
)
async def test_a_chat_of_two_people_is_not_taken_for_the_one_with_the_bot(
    teams_stage: Members, another: Process, name: str, *, is_learnt: bool
) -> None:
    said = await another.heard("ana")
    invoked = replace(said, kind="invoke", name=name, conversation="19:of_two_people@unq.gbl.spaces")
    await another.people.speaker(invoked)
    found = await teams_stage.stage.application.store.teams_places.of(said.account)
    assert found is not None
    assert found.conversation == (invoked.conversation if is_learnt else said.conversation)
