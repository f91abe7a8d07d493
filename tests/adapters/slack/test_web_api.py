"""Slack's answers as ours, over real HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import monotonic

import aiohttp
import pytest

from adapters.outbox import NotAsked
from adapters.secret import Secret
from adapters.slack.installation import Installation
from adapters.slack.pace import A_CHANNEL
from adapters.slack.web_api import SlackRefused, WebApi
from calendar_core.errors import ProviderUnavailable
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.world import Mailbox


@dataclass
class Caller:
    """Who calls, and whose token was said to be dead."""

    sandbox: Sandbox
    api: WebApi
    installation: Installation
    withdrawn: list[str] = field(default_factory=list)

    async def post(self) -> object:
        """A message to Ana."""
        user = self.sandbox.slack.people.id_of("ana@example.com")
        return (await self.api.call(self.installation, "chat.postMessage", channel=user, text="A secret title"))["ok"]


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        sandbox.world.add_mailbox(Mailbox("ana@example.com", "Ana", "google", "Europe/Lisbon"))
        withdrawn: list[str] = []

        async def dead(_: Installation, code: str) -> None:
            withdrawn.append(code)

        installation = Installation(
            enterprise=None,
            team="T1",
            org_wide=False,
            app="",
            bot_user="",
            token=Secret(sandbox.slack.installed.install("example.com").access),
            scopes=frozenset(),
        )
        api = WebApi(http, f"{sandbox.url}/slack/api", monotonic, withdrawn=dead)
        yield Caller(sandbox, api, installation, withdrawn)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", status=503),
        Fault("status", status=500, after_commit=True),
        Fault("html", status=200),
        Fault("html", status=502),
        Fault("empty", status=200),
        Fault("truncate"),
        Fault("drop"),
        Fault("drop", after_commit=True),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status} {fault.after_commit}",
)
async def test_no_usable_answer_leaves_open_whether_it_was_done(
    caller: Caller, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caller.sandbox.faults.add(fault)
    with pytest.raises(ProviderUnavailable) as lost:
        await caller.post()
    assert not isinstance(lost.value, NotAsked)
    assert len(caller.sandbox.log.of(vendor="slack", operation="chat.postMessage")) == 1, "nothing is sent twice"
    assert "secret title" not in caplog.text.lower()
    assert "xoxb" not in caplog.text
    assert await caller.post() is True


async def test_whoever_waits_for_a_turn_learns_that_slack_wants_nothing_asked(caller: Caller) -> None:
    waiting, gate = asyncio.Event(), asyncio.Event()

    async def pause(_: float) -> None:
        waiting.set()
        await gate.wait()

    async with aiohttp.ClientSession() as http:
        api = WebApi(http, f"{caller.sandbox.url}/slack/api", monotonic, pause=pause)
        patient = replace(caller, api=api)
        for _ in range(A_CHANNEL.at_once):
            await patient.post()
        late = asyncio.create_task(patient.post())
        await waiting.wait()
        caller.sandbox.faults.add(Fault("status", vendor="slack", status=429, retry_after=40))
        with pytest.raises(NotAsked):
            await api.call(caller.installation, "chat.postMessage", channel="U0ELSEWHERE", text="x")
        sent = len(caller.sandbox.log.of(vendor="slack", operation="chat.postMessage"))
        gate.set()
        with pytest.raises(NotAsked) as held:
            await late
    assert held.value.retry_after is not None
    assert held.value.retry_after > timedelta(seconds=30)
    assert len(caller.sandbox.log.of(vendor="slack", operation="chat.postMessage")) == sent


async def test_too_many_is_waited_for_as_long_as_slack_wants(caller: Caller) -> None:
    caller.sandbox.faults.add(Fault("status", vendor="slack", status=429, retry_after=40))
    for _ in range(2):  # the second is not even sent
        with pytest.raises(NotAsked) as later:
            await caller.post()
        assert later.value.retry_after is not None
        assert timedelta(seconds=30) < later.value.retry_after <= timedelta(seconds=40)
    assert len(caller.sandbox.log.of(vendor="slack", operation="chat.postMessage")) == 1


async def test_a_no_has_slacks_own_word(caller: Caller) -> None:
    with pytest.raises(SlackRefused) as refused:
        await caller.api.call(caller.installation, "chat.postMessage", channel="U000000000", text="Hello")
    assert refused.value.code == "channel_not_found"
    assert caller.withdrawn == []


async def test_a_dead_token_is_said_once_it_is_known(caller: Caller) -> None:
    caller.sandbox.slack.installed.revoke(caller.installation.token.reveal())
    with pytest.raises(SlackRefused):
        await caller.post()
    assert caller.withdrawn == ["token_revoked"]


async def test_what_one_method_says_of_a_token_is_asked_of_the_token_itself(caller: Caller) -> None:
    for code in ("account_inactive", "invalid_auth"):
        caller.sandbox.faults.add(Fault("status", "slack", None, "chat.postMessage", status=200, reason=code))
        with pytest.raises(SlackRefused, match=code):
            await caller.post()
    assert caller.withdrawn == []
    assert await caller.post() is True
