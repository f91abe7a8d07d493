"""Many people book in Slack while it refuses, resets connections and loses answers: both are told, once each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

from calendar_core.interval import Interval
from calendar_core.people import User
from sandbox.faults import Fault

from .couples import NOW, Couple, Hamlet, Suites, first_button, settled, slack_account

FEW, MANY = 50, 1_000
A_HAMLET, HAMLETS_AT_ONCE, PRESSES_AT_ONCE = 50, 3, 5
POSTING = Fault("status", vendor="slack", operation="chat.postMessage")
BESIDE = replace(POSTING, operation="response_url")
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
TROUBLES_BESIDE: tuple[tuple[Fault, ...], ...] = (  # of whoever presses, in the place of the list
    (),
    (replace(BESIDE, status=404),),
    (replace(BESIDE, kind="drop"),),
    (replace(BESIDE, kind="drop", after_commit=True),),
    (replace(BESIDE, status=429, retry_after=1),),
)
EVER = Interval.lasting(NOW, 400 * 24 * 60)
TOLD_WITHIN = 500.0  # seconds
A_WHILE = timedelta(seconds=20)


async def test_both_are_told_once_whatever_becomes_of_the_calls(
    tmp_path: Path, proving: bool, seen: Callable[[str], None]
) -> None:
    wanted = MANY if proving else FEW
    room = asyncio.Semaphore(HAMLETS_AT_ONCE)  # each has a workspace of its own, which is asked 300 times a minute

    async def one_hamlet(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        async with room:
            return await booked_and_told(folder, min(A_HAMLET, wanted))

    calls = await asyncio.gather(*(one_hamlet(number) for number in range(wanted // A_HAMLET)))
    ways = len(TROUBLES) - 1, len(TROUBLES_BESIDE) - 1
    seen(
        f"{wanted} bookings while Slack failed in {ways[0]} ways for either and in {ways[1]} beside the question:"
        f" {sum(calls)} calls to tell, {2 * wanted} people told, 0 twice"
    )


async def booked_and_told(folder: Path, number: int) -> int:
    """How many times something was posted, or tried to be."""
    async with settled(folder, [Suites("google", "google")] * number, slack=True) as hamlet:
        numbered = list(enumerate(hamlet.couples))
        for some in range(0, number, PRESSES_AT_ONCE):
            await asyncio.gather(
                *(book(hamlet, each, index) for index, each in numbered[some : some + PRESSES_AT_ONCE])
            )
        assert hamlet.application.slack is not None
        await hamlet.application.slack.tasks.idle()
        async with asyncio.timeout(TOLD_WITHIN):
            for each in hamlet.couples:
                await told(hamlet, each)
        assert hamlet.sandbox.faults.waiting == [], "some of the trouble was never met"
        assert [messages(hamlet, each.mentor, "booked a session with you") for each in hamlet.couples] == [1] * number
        assert [messages(hamlet, each.mentee, "Booked.") for each in hamlet.couples] == [1] * number
        assert all(len(hamlet.shown(each.mentee)) == 1 for each in hamlet.couples)
        return len(hamlet.sandbox.log.of(vendor="slack", operation="chat.postMessage"))


async def book(hamlet: Hamlet, couple: Couple, index: int) -> None:
    """The mentee does, in a channel: is shown times, meets trouble, and presses the first."""
    slack, mentee = hamlet.sandbox.slack, couple.mentee
    who = slack_account(hamlet.sandbox, mentee).subject
    team = slack.people.team_of(mentee.email.partition("@")[2])
    channel = slack.state.channels.add(team, f"couple{index}", [who], bot=True).id
    assert (await slack.hands.command(mentee.email, channel, "/book")).good
    while not (there := [each for each in slack.state.messages.of(channel) if "Times for you" in each.text]):  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.05)
    other = index // len(TROUBLES)  # so that everybody's trouble meets everybody else's
    for fault in chain(TROUBLES[index % len(TROUBLES)]):
        hamlet.sandbox.faults.add(replace(fault, mailbox=couple.mentor.email))
    for fault in chain(TROUBLES[other % len(TROUBLES)], TROUBLES_BESIDE[index % len(TROUBLES_BESIDE)]):
        hamlet.sandbox.faults.add(replace(fault, mailbox=mentee.email))
    assert (await slack.hands.press(mentee.email, there[-1], *first_button(there[-1]))).good


async def told(hamlet: Hamlet, couple: Couple) -> None:
    """Once we know that both messages stand there. What waits for its time need not be waited for."""
    store = hamlet.application.store
    while True:
        sessions = await store.sessions.of_user(couple.mentor.id, EVER)
        if sessions and len(await store.posts.of_session(sessions[0].uid)) == 2:
            return
        hamlet.sandbox.clock.jump(A_WHILE)
        await asyncio.sleep(1)


def messages(hamlet: Hamlet, user: User, words: str) -> int:
    """How many that person sees that say so, in the conversation with the bot."""
    slack = hamlet.sandbox.slack
    member = slack.people.member(slack_account(hamlet.sandbox, user).subject)
    assert member is not None
    channel, _ = slack.state.channels.direct(member.team, member.id)
    return sum(words in each.text for each in slack.state.messages.of(channel.id))
