"""What people are told in Teams: once, kept up to date where it stands, by mail where Teams reaches nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from adapters.deliver import Notice
from adapters.main.teams import open_teams, teams_chat
from adapters.teams.deliver import TeamsChat
from adapters.teams_values import InboxKind
from bot.replies import Answer, Reader, Said
from bot.sentences import sentence
from bot.words import ChattingWords
from calendar_core.errors import ProviderUnavailable
from calendar_core.happening import ZoneDiffers
from calendar_core.people import Identity, User
from calendar_core.ports import Post, PostState, Telling, Unreached
from sandbox.teams.activities import Activities
from tests.staging import NOW

from .conftest import teams_settings
from .member import Members, Seen
from .sessions import booked, cancelled

TOLD = "booked a session with you"
SAID = Answer(Said(sentences=(sentence(ChattingWords.APOLOGY),)), Reader())


@asynccontextmanager
async def a_chat(stage: Members) -> AsyncIterator[TeamsChat]:
    """One more of our own."""
    application = stage.stage.application
    async with aiohttp.ClientSession() as http:
        out = open_teams(teams_settings(stage.stage.sandbox, InboxKind.DURABLE), application.store, http)
        assert out is not None
        yield teams_chat(out, application.store, application.conversation, application.clock)


async def person(stage: Members, who: str) -> User:
    [found] = await stage.stage.application.store.people.at_address(f"{who}@example.com")
    return found


async def account(stage: Members, who: str) -> Identity:
    told = await stage.drive("person", who)
    return Identity(f"teams:{told['tenant']}", told["aadObjectId"])


async def happens_to(stage: Members, who: str) -> None:
    """Something of which no calendar tells them. It is Monday at noon, in Berlin."""
    application, one = stage.stage.application, await person(stage, who)
    now = application.clock.now()
    stage.stage.sandbox.clock.set(now + timedelta(hours=20))
    await application.store.happenings.add([Telling(one.id, ZoneDiffers(one.id, "Asia/Tokyo"), now)])


async def letter_to(stage: Members, who: str) -> str:
    """The first that comes."""
    letters = stage.stage.sandbox.mail.post.letters
    async with asyncio.timeout(30):
        while not letters(f"{who}@example.com"):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    return str(letters(f"{who}@example.com")[0].message)


async def service_becomes(stage: Members, who: str, url: str) -> None:
    """Where they are found from now on."""
    one, places = await account(stage, who), stage.stage.application.store.teams_places
    async with asyncio.timeout(30):
        while (place := await places.of(one)) is None or place.service_url != url:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


async def saying(stage: Members, who: str, words: str) -> list[Seen]:
    """Whatever before their eyes has these words."""
    return [each for each in await stage.messages(who) if words in each.text]


async def why_not(stage: Members, who: str) -> Unreached | None:
    one = await person(stage, who)
    return (await stage.stage.application.monitoring.home_chats.why_not([one.id])).get(one.id)


async def becomes_reached(stage: Members, who: str) -> None:
    """It is stored a moment after the message is there."""
    async with asyncio.timeout(30):
        while await why_not(stage, who) is not None:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("ConversationBlockedByUser", Unreached.NO_MESSAGES),
        ("MessageWritesBlocked", Unreached.NO_MESSAGES),
        ("BotNotInConversationRoster", Unreached.NOT_INSTALLED),
        ("BotDisabledByAdmin", Unreached.NOT_INSTALLED),
        (None, Unreached.NOT_INSTALLED),
    ],
)
async def test_every_403_is_unreached_and_goes_by_mail(
    teams_stage: Members, reason: str | None, why: Unreached
) -> None:
    await teams_stage.fail("activities.send", times=0, status=403, reason=reason)
    await happens_to(teams_stage, "sam")
    assert "Tokyo" in await letter_to(teams_stage, "sam")
    assert await why_not(teams_stage, "sam") is why


async def test_whoever_blocked_the_app_is_reached_again_after_that(teams_stage: Members) -> None:
    await teams_stage.drive("block", "sam")
    await happens_to(teams_stage, "sam")
    await letter_to(teams_stage, "sam")
    assert await why_not(teams_stage, "sam") is Unreached.NO_MESSAGES
    await teams_stage.drive("block", "sam", blocked=False)
    await booked(teams_stage)
    await teams_stage.told("sam", TOLD)
    await becomes_reached(teams_stage, "sam")


async def no_token(stage: Members, operation: str) -> None:
    """The one that the bot has is refused there, and it is given no other: its secret has ended."""
    await stage.fail(operation, times=0, status=401)
    await stage.fail("token", "login", times=0, status=401)


async def test_without_a_token_for_the_bot_people_are_told_by_mail(teams_stage: Members) -> None:
    await no_token(teams_stage, "activities.send")
    await happens_to(teams_stage, "sam")
    assert "Tokyo" in await letter_to(teams_stage, "sam")
    assert await why_not(teams_stage, "sam") is Unreached.REFUSED


async def test_without_a_token_for_the_bot_a_message_is_changed_later(teams_stage: Members) -> None:
    await booked(teams_stage)
    told = await teams_stage.told("sam", TOLD)
    sam, there = await person(teams_stage, "sam"), await account(teams_stage, "sam")
    post = Post(user=sam.id, key="told", account=there, state=PostState.SENT, at=NOW, channel=told.where, ts=told.id)
    async with a_chat(teams_stage) as chat:
        await no_token(teams_stage, "activities.update")
        with pytest.raises(ProviderUnavailable):
            await chat.update(post, SAID)
        teams_stage.stage.sandbox.faults.clear()
        assert await chat.update(post, SAID)
    assert told.id in [each.id for each in await saying(teams_stage, "sam", "Something went wrong")]


async def test_a_message_that_teams_does_not_let_us_change_now_is_changed_later(teams_stage: Members) -> None:
    await booked(teams_stage)
    told = await teams_stage.told("sam", TOLD)
    sam, there = await person(teams_stage, "sam"), await account(teams_stage, "sam")
    post = Post(user=sam.id, key="told", account=there, state=PostState.SENT, at=NOW, channel=told.where, ts=told.id)
    async with a_chat(teams_stage) as chat:
        await teams_stage.fail("activities.update", times=2, status=401)  # of which a fresh token may need one
        with pytest.raises(ProviderUnavailable):
            await chat.update(post, SAID)
        teams_stage.stage.sandbox.faults.clear()
        assert await chat.update(post, SAID)


async def test_people_who_were_moved_to_another_region_are_found(teams_stage: Members) -> None:
    await teams_stage.drive("move", domain="example.com", region="fr")
    await teams_stage.say("ana", "book with my mentor")
    await teams_stage.say("ana", "1")
    await teams_stage.told("sam", TOLD)  # whom we knew elsewhere
    await service_becomes(teams_stage, "sam", teams_stage.stage.sandbox.teams.state.everywhere())
    await teams_stage.say("sam", "status")
    await service_becomes(teams_stage, "sam", f"{teams_stage.stage.sandbox.url}/teams/fr/")


async def test_a_chat_is_made_once_for_somebody_met_in_a_group(teams_stage: Members) -> None:
    everybody = ["ana@example.com", "dora@example.com"]
    here = await teams_stage.drive("group", name="All", members=everybody, bot=True)
    await teams_stage.say("dora", "status", here["conversation"], mention=True)
    dora = await account(teams_stage, "dora")
    store = teams_stage.stage.application.store
    place = await store.teams_places.of(dora)
    assert place is not None
    assert place.conversation is None
    await happens_to(teams_stage, "dora")
    await teams_stage.told("dora", "Tokyo")
    place = await store.teams_places.of(dora)
    assert place is not None
    assert place.conversation is not None
    assert len(await teams_stage.calls("conversations.create")) == 1


async def test_where_teams_does_not_know_the_chat_it_named_one_is_made_and_answered_in(teams_stage: Members) -> None:
    own = (await teams_stage.newest("ana")).where
    teams = teams_stage.stage.sandbox.teams
    ana = teams.hands.person("ana@example.com")
    elsewhere = replace(teams.hands.conversation(ana, ""), id="a:made-up")
    for words, answer in (("book with my mentor", "Times for you and Sam"), ("1", "Booked.")):
        receipt = await teams.courier.bring(Activities(teams.state, ana, elsewhere).happened("message", text=words))
        assert receipt.status == 202
        shown = await teams_stage.newest("ana")
        assert (shown.text.startswith(answer), shown.where) == (True, own)
    place = await teams_stage.stage.application.store.teams_places.of(await account(teams_stage, "ana"))
    assert place is not None
    assert place.conversation == own


@pytest.mark.parametrize(("status", "made"), [(403, 0), (404, 1)])
async def test_a_chat_is_made_where_there_is_none_and_not_where_we_may_say_nothing(
    teams_stage: Members, status: int, made: int
) -> None:
    before = len(await teams_stage.messages("ana"))
    await teams_stage.fail("activities.send", times=0, status=status)
    await teams_stage.drive("say", "ana", text="status")
    assert len(await teams_stage.messages("ana")) == before + 1  # her own words
    assert len(await teams_stage.calls("conversations.create")) == made


async def test_what_teams_has_no_time_for_comes_later_and_once(teams_stage: Members) -> None:
    await booked(teams_stage)
    await teams_stage.told("sam", TOLD)
    await teams_stage.fail("activities.send", times=2, status=429, retry_after=1)
    await happens_to(teams_stage, "sam")
    await teams_stage.told("sam", "Tokyo")
    assert len([each for each in await teams_stage.messages("sam") if "Tokyo" in each.text]) == 1


async def test_a_message_that_is_gone_is_not_changed_and_the_news_comes_all_the_same(teams_stage: Members) -> None:
    await booked(teams_stage)
    await teams_stage.told("sam", TOLD)
    await teams_stage.fail("activities.update", times=0, status=404, reason="ActivityNotFoundInConversation")
    application, session = teams_stage.stage.application, await cancelled(teams_stage)
    await teams_stage.told("sam", "cancelled")
    assert await application.store.posts.of_session(session) == ()


async def test_what_is_still_being_tried_is_not_sent_beside(teams_stage: Members) -> None:
    """However long its tries take."""
    sam, there = await person(teams_stage, "sam"), await account(teams_stage, "sam")
    notice = Notice("tried", SAID)
    before = len(await teams_stage.calls("activities.send"))
    async with a_chat(teams_stage) as usual:
        chat = replace(usual, outbox=replace(usual.outbox, doubtful_for=timedelta(0)))
        await teams_stage.fail("activities.send", status=503, retry_after=2)
        first = asyncio.create_task(chat.push(sam, there, notice))
        async with asyncio.timeout(30):
            while len(await teams_stage.calls("activities.send")) == before:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.05)
        with pytest.raises(ProviderUnavailable):
            await chat.push(sam, there, notice)
        await first
        await chat.push(sam, there, notice)
    assert len(await saying(teams_stage, "sam", "Something went wrong")) == 1
