"""The mentor is asked to choose, either way round; strangers are asked without being looked at."""

from __future__ import annotations

from tests.visiting import Visitor


async def test_the_mentor_picks_one_of_three_times(visitor: Visitor) -> None:
    offered = await visitor.say("ana", "book with my mentor")
    await visitor.press("ana", await visitor.press("ana", offered, "More"), "Ask Sam")
    asked = await visitor.hears("sam", "would like 45 min with you")
    assert [choice["label"] for choice in asked["choices"]] == ["1", "2", "3", "Offer other times", "Not now"]
    picked = await visitor.say("sam", "2")
    assert picked["text"].startswith("Booked. Wed 25 Nov 2026, 16:00 - 16:45 Berlin (10:00 - 10:45 New York)")
    (event,) = await visitor.events("ana")
    assert event["organizer"] == "ana@example.com"
    await visitor.hears("ana", "Wed 25 Nov")


async def test_a_mentor_without_a_calendar_picks_among_the_mentees_free_times(visitor: Visitor) -> None:
    reply = await visitor.say("dora", "book with my mentor")
    assert reply["text"].startswith("Lea has not connected a calendar, so I can see only your free times.")
    await visitor.press("dora", reply, "Ask Lea")
    asked = await visitor.hears("lea", "would like 45 min with you")
    await visitor.press("lea", asked, "1")
    (event,) = await visitor.events("dora")
    assert event["organizer"] == "dora@example.com"
    assert [attendee["email"] for attendee in event["attendees"] if attendee["email"] != event["organizer"]] == [
        "lea@example.com"
    ]


async def test_a_mentor_without_a_calendar_asks_the_mentee_to_offer_times(visitor: Visitor) -> None:
    reply = await visitor.say("lea", "book with my mentee")
    await visitor.press("lea", reply, "Ask Dora")
    asked = await visitor.hears("dora", "Lea Brandt")
    offering = await visitor.press("dora", asked, "Offer other times")
    chosen = await visitor.press("dora", offering, "1")
    await visitor.press("dora", chosen, next(c["label"] for c in chosen["choices"] if c["label"].startswith("Send")))
    offered = await visitor.hears("lea", "offers")
    await visitor.press("lea", offered, "1")
    (event,) = await visitor.events("dora")
    assert event["organizer"] == "dora@example.com"


async def test_a_stranger_is_not_looked_at(visitor: Visitor) -> None:
    await visitor.drive("log/clear")
    strangers = ("sam", "xyz", "lea", "theo@example.org")
    texts = {(await visitor.say("uma", f"book with {whom}"))["text"].replace(whom, "...") for whom in strangers}
    assert len(texts) == 1
    assert "so I show no free or busy times" in texts.pop()
    async with visitor.http.get(f"{visitor.stage.sandbox.url}/_/log") as answer:
        assert (await answer.json())["calls"] == []


async def test_the_admin_learns_who_has_not_integrated_and_nobody_else_does(visitor: Visitor) -> None:
    reply = await visitor.say("priya", "/pairtime admin who hasn't integrated their calendar?")
    assert reply["kind"] == "PeopleListed"
    assert reply["text"].startswith(
        "Leaders 2026: 131 people, 119 working (Google - Domain 60, Google - Individual 1, Outlook - Domain 57, "
        "Outlook - Individual 1). Not working: 12."
    )
    for who in ("ana", "sam"):
        refused = await visitor.say(who, "admin who hasn't integrated")
        assert refused["kind"] == "Refused"
        assert "131" not in refused["text"]
