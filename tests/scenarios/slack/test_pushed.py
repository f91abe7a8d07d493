"""What people are told in Slack: once, kept up to date where it stands, by mail where Slack reaches nobody."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic

import aiohttp

from adapters.secret import Secret
from adapters.slack.files import SlackFiles
from adapters.slack.installation import OneToken
from adapters.slack.web_api import WebApi
from adapters.slack.who import Speaker
from bot.buttons import token_of
from bot.replies import CalendarsShown
from calendar_core.chat_account import ChatAccount
from calendar_core.happening import ZoneDiffers
from calendar_core.job import REMOVE_FILES, Job
from calendar_core.people import Identity
from calendar_core.ports import Telling, Unreached
from calendar_core.session import SessionUid
from sandbox.faults import Fault
from tests.faults.couples import Couple, Hamlet, slack_account

from .in_hamlet import EVER, couple, hamlet, messages, until

__all__ = ["couple", "hamlet"]


async def test_a_confirmation_is_changed_in_place_when_the_session_is_called_off(
    hamlet: Hamlet, couple: Couple
) -> None:
    session = await booked(hamlet, couple)
    (told,) = await until(lambda: messages(hamlet, couple.mentor), 1)
    assert "booked a session with you" in told.text
    assert any(block["type"] == "actions" for block in told.blocks if isinstance(block, dict))
    await hamlet.application.scheduling.cancelling.cancel(couple.mentee, session)
    both = await until(lambda: [each for each in messages(hamlet, couple.mentor) if "cancelled" in each.text], 2)
    assert [(each.ts == told.ts, each.edited) for each in both] == [(True, True), (False, False)]
    assert len(messages(hamlet, couple.mentor)) == 2


async def test_whoever_slack_cannot_reach_is_mailed_and_admins_see_why(hamlet: Hamlet, couple: Couple) -> None:
    hamlet.sandbox.slack.people.describe(couple.mentor.email, deleted=True)
    await booked(hamlet, couple)
    store, now = hamlet.application.store, hamlet.application.clock.now()
    reach, homes = store.reach, hamlet.application.monitoring.home_chats
    async with asyncio.timeout(20):
        while not await reach.unreached([couple.mentor.id]):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    assert await homes.why_not([couple.mentor.id, couple.mentee.id]) == {couple.mentor.id: Unreached.ACCOUNT_GONE}
    assert await homes.of([couple.mentor.id, couple.mentee.id]) == {couple.mentee.id: "Slack"}
    letters = hamlet.sandbox.mail.post.letters
    assert letters(couple.mentor.email) == [], "the calendar has invited them already"
    hamlet.sandbox.clock.set(now + timedelta(days=1))  # Monday: now they may be told what can wait
    await store.happenings.add([Telling(couple.mentor.id, ZoneDiffers(couple.mentor.id, "Asia/Tokyo"), now)])
    (letter, *_) = await until(lambda: list(letters(couple.mentor.email)), 1)
    assert "in a chat" in letter.message.as_string()


async def test_whose_conversation_is_archived_is_mailed(hamlet: Hamlet, couple: Couple) -> None:
    archived = Fault(
        "status", vendor="slack", operation="chat.postMessage", status=200, reason="is_archived", times=None
    )
    hamlet.sandbox.faults.add(archived)
    store, now = hamlet.application.store, hamlet.application.clock.now()
    hamlet.sandbox.clock.set(now + timedelta(days=1))  # Monday: now they may be told what can wait
    await store.happenings.add([Telling(couple.mentor.id, ZoneDiffers(couple.mentor.id, "Asia/Tokyo"), now)])
    assert await until(lambda: list(hamlet.sandbox.mail.post.letters(couple.mentor.email)), 1)
    unreached = await store.reach.unreached([couple.mentor.id])
    assert set(unreached[couple.mentor.id].values()) == {Unreached.NO_MESSAGES}


async def test_what_slack_cannot_draw_comes_in_words_alone(hamlet: Hamlet, couple: Couple) -> None:
    undrawable = Fault("status", vendor="slack", operation="chat.postMessage", status=200, reason="invalid_blocks")
    hamlet.sandbox.faults.add(undrawable)
    hamlet.sandbox.clock.set(hamlet.application.clock.now() + timedelta(days=1))  # Monday: they are told of their match
    told = await until(lambda: [*messages(hamlet, couple.mentor), *messages(hamlet, couple.mentee)], 2)
    assert all("You are matched" in each.text for each in told)
    assert sorted(bool(each.blocks) for each in told) == [False, True]


async def test_a_token_that_slack_takes_no_more_is_no_way(hamlet: Hamlet, couple: Couple) -> None:
    team = hamlet.sandbox.slack.people.team_of("example.com").id
    hamlet.sandbox.slack.installed.uninstall(team)
    await booked(hamlet, couple)
    homes = hamlet.application.monitoring.home_chats
    async with asyncio.timeout(20):
        while (await homes.why_not([couple.mentor.id])).get(couple.mentor.id) is not Unreached.NOT_INSTALLED:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


async def test_the_newest_account_is_home(hamlet: Hamlet, couple: Couple) -> None:
    older = Identity("slack:T0ELSEWHERE", "U0OLDER000")
    long_ago = hamlet.application.clock.now() - timedelta(days=9)
    await hamlet.application.store.accounts.confirm(ChatAccount(account=older), couple.mentor.id, long_ago)
    await booked(hamlet, couple)
    assert await until(lambda: messages(hamlet, couple.mentor), 1)
    assert await hamlet.application.store.reach.unreached([couple.mentor.id]) == {}


async def test_the_picture_comes_into_the_conversation_and_leaves_with_its_match(
    hamlet: Hamlet, couple: Couple
) -> None:
    store, sandbox = hamlet.application.store, hamlet.sandbox
    who = slack_account(sandbox, couple.mentee)
    shown = await hamlet.application.conversation.say(who, "both calendars tomorrow")
    assert isinstance(shown.reply, CalendarsShown)
    async with aiohttp.ClientSession() as http:
        api = WebApi(http, f"{sandbox.url}/slack/api", monotonic)
        token = Secret(sandbox.slack.installed.install("example.com").access)
        one = OneToken(token, lambda unknown: api.call(unknown, "auth.test"))
        installation = await one.of(who.issuer.partition(":")[2], None)
        assert installation is not None
        files = SlackFiles(
            calls=api, installations=one, people=store.people, uploads=store.uploads, clock=hamlet.application.clock
        )
        await files.bring(Speaker(who, "en"), installation, shown)
        (file,) = sandbox.slack.state.files.all()
        assert file.content.startswith(b"\x89PNG")
        assert "Both free" in file.alt
        (channel,) = file.channels
        assert channel.startswith("D"), "nobody else can see it"
        await files.remove(Job(REMOVE_FILES))
        assert sandbox.slack.state.files.all() == [file], "its time has not come"
        await store.endings.end(couple.match.id, hamlet.application.clock.now())
        for _ in range(2):
            await files.remove(Job(REMOVE_FILES))
        assert sandbox.slack.state.files.all() == []


async def booked(hamlet: Hamlet, couple: Couple) -> SessionUid:
    conversation, who = hamlet.application.conversation, slack_account(hamlet.sandbox, couple.mentee)
    offered = await conversation.say(who, "book")
    await conversation.press(who, token_of(offered.reply.choices[0].command))
    (session,) = await hamlet.application.store.sessions.of_user(couple.mentor.id, EVER)
    return session.uid
