"""What a session is to be about: the two read it wherever the session is, and nobody else does anywhere."""

from __future__ import annotations

import json

from bot.buttons import command_of
from bot.commands import AskAbout, AskPartner, BookAbout, BookSession
from bot.wording import ReplyData, as_data
from calendar_core.happening import RequestMade, SessionBooked
from calendar_core.people import User

from .talking import Talking, who

TOPIC = "My first *presentation* <!channel>"


async def sent(talk: Talking, user: User, token: str, topic: str = TOPIC) -> ReplyData:
    """A form with that time and that topic."""
    command = command_of(token)
    about = BookAbout(command, topic) if isinstance(command, BookSession) else None
    about_request = AskAbout(command, topic) if isinstance(command, AskPartner) else None
    answer = await talk.conversation.submit(who(user), about or about_request or command)
    return as_data(answer.reply, answer.reader)


async def first_time(talk: Talking, words: str = "book with Sam on Tuesday 9am") -> str:
    return (await talk.say(talk.stage.ana, words))["choices"][0]["token"]


async def test_both_read_it_as_it_was_typed(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    booked = await sent(talk, ana, await first_time(talk))
    assert booked["text"].splitlines()[1] == f"About: {TOPIC}"
    told = await talk.told(sam, SessionBooked)
    assert told["text"].splitlines()[1] == f"About: {TOPIC}"
    for person in (ana, sam):
        assert f"About: {TOPIC}" in (await talk.say(person, "sessions"))["text"]


async def test_no_calendar_has_it(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await sent(talk, ana, await first_time(talk))
    await talk.stage.told.hears(sam, SessionBooked)
    held = [event for person in (ana, sam) for event in talk.stage.shown(person)]
    assert len(held) == 2
    assert "presentation" not in repr(held)


async def test_a_second_press_changes_nothing_of_it(talk: Talking) -> None:
    token = await first_time(talk)
    await sent(talk, talk.stage.ana, token)
    again = await sent(talk, talk.stage.ana, token, "something else")
    assert f"About: {TOPIC}" in again["text"]


async def test_a_time_that_is_gone_leads_to_others_about_the_same(talk: Talking) -> None:
    ana = talk.stage.ana
    token = await first_time(talk)
    await talk.stage.busy(talk.stage.sam, "2026-11-24T15:00", "2026-11-24T15:45")
    refused = await sent(talk, ana, token, "CV")
    assert refused["kind"] == "Refused"
    nearest = command_of(refused["choices"][0]["token"])
    assert isinstance(nearest, BookAbout)
    assert nearest.topic == "CV"
    assert "About: CV" in (await talk.say(ana, "1"))["text"]


async def test_a_topic_too_long_for_a_button_costs_no_button(talk: Talking) -> None:
    token = await first_time(talk)
    await talk.stage.busy(talk.stage.sam, "2026-11-24T15:00", "2026-11-24T15:45")
    refused = await sent(talk, talk.stage.ana, token, "long " * 40)
    assert isinstance(command_of(refused["choices"][0]["token"]), BookSession)


async def test_who_picks_a_time_reads_it_before_and_after(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    offered = await talk.say(ana, "book with Sam")
    more = await talk.press(ana, offered, "More")
    ask = next(choice["token"] for choice in more["choices"] if choice["label"] == "Ask Sam")
    await sent(talk, ana, ask)
    asked = await talk.told(sam, RequestMade)
    assert f"About: {TOPIC}" in asked["text"].splitlines()
    picked = await talk.press(sam, asked, "1")
    assert f"About: {TOPIC}" in picked["text"].splitlines()
    assert f"About: {TOPIC}" in (await talk.told(ana, SessionBooked))["text"]


async def test_it_is_in_ones_own_data_and_gone_with_whoever_wrote_it(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await sent(talk, ana, await first_time(talk))
    await talk.stage.told.hears(sam, SessionBooked)
    for person in (ana, sam):
        answer = await talk.conversation.say(who(person), "download my data")
        assert answer.reply.file is not None
        assert TOPIC in json.loads(answer.reply.file.content)["sessions"][0]["topic"]
    await talk.stage.drive("clock", now="2026-11-25T15:00:00+00:00")
    await talk.press(ana, await talk.say(ana, "delete my data"), "Delete everything")
    answer = await talk.conversation.say(who(sam), "download my data")
    assert answer.reply.file is not None
    assert "presentation" not in answer.reply.file.content.decode()


async def test_neither_a_log_nor_a_trace_would_have_it(talk: Talking) -> None:
    command = command_of(await first_time(talk))
    assert isinstance(command, BookSession)
    answer = await talk.conversation.submit(who(talk.stage.ana), BookAbout(command, TOPIC))
    assert "presentation" not in repr((BookAbout(command, TOPIC), answer))
