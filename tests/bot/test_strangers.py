"""People who are not matched: one answer for all, nothing looked up, nothing learnt (decisions 11 and 12)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.buttons import token_of
from bot.commands import AskBack, BookSession, LooksGood, PickTime, ShowCalendars
from bot.commands import FindSlots as Find
from calendar_core.happening import RequestMade, SessionBooked
from calendar_core.interval import Interval
from calendar_core.people import Identity, MatchId
from calendar_core.request import RequestId
from calendar_core.session import SessionUid
from tests.calendar_core.scheduling.stage import at

from .talking import Talking

ALWAYS = Interval(0, 100_000_000)


async def answers(talk: Talking, typed: str) -> list[str]:
    """Everything a stranger can be made to say, with what was typed taken out."""
    uma = talk.stage.people["uma"]
    first = await talk.say(uma, f"/book with {typed} tomorrow 3pm")
    plain = await talk.press(uma, first, "Plain times")
    texts = [json.dumps({**each, "choices": [c["label"] for c in each["choices"]]}) for each in (first, plain)]
    return [text.replace(typed, "***") for text in texts]


async def test_the_answer_is_the_same_bytes_whoever_was_typed(talk: Talking) -> None:
    sam = talk.stage.sam
    unknown = await answers(talk, "bob")
    assert await answers(talk, "sam") == unknown
    assert await answers(talk, "sam@example.com") == unknown
    await talk.stage.disconnect(sam)
    assert await answers(talk, "sam") == unknown
    await talk.stage.store.people.update(replace(sam, time_zone="Australia/Sydney"))
    assert await answers(talk, "sam") == unknown


async def test_no_provider_is_called_and_no_time_is_held_for_a_stranger(talk: Talking) -> None:
    uma = talk.stage.people["uma"]
    first = await talk.say(uma, "/book with Sam")
    assert first["text"].splitlines() == [
        (
            "You are not matched with Sam, so I show no free or busy times. "
            "I can pass on a request with plain times if they are in your programme."
        ),
        "[Plain times] [Contact]",
    ]
    plain = await talk.press(uma, first, "Plain times")
    sent = await talk.press(uma, plain, "1")
    assert sent["text"] == "Your request for Sam is on its way if they are in your programme. Nothing is booked yet."
    request = await talk.told(talk.stage.sam, RequestMade)
    assert request["text"].startswith("Uma Vale of your programme, with whom you are not matched, would like 45 min")
    assert request["text"].splitlines()[-1].endswith("[Offer other times] [Not now] [No more from this person]")
    assert "New York" not in request["text"]
    assert "Madrid" not in request["text"]
    assert talk.stage.sandbox.log.calls == []
    held = await talk.stage.store.sessions.held((uma.id, talk.stage.sam.id), ALWAYS)
    assert not any(held.values())


async def test_no_more_from_this_person_is_unseen_by_the_sender(talk: Talking) -> None:
    uma, sam = talk.stage.people["uma"], talk.stage.sam
    plain = await talk.press(uma, await talk.say(uma, "book with Sam"), "Plain times")
    first = await talk.press(uma, plain, "1")
    request = await talk.told(sam, RequestMade)
    assert (await talk.press(sam, request, "No more from this person"))["text"].startswith("All right: no more")
    assert (await talk.press(uma, plain, "2"))["text"] == first["text"]


async def test_three_requests_a_week_are_the_limit(talk: Talking) -> None:
    uma = talk.stage.people["uma"]
    plain = await talk.press(uma, await talk.say(uma, "book with Nobody Known"), "Plain times")
    for number in ("1", "2", "3"):
        assert (await talk.press(uma, plain, number))["kind"] == "Said"
    assert (await talk.press(uma, plain, "4"))["text"].startswith("You have sent 3 requests this week")


async def test_somebody_elses_buttons_lead_nowhere(talk: Talking) -> None:
    ana, uma = talk.stage.ana, talk.stage.people["uma"]
    offered = await talk.say(ana, "book")
    booked = await talk.press(ana, offered, "1")
    happening = await talk.stage.told.hears(talk.stage.sam, SessionBooked)
    tokens = [
        offered["choices"][1]["token"],
        token_of(ShowCalendars(Find(match=talk.stage.match.id))),
        token_of(Find(match=MatchId(999))),
        token_of(BookSession(talk.stage.match.id, at("2026-11-25T09:00", "America/New_York"))),
        token_of(PickTime(RequestId(1), at("2026-11-25T09:00", "America/New_York"))),
        token_of(LooksGood(happening.session)),
        token_of(LooksGood(SessionUid("no such session"))),
    ]
    assert booked["kind"] == "SessionShown"
    texts = {(await talk.token(uma, token))["text"].splitlines()[0] for token in tokens}
    assert texts == {
        "That button leads nowhere any more; nothing was changed. Please ask again.",
        "I find no such session of yours. It may have been cancelled or moved.",
    }
    assert len(talk.stage.shown(ana)) == 1


@pytest.mark.parametrize("token", ["", "1", "A" * 150, "A" * 10_000, "../../etc", "\u202e", "AQID"])
async def test_a_forged_token_is_an_old_button(talk: Talking, token: str) -> None:
    answer = await talk.token(talk.stage.ana, token)
    assert answer["text"].startswith("That button leads nowhere any more; nothing was changed.")


async def test_a_doubt_that_nobody_has_is_an_old_button(talk: Talking) -> None:
    answer = await talk.token(talk.stage.ana, token_of(AskBack(Find(match=talk.stage.match.id), "3pm", "whatever")))
    assert answer["text"].startswith("That button leads nowhere any more; nothing was changed.")


async def test_an_unknown_chat_account_learns_nothing(talk: Talking) -> None:
    stranger = Identity("console", "nobody@example.com")
    said = await talk.conversation.say(stranger, "book with Sam")
    pressed = await talk.conversation.press(stranger, "AQID")
    assert type(said.reply).__name__ == "Refused"
    assert said == pressed
