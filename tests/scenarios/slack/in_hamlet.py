"""What people in a hamlet see in Slack, and what they do there: over HTTP, into the real front."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import aiohttp
import pytest

from adapters.cli.playing import Stage
from calendar_core.interval import Interval
from calendar_core.people import User
from sandbox.slack.channels import Channel
from sandbox.slack.messages import Message
from tests.faults.couples import NOW, Couple, Hamlet, Suites, first_button, settled, slack_account

from .member import Members

T = TypeVar("T")
EVER = Interval.lasting(NOW, 400 * 24 * 60)


@pytest.fixture
async def hamlet(tmp_path: Path) -> AsyncIterator[Hamlet]:
    """One couple, both in Slack. It is Sunday."""
    async with settled(tmp_path, [Suites("google", "google")], slack=True) as hamlet:
        yield hamlet


@pytest.fixture
def couple(hamlet: Hamlet) -> Couple:
    return hamlet.couples[0]


def messages(hamlet: Hamlet, user: User) -> list[Message]:
    """What that person sees in the conversation with us."""
    return hamlet.sandbox.slack.state.messages.of(direct(hamlet, user).id)


def direct(hamlet: Hamlet, user: User) -> Channel:
    """That conversation."""
    slack = hamlet.sandbox.slack
    member = slack.people.member(slack_account(hamlet.sandbox, user).subject)
    assert member is not None
    channel, _ = slack.state.channels.direct(member.team, member.id)
    return channel


async def until(found: Callable[[], list[T]], count: int) -> list[T]:
    """Once there are so many."""
    async with asyncio.timeout(30):
        while len(found()) < count:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    return found()


async def offered(hamlet: Hamlet, user: User, channel: str) -> Message:
    """The times that `/book` shows that person alone, in that channel."""
    slack = hamlet.sandbox.slack
    receipt = await slack.hands.command(user.email, channel, "/book")
    assert receipt.good
    await done(hamlet)
    return slack.state.messages.of(channel)[-1]


async def press_first(hamlet: Hamlet, user: User, message: Message) -> None:
    """Takes the first of the times."""
    receipt = await hamlet.sandbox.slack.hands.press(user.email, message, *first_button(message))
    assert receipt.good
    await done(hamlet)


async def done(hamlet: Hamlet) -> None:
    """Once whatever was heard is answered."""
    assert hamlet.application.slack is not None
    await hamlet.application.slack.tasks.idle()


def common_channel(hamlet: Hamlet, *users: User) -> str:
    """A channel in which they are, and the bot."""
    slack = hamlet.sandbox.slack
    ids = [slack_account(hamlet.sandbox, user).subject for user in users]
    team = slack.people.team_of(users[0].email.partition("@")[2])
    return slack.state.channels.add(team, "general", ids, bot=True, archived=False).id


@pytest.fixture
async def members(hamlet: Hamlet) -> AsyncIterator[Members]:
    """The same people, by what is on their screens."""
    here = hamlet.application.slack
    assert here is not None
    async with aiohttp.ClientSession(hamlet.sandbox.url) as http:
        yield Members(http, here, Stage(hamlet.url, hamlet.sandbox, hamlet.application))
