"""Many people book while Slack refuses for now, resets connections and loses answers: each partner is told once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.buttons import token_of
from calendar_core.interval import Interval
from sandbox.faults import Fault

from .couples import NOW, Couple, Hamlet, Suites, settled, slack_account

FEW, MANY, AT_ONCE = 50, 1_000, 200
POSTING = Fault("status", vendor="slack", operation="chat.postMessage")
TROUBLES: tuple[tuple[Fault, ...], ...] = (
    (),
    (replace(POSTING, status=429, retry_after=1, times=2),),
    (replace(POSTING, kind="drop"),),
    (replace(POSTING, kind="drop", after_commit=True),),
    (replace(POSTING, kind="truncate"),),
    (replace(POSTING, status=500, after_commit=True),),
    (
        replace(POSTING, status=503),
        replace(POSTING, status=429, retry_after=2),
        replace(POSTING, kind="html", status=200, after_commit=True),
        replace(POSTING, operation="conversations.history", kind="drop"),
    ),
)
EVER = Interval.lasting(NOW, 400 * 24 * 60)
TOLD_WITHIN = 400.0  # seconds


async def test_each_partner_is_told_once_whatever_becomes_of_the_call(
    tmp_path: Path, proving: bool, seen: Callable[[str], None]
) -> None:
    wanted = MANY if proving else FEW
    posts = 0
    for first in range(0, wanted, AT_ONCE):
        folder = tmp_path / str(first)
        folder.mkdir()
        posts += await booked_and_told(folder, min(AT_ONCE, wanted - first))
    seen(f"{wanted} bookings while Slack failed in {len(TROUBLES) - 1} ways: {posts} calls, {wanted} told, 0 twice")


async def booked_and_told(folder: Path, number: int) -> int:
    """How many times something was posted, or tried to be."""
    async with settled(folder, [Suites("google", "google")] * number, slack=True) as hamlet:
        for index, couple in enumerate(hamlet.couples):
            for fault in TROUBLES[index % len(TROUBLES)]:
                hamlet.sandbox.faults.add(replace(fault, mailbox=couple.mentor.email))
        for some in range(0, number, 10):
            await asyncio.gather(*(book(hamlet, each) for each in hamlet.couples[some : some + 10]))
        async with asyncio.timeout(TOLD_WITHIN):
            await asyncio.gather(*(told(hamlet, each) for each in hamlet.couples))
        assert hamlet.sandbox.faults.waiting == [], "some of the trouble was never met"
        assert [messages(hamlet, each) for each in hamlet.couples] == [1] * number
        return len(hamlet.sandbox.log.of(vendor="slack", operation="chat.postMessage"))


async def book(hamlet: Hamlet, couple: Couple) -> None:
    """The mentee does, and so the mentor is to be told."""
    conversation, who = hamlet.application.conversation, slack_account(hamlet.sandbox, couple.mentee)
    offered = await conversation.say(who, "book")
    await conversation.press(who, token_of(offered.reply.choices[0].command))


async def told(hamlet: Hamlet, couple: Couple) -> None:
    """Once we know that the message stands there."""
    store = hamlet.application.store
    while True:
        (session,) = await store.sessions.of_user(couple.mentor.id, EVER)
        if await store.posts.of_session(session.uid):
            return
        await asyncio.sleep(0.1)


def messages(hamlet: Hamlet, couple: Couple) -> int:
    """How many the mentor sees that tell of the session."""
    slack = hamlet.sandbox.slack
    member = slack.people.member(slack_account(hamlet.sandbox, couple.mentor).subject)
    assert member is not None
    channel, _ = slack.state.channels.direct(member.team, member.id)
    return sum("booked a session with you" in each.text for each in slack.state.messages.of(channel.id))
