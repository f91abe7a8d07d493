"""The sandbox's Teams before a running demo: everybody of one organisation's cast has the app there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from adapters.cli.leaders import CAST
from adapters.cli.playing import Stage
from adapters.cli.teams_played import AT_HOME_THERE
from calendar_core.chat_account import ChatAccount
from calendar_core.people import Identity

from .member import Members


@asynccontextmanager
async def in_teams(stage: Stage, organisation: str) -> AsyncIterator[Members]:
    """The people of a stage that is set up with Teams; their accounts are theirs, and they have been welcomed."""
    application, teams = stage.application, stage.sandbox.teams
    assert application.teams is not None
    async with aiohttp.ClientSession(stage.sandbox.url) as http:
        members = Members(http, application.teams, stage, is_durable=True)
        for address in (each.email for each in CAST if each.organisation == organisation):
            person = teams.hands.person(address)
            account = ChatAccount(account=Identity(f"teams:{person.tenant}", person.object_id), address=address)
            await application.linking.seen(account)
            for user in await application.store.people.at_address(address):
                await application.store.accounts.confirm(account, user.id, application.clock.now())
            if address not in AT_HOME_THERE:  # to whom the demo has brought it
                await members.drive("install", address)
            await welcomed(members, address)
        yield members


async def welcomed(members: Members, address: str) -> None:
    """Returns once the person was."""
    changes = members.stage.sandbox.teams.state.changes
    async with asyncio.timeout(60):
        while True:
            number = changes.number
            if await members.messages(address):
                return
            await changes.since(number, 60.0)
