"""The rows of the pair matrix as stories: who offers, who picks, and that the pick is checked again first."""

from __future__ import annotations

from calendar_core.happening import RequestAnswered, RequestMade, SessionBooked

from .talking import Talking


async def test_where_only_the_asker_is_connected_the_partner_picks_one_of_three(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.disconnect(sam)
    told = await talk.say(ana, "book with my mentor")
    assert told["text"].splitlines() == [
        "Sam has not connected a calendar, so I can see only your free times. I can ask Sam to pick one of three.",
        "[Ask Sam] [Show my free times]",
    ]
    asked = await talk.press(ana, told, "Ask Sam")
    assert asked["text"] == (
        "Asked Sam: Mon 23 Nov, 11:15, Tue 24 Nov, 09:00 or Mon 30 Nov, 11:15 (New York time). "
        "Nothing is booked until Sam picks one."
    )
    request = await talk.told(sam, RequestMade)
    assert request["text"].splitlines() == [
        "Ana Ruiz would like 45 min with you. Times when Ana is free:",
        "1. Mon 23 Nov, 17:15 Berlin (11:15 New York)",
        "2. Tue 24 Nov, 15:00 (09:00)",
        "3. Mon 30 Nov, 17:15 (11:15)",
        "Press one to book it.",
        "[1] [2] [3] [Offer other times] [Not now]",
    ]
    booked = await talk.say(sam, "2.")
    assert booked["text"].startswith("Booked. Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 - 09:45 New York)")
    assert "It is in the calendar of Ana; you are invited." in booked["text"]
    heard = await talk.told(ana, SessionBooked)
    lines = heard["text"].splitlines()
    assert lines[0] == "Sam Okoye picked Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin): it is booked."
    assert lines[1].startswith("Join: https://meet.google.com/")
    assert lines[1].endswith(". It is in your calendar; Sam is invited.")
    assert lines[-1] == "[Cannot make it]"


async def test_a_picked_time_that_was_taken_meanwhile_is_not_booked(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.disconnect(sam)
    await talk.press(ana, await talk.say(ana, "book"), "Ask Sam")
    request = await talk.told(sam, RequestMade)
    await talk.stage.busy(ana, "2026-11-24T09:00", "2026-11-24T10:00")
    refused = await talk.press(sam, request, "2")
    assert refused["text"].startswith("Tuesday 15:00 was just taken; nothing was booked.")
    assert (await talk.press(sam, request, "3"))["text"].startswith("Booked. Mon 30 Nov")


async def test_own_free_times_can_be_chosen_one_by_one(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.disconnect(sam)
    times = await talk.press(ana, await talk.say(ana, "book"), "Show my free times")
    assert times["kind"] == "TimesToSend"
    assert len([choice for choice in times["choices"] if choice["start"]]) == 5
    one = await talk.press(ana, times, "2")
    two = await talk.press(ana, one, "1")
    assert "Chosen: " in two["text"]
    sent = await talk.press(ana, two, "Send")
    assert sent["text"].startswith("Asked Sam: ")
    request = await talk.told(sam, RequestMade)
    assert len([choice for choice in request["choices"] if choice["start"]]) == 2


async def test_where_only_the_partner_is_connected_the_partner_chooses_what_to_offer(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.disconnect(ana)
    told = await talk.say(ana, "book with my mentor")
    assert told["text"].splitlines() == [
        "You have not connected a calendar. I can ask Sam to offer times.",
        "[Ask Sam]",
    ]
    asked = await talk.press(ana, told, "Ask Sam")
    assert asked["text"] == "Asked Sam to offer times. I tell you here when they come."
    request = await talk.told(sam, RequestMade)
    assert request["text"].splitlines()[-1] == "[Offer other times] [Not now]"
    offering = await talk.press(sam, request, "Offer other times")
    assert offering["text"].startswith("Choose up to three to offer Ana, 45 min. Berlin time (New York in brackets).")
    chosen = await talk.press(sam, offering, "1")
    sent = await talk.press(sam, chosen, "Send")
    assert sent["text"].startswith("Offered Ana: ")
    offered = await talk.told(ana, RequestMade)
    assert offered["text"].startswith("Sam Okoye offers other times, 45 min. Times when Sam is free:\n1. ")
    booked = await talk.press(ana, offered, "1")
    assert booked["text"].startswith("Booked. ")


async def test_where_nobody_is_connected_plain_times_are_a_request(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.disconnect(ana)
    await talk.stage.disconnect(sam)
    told = await talk.say(ana, "book with my mentor")
    assert told["text"].splitlines() == [
        "Neither calendar is connected, so these are plain times; I do not know who is free.",
        "[Plain times]",
    ]
    plain = await talk.press(ana, told, "Plain times")
    assert plain["text"].startswith(
        "Plain times, 45 min. I do not know who is free. Press one to send it as a request. "
        "New York time (Berlin in brackets).\n1. "
    )
    await talk.press(ana, plain, "1")
    request = await talk.told(sam, RequestMade)
    agreed = await talk.press(sam, request, "1")
    assert agreed["text"].startswith("Agreed: ")
    assert (await talk.told(ana, RequestAnswered))["text"].startswith("Agreed: ")


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


async def test_not_now_is_told_to_the_asker(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    more = await talk.press(ana, await talk.say(ana, "book"), "More")
    await talk.press(ana, more, "Ask Sam")
    request = await talk.told(sam, RequestMade)
    assert (await talk.press(sam, request, "Not now"))["text"] == "All right, not now. Ana was told."
    heard = await talk.told(ana, RequestAnswered)
    assert heard["text"].startswith("Sam cannot do a session now.")
    assert (await talk.press(sam, request, "1"))["text"].startswith("That request is closed")


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
