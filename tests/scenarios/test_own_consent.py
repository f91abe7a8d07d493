"""A pair of whom each let us in alone: Gil at Google, Ines at Microsoft; and Tom, who took it back."""

from __future__ import annotations

import pytest

from tests.visiting import Visitor


@pytest.mark.parametrize(
    ("asker", "line", "organizer", "link"),
    [
        ("gil", "book with my mentor", "gil@example.com", "Meet"),
        ("ines", "book with my mentee", "ines@example.com", "Teams"),
    ],
)
async def test_either_books_by_the_own_consent_and_both_calendars_have_it(
    visitor: Visitor, asker: str, line: str, organizer: str, link: str
) -> None:
    await visitor.drive("log/clear")
    await visitor.press(asker, await visitor.say(asker, line), "1")
    (gils,) = await visitor.events("gil")
    (ineses,) = await visitor.events("ines")
    assert gils["uid"] == ineses["uid"]
    assert {gils["organizer"], ineses["organizer"]} == {organizer}
    assert gils["conference"] is not None
    assert gils["conference"]["kind"] == link
    calls = visitor.stage.sandbox.log.calls
    assert {call.mailbox for call in calls if call.vendor == "graph"} == {"ines@example.com"}
    assert all(call.path.startswith("/graph/v1.0/me/") for call in calls if call.vendor == "graph")
    assert {call.mailbox for call in calls if call.vendor == "google"} == {"gil@example.com"}


@pytest.mark.parametrize(
    ("who", "word"),
    [
        ("gil", "Google - Individual, working"),
        ("ines", "Outlook - Individual, working"),
        ("tom", "Outlook - Individual, not working: access withdrawn"),
    ],
)
async def test_status_says_by_whose_consent(visitor: Visitor, who: str, word: str) -> None:
    assert (await visitor.say(who, "status"))["text"].startswith(f"Calendar: {word}")


async def test_access_withdrawn_at_google_shows_in_the_next_look_up(visitor: Visitor) -> None:
    assert "Google Meet" in (await visitor.say("gil", "book with my mentor"))["text"]
    await visitor.drive("consent/withdraw", mailbox="gil@example.com")
    unseen = await visitor.say("ines", "book with my mentee")
    assert "I cannot see Gil's calendar" in unseen["text"]


async def test_claims_that_graph_demands_are_brought_without_anybody_noticing(visitor: Visitor) -> None:
    await visitor.drive("tokens/challenge", mailbox="ines@example.com")
    await visitor.drive("log/clear")
    assert "Times for you and Ines Falk" in (await visitor.say("gil", "book with my mentor"))["text"]
    asked = visitor.stage.sandbox.log.of(vendor="graph", operation="getSchedule")
    assert [call.status for call in asked] == [401, 200]
    assert len(visitor.stage.sandbox.log.of(vendor="login", operation="token")) == 1
