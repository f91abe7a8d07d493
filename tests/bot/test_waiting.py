"""Nobody waits longer than half a minute: what is done by then is said, and what is not known is not guessed."""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import token_of
from bot.commands import BookSession, LooksGood, PickTime
from calendar_core.happening import RequestMade
from calendar_core.session import Session, SessionState, SessionUid
from tests.calendar_core.scheduling.stage import at

from .talking import Talking

WHEN = at("2026-11-24T09:00", "America/New_York")


def impatient(talk: Talking) -> Talking:
    """The time people wait is over at once."""
    return replace(talk, conversation=replace(talk.conversation, answer_within=0.0))


async def reserved(talk: Talking) -> None:
    """Held for both, while the calendar takes no event."""
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.drive("faults", kind="status", vendor="google", operation="events.insert", times=50)
    session = Session(
        uid=SessionUid("held@example.com"),
        match=talk.stage.match.id,
        booked_by=ana.id,
        pressed_by=ana.id,
        organizer=ana.id,
        attendee=sam.id,
        when=WHEN,
        zone=ana.time_zone,
        state=SessionState.HELD,
        booked_via="console",
        looked_at=talk.stage.sandbox.clock.now(),
    )
    await talk.stage.store.sessions.reserve(session)


async def test_a_time_that_is_reserved_by_then_is_said_to_be(talk: Talking) -> None:
    await reserved(talk)
    answer = await impatient(talk).token(talk.stage.ana, token_of(BookSession(talk.stage.match.id, WHEN)))
    assert "is reserved, but the calendar has not confirmed it yet" in answer["text"]


async def test_a_picked_time_that_is_reserved_by_then_is_said_to_be(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    find = await talk.say(ana, "book with my mentor")
    more = await talk.press(ana, find, "More")
    await talk.press(ana, more, "Ask Sam")
    request = (await talk.stage.told.hears(sam, RequestMade)).request
    await reserved(talk)
    answer = await impatient(talk).token(sam, token_of(PickTime(request, WHEN)))
    assert "is reserved, but the calendar has not confirmed it yet" in answer["text"]


async def test_what_is_not_known_to_be_done_is_not_guessed(talk: Talking) -> None:
    hasty = impatient(talk)
    for answer in (
        await hasty.say(talk.stage.ana, "book with my mentor"),
        await hasty.token(talk.stage.ana, token_of(BookSession(talk.stage.match.id, WHEN))),
        await hasty.token(talk.stage.ana, token_of(LooksGood(SessionUid("session-1@example.com")))),
    ):
        assert answer["text"].splitlines() == [
            "That takes too long, and I do not know if it was done. Look at your sessions before you try again.",
            "[Try again] [Planned sessions]",
        ]
