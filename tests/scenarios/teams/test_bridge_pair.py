"""One person in Slack with Google, the other in Teams with Outlook: one session, each told in their own chat, language
and zone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from adapters.cli.playing import staged
from calendar_core.interval import Interval
from tests.scenarios.slack.member import Members as SlackMembers
from tests.staging import NOW

from .member import Members


@pytest.fixture
async def chats(tmp_path: Path) -> AsyncIterator[tuple[SlackMembers, Members]]:
    async with staged(tmp_path, now=NOW, keep=False, slack=True, teams=True) as stage:
        slack, teams = stage.application.slack, stage.application.teams
        assert slack is not None
        assert teams is not None
        async with aiohttp.ClientSession(stage.sandbox.url) as http:
            yield SlackMembers(http, slack, stage), Members(http, teams, stage, is_durable=True)


async def told_in_slack(slack: SlackMembers, words: str) -> str:
    """Once Ana has it."""
    async with asyncio.timeout(30):
        while True:
            for seen in await slack.messages("ana"):
                if words in seen.text:
                    return seen.text
            await asyncio.sleep(0.05)  # nobody tells


async def test_one_session_each_in_their_own_chat_language_and_zone(chats: tuple[SlackMembers, Members]) -> None:
    slack, teams = chats
    store, sandbox = slack.stage.application.store, slack.stage.sandbox
    [sam] = await store.people.at_address("sam@example.com")
    [ana] = await store.people.at_address("ana@example.com")
    await store.people.update(replace(sam, language="de"))
    offered = await slack.command("ana", "/book with my mentor")
    booked = await slack.press(offered, "1")
    assert booked.lines[0] == (
        "Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye."
    )
    told = await teams.told("sam", "Ana Ruiz hat")
    assert told.text.startswith(
        "Ana Ruiz hat eine Sitzung mit Ihnen gebucht: Di., 24. Nov. 2026, 15:00 - 15:45 Berlin (09:00 New York)."
    )
    [session] = await store.sessions.of_user(sam.id, Interval.lasting(slack.stage.application.clock.now(), 99 * 1440))
    assert {session.organizer, session.attendee} == {ana.id, sam.id}
    copies = [sandbox.world.mailbox(each) for each in ("ana@example.com", "sam@example.com")]
    assert {each.suite for each in copies if each} == {"google", "microsoft"}
    await teams.press(told, "Ich kann nicht")
    assert (await told_in_slack(slack, "declined")).startswith("Sam declined Tue 24 Nov, 09:00 New York")


async def test_each_side_can_begin(chats: tuple[SlackMembers, Members]) -> None:
    slack, teams = chats
    offered = await teams.say("sam", "book with my mentee")
    booked = await teams.press(offered, "2")
    assert booked.text.startswith("Booked.")
    assert "https://teams.microsoft.com/" in booked.text
    assert (await told_in_slack(slack, "booked a session with you")).startswith("Sam Okoye booked")


async def test_whoever_is_in_the_one_chat_is_told_while_the_other_is_away(chats: tuple[SlackMembers, Members]) -> None:
    slack, teams = chats
    await slack.press(await slack.command("ana", "/book with my mentor"), "1")
    told = await teams.told("sam", "Ana Ruiz booked")
    application = slack.stage.application
    [sam] = await application.store.people.at_address("sam@example.com")
    [session] = await application.store.sessions.of_user(sam.id, Interval.lasting(application.clock.now(), 99 * 1440))
    await teams.fail("activities.update", times=0, status=503)
    await application.scheduling.cancelling.cancel(sam, session.uid)
    async with asyncio.timeout(30):  # her confirmation, changed in its place, and the news
        while len([each for each in await slack.messages("ana") if each.text.startswith("Sam cancelled")]) < 2:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    slack.stage.sandbox.faults.clear()
    assert (await teams.told("sam", "Cancelled: Tue 24 Nov")).id == told.id
