"""The rows of the pair matrix as stories: who offers, who picks, and that the pick is checked again first."""

from __future__ import annotations

from dataclasses import replace

from calendar_core.happening import RequestMade
from calendar_core.integration import Health, Trouble
from sandbox.faults import Fault

from .talking import Talking


async def test_a_picked_time_that_was_taken_meanwhile_is_not_booked(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.disconnect(sam)
    await talk.press(ana, await talk.say(ana, "book"), "Ask Sam")
    request = await talk.told(sam, RequestMade)
    await talk.stage.busy(ana, "2026-11-24T09:00", "2026-11-24T10:00")
    refused = await talk.press(sam, request, "2")
    assert refused["text"].startswith("Tuesday 15:00 was just taken; nothing was booked.")
    assert (await talk.press(sam, request, "3"))["text"].startswith("Booked. Mon 30 Nov")


async def test_with_approval_a_mentees_choice_becomes_a_request(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    offered = await talk.say(ana, "book")
    await talk.stage.rules(approval=True)
    refused = await talk.press(ana, offered, "1")
    assert refused["text"].startswith("Your programme wants Sam to approve sessions first, so nothing was booked.")
    asked = await talk.press(ana, refused, "Ask Sam")
    assert asked["text"].startswith("Asked Sam: Tue 24 Nov, 09:00 (New York time).")
    request = await talk.told(sam, RequestMade)
    assert request["text"].startswith("Ana Ruiz would like 45 min with you. Times when Ana is free:")
    listed = await talk.say(ana, "book")
    assert "Sam approves sessions first: press one and I ask." in listed["text"]
    assert (await talk.press(sam, request, "1"))["text"].startswith("Booked. ")


async def test_neither_calendar_is_seen_whatever_day_was_asked_for(talk: Talking) -> None:
    """Ana's own broke. It is asked once more, for nothing but whether it answers."""
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.disconnect(sam)
    own = await talk.stage.store.integrations.of(ana.id)
    broken = replace(own, health=Health.BROKEN, trouble=Trouble.ACCESS_WITHDRAWN, checked_at=None)
    await talk.stage.store.integrations.connected(broken)
    talk.stage.sandbox.faults.add(Fault("status", mailbox=ana.email, status=403, times=None))
    for words in ("book", "book on 24 November 2027"):  # the latter is beyond what any programme looks at
        told = await talk.say(ana, words)
        assert "Sam has not connected a calendar. I can send Sam plain times" in told["text"], words
        assert [each["label"] for each in told["choices"]] == ["Plain times"]


async def test_other_times_are_looked_for_up_to_the_horizon(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.busy(sam, "2026-11-22T00:00", "2026-12-20T00:00")
    nothing = await talk.say(ana, "book")
    await talk.press(ana, nothing, "Ask Sam")
    request = await talk.told(sam, RequestMade)
    assert request["text"].splitlines() == [
        "Ana Ruiz would like 45 min with you, but I found no time that fits both. You can offer some.",
        "[Offer other times] [Not now]",
    ]
    times = await talk.press(sam, request, "Offer other times")
    assert times["kind"] == "TimesToSend"
    assert times["text"].splitlines()[0] == "I found no other time in the next 14 days, so these are later."
    assert times["choices"][0]["start"] == "2026-12-21T15:00:00+01:00"


async def test_where_nothing_fits_up_to_the_horizon_it_is_said(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.busy(sam, "2026-11-22T00:00", "2027-02-20T00:00")
    await talk.press(ana, await talk.say(ana, "book"), "Ask Sam")
    times = await talk.press(sam, await talk.told(sam, RequestMade), "Offer other times")
    assert times["text"].splitlines() == [
        "There is no time I could offer. Say it to Ana directly, or try again later.",
        "[Not now]",
    ]
