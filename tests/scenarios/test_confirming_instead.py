"""Somebody's own connection broke: until it is repaired the two confirm to each other what no calendar tells."""

from __future__ import annotations

import pytest

from tests.visiting import Reply, Visitor


@pytest.fixture
async def unseen(visitor: Visitor) -> Visitor:
    """Gil has taken his consent back."""
    await visitor.drive("consent/withdraw", mailbox="gil@example.com")
    return visitor


def lines(reply: Reply) -> list[str]:
    return reply["text"].splitlines()


async def both_have_it_by(visitor: Visitor, organizer: str) -> None:
    (his,), (hers,) = [await visitor.events(who) for who in ("gil", "ines")]
    assert his["uid"] == hers["uid"]
    assert {his["organizer"], hers["organizer"]} == {f"{organizer}@example.com"}


async def test_tom_reads_that_his_own_broke_and_what_he_can_do(visitor: Visitor) -> None:
    told = await visitor.say("tom", "book with my mentor")
    assert lines(told) == [
        (
            "Your Outlook connection stopped working on 23 Oct (access was withdrawn). Until you reconnect I "
            "cannot see when you are free, so others are asked to confirm with you. Noor has not connected a calendar. "
            "I can send Noor plain times; I do not know who is free."
        ),
        "[Reconnect] [Plain times]",
    ]
    assert "Microsoft will ask" in (await visitor.press("tom", told, "Reconnect"))["text"]
    plain = await visitor.press("tom", told, "Plain times")
    assert (await visitor.press("tom", plain, "1"))["text"].startswith("Asked Noor: ")
    agreed = await visitor.press("noor", await visitor.hears("noor", "Tom Vance would like"), "1")
    assert agreed["text"].startswith("Agreed: ")
    assert (await visitor.hears("tom", "Agreed: "))["text"].endswith("it has no meeting link.")
    for who in ("tom", "noor"):
        (letter,) = await visitor.gets(who, 1)
        assert letter["invitation"] is not None


async def test_connect_offers_the_vendor_whose_connection_broke(visitor: Visitor) -> None:
    for words in ("connect", "reconnect"):
        asked = await visitor.say("tom", words)
        assert [choice["label"] for choice in asked["choices"]] == ["Privacy", "Continue to Microsoft"]
    other = await visitor.say("tom", "connect google")
    assert [choice["label"] for choice in other["choices"]] == ["Privacy", "Continue to Google"]


async def test_whoever_is_unseen_picks_among_the_other_s_free_times(unseen: Visitor) -> None:
    told = await unseen.say("ines", "book with my mentee")
    assert lines(told) == [
        "I cannot see Gil's calendar right now, so I do not know if Gil is free.",
        "[Try again] [Ask Gil]",
    ]
    assert (await unseen.press("ines", told, "Ask Gil"))["text"].startswith("Asked Gil: ")
    asked = await unseen.hears("gil", "Ines Falk would like 45 min with you. Times when Ines is free:")
    assert (await unseen.press("gil", asked, "1"))["text"].startswith("Booked. ")
    await both_have_it_by(unseen, "ines")


async def test_whoever_is_unseen_may_offer_other_times(unseen: Visitor) -> None:
    await unseen.press("ines", await unseen.say("ines", "book with my mentee"), "Ask Gil")
    asked = await unseen.hears("gil", "Ines Falk would like")
    offers = await unseen.press("gil", asked, "Offer other times")
    await unseen.press("gil", await unseen.press("gil", offers, "1"), "Send")
    offered = await unseen.hears("ines", "Gil Mora offers other times")
    assert (await unseen.press("ines", offered, "1"))["text"].startswith("Booked. ")
    await both_have_it_by(unseen, "ines")


async def test_whoever_is_unseen_asks_the_other_to_offer(unseen: Visitor) -> None:
    told = await unseen.say("gil", "book with my mentor")
    assert [choice["label"] for choice in told["choices"]] == ["Reconnect", "Ask Ines"]
    asked = await unseen.press("gil", told, "Ask Ines")
    assert asked["text"] == "Asked Ines to offer times. I tell you here when they come."
    offers = await unseen.press("ines", await unseen.hears("ines", "Gil Mora would like"), "Offer other times")
    assert offers["text"].startswith("Choose up to three to offer Gil, 45 min.")
    await unseen.press("ines", await unseen.press("ines", offers, "1"), "Send")
    offered = await unseen.hears("gil", "Ines Falk offers other times, 45 min. Times when Ines is free:")
    assert (await unseen.press("gil", offered, "1"))["text"].startswith("Booked. ")
    await both_have_it_by(unseen, "ines")


async def test_a_time_that_the_seen_one_lost_meanwhile_is_not_booked(unseen: Visitor) -> None:
    await unseen.press("ines", await unseen.say("ines", "book with my mentee"), "Ask Gil")
    asked = await unseen.hears("gil", "Ines Falk would like")
    taken = next(choice for choice in asked["choices"] if choice["start"])
    await unseen.drive("event", mailbox="ines@example.com", start=taken["start"], end=taken["end"])
    refused = await unseen.press("gil", asked, "1")
    assert "was just taken; nothing was booked." in refused["text"]
    assert await unseen.events("gil") == []


async def test_a_calendar_that_is_only_silent_for_now_is_confirmed_by_nobody(visitor: Visitor) -> None:
    """Unknown is not free: it is connected, and may answer in a minute."""
    offered = await visitor.say("ines", "book with my mentee")
    more = await visitor.press("ines", offered, "More")
    await visitor.press("ines", more, "Ask Gil")
    asked = await visitor.hears("gil", "Ines Falk would like")
    await visitor.drive("faults", kind="status", vendor="google", status=503, times=0)
    refused = await visitor.press("gil", asked, "1")
    assert refused["text"].startswith("I cannot see your calendar right now, so I do not know if you are free.")
    assert await visitor.events("ines") == []
